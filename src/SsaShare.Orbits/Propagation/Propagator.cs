using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Numerical propagation of orbits: states, partial derivatives by the variational equations, covariance with process noise, manoeuvres. Safe for concurrent use.</summary>
/// <param name="forces">The forces.</param>
/// <param name="positionToleranceKm">
/// Error allowed in one step, km. The default adds up to about half a metre in three days of low orbit with a field of degree 24, but to 10 m in one day with degree 70, whose short waves
/// bend the path within a step: take 1e-8 there, which leaves 0.05 m in the median and 0.5 m at most.
/// </param>
/// <remarks>
/// Dormand and Prince 8(5,3) with dense output of order 7. The partials are as good as the derivatives of the forces: <see cref="ForceModelOptions.GradientDegree"/>. Steps end where
/// manoeuvres begin and end and where the object enters and leaves a shadow with true edges.
/// </remarks>
public sealed class Propagator(ForceModel forces, double positionToleranceKm = 1e-6)
{
    private static readonly PropagationOptions StateOnly = new(), StateAndPartials = new() { WithPartials = true };

    public ForceModel Forces => forces;

    /// <summary>The orbit from the start to an instant before or after it, for every instant between.</summary>
    /// <exception cref="ArgumentException">The state is not in GCRF.</exception>
    public PropagationOutcome<Trajectory> Propagate(CartesianState start, SurfaceCoefficients surface, Epoch to, PropagationOptions? options = null)
    {
        Check(start);
        double end = to.SecondsSince(start.Epoch);
        if (Missing(start) is { } missing) return new PropagationOutcome<Trajectory>.Stopped(missing, Nowhere(start));
        var march = new OrbitMarch(forces, start, surface, options ?? StateOnly, positionToleranceKm, end);
        var recorder = new TrajectoryRecorder(start.Epoch, march);
        march.Run(recorder);
        var trajectory = recorder.ToTrajectory();
        return march.Stop is { } stop ? new PropagationOutcome<Trajectory>.Stopped(stop, trajectory) : new PropagationOutcome<Trajectory>.Completed(trajectory);
    }

    /// <summary>The states at the given instants, in the order given; instants may lie before and after the start.</summary>
    /// <returns>All of them, or those that were reached with the reason why not all.</returns>
    /// <exception cref="ArgumentException">The state is not in GCRF.</exception>
    public PropagationOutcome<IReadOnlyList<PropagatedState>> Sample(CartesianState start, SurfaceCoefficients surface, IReadOnlyList<Epoch> epochs, PropagationOptions? options = null)
    {
        var states = new PropagatedState?[epochs.Count];
        return Fill(start, surface, epochs, options ?? StateOnly, states) is { } stop
            ? new PropagationOutcome<IReadOnlyList<PropagatedState>>.Stopped(stop, [.. states.OfType<PropagatedState>()])
            : new PropagationOutcome<IReadOnlyList<PropagatedState>>.Completed(states!);
    }

    /// <summary>The states at the given instants, in the order given; instants may lie before and after the start.</summary>
    /// <returns>False when the trajectory comes below 70 km, hits the Moon, leaves the Earth (1.5 million km), or cannot be integrated; <see cref="Sample"/> says which.</returns>
    /// <exception cref="ArgumentException">The state is not in GCRF.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A table does not cover an instant.</exception>
    public bool TrySample(CartesianState start, SurfaceCoefficients surface, IReadOnlyList<Epoch> epochs, bool withPartials, out PropagatedState[] states)
    {
        states = new PropagatedState[epochs.Count];
        var stop = Fill(start, surface, epochs, withPartials ? StateAndPartials : StateOnly, states);
        if (stop is { Reason: PropagationEnd.OutsideData }) throw new ArgumentOutOfRangeException(nameof(epochs), stop.Epoch, $"Cannot go on: {stop.Detail}.");
        return stop is null;
    }

    /// <summary>The state at one instant.</summary>
    /// <returns>False in the cases of <see cref="TrySample"/>.</returns>
    /// <exception cref="ArgumentException">The state is not in GCRF.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A table does not cover an instant.</exception>
    public bool TryPropagate(CartesianState start, SurfaceCoefficients surface, Epoch to, bool withPartials, out PropagatedState state)
    {
        bool done = TrySample(start, surface, [to], withPartials, out var states);
        state = states[0];
        return done;
    }

    private PropagationStop? Fill(CartesianState start, SurfaceCoefficients surface, IReadOnlyList<Epoch> epochs, PropagationOptions options, PropagatedState?[] states)
    {
        Check(start);
        if (Missing(start) is { } missing) return missing;
        int[] order = [.. Enumerable.Range(0, epochs.Count).OrderBy(i => epochs[i])];
        int split = Array.FindIndex(order, i => epochs[i] >= start.Epoch);
        if (split < 0) split = order.Length;
        int[] after = order[split..], before = [.. order[..split].Reverse()];
        return FillOneWay(start, surface, epochs, after, options, states) ?? FillOneWay(start, surface, epochs, before, options, states);
    }

    private PropagationStop? FillOneWay(CartesianState start, SurfaceCoefficients surface, IReadOnlyList<Epoch> epochs, int[] order, PropagationOptions options, PropagatedState?[] states)
    {
        if (order.Length == 0) return null;
        var march = new OrbitMarch(forces, start, surface, options, positionToleranceKm, epochs[order[^1]].SecondsSince(start.Epoch));
        march.Run(new Sampler(start.Epoch, epochs, order, states));
        return march.Stop;
    }

    private PropagationStop? Missing(CartesianState start)
        => forces.MissingData(start.Epoch) is { } table ? new PropagationStop(PropagationEnd.OutsideData, start.Epoch, $"{table} does not cover {start.Epoch}") : null;

    private static Trajectory Nowhere(CartesianState start) => new(start.Epoch, [0], [], new PropagatedState(start.Epoch, start.PositionKm, start.VelocityKmPerS, null));

    private static void Check(CartesianState start)
    {
        if (start.Frame != Frame.Gcrf) throw new ArgumentException($"Expected GCRF, got {start.Frame}.", nameof(start));
    }

    /// <summary>Takes the states at chosen instants, which ascend in the direction of the march.</summary>
    private sealed class Sampler(Epoch start, IReadOnlyList<Epoch> epochs, int[] order, PropagatedState?[] states) : IMarchObserver
    {
        private int _next;

        public void Inside(OrbitMarch march)
        {
            while (TryNext(out double time) && Math.Abs(time) < Math.Abs(march.Time)) Take(march.Inside(epochs[order[_next]], time));
        }

        public void Arrived(OrbitMarch march)
        {
            while (TryNext(out double time) && time == march.Time) Take(march.Current(epochs[order[_next]]));
        }

        private bool TryNext(out double time)
        {
            time = _next < order.Length ? epochs[order[_next]].SecondsSince(start) : 0;
            return _next < order.Length;
        }

        private void Take(PropagatedState state) => states[order[_next++]] = state;
    }

    /// <summary>Keeps the polynomial of every step.</summary>
    private sealed class TrajectoryRecorder(Epoch start, OrbitMarch march) : IMarchObserver
    {
        private const int PieceDoubles = 6 * Dop853.InterpolantRows;

        private readonly List<double> _times = [0];
        private double[] _pieces = new double[64 * PieceDoubles];

        public void Inside(OrbitMarch _)
        {
            int at = (_times.Count - 1) * PieceDoubles;
            if (at + PieceDoubles > _pieces.Length) Array.Resize(ref _pieces, 2 * _pieces.Length);
            march.Integrator.CopyInterpolant(6, _pieces.AsSpan(at, PieceDoubles));
            _times.Add(march.Time);
        }

        public void Arrived(OrbitMarch _) { }

        public Trajectory ToTrajectory()
        {
            var end = march.Current(start.PlusSeconds(_times[^1]));
            return new Trajectory(start, [.. _times], _pieces.AsSpan(0, (_times.Count - 1) * PieceDoubles).ToArray(), end);
        }
    }
}
