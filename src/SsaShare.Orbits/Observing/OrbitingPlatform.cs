using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>An observer in orbit, known by an ephemeris whose error is known too. Immutable; safe for concurrent use.</summary>
/// <remarks>
/// Hermite interpolation of degree 7 over four states: in low orbit 0.02 mm at steps of 60 s, 2 cm at 300 s. The covariance is interpolated entry by entry, which keeps it positive;
/// it is meant for steps that are short against the period.
/// </remarks>
public sealed class OrbitingPlatform : IObserver
{
    private const int Nodes = 4, Points = 2 * Nodes;

    private readonly CartesianState[] _states;
    private readonly Covariance6[]? _covariances;

    /// <param name="states">At least four, GCRF, ascending in time.</param>
    /// <param name="covariances">Of each state, in its frame; null where the platform counts as known.</param>
    /// <exception cref="ArgumentException">Too few, not in GCRF, not ascending, or not as many covariances.</exception>
    public OrbitingPlatform(IReadOnlyList<CartesianState> states, IReadOnlyList<Covariance6>? covariances = null)
    {
        if (states.Count < Nodes) throw new ArgumentException($"Expected at least {Nodes} states, got {states.Count}.", nameof(states));
        if (states.FirstOrDefault(state => state.Frame != Frame.Gcrf) is { } other) throw new ArgumentException($"Expected GCRF, got {other.Frame}.", nameof(states));
        for (int i = 1; i < states.Count; i++)
            if (states[i].Epoch <= states[i - 1].Epoch) throw new ArgumentException($"States {i - 1} and {i} do not ascend in time.", nameof(states));
        if (covariances is not null && covariances.Count != states.Count) throw new ArgumentException($"Expected {states.Count} covariances, got {covariances.Count}.", nameof(covariances));
        (_states, _covariances) = ([.. states], covariances is null ? null : [.. covariances]);
    }

    /// <summary>A platform whose orbit was determined: its state and covariance propagated over a span.</summary>
    /// <param name="start">GCRF.</param>
    /// <param name="covariance">Of the start.</param>
    /// <param name="surface">Of the platform, taken as known.</param>
    /// <param name="propagator">With the forces its orbit was determined with.</param>
    /// <param name="from">Begin of the span.</param>
    /// <param name="to">Its end.</param>
    /// <param name="platform">The platform; it reaches a little beyond the span.</param>
    /// <param name="stepSeconds">Between states.</param>
    /// <returns>False when the orbit cannot be followed.</returns>
    /// <exception cref="ArgumentException">The span is empty or the step not positive.</exception>
    public static bool TryPropagate(
        CartesianState start, Covariance6 covariance, SurfaceCoefficients surface, Propagator propagator, Epoch from, Epoch to, out OrbitingPlatform platform, double stepSeconds = 60)
    {
        if (!(stepSeconds > 0) || to <= from) throw new ArgumentException("Expected a span and a step above zero.", nameof(to));
        platform = null!;
        int count = (int)Math.Ceiling(to.SecondsSince(from) / stepSeconds) + Nodes;
        Epoch[] epochs = [.. Enumerable.Range(-1, count).Select(i => from.PlusSeconds(i * stepSeconds))];
        if (!propagator.TrySample(start, surface, epochs, withPartials: true, out var states)) return false;
        platform = new OrbitingPlatform([.. states.Select(state => state.ToState())], [.. states.Select(state => state.Carry(covariance))]);
        return true;
    }

    public Epoch First => _states[0].Epoch;

    public Epoch Last => _states[^1].Epoch;

    public bool HasHorizon => false;

    public bool Covers(Epoch epoch) => epoch >= First && epoch <= Last;

    /// <inheritdoc/>
    public ObserverState At(Epoch epoch, EarthRotation rotation, ISolarSystem bodies)
    {
        int first = Math.Clamp(Before(epoch) - Nodes / 2 + 1, 0, _states.Length - Nodes);
        Span<double> times = stackalloc double[Points];
        Span<Vector3d> differences = stackalloc Vector3d[Points];
        for (int i = 0; i < Points; i++)
        {
            times[i] = _states[first + i / 2].Epoch.SecondsSince(epoch);
            differences[i] = _states[first + i / 2].PositionKm;
        }
        // Divided differences with every node twice; where two nodes coincide the difference is the velocity.
        for (int order = 1; order < Points; order++)
        for (int i = Points - 1; i >= order; i--)
            differences[i] = order == 1 && i % 2 == 1 ? _states[first + i / 2].VelocityKmPerS : (differences[i] - differences[i - 1]) / (times[i] - times[i - order]);
        Vector3d position = differences[^1], velocity = default;
        for (int i = Points - 2; i >= 0; i--)
        {
            velocity = position - times[i] * velocity;
            position = differences[i] - times[i] * position;
        }
        return new ObserverState(position, velocity, ShortArc.Acceleration(position), null);
    }

    /// <inheritdoc/>
    public Covariance6? Uncertainty(Epoch epoch)
    {
        if (_covariances is null) return null;
        int before = Before(epoch);
        double share = epoch.SecondsSince(_states[before].Epoch) / _states[before + 1].Epoch.SecondsSince(_states[before].Epoch);
        Span<double> lower = stackalloc double[21];
        ReadOnlySpan<double> a = _covariances[before].Lower, b = _covariances[before + 1].Lower;
        for (int i = 0; i < lower.Length; i++) lower[i] = (1 - share) * a[i] + share * b[i];
        return new Covariance6(lower);
    }

    /// <summary>Index of the last state before an instant that has one after it.</summary>
    private int Before(Epoch epoch)
    {
        if (!Covers(epoch)) throw new ArgumentOutOfRangeException(nameof(epoch), epoch, $"The platform's ephemeris reaches from {First} to {Last}.");
        int low = 0, high = _states.Length - 1;
        while (high - low > 1)
        {
            int middle = (low + high) / 2;
            if (_states[middle].Epoch <= epoch) low = middle;
            else high = middle;
        }
        return low;
    }
}
