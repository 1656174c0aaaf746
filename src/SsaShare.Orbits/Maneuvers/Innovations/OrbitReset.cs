using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>An impulse too large to be followed from the orbit before it: the orbit after it is found afresh, and the impulse is where both meet.</summary>
internal static class OrbitReset
{
    private const double StepS = 30;

    /// <param name="filter">Forces and measurements.</param>
    /// <param name="filterOptions">Of the filter.</param>
    /// <param name="before">A filter that has seen what lies before the gap.</param>
    /// <param name="tracks">Of the object.</param>
    /// <param name="track">The first after the gap.</param>
    /// <param name="end">After the last that is used.</param>
    /// <param name="sigmaKmPerS">Of the impulse beforehand.</param>
    /// <returns>Null where no orbit fits the tracks.</returns>
    public static ImpulseTrial? Run(SequentialFilter filter, SequentialFilterOptions filterOptions, FilterSession before, TrackList tracks, int track, int end, double sigmaKmPerS)
    {
        double seconds = tracks.First(track).SecondsSince(before.Epoch);
        var middle = before.Fork();
        if (!middle.TryAdvance(before.Epoch.PlusSeconds(0.5 * seconds))) return null;
        var estimate = middle.Estimate;
        var state = estimate.State;
        FilterEstimate? after = null;
        double[] costs = new double[end - track];
        // The second time about the orbit that the first has found, and trusted so little that it weighs nothing.
        for (int round = 1; round <= 2; round++)
        {
            double velocity = round == 1 ? sigmaKmPerS : 0.1 * sigmaKmPerS, position = 0.5 * velocity * seconds;
            var session = filter.Begin(FilterStart.Diagonal(state, position, velocity, estimate.Surface, estimate.SurfaceSigma), filterOptions with { KeepSteps = true });
            for (int t = track; t < end; t++)
                if (!tracks.TryProcess(session, t, out costs[t - track])) return null;
            after = FixedIntervalSmoother.Smooth(session.ToRun()).Estimate(0);
            state = after.State;
        }
        return Meet(filter.Propagator, before.Estimate, after!, seconds, costs);
    }

    private static ImpulseTrial? Meet(Propagator propagator, FilterEstimate before, FilterEstimate after, double seconds, double[] costs)
    {
        Epoch[] epochs = [.. Enumerable.Range(0, Math.Max(2, (int)(seconds / StepS))).Select(i => before.State.Epoch.PlusSeconds(i * StepS))];
        if (!propagator.TrySample(before.State, before.Surface, epochs, false, out var left)) return null;
        if (!propagator.TrySample(after.State, after.Surface, epochs, true, out var right)) return null;
        int at = Enumerable.Range(0, epochs.Length).MinBy(i => left[i].PositionKm.DistanceTo(right[i].PositionKm));
        var covariance = right[at].Carry(after.Covariance);
        double[] velocity = new double[9];
        for (int i = 0; i < 9; i++) velocity[i] = covariance[3 + i / 3, 3 + i % 3];
        return ImpulseTrial.Of(epochs[at], right[at].VelocityKmPerS - left[at].VelocityKmPerS, velocity, costs, left[at].ToState());
    }
}
