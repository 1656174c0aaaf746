using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

public class PropagatorManeuverTests
{
    private static readonly Propagator Propagator = new(SimpleFields.Of(SimpleFields.Flattened), 1e-10);
    private static readonly CartesianState Start = Testing.LowOrbit;
    private static readonly Epoch Burn = Start.Epoch.PlusSeconds(2_000), End = Start.Epoch.PlusSeconds(9_000);
    private static readonly Vector3d DeltaV = new(0.003, 0.02, -0.011);

    public static TheoryData<OrbitManeuver> Each
    {
        get
        {
            var data = new TheoryData<OrbitManeuver>();
            foreach (var axes in Enum.GetValues<ManeuverAxes>())
            {
                data.Add(new ImpulsiveManeuver(Burn, axes, DeltaV));
                data.Add(new FiniteManeuver(Burn, Burn.PlusSeconds(700), axes, DeltaV));
                data.Add(new FiniteManeuver(Burn, Burn.PlusSeconds(700), axes, DeltaV, propellantShare: 0.4));
            }
            return data;
        }
    }

    [Theory, MemberData(nameof(Each))]
    public void Sample_ThereAndBack_ReturnsToTheStart(OrbitManeuver maneuver)
    {
        var far = One(Start, End, maneuver, true);
        var back = One(far.ToState(), Start.Epoch, maneuver, true);
        Testing.Near(Start.PositionKm, back.PositionKm, 1e-6);
        Testing.Near(Start.VelocityKmPerS, back.VelocityKmPerS, 1e-9);
        // The way back undoes the way there: the transition matrices are each other's inverse, manoeuvre's jump included.
        for (int i = 0; i < 6; i++)
        for (int j = 0; j < 6; j++)
        {
            double sum = 0, scale = 1e-9;
            for (int k = 0; k < 6; k++)
            {
                double term = back.Partials![i * back.Columns + k] * far.Partials![k * far.Columns + j];
                (sum, scale) = (sum + term, scale + Math.Abs(term));
            }
            Assert.Equal(i == j ? 1 : 0, sum, 2e-6 * scale);
        }
    }

    [Theory, MemberData(nameof(Each))]
    public void Sample_PartialsByTheManeuver_AgreeWithFiniteDifferences(OrbitManeuver maneuver)
    {
        var nominal = One(Start, End, maneuver, true);
        Assert.Equal(11, nominal.Columns);
        for (int axis = 0; axis < 3; axis++)
        {
            var step = 1e-5 * new Vector3d(axis == 0 ? 1 : 0, axis == 1 ? 1 : 0, axis == 2 ? 1 : 0);
            var (plus, minus) = (One(Start, End, maneuver with { DeltaVKmPerS = DeltaV + step }, false), One(Start, End, maneuver with { DeltaVKmPerS = DeltaV - step }, false));
            var (numeric, speed) = ((plus.PositionKm - minus.PositionKm) / 2e-5, (plus.VelocityKmPerS - minus.VelocityKmPerS) / 2e-5);
            Testing.Near(numeric, Column(nominal, 8 + axis, 0), 1e-5 * numeric.Norm);
            Testing.Near(speed, Column(nominal, 8 + axis, 3), 1e-5 * speed.Norm);
        }
    }

    [Theory, MemberData(nameof(Each))]
    public void Sample_PartialsByTheState_AgreeWithFiniteDifferencesAcrossAManeuver(OrbitManeuver maneuver)
    {
        var nominal = One(Start, End, maneuver, true);
        for (int axis = 0; axis < 3; axis++)
        {
            var step = 1e-5 * new Vector3d(axis == 0 ? 1 : 0, axis == 1 ? 1 : 0, axis == 2 ? 1 : 0);
            var (plus, minus) = (One(Moved(step), End, maneuver, false), One(Moved(-step), End, maneuver, false));
            var numeric = (plus.PositionKm - minus.PositionKm) / 2e-5;
            Testing.Near(numeric, Column(nominal, 3 + axis, 0), 1e-5 * numeric.Norm);
        }
    }

    [Theory]
    [InlineData(ManeuverAxes.Rtn), InlineData(ManeuverAxes.Gcrf), InlineData(ManeuverAxes.Tnw)]
    public void FiniteManeuver_EverShorter_BecomesTheImpulseAtItsMiddle(ManeuverAxes axes)
    {
        // So small that the axes do not turn with the speed gained: an impulse takes those before it.
        var small = 1e-4 * DeltaV;
        var impulse = One(Start, End, new ImpulsiveManeuver(Burn, axes, small), false);
        double before = 0;
        foreach (double half in (double[])[160, 80, 40])
        {
            double off = One(Start, End, new FiniteManeuver(Burn.PlusSeconds(-half), Burn.PlusSeconds(half), axes, small), false).PositionKm.DistanceTo(impulse.PositionKm);
            if (before > 0) Assert.InRange(off / before, 0.2, 0.3);
            before = off;
        }
    }

    [Fact]
    public void Sample_TwoImpulsesAtOneInstant_AreUndoneInTheOtherOrder()
    {
        OrbitManeuver[] both = [new ImpulsiveManeuver(Burn, ManeuverAxes.Tnw, new Vector3d(0.5, 0, 0)), new ImpulsiveManeuver(Burn, ManeuverAxes.Tnw, new Vector3d(0, 0.2, 1))];
        var options = new PropagationOptions { WithPartials = true, Maneuvers = both };
        var far = Completed(Propagator.Sample(Start, default, [End], options))[0];
        var back = Completed(Propagator.Sample(far.ToState(), default, [Start.Epoch], options))[0];
        Testing.Near(Start.PositionKm, back.PositionKm, 1e-6);
        Testing.Near(Start.VelocityKmPerS, back.VelocityKmPerS, 1e-9);
        // Beginning right behind them as well, where they are undone before the first step.
        var behind = Completed(Propagator.Sample(Start, default, [Burn], options))[0];
        Testing.Near(Start.PositionKm, Completed(Propagator.Sample(behind.ToState(), default, [Start.Epoch], options))[0].PositionKm, 1e-6);
    }

    [Theory]
    [InlineData(1e-300), InlineData(1e-20), InlineData(1e-16), InlineData(1e-9), InlineData(1e-3)]
    public void FiniteManeuver_LittlePropellant_KeepsAllDigits(double share)
    {
        var burn = new FiniteManeuver(Burn, Burn.PlusSeconds(600), ManeuverAxes.Rtn, DeltaV, share);
        // share / -ln(1 - share) by its series.
        double expected = (1 - share / 2 - share * share / 12 - share * share * share / 24) / 600;
        Assert.Equal(1, burn.Shape(Burn) / expected, 1e-12);
        double exhaust = 9.80665 * 290, thrust = share * exhaust * 500 / 600;
        var thrusting = FiniteManeuver.FromThrust(Burn, Burn.PlusSeconds(600), ManeuverAxes.Rtn, new Vector3d(1, 0, 0), thrust, 500, 290);
        Assert.Equal(1, thrusting.DeltaVKmPerS.X / (1e-3 * exhaust * share * (1 + share / 2 + share * share / 3 + share * share * share / 4)), 1e-12);
    }

    [Fact]
    public void OrbitManeuver_SpeedThatIsNotFinite_Refused()
    {
        var bad = new Vector3d(double.NaN, 0, 0);
        Assert.Throws<ArgumentException>(() => new ImpulsiveManeuver(Burn, ManeuverAxes.Rtn, bad));
        Assert.Throws<ArgumentException>(() => new FiniteManeuver(Burn, End, ManeuverAxes.Rtn, bad));
        Assert.Throws<ArgumentException>(() => new ImpulsiveManeuver(Burn, ManeuverAxes.Rtn, DeltaV) with { DeltaVKmPerS = bad });
    }

    [Fact]
    public void FiniteManeuver_FromThrust_GivesTheSpeedOfTheRocketEquation()
    {
        // 22 N, 500 kg, 290 s of specific impulse, 600 s: 4.642 kg are used.
        var burn = FiniteManeuver.FromThrust(Burn, Burn.PlusSeconds(600), ManeuverAxes.Tnw, new Vector3d(2, 0, 0), 22, 500, 290);
        double used = 22 * 600 / (9.80665 * 290);
        Assert.Equal(used / 500, burn.PropellantShare, 12);
        Assert.Equal(1e-3 * 9.80665 * 290 * Math.Log(500 / (500 - used)), burn.DeltaVKmPerS.X, 12);
        // The acceleration is thrust over mass at both ends.
        Assert.Equal(22e-3 / 500, burn.DeltaVKmPerS.X * burn.Shape(Burn), 12);
        Assert.Equal(22e-3 / (500 - used), burn.DeltaVKmPerS.X * burn.Shape(Burn.PlusSeconds(600)), 12);
        Assert.Throws<ArgumentException>(() => FiniteManeuver.FromThrust(Burn, Burn.PlusSeconds(600), ManeuverAxes.Tnw, new Vector3d(1, 0, 0), 22_000, 500, 290));
    }

    [Fact]
    public void Sample_AtTheInstantOfAnImpulse_IsTheStateAfterIt()
    {
        var impulse = new ImpulsiveManeuver(Burn, ManeuverAxes.Gcrf, DeltaV);
        var (forward, without) = (One(Start, Burn, impulse, true), One(Start, Burn, null, true));
        Testing.Near(without.VelocityKmPerS + DeltaV, forward.VelocityKmPerS, 1e-12);
        Assert.Equal(1, forward.Partials![3 * forward.Columns + 8], 12);
        var backward = One(One(Start, End, impulse, false).ToState(), Burn, impulse, true);
        Testing.Near(forward.VelocityKmPerS, backward.VelocityKmPerS, 1e-9);
        // From there on there is nothing to fly, and before it there is.
        Testing.Near(One(forward.ToState(), End, impulse, false).PositionKm, One(Start, End, impulse, false).PositionKm, 1e-6);
        Testing.Near(Start.PositionKm, One(forward.ToState(), Start.Epoch, impulse, false).PositionKm, 1e-6);
    }

    [Fact]
    public void Propagate_WithAnImpulse_TrajectoryJumpsThere()
    {
        var impulse = new ImpulsiveManeuver(Burn, ManeuverAxes.Gcrf, DeltaV);
        var there = Completed(Propagator.Propagate(Start, default, End, new PropagationOptions { Maneuvers = [impulse] }));
        var back = Completed(Propagator.Propagate(there.End.ToState(), default, Start.Epoch, new PropagationOptions { Maneuvers = [impulse] }));
        foreach (var trajectory in (Trajectory[])[there, back])
        {
            var jump = trajectory.At(Burn).VelocityKmPerS - trajectory.At(new Epoch(Burn.NanosecondsSinceJ2000 - 1_000)).VelocityKmPerS;
            Testing.Near(DeltaV, jump, 1e-7);
        }
    }

    [Fact]
    public void Sample_AcrossABurn_DoesNotDependOnTheStepTolerance()
    {
        var burn = new FiniteManeuver(Burn, Burn.PlusSeconds(37.3), ManeuverAxes.Tnw, DeltaV);
        var options = new PropagationOptions { Maneuvers = [burn] };
        var usual = new Propagator(SimpleFields.Of(SimpleFields.Flattened)).Sample(Start, default, [Start.Epoch.PlusSeconds(86_400)], options);
        var tight = Propagator.Sample(Start, default, [Start.Epoch.PlusSeconds(86_400)], options);
        Testing.Near(Completed(tight)[0].PositionKm, Completed(usual)[0].PositionKm, 2e-4);
    }

    private static T Completed<T>(PropagationOutcome<T> outcome) => Assert.IsType<PropagationOutcome<T>.Completed>(outcome).Result;

    private static CartesianState Moved(Vector3d velocity) => new(Start.Epoch, Frame.Gcrf, Start.PositionKm, Start.VelocityKmPerS + velocity);

    private static Vector3d Column(PropagatedState state, int column, int row)
        => new(state.Partials![row * state.Columns + column], state.Partials[(row + 1) * state.Columns + column], state.Partials[(row + 2) * state.Columns + column]);

    private static PropagatedState One(CartesianState start, Epoch end, OrbitManeuver? maneuver, bool withPartials)
        => Completed(Propagator.Sample(start, default, [end], new PropagationOptions { WithPartials = withPartials, Maneuvers = maneuver is null ? [] : [maneuver] }))[0];
}
