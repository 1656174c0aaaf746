using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Peering;
using SsaShare.Signing;

namespace SsaShare.Scenario.Tests.Simulation;

/// <summary>The feed of a simulated node, and what it gave to whom.</summary>
internal sealed class SimOutbox(SimDatabase database, TimeProvider time) : IOutbox
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(2);

    public Task<Guid> GetNodeEpochAsync(CancellationToken cancellationToken) => database.ReadAsync(tables => tables.NodeEpoch, cancellationToken);

    public Task<long> GetHeadPositionAsync(CancellationToken cancellationToken) => database.ReadAsync(tables => tables.FeedPosition, cancellationToken);

    public Task<FeedPage> ReadAsync(FeedLane lane, long afterPosition, int recordsMax, Epoch now, CancellationToken cancellationToken)
        => database.ReadAsync(tables =>
        {
            var (rows, isLast) = SimFeedRows.Read(Lane(tables, lane, afterPosition), lane, recordsMax, now);
            return new FeedPage([.. rows.Select(row => new StoredPublication(row.Position!.Value, new Publication(row.Slice.Document, row.Slice.Records, row.Slice.TraceParent)))], isLast);
        }, cancellationToken);

    public Task<Epoch?> GetNextDueAsync(FeedLane lane, long afterPosition, CancellationToken cancellationToken)
        => database.ReadAsync(tables => Lane(tables, lane, afterPosition).FirstOrDefault() is { } row ? FeedLanes.DueAt(lane, row.Published) : (Epoch?)null, cancellationToken);

    public Task SaveManifestAsync(IssuedManifest issued, CancellationToken cancellationToken)
        => database.WriteAsync(time, async transaction =>
        {
            var (manifest, document) = (issued.Manifest, issued.Document);
            await transaction.LockHeadAsync(cancellationToken);
            foreach (var agreement in issued.Sources.Prepend(document.Agreement))
                if (transaction.Tables.StateOf(agreement) is var state && state != AgreementState.Active) throw new AgreementEndedException(agreement, state);
            foreach (var charge in issued.Charges)
            {
                var key = (document.Agreement, document.Receiver, charge.Key);
                var after = charge.After(transaction.Tables.Paces.TryGetValue(key, out var before) ? before : null, issued.At);
                transaction.Write(tables => tables.Paces[key] = after);
            }
            transaction.Write(tables => tables.ManifestsIssued.Add(manifest.Id, issued));
            transaction.Log(Event(LogKinds.ManifestIssued, manifest.ToJson()));
            if (issued.Slices.Count > 0)
                transaction.Log(Event(LogKinds.ItemsIssued, ManifestItems.Of(manifest.Id, issued.Slices).ToJson()) with { Publications = [.. issued.Slices.Select(slice => slice.Document.Id).Distinct()] });
            if (issued.Withheld.Count > 0) transaction.Log(Event(LogKinds.Withheld, new WithheldEvent(manifest.Id, issued.Withheld).ToJson()));
            await transaction.CommitAsync(cancellationToken);
            return true;

            LogEvent Event(string kind, byte[] body) => new(kind, body) { Peer = document.Receiver, Agreement = document.Agreement };
        }, cancellationToken);

    public Task<bool> TrySaveReceiptAsync(SignedDocument receipt, ReceiptDocument document, StreamKey? stream, CancellationToken cancellationToken)
        => database.WriteAsync(time, async transaction =>
        {
            if (!await database.ReadAsync(tables => tables.ManifestsIssued.ContainsKey(document.Manifest), cancellationToken)) return false;
            var manifest = transaction.Tables.ManifestsIssued[document.Manifest].Document;
            if ((manifest.Receiver, manifest.ItemCount, manifest.ItemRoot) != (document.Receiver, document.ItemCount, document.ItemRoot)) return false;
            if (stream is not null && manifest.Stream != stream) return false;
            await transaction.LockHeadAsync(cancellationToken);
            if (transaction.Tables.ReceiptsReceived.ContainsKey(document.Manifest)) return true;
            transaction.Write(tables => tables.ReceiptsReceived.Add(document.Manifest, receipt));
            transaction.Log(new LogEvent(LogKinds.ReceiptReceived, receipt.ToJson()) { Peer = document.Receiver, Agreement = manifest.Agreement });
            await transaction.CommitAsync(cancellationToken);
            return true;
        }, cancellationToken);

    public Task<bool> LacksReceiptAsync(Hash256 manifest, CancellationToken cancellationToken)
        => database.ReadAsync(tables => tables.ManifestsIssued.TryGetValue(manifest, out var issued) && issued.Document.ItemCount > 0 && !tables.ReceiptsReceived.ContainsKey(manifest), cancellationToken);

    public Task<IReadOnlyDictionary<PaceKey, Epoch>> GetPacesAsync(AgreementId agreement, PartnerId receiver, CancellationToken cancellationToken)
        => database.ReadAsync<IReadOnlyDictionary<PaceKey, Epoch>>(tables => tables.Paces.Where(pace => (pace.Key.Item1, pace.Key.Item2) == (agreement, receiver)).ToDictionary(pace => pace.Key.Item3, pace => pace.Value), cancellationToken);

    public async Task WaitForNewsAsync(FeedPriority priority, long position, long? arrival, TimeSpan longest, CancellationToken cancellationToken)
    {
        long start = time.GetTimestamp();
        while (true)
        {
            var next = database.News;
            if (await database.ReadAsync(tables => tables.Own.Any(row => row.Priority == priority && row.Position > position) || (arrival is { } last && tables.Received.Any(row => row.Priority == priority && row.Arrival > last)), cancellationToken)) return;
            var left = longest - time.GetElapsedTime(start);
            if (left <= TimeSpan.Zero) return;
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await FirstOf.EndsAsync(next, Task.Delay(left < PollInterval ? left : PollInterval, time, stop.Token));
            stop.Cancel();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private static IEnumerable<SimPublication> Lane(SimTables tables, FeedLane lane, long after)
        => lane.IsOwn ? tables.Own.Where(row => row.Priority == lane.Priority && row.Position > after).OrderBy(row => row.Position) : throw new ArgumentException($"There is no lane {lane}.", nameof(lane));
}
