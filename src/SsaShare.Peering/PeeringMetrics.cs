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
}
