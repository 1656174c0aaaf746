using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace SsaShare.FusionService;

/// <summary>Traces and metrics of the fusion service. The names are public: dashboards use them.</summary>
public static class FusionMetrics
{
    public const string Name = "SsaShare.FusionService";
    public static ActivitySource Activities { get; } = new(Name);

    private static readonly Meter Meter = new(Name);
    private static readonly Histogram<double> ScreeningTimes = Meter.CreateHistogram<double>("ssashare.screening.duration", "s", "How long each screening of the catalog took.");
    private static readonly Counter<long> OrbitsScreened = Meter.CreateCounter<long>("ssashare.screening.orbits", "{orbit}", "Orbits screened: all of a new block of time, those that changed of another.");
    private static readonly Counter<long> ProbabilitiesAssessed = Meter.CreateCounter<long>("ssashare.screening.probabilities", "{probability}", "Collision probabilities computed.");

    internal static void Screened(TimeSpan elapsed, long orbits, int probabilities)
    {
        ScreeningTimes.Record(elapsed.TotalSeconds);
        OrbitsScreened.Add(orbits);
        ProbabilitiesAssessed.Add(probabilities);
    }
}
