using Microsoft.EntityFrameworkCore;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Storage;

/// <summary>How the exchange with each peer stands, by what is stored.</summary>
internal sealed partial class StandingStore(NodeDatabase database) : IStandingStore
{
    public async Task<IReadOnlyList<ReceivedStanding>> ListReceivedAsync(CancellationToken cancellationToken)
    {
        await using var db = database.Read();
        var lanes = (await db.Set<InboxLaneRow>().ToListAsync(cancellationToken)).ToLookup(lane => (new Hash256(lane.Agreement), lane.Provider, lane.Priority));
        var streams = await db.Set<InboxRow>().OrderBy(row => row.Provider).ThenBy(row => row.Agreement).ThenBy(row => row.Priority).ToListAsync(cancellationToken);
        return [.. streams.Select(row => Read(row, [.. lanes[(new Hash256(row.Agreement), row.Provider, row.Priority)]]))];
    }

    public async Task<IReadOnlyList<HeldDenial>> ListDenialsAsync(CancellationToken cancellationToken)
    {
        await using var db = database.Read();
        var rows = await db.Set<DenialRow>().OrderBy(row => row.Provider).ThenBy(row => row.Agreement).ToListAsync(cancellationToken);
        return [.. rows.Select(row => new HeldDenial(Read(row), new Epoch(row.SinceNs), new Epoch(row.HeardNs)))];
    }

    public async Task<bool> SaveDenialAsync(SignedDocument denial, DenialDocument document, CancellationToken cancellationToken)
        => await database.WriteAsync(async transaction =>
        {
            // Two streams may bring the same at once: the second waits here, and finds that it is no news.
            await transaction.LockHeadAsync(cancellationToken);
            byte[] agreement = document.Agreement.Value.ToArray();
            string provider = document.Provider.Value;
            var row = await transaction.Db.Set<DenialRow>().SingleOrDefaultAsync(held => held.Agreement.Equals(agreement) && held.Provider == provider, cancellationToken);
            var before = row is null ? null : Read(row);
            bool isNews = before?.Reason != document.Reason || await IsAnsweredSinceAsync(transaction.Db, agreement, provider, row!.HeardNs, cancellationToken);
            if (row is null) transaction.Db.Add(row = new DenialRow { Agreement = agreement, Provider = provider, Document = [], KeyId = [], Signature = [] });
            (row.Document, row.KeyId, row.Signature) = (denial.Payload.ToArray(), denial.KeyId.Value.ToArray(), denial.Signature.ToArray());
            row.HeardNs = transaction.Now.NanosecondsSinceJ2000;
            if (isNews)
            {
                row.SinceNs = document.At.NanosecondsSinceJ2000;
                transaction.Log(new LogEvent(LogKinds.DenialReceived, denial.ToJson()) { Peer = document.Provider, Agreement = document.Agreement });
            }
            await transaction.CommitAsync(cancellationToken);
            return isNews;
        }, cancellationToken);

    public async Task<bool> SavePauseAsync(PauseEvent pause, bool isPaused, CancellationToken cancellationToken)
        => await database.WriteAsync(async transaction =>
        {
            await transaction.LockHeadAsync(cancellationToken);
            var held = await ReadPausesAsync(transaction.Db, cancellationToken);
            if (held.Any(one => one.Pause.Peer == pause.Peer && one.Pause.Agreement == pause.Agreement) == isPaused) return false;
            string kind = isPaused ? LogKinds.ExchangePaused : LogKinds.ExchangeResumed;
            transaction.Db.Add(new PauseChangeRow
            {
                LogIndex = transaction.Log(new LogEvent(kind, pause.ToJson()) { Peer = pause.Peer, Agreement = pause.Agreement }),
                Peer = pause.Peer.Value,
                Agreement = pause.Agreement?.Value.ToArray(),
                By = pause.By,
                IsPaused = isPaused,
                TimeNs = transaction.Now.NanosecondsSinceJ2000,
            });
            await transaction.CommitAsync(cancellationToken);
            return true;
        }, cancellationToken);

    public async Task<IReadOnlyList<HeldPause>> ListPausesAsync(CancellationToken cancellationToken)
    {
        await using var db = database.Read();
        return await ReadPausesAsync(db, cancellationToken);
    }

    /// <summary>They are as many as an operator makes.</summary>
    private static async Task<IReadOnlyList<HeldPause>> ReadPausesAsync(NodeDbContext db, CancellationToken cancellationToken)
        => [.. (await db.Set<PauseChangeRow>().AsNoTracking().OrderBy(change => change.LogIndex).ToListAsync(cancellationToken))
            .GroupBy(change => (change.Peer, AgreementOf(change))).Select(group => group.Last()).Where(change => change.IsPaused)
            .Select(change => new HeldPause(new PauseEvent(PartnerId.Parse(change.Peer), AgreementOf(change), change.By), new Epoch(change.TimeNs)))];

    private static AgreementId? AgreementOf(PauseChangeRow row) => row.Agreement is null ? null : new AgreementId(new Hash256(row.Agreement));

    /// <summary>Whether every stream that was begun has had an answer since a time of this node's clock: the provider's may be set meanwhile.</summary>
    private static async Task<bool> IsAnsweredSinceAsync(NodeDbContext db, byte[] agreement, string provider, long sinceNs, CancellationToken cancellationToken)
    {
        var answered = await db.Set<InboxRow>().Where(inbox => inbox.Agreement.Equals(agreement) && inbox.Provider == provider).Select(inbox => inbox.AnsweredNs).ToListAsync(cancellationToken);
        return answered.Count > 0 && answered.All(at => at > sinceNs);
    }

    private static ReceivedStanding Read(InboxRow row, IReadOnlyList<InboxLaneRow> lanes)
    {
        var positions = lanes.Aggregate(LanePositions.Start, (before, lane) => before.With(new FeedLane((FeedSource)lane.Source, TimeSpan.FromSeconds(lane.DelayS)), lane.Position));
        var stream = new StreamKey(new AgreementId(new Hash256(row.Agreement)), PartnerId.Parse(row.Provider), (FeedPriority)row.Priority);
        return new ReceivedStanding(stream, positions, LastAnswer(row), row.AnsweredNs is { } at ? new Epoch(at) : null, row.WatermarkNs is { } until ? new Epoch(until) : null,
            lanes.Sum(lane => lane.Given), lanes.GroupBy(lane => lane.Source).Sum(source => source.MaxBy(lane => lane.DelayS)!.Withheld));
    }

    private static ManifestDocument? LastAnswer(InboxRow row)
        => row.LastManifest is { } json && SignedDocument.TryParse(json, out var signed) && DocumentJson.TryRead<ManifestDocument>(signed.Payload.Span, DocumentContexts.Manifest, out var manifest) ? manifest : null;

    private static DenialDocument Read(DenialRow row)
        => DocumentJson.TryRead<DenialDocument>(row.Document, DocumentContexts.Denial, out var denial) ? denial : throw new InvalidDataException("A stored denial cannot be read.");
}
