using Microsoft.EntityFrameworkCore;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Storage;

/// <summary>Others' records that are here, slice by slice as they came.</summary>
internal sealed class RelayFeed(NodeDatabase database, RecordLoader records) : IRelayFeed
{
    private const int PageSize = 32;

    public Task<long> GetHeadAsync(CancellationToken cancellationToken) => database.AskAsync<long>("SELECT arrival FROM head", cancellationToken);

    public async Task<RelayPage> ReadAsync(FeedLane lane, long afterArrival, int recordsMax, Epoch now, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(recordsMax, 1);
        var (rows, isLast) = await ReadRowsAsync(lane.Priority == FeedPriority.Urgent, afterArrival, recordsMax, FeedLanes.PublishedUntil(lane, now), cancellationToken);
        var found = await records.LoadAsync(rows, classes: null, cancellationToken);
        var dropped = await DroppedPublications.EmptyAsync(database.Source, rows, found, cancellationToken);
        var closed = await ClosedRecords.FindAsync(database.Source, rows, now, cancellationToken);
        return new RelayPage([.. rows.Select(row => Hold(row, found[row.Key], [.. found[row.Key].Where(record => !record.Record.Payload.IsEmpty && !closed.Contains((row.Key, record.Index)))])
            with { RecordsOver = dropped.Contains(row.Key) ? row.RecordCount : 0 })], isLast);
    }

    public async Task<Epoch?> GetNextDueAsync(FeedLane lane, long afterArrival, CancellationToken cancellationToken)
    {
        await using var db = database.Read();
        var row = await Received(db, lane.Priority == FeedPriority.Urgent).Where(row => row.Arrival > afterArrival).OrderBy(row => row.Arrival).FirstOrDefaultAsync(cancellationToken);
        return row is null ? null : FeedLanes.DueAt(lane, row.Published());
    }

    private static HeldSlice Hold(PublicationRow row, IReadOnlyList<PublishedRecord> records, IReadOnlyList<PublishedRecord> left)
        => new(row.Arrival, row.Slice(records), left, PartnerId.Parse(row.Provider!), new AgreementId(new Hash256(row.Agreement!)), row.ReceivedNs is { } at ? new Epoch(at) : row.Published());

    private static IQueryable<PublicationRow> Received(NodeDbContext db, bool urgent)
        => urgent ? db.Set<PublicationRow>().Where(row => row.Urgent && row.Provider != null) : db.Set<PublicationRow>().Where(row => !row.Urgent && row.Provider != null);

    private async Task<(List<PublicationRow> Rows, bool IsLast)> ReadRowsAsync(bool urgent, long afterArrival, int recordsMax, Epoch? publishedUntil, CancellationToken cancellationToken)
    {
        await using var db = database.Read();
        var rows = new List<PublicationRow>();
        int count = 0;
        while (true)
        {
            long after = rows.Count == 0 ? afterArrival : rows[^1].Arrival;
            var page = await Received(db, urgent).Where(row => row.Arrival > after).OrderBy(row => row.Arrival).Take(PageSize).ToListAsync(cancellationToken);
            foreach (var row in page)
            {
                if (publishedUntil is { } until && row.Published() > until) return (rows, true);
                if (count >= recordsMax) return (rows, false);
                rows.Add(row);
                count += row.RecordCount;
            }
            if (page.Count < PageSize) return (rows, true);
        }
    }
}
