using Microsoft.EntityFrameworkCore;
using Npgsql;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Storage;

/// <summary>The feed of own publications, and what was given to whom.</summary>
internal sealed class OutboxStore(NodeDatabase database, RecordLoader records, PublicationTail tail, TimeProvider time) : IOutbox
{
    /// <summary>How soon a publication of another process is noticed; one of this process wakes waiters at once.</summary>
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);

    /// <summary>Publications read at once while looking for as many as are wanted.</summary>
    private const int PageSize = 32;

    public Task<Guid> GetNodeEpochAsync(CancellationToken cancellationToken) => database.AskAsync<Guid>("SELECT epoch FROM node", cancellationToken);

    public Task<long> GetHeadPositionAsync(CancellationToken cancellationToken) => database.AskAsync<long>("SELECT feed_position FROM head", cancellationToken);

    public async Task<FeedPage> ReadAsync(FeedLane lane, long afterPosition, int recordsMax, Epoch now, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(recordsMax, 1);
        var (rows, isLast) = await ReadRowsAsync(Own(lane), afterPosition, recordsMax, FeedLanes.PublishedUntil(lane, now), cancellationToken);
        var (found, dropped) = await ReadRecordsAsync(rows, cancellationToken);
        var closed = (await ClosedRecords.FindAsync(database.Source, rows, now, cancellationToken)).ToLookup(one => one.Publication, one => one.Index);
        return new FeedPage([.. rows.Select(row => new StoredPublication(row.FeedPosition!.Value, new Publication(row.Document(), found[row.Key], row.TraceParent))
        {
            Closed = closed[row.Key].ToHashSet(),
            RecordsOver = dropped.Contains(row.Key) ? row.RecordCount : 0,
        })], isLast);
    }

    public async Task<Epoch?> GetNextDueAsync(FeedLane lane, long afterPosition, CancellationToken cancellationToken)
    {
        await using var db = database.Read();
        var row = await Own(lane)(db).Where(row => row.FeedPosition > afterPosition).OrderBy(row => row.FeedPosition).FirstOrDefaultAsync(cancellationToken);
        return row is null ? null : FeedLanes.DueAt(lane, row.Published());
    }

    public async Task SaveManifestAsync(IssuedManifest issued, CancellationToken cancellationToken)
        => await database.WriteAsync(async transaction =>
        {
            var (manifest, document) = (issued.Manifest, issued.Document);
            byte[]? items = issued.Slices.Count > 0 ? ManifestItems.Of(manifest.Id, issued.Slices).ToJson() : null;
            await ReleaseLedger.AddAsync(transaction.Connection, manifest.Id, issued.Slices, cancellationToken);
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
            if (await NoticeDeliveries.IsNoticedAsync(transaction.Connection, manifest.Id, cancellationToken)) throw new RecordsNoticedException();
            foreach (var agreement in issued.Sources.Prepend(document.Agreement)) await EnsureInForceAsync(transaction.Connection, agreement, cancellationToken);
            await ReleasePaces.ChargeAsync(transaction.Db, issued, cancellationToken);
            transaction.Log(Event(LogKinds.ManifestIssued, manifest.ToJson()));
            if (items is not null) transaction.Log(Event(LogKinds.ItemsIssued, items) with { Publications = [.. issued.Slices.Select(slice => slice.Document.Id).Distinct()] });
            if (issued.Withheld.Count > 0) transaction.Log(Event(LogKinds.Withheld, new WithheldEvent(manifest.Id, issued.Withheld).ToJson()));
            await transaction.CommitAsync(cancellationToken);
            return true;

            LogEvent Event(string kind, byte[] body) => new(kind, body) { Peer = document.Receiver, Agreement = document.Agreement };
        }, cancellationToken);

    public async Task<bool> TrySaveReceiptAsync(SignedDocument receipt, ReceiptDocument document, StreamKey? stream, CancellationToken cancellationToken)
        => await database.WriteAsync(async transaction =>
        {
            byte[] id = document.Manifest.ToArray();
            // Not with the head's lock: whoever sends receipts for nothing keeps nobody waiting.
            var (issued, isHere) = await FindIssuedAsync(transaction.Connection, id, cancellationToken);
            if (issued is null || !DocumentJson.TryRead<ManifestDocument>(issued, DocumentContexts.Manifest, out var manifest)) return false;
            if ((manifest.Receiver, manifest.ItemCount, manifest.ItemRoot) != (document.Receiver, document.ItemCount, document.ItemRoot)) return false;
            if (stream is not null && manifest.Stream != stream) return false;
            if (isHere) return true;
            await transaction.LockHeadAsync(cancellationToken);
            if ((await FindIssuedAsync(transaction.Connection, id, cancellationToken)).HasReceipt) return true;
            transaction.Db.Add(new ReceiptReceivedRow
            {
                Manifest = id,
                Document = receipt.Payload.ToArray(),
                KeyId = receipt.KeyId.Value.ToArray(),
                Signature = receipt.Signature.ToArray(),
            });
            transaction.Log(new LogEvent(LogKinds.ReceiptReceived, receipt.ToJson()) { Peer = document.Receiver, Agreement = manifest.Agreement });
            await transaction.CommitAsync(cancellationToken);
            return true;
        }, cancellationToken);

    public async Task<bool> LacksReceiptAsync(Hash256 manifest, CancellationToken cancellationToken)
    {
        byte[] id = manifest.ToArray();
        await using var db = database.Read();
        var row = await db.Set<ManifestIssuedRow>().SingleOrDefaultAsync(issued => issued.Id.Equals(id) && !db.Set<ReceiptReceivedRow>().Any(receipt => receipt.Manifest.Equals(id)), cancellationToken);
        return row is not null && DocumentJson.TryRead<ManifestDocument>(row.Document, DocumentContexts.Manifest, out var document) && document.ItemCount > 0;
    }

    public async Task<IReadOnlyDictionary<PaceKey, Epoch>> GetPacesAsync(AgreementId agreement, PartnerId receiver, CancellationToken cancellationToken)
    {
        await using var db = database.Read();
        return await ReleasePaces.ReadAsync(db, agreement, receiver, cancellationToken);
    }

    public async Task WaitForNewsAsync(FeedPriority priority, long position, long? arrival, TimeSpan longest, CancellationToken cancellationToken)
    {
        long start = time.GetTimestamp();
        while (true)
        {
            var next = database.News.Next;
            if (await HasNewsAsync(priority == FeedPriority.Urgent, position, arrival, cancellationToken)) return;
            var left = longest - time.GetElapsedTime(start);
            if (left <= TimeSpan.Zero) return;
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(next, Task.Delay(left < PollInterval ? left : PollInterval, time, stop.Token));
            await stop.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private async Task<bool> HasNewsAsync(bool urgent, long position, long? arrival, CancellationToken cancellationToken)
    {
        // What is behind the position may be of the other priority: then it is no news here. The literal makes the partial index of urgent ones fit.
        string ofPriority = urgent ? "urgent" : "NOT urgent";
        return await database.AskAsync<bool>($"SELECT EXISTS (SELECT FROM publication WHERE {ofPriority} AND feed_position > $1)", cancellationToken, position)
            || (arrival is { } last && await database.AskAsync<bool>($"SELECT EXISTS (SELECT FROM publication WHERE {ofPriority} AND arrival > $1 AND provider IS NOT NULL)", cancellationToken, last));
    }

    /// <returns>The document of a manifest of this node, null when there is none, and whether its receipt is here.</returns>
    private static async Task<(byte[]? Document, bool HasReceipt)> FindIssuedAsync(NpgsqlConnection connection, byte[] manifest, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT document, EXISTS (SELECT FROM receipt_received WHERE manifest = id) FROM manifest_issued WHERE id = $1", connection) { Parameters = { new() { Value = manifest } } };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? (reader.GetFieldValue<byte[]>(0), reader.GetBoolean(1)) : (null, false);
    }

    /// <summary>With the head locked no transition can come between: the log never shows a manifest after the entry that ended its agreement.</summary>
    private static async Task EnsureInForceAsync(NpgsqlConnection connection, AgreementId agreement, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT state FROM agreement WHERE id = $1", connection) { Parameters = { new() { Value = agreement.Value.ToArray() } } };
        var state = (AgreementState)(short)(await command.ExecuteScalarAsync(cancellationToken) ?? throw new InvalidDataException($"Agreement {agreement} is not stored."));
        if (state != AgreementState.Active) throw new AgreementEndedException(agreement, state);
    }

    /// <summary>The publications of one priority; the literal makes the partial index of urgent ones fit.</summary>
    private static IQueryable<PublicationRow> Of(NodeDbContext db, bool urgent)
        => urgent ? db.Set<PublicationRow>().Where(row => row.Urgent) : db.Set<PublicationRow>().Where(row => !row.Urgent);

    /// <summary>The publications of a lane.</summary>
    private static Func<NodeDbContext, IQueryable<PublicationRow>> Own(FeedLane lane)
        => lane.IsOwn ? db => Of(db, lane.Priority == FeedPriority.Urgent) : throw new ArgumentException($"There is no lane {lane}.", nameof(lane));

    /// <summary>All records of these own publications by key, none of those that are not whole any more, and which these are.</summary>
    private async Task<(IReadOnlyDictionary<long, IReadOnlyList<PublishedRecord>> Records, IReadOnlySet<long> Dropped)> ReadRecordsAsync(List<PublicationRow> rows, CancellationToken cancellationToken)
    {
        var found = new Dictionary<long, IReadOnlyList<PublishedRecord>>(rows.Count);
        foreach (var row in rows)
            if (tail.TryFind(new Hash256(row.Id), out var recent)) found.Add(row.Key, recent);
        var older = rows.FindAll(row => !found.ContainsKey(row.Key));
        var loaded = await records.LoadAsync(older, classes: null, cancellationToken);
        var dropped = await DroppedPublications.EmptyAsync(database.Source, older, loaded, cancellationToken);
        // What is in memory says nothing of what was dropped since.
        var over = await DroppedPublications.FindAsync(database.Source, found.Keys, cancellationToken);
        foreach (long key in over) found[key] = [];
        foreach (var (key, read) in loaded) found.Add(key, read);
        return (found, dropped.Union(over).ToHashSet());
    }

    private async Task<(List<PublicationRow> Rows, bool IsLast)> ReadRowsAsync(Func<NodeDbContext, IQueryable<PublicationRow>> lane, long afterPosition, int recordsMax, Epoch? publishedUntil,
        CancellationToken cancellationToken)
    {
        await using var db = database.Read();
        var rows = new List<PublicationRow>();
        // Mostly publications are full, and no more are wanted than these; where they are small, more at a time.
        int count = 0, pageSize = Math.Min(recordsMax / PublicationDocument.SizeMax + 1, PageSize);
        while (true)
        {
            long after = rows.Count == 0 ? afterPosition : rows[^1].FeedPosition!.Value;
            var page = await lane(db).Where(row => row.FeedPosition > after).OrderBy(row => row.FeedPosition).Take(pageSize).ToListAsync(cancellationToken);
            foreach (var row in page)
            {
                if (publishedUntil is { } until && row.Published() > until) return (rows, true);
                if (count >= recordsMax) return (rows, false);
                rows.Add(row);
                count += row.RecordCount;
            }
            if (page.Count < pageSize) return (rows, true);
            pageSize = PageSize;
        }
    }
}
