using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>How all objects of a simulation truly move, one window of time after another: numerical orbits, by the forces of their propagator.</summary>
/// <remarks>
/// A window of an hour of 27,000 objects needs some 150 MB. Each object goes its own way, so that nothing depends on threads. Not safe for use while <see cref="Advance"/> works;
/// else safe for concurrent use.
/// </remarks>
public sealed class TrueMotions
{
    private readonly Propagator _propagator;
    private readonly ParallelOptions _parallel;
    private readonly CartesianState?[] _states;
    private readonly Trajectory?[] _trajectories;

    /// <param name="objects">All of them, forged ones too.</param>
    /// <param name="propagator">With the true forces.</param>
    /// <param name="from">Where the first window begins.</param>
    /// <param name="threads">That share the work.</param>
    public TrueMotions(IReadOnlyList<SimulatedObject> objects, Propagator propagator, Epoch from, int threads)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threads);
        (Objects, _propagator, _parallel) = (objects, propagator, new ParallelOptions { MaxDegreeOfParallelism = threads });
        (WindowFrom, WindowTo) = (from, from);
        _states = [.. objects.Select(one => one.Start)];
        _trajectories = new Trajectory?[objects.Count];
    }

    public IReadOnlyList<SimulatedObject> Objects { get; }

    /// <summary>Where the present window begins.</summary>
    public Epoch WindowFrom { get; private set; }

    /// <summary>Where it ends; motions reach a little further.</summary>
    public Epoch WindowTo { get; private set; }

    /// <summary>Goes on to the next window, which begins where the present one ends.</summary>
    /// <param name="to">Its end.</param>
    /// <param name="beyondSeconds">How far motions reach beyond it.</param>
    /// <exception cref="ArgumentException">The end is not after the beginning.</exception>
    /// <exception cref="AggregateException">Of <see cref="ArgumentOutOfRangeException"/>: a table that the forces rest on does not cover the window.</exception>
    public void Advance(Epoch to, double beyondSeconds)
    {
        if (to <= WindowTo) throw new ArgumentException($"Expected an end after {WindowTo}.", nameof(to));
        (WindowFrom, WindowTo) = (WindowTo, to);
        var last = to.PlusSeconds(beyondSeconds);
        Parallel.For(0, Objects.Count, _parallel, i => Move(i, last));
    }

    /// <summary>Position (km) and velocity (km/s) in GCRF of an object within the present window.</summary>
    /// <returns>False where it is not there yet or any more, or the instant lies outside the window.</returns>
    public bool TryAt(int index, Epoch epoch, out Vector3d positionKm, out Vector3d velocityKmPerS)
    {
        (positionKm, velocityKmPerS) = (default, default);
        if (_trajectories[index] is not { } trajectory || !trajectory.Covers(epoch) || Objects[index].Ends <= epoch) return false;
        trajectory.At(epoch, out positionKm, out velocityKmPerS);
        return true;
    }

    private void Move(int i, Epoch last)
    {
        _trajectories[i] = null;
        if (_states[i] is not { } state || state.Epoch >= WindowTo) return;
        var surface = Objects[i].Surface;
        if (state.Epoch < WindowFrom)
        {
            if (!_propagator.TryPropagate(state, surface, WindowFrom, withPartials: false, out var begin))
            {
                _states[i] = null;
                return;
            }
            state = begin.ToState();
        }
        var trajectory = _propagator.Propagate(state, surface, last) switch
        {
            PropagationOutcome<Trajectory>.Completed completed => completed.Result,
            PropagationOutcome<Trajectory>.Stopped { Stop: { Reason: not PropagationEnd.OutsideData } } stopped => stopped.Until,
            PropagationOutcome<Trajectory>.Stopped { Stop: var stop } => throw new ArgumentOutOfRangeException(nameof(last), last, $"Cannot go on: {stop.Detail}."),
            _ => throw new InvalidOperationException("An outcome is either completed or stopped."),
        };
        _trajectories[i] = trajectory;
        _states[i] = trajectory.Covers(WindowTo) ? trajectory.At(WindowTo) : null;
    }
}
