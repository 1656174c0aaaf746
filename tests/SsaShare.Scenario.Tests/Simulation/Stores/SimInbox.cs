using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;

namespace SsaShare.Scenario.Tests.Simulation;

/// <summary>What a simulated node receives: records, cursor, manifest, receipt and log entries in one transaction.</summary>
internal sealed class SimInbox(SimDatabase database, TimeProvider time) : IInbox
{
    private const int AttemptsMax = 10;

    public Task<InboxState> GetStateAsync(AgreementId agreement, PartnerId provider, FeedPriority priority, CancellationToken cancellationToken)
        => database.ReadAsync(tables => tables.Inboxes.TryGetValue(new StreamKey(agreement, provider, priority), out var row) ? row.State : InboxState.Start, cancellationToken);

    public async Task<int> AcceptAsync(Batch batch, SignedDocument? receipt, CancellationToken cancellationToken)
    {
        if ((receipt is null) != (batch.ItemCount == 0)) throw new ArgumentException("A receipt goes with a batch that lists something, and only with such.", nameof(receipt));
        if (database.Bug == PlantedBug.CursorBeforeRecords)
        {
            await StoreAsync(batch, receipt, withRecords: false, withCursor: true, cancellationToken);
            return await StoreAsync(batch, receipt, withRecords: true, withCursor: false, cancellationToken);
        }
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await StoreAsync(batch, receipt, withRecords: true, withCursor: true, cancellationToken);
            }
            catch (SimUniqueViolationException) when (attempt < AttemptsMax)
            {
                // Another transaction stored one of the records since they were looked up: they are looked up again.
            }
        }
    }

    public Task LogRefusalAsync(RefusedAnswer refused, Equivocation? proof, CancellationToken cancellationToken)
        => database.WriteAsync(time, async transaction =>
        {
            await transaction.LockHeadAsync(cancellationToken);
            transaction.Log(new LogEvent(LogKinds.Refusal, refused.ToJson()) { Peer = refused.Provider, Agreement = refused.Agreement });
            if (proof is not null) transaction.Log(new LogEvent(LogKinds.Equivocation, proof.ToJson()) { Peer = refused.Provider, Agreement = refused.Agreement });
            await transaction.CommitAsync(cancellationToken);
            return true;
        }, cancellationToken);

    private Task<int> StoreAsync(Batch batch, SignedDocument? receipt, bool withRecords, bool withCursor, CancellationToken cancellationToken)
        => database.WriteAsync(time, async transaction =>
        {
            var all = batch.Slices.SelectMany(slice => slice.Slice.Records).Select(published => published.Record.Id).ToList();
            var known = database.Bug == PlantedBug.NoDedupe ? []
                : await database.ReadAsync(tables => all.Where(tables.Records.ContainsKey).ToHashSet(), cancellationToken);
            var added = database.Bug == PlantedBug.NoDedupe ? all : all.Where(id => !known.Contains(id)).Distinct().ToList();
            if (withRecords && database.Bug != PlantedBug.NoDedupe) await transaction.InsertAsync(added, cancellationToken);
            await transaction.LockHeadAsync(cancellationToken);
            if (withRecords)
            {
                foreach (var slice in batch.Slices) AddSlice(transaction, batch, slice);
                transaction.Write(tables => added.ForEach(id => tables.Records[id] = tables.Records.GetValueOrDefault(id) + 1));
            }
            if (withCursor) Move(transaction, batch, receipt);
            await transaction.CommitAsync(cancellationToken);
            return added.Count;
        }, cancellationToken);

    private static void AddSlice(SimTransaction transaction, Batch batch, ReceivedSlice slice)
    {
        var row = new SimPublication(transaction.NextArrival(), null, slice.Slice, slice.Publication.Published, batch.Manifest.Provider, batch.Manifest.Agreement, transaction.Now);
        transaction.Write(tables => tables.Publications.Add(row));
    }

    private static void Move(SimTransaction transaction, Batch batch, SignedDocument? receipt)
    {
        var key = new StreamKey(batch.Manifest.Agreement, batch.Manifest.Provider, batch.Lane.Priority);
        var row = transaction.Tables.Inboxes.GetValueOrDefault(key) ?? new SimInboxRow(InboxState.Start, 0);
        if (row.State.Positions.Of(batch.Lane) != batch.Manifest.AfterPosition || row.State.Manifest != batch.Manifest.Previous)
            throw new InvalidOperationException($"The inbox stands at {row.State.Positions.Of(batch.Lane)}, the batch continues {batch.Manifest.AfterPosition}: two pulls ran at once.");
        var next = (batch with { Cursor = batch.Cursor.ToArray() }).After(row.State, receipt);
        transaction.Write(tables => tables.Inboxes[key] = new SimInboxRow(next, row.Batches + 1));
        if (receipt is null) return;
        transaction.Write(tables => tables.ManifestsReceived.Add(batch.SignedManifest.Id, (batch.SignedManifest, receipt)));
        transaction.Log(Event(LogKinds.ManifestReceived, batch.SignedManifest.ToJson()));
        transaction.Log(Event(LogKinds.ItemsReceived, ManifestItems.Of(batch).ToJson()) with { Publications = [.. batch.Slices.Select(slice => slice.Slice.Document.Id).Distinct()] });
        transaction.Log(Event(LogKinds.ReceiptIssued, receipt.ToJson()));

        LogEvent Event(string kind, byte[] body) => new(kind, body) { Peer = batch.Manifest.Provider, Agreement = batch.Manifest.Agreement };
    }
}
