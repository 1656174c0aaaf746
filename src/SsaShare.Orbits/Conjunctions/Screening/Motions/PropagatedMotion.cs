using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>States and elements followed numerically over a span, with the burns that are planned.</summary>
/// <remarks>
/// A stated covariance is carried by the partials, without process noise: it is that of the state, not of the forces. The stated errors of planned burns (<see cref="OrbitManeuver.Error"/>) are carried likewise and added, also to
/// an assumed covariance; a burn without is held to be flown exactly, and remarked so.
/// </remarks>
public static class PropagatedMotion
{
    /// <summary>Of covariances carried by the partials; between them <see cref="CovarianceHistory"/> does.</summary>
    private const double BlockS = 600;

    private const double AheadS = 1e-3;

    /// <summary>A state with the manoeuvres planned.</summary>
    /// <param name="propagator">With its forces.</param>
    /// <param name="start">GCRF; with the covariance where one is stated.</param>
    /// <param name="surface">For drag and radiation pressure.</param>
    /// <param name="plan">Burns; those that end before the state are part of it.</param>
    /// <param name="from">First instant wanted.</param>
    /// <param name="to">Last instant wanted, after it.</param>
    /// <param name="assumed">What stands in for the covariance where none is stated; null where nothing may.</param>
    /// <exception cref="ArgumentException">The state is not in GCRF, or the span ends before it begins.</exception>
    public static MotionFound Of(Propagator propagator, OrbitState start, SurfaceCoefficients surface, IReadOnlyList<OrbitManeuver> plan, Epoch from, Epoch to, AssumedUncertainty? assumed = null)
    {
        if (to <= from) throw new ArgumentException("A span ends after it begins.", nameof(to));
        List<string> losses = [];
        var origin = start;
        if (start.State.Epoch > from) start = Back(propagator, start, surface, plan, from, losses);
        // Behind the span there is nothing to follow.
        if (start.State.Epoch > to) return new MotionFound(null, [.. losses, $"no state before {start.State.Epoch}"], []);
        if (Motion(propagator, start.State, surface, plan, to, losses) is not { } motion) return new MotionFound(null, losses, []);
        var history = start.Covariance is null ? null : new StatedCovariances(History(propagator, start, surface, plan, motion.Last, origin.State.Epoch));
        return new MotionFound(new UncertainEphemeris(motion, history, assumed, origin.State.Epoch) { BurnErrors = BurnErrors(propagator, start.State, surface, plan, origin.State.Epoch, motion.Last) }, losses, Flown(plan, motion));
    }

    /// <summary>Elements moved by SGP4 up to the first burn of a plan, numerically from there on.</summary>
    /// <param name="plan">At least one burn that ends after <paramref name="from"/>; those that end before are part of the elements if these are younger, and passed over if not.</param>
    /// <inheritdoc cref="Of(Propagator, OrbitState, SurfaceCoefficients, IReadOnlyList{OrbitManeuver}, Epoch, Epoch, AssumedUncertainty?)"/>
    public static MotionFound Of(Propagator propagator, ElementSet elements, SurfaceCoefficients surface, IReadOnlyList<OrbitManeuver> plan, Epoch from, Epoch to, AssumedUncertainty? assumed = null, Sgp4Options? sgp4 = null)
    {
        if (to <= from) throw new ArgumentException("A span ends after it begins.", nameof(to));
        var due = plan.Where(burn => burn.To > elements.Epoch && burn.From < to).ToList();
        if (due.Count == 0) throw new ArgumentException("The plan has no burn between the elements and the end of the span.", nameof(plan));
        List<string> losses = [];
        // A start at the very instant of an impulse is taken for the state behind it.
        var burn = due.Min(one => one.From).PlusSeconds(-AheadS);
        if (burn < elements.Epoch) burn = elements.Epoch;
        var satellite = new Sgp4Propagator(elements, sgp4);
        if (!satellite.TryPropagate(burn, out var teme, out var error)) return new MotionFound(null, [$"no state at {burn}, before the first burn: {error.Describe()}"], []);
        var start = Fk5.TemeToGcrf(teme);
        if (Motion(propagator, start, surface, due, to, losses) is not { } flown) return new MotionFound(null, losses, []);
        IScreenedMotion motion = burn > from ? new JoinedMotion([new Sgp4Motion(satellite, from, burn), flown]) : flown;
        return new MotionFound(new UncertainEphemeris(motion, null, assumed, elements.Epoch) { BurnErrors = BurnErrors(propagator, start, surface, due, elements.Epoch, flown.Last) }, losses, Flown(due, motion));
    }

    /// <summary>From where the span begins; where the way there ends before, from the state itself.</summary>
    private static OrbitState Back(Propagator propagator, OrbitState start, SurfaceCoefficients surface, IReadOnlyList<OrbitManeuver> plan, Epoch from, List<string> losses)
    {
        var options = new PropagationOptions { Maneuvers = plan, WithPartials = start.Covariance is not null };
        if (propagator.Sample(start.State, surface, [from], options) is PropagationOutcome<IReadOnlyList<PropagatedState>>.Completed({ } states))
            return new OrbitState(start.ObjectTag, states[0].ToState(), start.Covariance is null ? null : states[0].Carry(start.Covariance));
        losses.Add($"the state of {start.State.Epoch} cannot be followed back to {from}: no state before it");
        return start;
    }

    private static TrajectoryMotion? Motion(Propagator propagator, CartesianState start, SurfaceCoefficients surface, IReadOnlyList<OrbitManeuver> plan, Epoch to, List<string> losses)
    {
        var outcome = propagator.Propagate(start, surface, to, new PropagationOptions { Maneuvers = plan });
        var (trajectory, stop) = outcome switch
        {
            PropagationOutcome<Trajectory>.Completed(var all) => (all, (PropagationStop?)null),
            PropagationOutcome<Trajectory>.Stopped(var why, var until) => (until, why),
            _ => throw new InvalidOperationException("A propagation is complete or stopped."),
        };
        if (stop is not null) losses.Add($"no state after {stop.Epoch}: {stop.Detail}");
        if (!(trajectory.Last > trajectory.First)) return null;
        var flown = plan.Where(burn => burn.To >= trajectory.First && burn.From <= trajectory.Last).ToList();
        Epoch[] impulses = [.. flown.OfType<ImpulsiveManeuver>().Select(burn => burn.Epoch)];
        double thrust = flown.OfType<FiniteManeuver>().Sum(burn => burn.DeltaVKmPerS.Norm * burn.Shape(burn.To)), steps = flown.OfType<ImpulsiveManeuver>().Sum(burn => burn.DeltaVKmPerS.Norm);
        return new TrajectoryMotion(trajectory, MotionMeasure.BeyondGravity(new TrajectoryMotion(trajectory), impulses) + thrust, steps);
    }

    private static CovarianceHistory History(Propagator propagator, OrbitState start, SurfaceCoefficients surface, IReadOnlyList<OrbitManeuver> plan, Epoch last, Epoch stated)
    {
        var states = WithPartials(propagator, start.State, surface, plan, Blocks(start.State.Epoch, last, plan.SelectMany(burn => new[] { burn.From, burn.To })));
        return new CovarianceHistory(states.Select(state => (state.ToState(), state.Carry(start.Covariance!)))) { CarriedFrom = stated };
    }

    /// <summary>By the partials of the burns that the state does not hold yet.</summary>
    /// <param name="determined">Burns that end before are part of what is known.</param>
    private static CovarianceHistory? BurnErrors(Propagator propagator, CartesianState start, SurfaceCoefficients surface, IReadOnlyList<OrbitManeuver> plan, Epoch determined, Epoch last)
    {
        var erring = plan.Where(burn => burn.Error is not null && burn.From >= start.Epoch && burn.To > determined && burn.From < last).ToList();
        if (erring.Count == 0) return null;
        int parameters = PropagatedState.ParameterCount + 3 * plan.Count;
        double[] errors = new double[parameters * parameters];
        foreach (var (index, burn) in plan.Index().Where(one => erring.Contains(one.Item)))
        for (int row = 0; row < 3; row++)
        for (int column = 0; column < 3; column++)
        {
            int first = PropagatedState.ParameterCount + 3 * index;
            errors[(first + row) * parameters + first + column] = burn.Error!.Variance(burn.DeltaVKmPerS, row, column);
        }
        // Just before a burn what it brings is not there yet.
        var edges = erring.SelectMany(burn => new[] { burn.From.PlusSeconds(-AheadS), burn.From, burn.To });
        Epoch begin = erring.Min(burn => burn.From);
        var states = WithPartials(propagator, start, surface, plan, Blocks(begin, last, edges));
        return states.Count == 0 ? null : new CovarianceHistory(states.Select(state => (state.ToState(), state.Carry(errors))));
    }

    private static Epoch[] Blocks(Epoch first, Epoch last, IEnumerable<Epoch> edges)
        => [.. Enumerable.Range(0, (int)(last.SecondsSince(first) / BlockS) + 1).Select(i => first.PlusSeconds(i * BlockS)).Concat(edges.Where(epoch => epoch > first && epoch < last)).Append(last).Distinct().Order()];

    private static IReadOnlyList<PropagatedState> WithPartials(Propagator propagator, CartesianState start, SurfaceCoefficients surface, IReadOnlyList<OrbitManeuver> plan, Epoch[] epochs)
        => propagator.Sample(start, surface, epochs, new PropagationOptions { Maneuvers = plan, WithPartials = true }) switch
        {
            PropagationOutcome<IReadOnlyList<PropagatedState>>.Completed(var all) => all,
            PropagationOutcome<IReadOnlyList<PropagatedState>>.Stopped(_, var until) => until,
            _ => throw new InvalidOperationException("A propagation is complete or stopped."),
        };

    private static List<string> Flown(IReadOnlyList<OrbitManeuver> plan, IScreenedMotion motion)
        => [.. plan.Where(burn => burn.To >= motion.First && burn.From <= motion.Last).OrderBy(burn => burn.From)
            .Select(burn => FormattableString.Invariant($"a burn of {burn.DeltaVKmPerS.Norm * 1e3:G4} m/s at {burn.From} is flown, {Sureness(burn.Error)}"))];

    private static string Sureness(BurnError? error)
        => error is null ? "taken as exact: no error of it is stated" : FormattableString.Invariant($"its size to {error.SizeShare * 100:G3} % and its direction to {error.DirectionRad * 180 / Math.PI:G3} deg (1 sigma)");
}
