using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Cli;

/// <summary>First orbits from observations of any kind, the most promising parts of them first.</summary>
internal static class FirstOrbits
{
    private const int PassesTried = 8, RunsTried = 4;
    private const double PassGapSeconds = 600;

    /// <summary>Three lines of sight say most when they span a good part of a revolution: a pass in low orbit, a night for what is far out.</summary>
    private static readonly double[] RunGapsSeconds = [PassGapSeconds, 7_200, 43_200];

    /// <summary>One after another, each found when it is asked for.</summary>
    /// <param name="observations">Ascending in time.</param>
    /// <param name="fitter">With forces good enough for some hours.</param>
    /// <param name="why">Gets why a part gave none.</param>
    public static IEnumerable<FirstOrbitOutcome.Found> Of(IReadOnlyList<TrackingObservation> observations, OrbitFitter fitter, Action<string> why)
    {
        foreach (var part in Parts(observations))
        {
            switch (FirstOrbit.Find(part, fitter))
            {
                case FirstOrbitOutcome.Found found:
                    yield return found;
                    break;
                case FirstOrbitOutcome.None none:
                    why(none.Detail);
                    break;
            }
        }
    }

    private static IEnumerable<IReadOnlyList<TrackingObservation>> Parts(IReadOnlyList<TrackingObservation> observations)
    {
        var directed = observations.Where(one => one.Measured is { RightAscensionRad: not null, DeclinationRad: not null } or { AzimuthRad: not null, ElevationRad: not null }).ToList();
        foreach (var pass in Longest(directed.Where(one => one.Measured.RangeKm is not null), PassGapSeconds).Take(PassesTried)) yield return pass;
        var told = new HashSet<(Epoch, Epoch)>();
        foreach (double gap in RunGapsSeconds)
        foreach (var run in Longest(directed, gap).Take(RunsTried))
            if (told.Add((run[0].Epoch, run[^1].Epoch))) yield return run;
        yield return observations;
    }

    /// <summary>Runs of at least three without a longer gap, the longest and fullest first.</summary>
    private static IEnumerable<List<TrackingObservation>> Longest(IEnumerable<TrackingObservation> observations, double gapSeconds)
    {
        var runs = new List<List<TrackingObservation>>();
        foreach (var one in observations)
        {
            if (runs.Count == 0 || one.Epoch.SecondsSince(runs[^1][^1].Epoch) > gapSeconds) runs.Add([]);
            runs[^1].Add(one);
        }
        return runs.Where(run => run.Count >= 3).OrderByDescending(run => run[^1].Epoch.SecondsSince(run[0].Epoch) * Math.Sqrt(run.Count));
    }
}
