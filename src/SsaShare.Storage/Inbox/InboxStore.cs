using Microsoft.EntityFrameworkCore;
using Npgsql;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Storage;

/// <summary>What this node receives, and where it stands with each provider.</summary>
internal sealed class InboxStore(NodeDatabase database, LabelBook labels, ObservationPartitions partitions) : IInbox
{
    /// <summary>Attempts when another transaction stores the same records at the same time.</summary>
    private const int AttemptsMax = 10;

    private readonly KnownRecordLookups _lookups = new();

    public async Task<InboxState> GetStateAsync(AgreementId agreement, PartnerId provider, FeedPriority priority, CancellationToken cancellationToken)
    {
        byte[] id = agreement.Value.ToArray();
        await using var db = database.Read();
        var row = await db.Set<InboxRow>().SingleOrDefaultAsync(inbox => inbox.Agreement.Equals(id) && inbox.Provider == provider.Value && inbox.Priority == (short)priority, cancellationToken);
        if (row is null) return InboxState.Start;
        return new InboxState(row.Cursor, await ReadPositionsAsync(db, id, provider, priority, cancellationToken), row.Manifest is null ? null : new Hash256(row.Manifest),
            await FindReceiptAsync(db, row.PendingReceipt, cancellationToken))
        {
            EarlierReceipt = await FindReceiptAsync(db, row.EarlierReceipt, cancellationToken),
            LogSizeMin = row.LogSizeMin,
            LastManifest = row.LastManifest is { } last && SignedDocument.TryParse(last, out var signed) ? signed : null,
        };
    }

    public async Task<int> AcceptAsync(Batch batch, SignedDocument? receipt, CancellationToken cancellationToken)
    {
        if ((receipt is null) != (batch.ItemCount == 0)) throw new ArgumentException("A receipt goes with a batch that lists something, and only with such.", nameof(receipt));
        var records = batch.Slices.SelectMany(slice => slice.Slice.Records).Select(published => published.Record).ToList();
        var labelIds = await labels.GetIdsAsync(records.Select(record => record.Label), cancellationToken);
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await partitions.WithAsync(records.Select(record => record.Facts),
                    () => database.WriteAsync(transaction => StoreAsync(transaction, batch, records, receipt, labelIds, cancellationToken), cancellationToken), cancellationToken);
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation && attempt < AttemptsMax)
            {
                // One of the records is here already and was not looked up, or another transaction stored it since: they are looked up now.
                _lookups.Expect(batch);
            }
        }
    }

    public async Task LogRefusalAsync(RefusedAnswer refused, Equivocation? proof, CancellationToken cancellationToken)
        => await database.WriteAsync(async transaction =>
        {
            await transaction.LockHeadAsync(cancellationToken);
            transaction.Log(new LogEvent(LogKinds.Refusal, refused.ToJson()) { Peer = refused.Provider, Agreement = refused.Agreement });
            if (proof is not null) transaction.Log(new LogEvent(LogKinds.Equivocation, proof.ToJson()) { Peer = refused.Provider, Agreement = refused.Agreement });
            await transaction.CommitAsync(cancellationToken);
            return true;
        }, cancellationToken);

    private async Task<int> StoreAsync(OrderedTransaction transaction, Batch batch, List<SealedRecord> records, SignedDocument? receipt,
        IReadOnlyDictionary<Hash256, int> labelIds, CancellationToken cancellationToken)
    {
        var known = await _lookups.FindAsync(transaction.Connection, batch, records, cancellationToken);
        var slices = await ArrivingRecords.WithoutRecalledAsync(transaction.Connection, SortedSlice.Sort(batch.Slices, known), cancellationToken);
        long[] keys = await PublicationKeys.TakeAsync(transaction.Connection, slices.Count, cancellationToken);
        await RecordWriter.CopyAsync(transaction.Connection, keys.Zip(slices, (key, slice) => (key, slice.New)), labelIds, cancellationToken);
        await RecordPaths.AddAsync(transaction.Connection, keys.Zip(slices), labelIds, cancellationToken);

        byte[] items = receipt is null ? [] : ManifestItems.Of(batch).ToJson();
        await transaction.LockHeadAsync(cancellationToken);
        var (inbox, lane) = await LoadInboxAsync(transaction.Db, batch, cancellationToken);
        foreach (var (key, slice) in keys.Zip(slices))
        {
            transaction.Db.Add(PublicationRows.Received(key, transaction.NextArrival(), slice.Received, slice.Known.Count,
                batch.Manifest.Provider, batch.Manifest.Agreement, transaction.Now));
            transaction.Db.AddRange(CarriedTermsRows.Of(key, slice.Received.Slice));
        }
        inbox.Cursor = batch.Cursor.ToArray();
        lane.Position = batch.Manifest.ToPosition;
        lane.Given += batch.Manifest.Records;
        lane.Withheld += batch.Manifest.Withheld ?? 0;
        inbox.LastManifest = batch.SignedManifest.ToJson();
        inbox.AnsweredNs = transaction.Now.NanosecondsSinceJ2000;
        inbox.Manifest = batch.SignedManifest.Id.ToArray();
        inbox.LogSizeMin = batch.LogSizeMin;
        inbox.PendingReceipt = receipt is null ? null : inbox.Manifest;
        inbox.EarlierReceipt = batch.ReceiptLeft?.ToArray();
        if (batch.Manifest.Complete) inbox.WatermarkNs = batch.Manifest.Watermark.NanosecondsSinceJ2000;
        if (receipt is not null) AddManifest(transaction, batch, items, receipt);
        await InboxSnapshots.AddAsync(transaction.Connection, batch.Manifest, cancellationToken);
        await ArrivingRecords.SettleAsync(transaction, [.. keys.Zip(slices)], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return slices.Sum(slice => slice.New.Count);
    }

    private static async Task<SignedDocument?> FindReceiptAsync(NodeDbContext db, byte[]? manifest, CancellationToken cancellationToken)
        => manifest is not null && await db.Set<ReceiptIssuedRow>().SingleOrDefaultAsync(issued => issued.Manifest.Equals(manifest), cancellationToken) is { } receipt
            ? new SignedDocument(receipt.Document, new KeyId(new Hash256(receipt.KeyId)), receipt.Signature) : null;

    private static async Task<LanePositions> ReadPositionsAsync(NodeDbContext db, byte[] agreement, PartnerId provider, FeedPriority priority, CancellationToken cancellationToken)
    {
        var positions = LanePositions.Start;
        foreach (var row in await db.Set<InboxLaneRow>().Where(lane => lane.Agreement.Equals(agreement) && lane.Provider == provider.Value && lane.Priority == (short)priority).ToListAsync(cancellationToken))
            positions = positions.With(new FeedLane((FeedSource)row.Source, TimeSpan.FromSeconds(row.DelayS)), row.Position);
        return positions;
    }

    private static async Task<(InboxRow Inbox, InboxLaneRow Lane)> LoadInboxAsync(NodeDbContext db, Batch batch, CancellationToken cancellationToken)
    {
        byte[] agreement = batch.Manifest.Agreement.Value.ToArray();
        string provider = batch.Manifest.Provider.Value;
        short source = (short)batch.Lane.Source, priority = (short)batch.Lane.Priority;
        var row = await db.Set<InboxRow>().SingleOrDefaultAsync(inbox => inbox.Agreement.Equals(agreement) && inbox.Provider == provider && inbox.Priority == priority, cancellationToken);
        var lane = await db.Set<InboxLaneRow>().SingleOrDefaultAsync(one => one.Agreement.Equals(agreement) && one.Provider == provider && one.Source == source && one.DelayS == batch.Manifest.DelayS, cancellationToken);
        Hash256? manifest = row?.Manifest is null ? null : new Hash256(row.Manifest);
        if ((lane?.Position ?? 0) != batch.Manifest.AfterPosition || manifest != batch.Manifest.Previous)
            throw new InvalidOperationException($"The inbox stands at {lane?.Position ?? 0}, the batch continues {batch.Manifest.AfterPosition}: two pulls ran at once.");
        if (row is null) db.Add(row = new InboxRow { Agreement = agreement, Provider = provider, Priority = priority, Cursor = [] });
        if (lane is null) db.Add(lane = new InboxLaneRow { Agreement = agreement, Provider = provider, Source = source, Priority = priority, DelayS = batch.Manifest.DelayS });
        return (row, lane);
    }

    private static void AddManifest(OrderedTransaction transaction, Batch batch, byte[] items, SignedDocument receipt)
    {
        byte[] id = batch.SignedManifest.Id.ToArray();
        transaction.Db.Add(new ManifestReceivedRow
        {
            Id = id,
            Agreement = batch.Manifest.Agreement.Value.ToArray(),
            Provider = batch.Manifest.Provider.Value,
            Document = batch.SignedManifest.Payload.ToArray(),
            KeyId = batch.SignedManifest.KeyId.Value.ToArray(),
            Signature = batch.SignedManifest.Signature.ToArray(),
        });
        transaction.Db.Add(new ReceiptIssuedRow
        {
            Manifest = id,
            Document = receipt.Payload.ToArray(),
            KeyId = receipt.KeyId.Value.ToArray(),
            Signature = receipt.Signature.ToArray(),
        });
        transaction.Log(Event(LogKinds.ManifestReceived, batch.SignedManifest.ToJson()));
        transaction.Log(Event(LogKinds.ItemsReceived, items) with { Publications = [.. batch.Slices.Select(slice => slice.Slice.Document.Id).Distinct()] });
        transaction.Log(Event(LogKinds.ReceiptIssued, receipt.ToJson()));

        LogEvent Event(string kind, byte[] body) => new(kind, body) { Peer = batch.Manifest.Provider, Agreement = batch.Manifest.Agreement };
    }
}
