using System.Diagnostics.CodeAnalysis;
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

    /// <summary>What a filter knows when it begins, before any observation.</summary>
    /// <exception cref="ArgumentException">As <see cref="Begin"/>.</exception>
    public FilterCheckpoint Start(FilterStart start, SequentialFilterOptions options) => Begin(start, options with { KeepSteps = false }).Checkpoint;

    /// <summary>Goes on from where another filter stood, with biases as unknown as before any observation.</summary>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public FilterSession Resume(FilterCheckpoint from, SequentialFilterOptions options) => new(propagator, model, from, options) { KeepsResults = options.KeepSteps };

    /// <summary>The orbit at later instants, with process noise, by one integration.</summary>
    /// <param name="from">Where it is known.</param>
    /// <param name="epochs">Ascending, none before <paramref name="from"/>'s.</param>
    /// <param name="options">Process noise and its step.</param>
    /// <param name="carried">One for each instant.</param>
    /// <returns>False where the orbit cannot be followed to all of them.</returns>
    /// <exception cref="ArgumentException">The instants do not ascend.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A table does not cover an instant.</exception>
    public bool TryCarry(FilterCheckpoint from, ReadOnlySpan<Epoch> epochs, SequentialFilterOptions options, Span<FilterCheckpoint> carried)
    {
        for (int i = 0; i < epochs.Length; i++)
            if (epochs[i] < (i == 0 ? from.Epoch : epochs[i - 1])) throw new ArgumentException("Expected ascending instants.", nameof(epochs));
        options.Check();
        var state = from.ToState();
        var propagation = new FilterPropagation(propagator, FilterSession.NoiseOf(state.Cartesian, options), options.LongestStepS, double.PositiveInfinity);
        for (int i = 0; i < epochs.Length; i++)
        {
            if (!propagation.TryAdvance(state, epochs[i], epochs[(i + 1)..], null)) return false;
            carried[i] = FilterCheckpoint.Of(state);
        }
        return true;
    }

    /// <summary>The orbit at an earlier instant, as far as what is known now says: without process noise, for some minutes back.</summary>
    /// <param name="from">Where it is known.</param>
    /// <param name="to">Not after <paramref name="from"/>'s.</param>
    /// <param name="rewound">Where the answer is true. The deviations of the coefficients are left as they are.</param>
    /// <returns>False where the orbit cannot be followed so far.</returns>
    /// <exception cref="ArgumentException">The instant lies after what is known.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A table does not cover an instant.</exception>
    public bool TryRewind(FilterCheckpoint from, Epoch to, [NotNullWhen(true)] out FilterCheckpoint? rewound)
    {
        if (to > from.Epoch) throw new ArgumentException($"{to} lies after {from.Epoch}.", nameof(to));
        rewound = null;
        const int n = FilterState.Orbit, columns = PropagatedState.ParameterCount;
        if (!propagator.TryPropagate(from.State, from.Surface, to, withPartials: true, out var then)) return false;
        var state = from.ToState();
        double[] factor = [.. state.Factor];
        var (r, v, phi) = (then.PositionKm, then.VelocityKmPerS, then.Partials!);
        (state.X[0], state.X[1], state.X[2], state.X[3], state.X[4], state.X[5]) = (r.X, r.Y, r.Z, v.X, v.Y, v.Z);
        for (int i = 0; i < 6; i++)
        for (int j = 0; j < n; j++)
        {
            double sum = 0;
            // The deviations act as the constants do.
            for (int k = j; k < n; k++) sum += phi[i * columns + (k < columns ? k : k - 2)] * factor[k * n + j];
            state.Factor[i * n + j] = sum;
        }
        SquareRoots.Triangularise(state.Factor, n, n);
        state.Epoch = to;
        rewound = FilterCheckpoint.Of(state);
        return true;
    }

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
