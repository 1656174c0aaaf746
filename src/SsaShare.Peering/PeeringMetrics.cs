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
}
