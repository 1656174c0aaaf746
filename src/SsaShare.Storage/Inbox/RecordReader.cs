using Microsoft.EntityFrameworkCore;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Storage;

/// <summary>Everything stored here that may be used, own and received, in order of arrival; a record that came by several ways once for each.</summary>
internal sealed class RecordReader(NodeDatabase database, RecordLoader records, TimeProvider time) : IRecordReader
{
    private const int PageSize = 64;

    public async Task<IReadOnlyList<ArrivedRecord>> ReadAsync(long afterArrival, IReadOnlyCollection<RecordClass> classes, int recordsMax, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(recordsMax, 1);
        short[] wanted = [.. classes.Select(c => (short)c)];
        var arrived = new List<ArrivedRecord>();
        await using var db = database.Read();
        while (true)
        {
            var page = await db.Set<PublicationRow>().Where(row => row.Arrival > afterArrival && row.Classes.Any(c => wanted.Contains(c)))
                .OrderBy(row => row.Arrival).Take(PageSize).ToListAsync(cancellationToken);
            int count = arrived.Count;
            var rows = page.TakeWhile(row => count < recordsMax && (count += row.RecordCount) > 0).ToList();
            var found = await records.LoadAsync(rows, classes, cancellationToken);
            var keepUntil = await RetentionDates.FindAsync(database.Source, rows, cancellationToken);
            // Looked up after the dates, so that one that goes with its record is not missed; and after the records: what was noticed in between is left out too.
            var closed = await ClosedRecords.FindAsync(database.Source, rows, Utc.FromDateTime(time.GetUtcNow()), cancellationToken);
            foreach (var row in rows)
            {
                PartnerId? provider = row.Provider is null ? null : PartnerId.Parse(row.Provider);
                AgreementId? agreement = row.Agreement is null ? null : new AgreementId(new Hash256(row.Agreement));
                var published = row.Published();
                arrived.AddRange(found[row.Key].Where(one => !one.Record.Payload.IsEmpty && !closed.Contains((row.Key, one.Index)))
                    .Select(one => new ArrivedRecord(row.Arrival, one.Record, provider, agreement, published, row.TraceParent, one.LeafInPublication, one.Terms?.Parsed)
                    {
                        KeepUntil = keepUntil.TryGetValue((row.Key, one.Index), out var until) ? until : null,
                    }));
            }
            if (page.Count < PageSize || arrived.Count >= recordsMax) return arrived;
            afterArrival = rows[^1].Arrival;
        }
    }

    public async Task<IReadOnlyList<(PartnerId? Provider, long Count)>> CountAsync(CancellationToken cancellationToken)
    {
        await using var db = database.Read();
        var counts = await db.Set<PublicationRow>().GroupBy(row => row.Provider)
            .Select(group => new { Provider = group.Key, Count = group.Sum(row => (long)(row.RecordCount - row.KnownCount)) }).OrderBy(count => count.Provider).ToListAsync(cancellationToken);
        return [.. counts.Select(count => (count.Provider is null ? (PartnerId?)null : PartnerId.Parse(count.Provider), count.Count))];
    }

    public async Task<IReadOnlyList<(PartnerId Provider, AgreementId Agreement, Epoch Watermark)>> ListWatermarksAsync(CancellationToken cancellationToken)
    {
        await using var db = database.Read();
        // Not complete while one of the streams has never been.
        var rows = await db.Set<InboxRow>().GroupBy(row => new { row.Provider, row.Agreement }).Where(streams => streams.Count(row => row.WatermarkNs == null) == 0).OrderBy(streams => streams.Key.Provider)
            .Select(streams => new { streams.Key.Provider, streams.Key.Agreement, WatermarkNs = streams.Min(row => row.WatermarkNs) }).ToListAsync(cancellationToken);
        return [.. rows.Select(row => (PartnerId.Parse(row.Provider), new AgreementId(new Hash256(row.Agreement)), new Epoch(row.WatermarkNs!.Value)))];
    }
}
