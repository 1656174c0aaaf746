using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

/// <summary>Ephemerides among element sets.</summary>
public sealed class ScreenedEphemerisTests
{
    /// <summary>The same motion as an element set's, asked through the port.</summary>
    private sealed class Copy(ElementSet elements, Epoch first, Epoch last) : IScreenedMotion
    {
        private readonly Sgp4Propagator _satellite = new(elements);

        public Epoch First => first;
        public Epoch Last => last;
        public double AccelerationBeyondGravityKmPerS2 => 2e-4;
        public double VelocityStepKmPerS => 0;

        public void At(Epoch epoch, out Vector3d positionKm, out Vector3d velocityKmPerS)
        {
            if (epoch < first || epoch > last) throw new ArgumentOutOfRangeException(nameof(epoch));
            var state = _satellite.Propagate(epoch);
            (positionKm, velocityKmPerS) = (state.PositionKm, state.VelocityKmPerS);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(12)]
    public void Screen_EphemeridesInPlaceOfElements_SameApproaches(int stride)
    {
        var objects = Scene.Crowd(51, 150);
        var options = Scene.Options(3, 25);
        ScreenedObject[] mixed = [.. objects.Select((one, i) => i % 20 == 0 ? new ScreenedEphemeris(one.Id, new Copy(((ScreenedElements)one).Elements, options.Start, options.End)) : one)];
        var (expected, actual) = (Scene.Strided(objects, options, stride), Scene.Strided(mixed, options, stride));
        Assert.Equal(expected.Approaches, actual.Approaches);
        Assert.Contains(actual.Approaches, one => mixed.OfType<ScreenedEphemeris>().Any(ephemeris => ephemeris.Id == one.Id1));
    }

    [Fact]
    public void Screen_EphemerisEndsInTheSpan_Told()
    {
        var objects = Scene.Crowd(51, 60);
        var options = Scene.Options(3, 25);
        var end = options.Start.PlusSeconds(5_000);
        ScreenedObject[] mixed = [new ScreenedEphemeris(objects[0].Id, new Copy(((ScreenedElements)objects[0]).Elements, options.Start, end)), .. objects.Skip(1)];
        var report = Scene.Screen(mixed, options);
        var issue = Assert.Single(report.Issues, issue => issue.Id == objects[0].Id);
        Assert.Equal((ScreeningIssueKind.NoState, options.End), (issue.Kind, issue.To));
        Assert.InRange(end.SecondsSince(issue.From), 0, 8.1);
        Assert.Equal(
            Scene.Screen(objects, options).Approaches.Where(one => one.Id1 != objects[0].Id || one.Tca < issue.From),
            report.Approaches.Where(one => one.Id1 != objects[0].Id || one.Tca < issue.From));
    }

    /// <summary>Two orbits propagated numerically that cross where one starts: the approach is theirs, in TEME.</summary>
    [Fact]
    public void Screen_TwoTrajectories_FindTheirCrossing()
    {
        var meeting = Scene.Start.PlusSeconds(3_000);
        var state = new KeplerianElements(7_000, 0.001, 1.2, 0.3, 0.4, 0.5).ToState(meeting, Frame.Gcrf);
        var other = new CartesianState(meeting, Frame.Gcrf, state.PositionKm + new Vector3d(0.3, -0.2, 0.1), Math.Cos(0.8) * state.VelocityKmPerS + Math.Sin(0.8) * state.PositionKm.Unit().Cross(state.VelocityKmPerS));
        var motions = new[] { state, other }.Select(one => new TrajectoryMotion(Orbit(one))).ToArray();
        var report = Scene.Screen([new ScreenedEphemeris(1, motions[0]), new ScreenedEphemeris(2, motions[1])], Scene.Options(1, 5));
        var found = Assert.Single(report.Approaches, one => Math.Abs(one.Tca.SecondsSince(meeting)) < 10);
        var (relative, velocity) = (other.PositionKm - state.PositionKm, other.VelocityKmPerS - state.VelocityKmPerS);
        double expectedS = -relative.Dot(velocity) / velocity.NormSquared, expectedKm = (relative + expectedS * velocity).Norm;
        Assert.Equal(expectedS, found.Tca.SecondsSince(meeting), 1e-4);
        Assert.Equal(expectedKm, found.MissKm, 1e-5);
        Assert.Equal(velocity.Norm, found.RelativeSpeedKmPerS, 1e-5);
    }

    private static Trajectory Orbit(CartesianState middle)
    {
        // Back to before the span, then through it.
        var propagator = new Propagator(new ForceModel(ForceModelOptions.Light, rotation: new EarthRotation(EarthOrientation.Default.Extended())), 1e-7);
        var surface = new SurfaceCoefficients(0, 0);
        Assert.True(propagator.TryPropagate(middle, surface, Scene.Start.PlusSeconds(-60), false, out var start));
        return Assert.IsType<PropagationOutcome<Trajectory>.Completed>(propagator.Propagate(start.ToState(), surface, Scene.Start.PlusSeconds(3_700))).Result;
    }
}
