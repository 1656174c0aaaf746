using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Sequential orbit determination: a square-root extended Kalman filter over position, velocity, surface coefficients and sensor biases. Safe for concurrent use.</summary>
/// <remarks>
/// <para>Extended and not unscented: with the variational equations one propagation with partials (six equations and forty-eight linear ones, the force evaluated once) replaces the
/// 2·10 + 1 propagations of sigma points, and one reference orbit serves all updates of a quarter of an hour, which sigma points cannot do. Between radar updates the uncertainty is far
/// below what curves the flow (d²/r: 1 km at 7,000 km is 0.14 m); where it is not, at the first observations of a wrong start, the update is iterated (Bell and Cathey 1993: Gauss and Newton's method
/// on the update).</para>
/// <para>The covariance exists only as its square root, carried by orthogonal transformations (Kailath, Sayed and Hassibi, Linear Estimation, 2000, section 12.3), so it is never indefinite
/// and keeps twice the digits.</para>
/// </remarks>
/// <param name="propagator">Forces and integration.</param>
/// <param name="model">Predicts measurements.</param>
public sealed class SequentialFilter(Propagator propagator, MeasurementModel model)
{
    public Propagator Propagator => propagator;
    public MeasurementModel Model => model;

    /// <summary>Begins a filter that is then fed observation by observation.</summary>
    /// <exception cref="ArgumentException">An option is outside its range, the state is not in GCRF, or the covariance is indefinite.</exception>
    public FilterSession Begin(FilterStart start, SequentialFilterOptions options) => new(propagator, model, start, options) { KeepsResults = options.KeepSteps };

    /// <summary>Filters a list of observations in the order of their epochs; those of one instant together. Observations before the start are left out as out of order.</summary>
    /// <param name="observations">In any order.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="options">How.</param>
    /// <exception cref="ArgumentException">As <see cref="Begin"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The table of Earth orientation does not cover an instant.</exception>
    public FilterOutcome Run(IReadOnlyList<TrackingObservation> observations, FilterStart start, SequentialFilterOptions options)
    {
        var session = new FilterSession(propagator, model, start, options) { KeepsResults = true };
        int[] order = [.. Enumerable.Range(0, observations.Count).OrderBy(i => observations[i].Epoch)];
        Epoch[] epochs = [.. order.Select(i => observations[i].Epoch)];
        for (int first = 0, end; first < order.Length; first = end)
        {
            end = first + 1;
            while (end < order.Length && epochs[end] == epochs[first]) end++;
            if (!session.TryProcess(observations, order.AsSpan(first, end - first), epochs.AsSpan(end)))
                return new FilterOutcome.Failed(FilterFailure.NotAnOrbit, epochs[first], session.ToRun());
        }
        return new FilterOutcome.Ran(session.ToRun());
    }
}

/// <summary>Why a filter stopped.</summary>
public enum FilterFailure
{
    /// <summary>The estimated orbit hits the Earth or leaves it, or cannot be integrated.</summary>
    NotAnOrbit = 1,
}

/// <summary>How a filter's run ended.</summary>
public abstract record FilterOutcome
{
    private FilterOutcome() { }

    /// <summary>All observations were processed.</summary>
    public sealed record Ran(FilterRun Run) : FilterOutcome;

    /// <summary>It came no further.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="At">The instant that could not be reached.</param>
    /// <param name="SoFar">What was done before.</param>
    public sealed record Failed(FilterFailure Reason, Epoch At, FilterRun SoFar) : FilterOutcome;
}
