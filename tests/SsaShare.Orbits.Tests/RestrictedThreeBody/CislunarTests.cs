using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

/// <summary>Orbits of the restricted problem, flown with the real Moon (short series), Sun, planets and the Moon's field.</summary>
public class CislunarTests
{
    private static readonly Propagator Propagator = new(new ForceModel(ForceModelOptions.Full with { GravityDegree = 8, GradientDegree = 8 }), 1e-9);
    private static readonly EarthMoonFrames Frames = new(AnalyticSolarSystem.Instance);
    private static readonly Epoch Start = Testing.At("1996-06-01T00:00:00");
    private static readonly SurfaceCoefficients Surface = new(0, 0.01);

    public static TheoryData<string, double, double, double, double, HeldFixed> Orbits => new()
    {
        { "near rectilinear halo orbit", 1.02203, -0.18210, -0.10326, 1.5112, HeldFixed.Period },
        { "distant retrograde orbit", 0.80785, 0, 0.52, 3.2, HeldFixed.X },
    };

    [Theory, MemberData(nameof(Orbits))]
    public void Propagate_OneTurn_IsCorrectedInTheEphemerisAndComesBack(string name, double x, double z, double speed, double period, HeldFixed held)
    {
        var orbit = PeriodicOrbit.Correct(RestrictedProblem.EarthMoon, new RestrictedState(new Vector3d(x, 0, z), new Vector3d(0, speed, 0)), period, held)!;
        var end = Start.PlusSeconds(orbit.Period / Frames.AxesAt(Start).AngularVelocityRadPerS.Z);
        var guess = AtCrossing(orbit, Start);
        var target = AtCrossing(orbit, end).PositionKm;
        double first = 0, miss = 0;
        // The start's velocity, so that one turn later the object stands where the restricted problem has it.
        for (int i = 0; i < 12; i++)
        {
            var state = One(guess, end);
            var off = target - state.PositionKm;
            miss = off.Norm;
            if (i == 0) first = miss;
            if (miss < 1e-4) break;
            var m = state.Partials!;
            Vector3d c0 = Column(m, 3), c1 = Column(m, 4), c2 = Column(m, 5);
            var change = new Vector3d(off.Dot(c1.Cross(c2)), c0.Dot(off.Cross(c2)), c0.Dot(c1.Cross(off))) / c0.Dot(c1.Cross(c2));
            guess = new CartesianState(Start, Frame.Gcrf, guess.PositionKm, guess.VelocityKmPerS + Math.Min(1, 0.02 / change.Norm) * change);
        }
        Assert.InRange(miss, 0, 1e-3);
        var far = One(guess, end);
        var back = One(far.ToState(), Start);
        double off1 = back.PositionKm.DistanceTo(guess.PositionKm), change1 = guess.VelocityKmPerS.DistanceTo(AtCrossing(orbit, Start).VelocityKmPerS);
        TestContext.Current.TestOutputHelper?.WriteLine($"MEASURED {name} with the real Moon and Sun, {end.SecondsSince(Start) / 86_400:F1} d: first guess {first:F0} km off, corrected by {1e3 * change1:F1} m/s; there and back {1e3 * off1:F3} m");
        Testing.Near(guess.PositionKm, back.PositionKm, 5e-3);
    }

    [Fact]
    public void AtCrossing_OfAnOrbit_ComesBackToItsUnits()
    {
        var state = new RestrictedState(new Vector3d(1.02203, 0, -0.1821), new Vector3d(0, -0.10326, 0));
        var rotating = Frames.FromNormalized(Start, state.Position, state.Velocity);
        var (position, velocity) = Frames.ToNormalized(Frames.ToRotating(Frames.ToGcrf(rotating)));
        Testing.Near(state.Position, position, 1e-12);
        Testing.Near(state.Velocity, velocity, 1e-12);
    }

    private static CartesianState AtCrossing(PeriodicOrbit orbit, Epoch epoch) => Frames.ToGcrf(Frames.FromNormalized(epoch, orbit.Start.Position, orbit.Start.Velocity));

    private static Vector3d Column(double[] partials, int j) => new(partials[j], partials[8 + j], partials[16 + j]);

    private static PropagatedState One(CartesianState start, Epoch end)
    {
        var outcome = Propagator.Sample(start, Surface, [end], new PropagationOptions { WithPartials = true });
        return Assert.IsType<PropagationOutcome<IReadOnlyList<PropagatedState>>.Completed>(outcome).Result[0];
    }
}
