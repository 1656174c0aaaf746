using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace SsaShare.Peering;

/// <summary>Traces and metrics of the client side. The names are public: dashboards use them.</summary>
public static class PeeringMetrics
{
    public const string Name = "SsaShare.Peering";
    public static ActivitySource Activities { get; } = new(Name);
    private static readonly Meter Meter = new(Name);

    internal static Counter<long> RecordsReceived { get; } = Meter.CreateCounter<long>("ssashare.records.received", "{record}", "New records stored from peers.");

    private static readonly Counter<long> CosignaturesReceived = Meter.CreateCounter<long>("ssashare.witness.cosignatures", "{cosignature}", "Cosignatures of this node's log, by witness.");
    private static readonly Counter<long> ConflictsFound = Meter.CreateCounter<long>("ssashare.witness.conflicts", "{conflict}", "Logs found to have signed two histories.");

    private static readonly Counter<long> ProofsMissed = Meter.CreateCounter<long>("ssashare.witness.unproven", "{log}", "Logs that did not show that two of their checkpoints are of one history, by origin and kind: wrong or refused.");

    private static readonly System.Collections.Concurrent.ConcurrentDictionary<Domain.PartnerId, (int Degraded, int Stopped)> Quorums = new();
    internal static ObservableGauge<int> QuorumGauge { get; } = Meter.CreateObservableGauge("ssashare.witness.quorums", () => Quorums.SelectMany(one => new[]
    {
        new Measurement<int>(one.Value.Degraded, new("partner", one.Key.Value), new("state", "degraded")),
        new Measurement<int>(one.Value.Stopped, new("partner", one.Key.Value), new("state", "stopped")),
    }), "{agreement}", "Agreements whose witnesses are missing.");

    internal static void ShowQuorums(Domain.PartnerId self, IEnumerable<QuorumStanding> standings)
        => Quorums[self] = (standings.Count(one => one.State == QuorumState.Degraded), standings.Count(one => one.State == QuorumState.Stopped));

    internal static void Cosigned(Domain.PartnerId witness) => CosignaturesReceived.Add(1, new KeyValuePair<string, object?>("witness", witness.Value));
    internal static void ProofMissed(string origin, bool isWrong) => ProofsMissed.Add(1, new("origin", origin), new("kind", isWrong ? "wrong" : "refused"));
    internal static void ConflictFound(string origin) => ConflictsFound.Add(1, new KeyValuePair<string, object?>("origin", origin));

    private static readonly Counter<long> Attempts = Meter.CreateCounter<long>("ssashare.peer.attempts", "{call}", "Pulls that were tried, by peer and outcome: ok or the status.");
    private static readonly Counter<long> Retries = Meter.CreateCounter<long>("ssashare.peer.retries", "{call}", "Pulls that failed and are tried again after a pause, by peer.");
    private static readonly Counter<long> Timeouts = Meter.CreateCounter<long>("ssashare.peer.timeouts", "{call}", "Pulls that took longer than their time limit, by peer.");
    private static readonly Counter<long> AnswersRefused = Meter.CreateCounter<long>("ssashare.peer.answers_refused", "{answer}", "Answers that did not pass the checks, by peer and what their manifest contradicts.");
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<PeerBulkheads, bool> Bulkheads = new();
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<PullStatuses, bool> Pulls = new();

    internal static ObservableGauge<long> BulkheadGauge { get; } = Meter.CreateObservableGauge("ssashare.peer.bulkhead_queue",
        () => Bulkheads.Keys.SelectMany(one => one.Queued).Select(one => new Measurement<long>(one.Queued, new KeyValuePair<string, object?>("peer", one.Name))), "{call}", "Pulls that wait for others of the same peer; of peer \"store\", answers that wait to be stored.");

    internal static ObservableGauge<int> CircuitGauge { get; } = Meter.CreateObservableGauge("ssashare.peer.circuit_state",
        () => Pulls.Keys.SelectMany(one => one.All).GroupBy(one => one.Key.Peer).Select(peer => new Measurement<int>(peer.Max(one => Openness(one.Value.Circuit)), new KeyValuePair<string, object?>("peer", peer.Key.Value))),
        "{state}", "0 closed, 1 half open, 2 open: of the peer's streams the one that is furthest.");

    internal static void Tried(Domain.PartnerId peer, string outcome) => Attempts.Add(1, new("peer", peer.Value), new("outcome", outcome));
    internal static void Retried(Domain.PartnerId peer) => Retries.Add(1, new KeyValuePair<string, object?>("peer", peer.Value));
    internal static void TimedOut(Domain.PartnerId peer) => Timeouts.Add(1, new KeyValuePair<string, object?>("peer", peer.Value));
    internal static void Refused(Domain.PartnerId peer, Exchange.ManifestContradiction contradiction) => AnswersRefused.Add(1, new("peer", peer.Value), new("contradiction", contradiction.ToString()));
    internal static void Show(PeerBulkheads bulkheads) => Bulkheads[bulkheads] = true;
    internal static void Hide(PeerBulkheads bulkheads) => Bulkheads.TryRemove(bulkheads, out _);
    internal static void Show(PullStatuses pulls) => Pulls[pulls] = true;
    internal static void Hide(PullStatuses pulls) => Pulls.TryRemove(pulls, out _);

    private static int Openness(Polly.CircuitBreaker.CircuitState circuit) => circuit switch { Polly.CircuitBreaker.CircuitState.Closed => 0, Polly.CircuitBreaker.CircuitState.HalfOpen => 1, _ => 2 };
}
