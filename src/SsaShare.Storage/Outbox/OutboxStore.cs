using Microsoft.EntityFrameworkCore;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Storage;

/// <summary>The feed of own publications, and what was given to whom.</summary>
internal sealed class OutboxStore(NodeDatabase database, RecordLoader records, TimeProvider time) : IOutbox
{
    /// <summary>How soon a publication of another process is noticed; one of this process wakes waiters at once.</summary>
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);

    /// <summary>Publications read at once while looking for as many as are wanted.</summary>
    private const int PageSize = 32;

    public async Task<Guid> GetNodeEpochAsync(CancellationToken cancellationToken)
    {
        await using var db = database.Read();
        return await db.Set<NodeRow>().Select(node => node.Epoch).SingleAsync(cancellationToken);
    }

    public async Task<long> GetHeadPositionAsync(CancellationToken cancellationToken)
    {
        await using var db = database.Read();
        return await db.Set<HeadRow>().Select(head => head.FeedPosition).SingleAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<StoredPublication>> ReadAsync(long afterPosition, int recordsMax, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(recordsMax, 1);
        var rows = await ReadRowsAsync(afterPosition, recordsMax, cancellationToken);
        var found = await records.LoadAsync(rows, classes: null, cancellationToken);
        return [.. rows.Select(row => new StoredPublication(row.FeedPosition!.Value, new Publication(row.Document(), found[row.Key], row.TraceParent)))];
    }

    public async Task SaveManifestAsync(SignedDocument manifest, ManifestDocument document, IReadOnlyList<WithheldCount> withheld, CancellationToken cancellationToken)
        => await database.WriteAsync(async transaction =>
        {
            transaction.Db.Add(new ManifestIssuedRow
            {
                Id = manifest.Id.ToArray(),
                Agreement = document.Agreement.Value.ToArray(),
                Receiver = document.Receiver.Value,
                Document = manifest.Payload.ToArray(),
                KeyId = manifest.KeyId.Value.ToArray(),
                Signature = manifest.Signature.ToArray(),
            });
            await transaction.LockHeadAsync(cancellationToken);
            transaction.Log(new LogEvent(LogKinds.ManifestIssued, manifest.ToJson()));
            if (withheld.Count > 0) transaction.Log(new LogEvent(LogKinds.Withheld, new WithheldEvent(manifest.Id, withheld).ToJson()));
            await transaction.CommitAsync(cancellationToken);
            return true;
        }, cancellationToken);

    public async Task<bool> TrySaveReceiptAsync(SignedDocument receipt, ReceiptDocument document, CancellationToken cancellationToken)
        => await database.WriteAsync(async transaction =>
        {
            byte[] id = document.Manifest.ToArray();
            var row = await transaction.Db.Set<ManifestIssuedRow>().AsNoTracking().SingleOrDefaultAsync(manifest => manifest.Id.Equals(id), cancellationToken);
            if (row is null || !DocumentJson.TryRead<ManifestDocument>(row.Document, DocumentContexts.Manifest, out var manifest)) return false;
            if ((manifest.Receiver, manifest.ItemCount, manifest.ItemRoot) != (document.Receiver, document.ItemCount, document.ItemRoot)) return false;

            await transaction.LockHeadAsync(cancellationToken);
            if (await transaction.Db.Set<ReceiptReceivedRow>().AnyAsync(kept => kept.Manifest.Equals(id), cancellationToken)) return true;
            transaction.Db.Add(new ReceiptReceivedRow
            {
                Manifest = id,
                Document = receipt.Payload.ToArray(),
                KeyId = receipt.KeyId.Value.ToArray(),
                Signature = receipt.Signature.ToArray(),
            });
            transaction.Log(new LogEvent(LogKinds.ReceiptReceived, receipt.ToJson()));
            await transaction.CommitAsync(cancellationToken);
            return true;
        }, cancellationToken);

    public async Task WaitForNewsAsync(long position, TimeSpan longest, CancellationToken cancellationToken)
    {
        long start = time.GetTimestamp();
        while (true)
        {
            var next = database.News.Next;
            if (await GetHeadPositionAsync(cancellationToken) > position) return;
            var left = longest - time.GetElapsedTime(start);
            if (left <= TimeSpan.Zero) return;
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(next, Task.Delay(left < PollInterval ? left : PollInterval, time, stop.Token));
            await stop.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private async Task<List<PublicationRow>> ReadRowsAsync(long afterPosition, int recordsMax, CancellationToken cancellationToken)
    {
        await using var db = database.Read();
        var rows = new List<PublicationRow>();
        int count = 0;
        while (true)
        {
            long after = rows.Count == 0 ? afterPosition : rows[^1].FeedPosition!.Value;
            var page = await db.Set<PublicationRow>().Where(row => row.FeedPosition > after).OrderBy(row => row.FeedPosition).Take(PageSize).ToListAsync(cancellationToken);
            foreach (var row in page)
            {
                if (count >= recordsMax) return rows;
                rows.Add(row);
                count += row.RecordCount;
            }
            if (page.Count < PageSize) return rows;
        }
    }
}
