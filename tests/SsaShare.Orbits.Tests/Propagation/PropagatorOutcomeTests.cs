using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

public class PropagatorOutcomeTests
{
    private static readonly Propagator Propagator = new(new ForceModel(ForceModelOptions.Light));
    private static readonly Epoch Start = Testing.LowOrbit.Epoch;

    [Fact]
    public void Propagate_IntoTheEarth_SaysImpactAndKeepsWhatCameBefore()
    {
        var (stop, until) = Stopped(Propagator.Propagate(State(new Vector3d(7_000, 0, 0), new Vector3d(0, 4, 0)), default, Start.PlusSeconds(6_000)));
        Assert.Equal(PropagationEnd.EarthImpact, stop.Reason);
        Assert.Equal(stop.Epoch, until.Last);
        Assert.InRange(Wgs84.ToGeodetic(EarthRotation.Default.ToItrf(until.At(until.Last)).PositionKm).HeightKm, 70, 600);
        Assert.True(Propagator.TryPropagate(State(new Vector3d(7_000, 0, 0), new Vector3d(0, 4, 0)), default, until.Last, false, out var same));
        Testing.Near(same.PositionKm, until.End.PositionKm, 1e-6);
    }

    [Theory]
    [InlineData(0, 6_449, true), InlineData(0, 6_447, false), InlineData(90, 6_428, true), InlineData(90, 6_425, false)]
    public void Propagate_AroundSeventyKilometresOfHeight_FliesOnAboveTheEllipsoidOnly(double latitudeDeg, double radiusKm, bool flies)
    {
        var (sin, cos) = Math.SinCos(latitudeDeg * Testing.RadPerDegree);
        var start = State(radiusKm * new Vector3d(cos, 0, sin), new Vector3d(0, 7.9, 0));
        var outcome = Propagator.Propagate(start, default, Start.PlusSeconds(1));
        Assert.Equal(flies, outcome is PropagationOutcome<Trajectory>.Completed);
        if (!flies) Assert.Equal(PropagationEnd.EarthImpact, Stopped(outcome).Stop.Reason);
    }

    [Fact]
    public void Propagate_FarOutWithoutAnEphemerisThatNoForceNeeds_Completes()
    {
        var blind = new Propagator(new ForceModel(ForceModelOptions.Light, bodies: new NoBodies()));
        var far = State(new Vector3d(300_000, 0, 0), new Vector3d(0, 1, 0));
        Assert.IsType<PropagationOutcome<Trajectory>.Completed>(blind.Propagate(far, default, Start.PlusSeconds(86_400)));
        var seeing = new Propagator(new ForceModel(ForceModelOptions.Precise, bodies: new NoBodies()));
        Assert.Equal(PropagationEnd.OutsideData, Stopped(seeing.Propagate(far, default, Start.PlusSeconds(86_400))).Stop.Reason);
    }

    [Theory]
    [InlineData(0), InlineData(-1e-6), InlineData(double.NaN), InlineData(double.PositiveInfinity)]
    public void Propagator_ToleranceThatIsNone_Refused(double tolerance)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Propagator(Propagator.Forces, tolerance));
        if (tolerance != 0) Assert.Throws<ArgumentOutOfRangeException>(() => new PropagationOptions { PartialsTolerance = tolerance });
    }

    [Fact]
    public void Propagate_IntoTheMoon_SaysImpact()
    {
        var moon = AnalyticSolarSystem.Instance.Geocentric(CelestialBody.Moon, Start);
        var towards = new CartesianState(Start, Frame.Gcrf, 0.97 * moon.PositionKm, moon.VelocityKmPerS + 2.0 * moon.PositionKm.Unit());
        var outcome = new Propagator(new ForceModel(ForceModelOptions.Precise)).Propagate(towards, default, Start.PlusSeconds(86_400));
        Assert.Equal(PropagationEnd.MoonImpact, Stopped(outcome).Stop.Reason);
    }

    [Fact]
    public void Propagate_AwayFromTheEarth_SaysLeft()
    {
        var outcome = Propagator.Propagate(State(new Vector3d(1_000_000, 0, 0), new Vector3d(20, 0, 0)), default, Start.PlusSeconds(86_400));
        Assert.Equal(PropagationEnd.LeftEarth, Stopped(outcome).Stop.Reason);
    }

    [Fact]
    public void Propagate_BeyondTheTables_NamesTheTable()
    {
        var outcome = Propagator.Propagate(Testing.LowOrbit, default, Start.PlusSeconds(86_400 * 120));
        var (stop, until) = Stopped(outcome);
        Assert.Equal(PropagationEnd.OutsideData, stop.Reason);
        Assert.Contains("Earth orientation", stop.Detail, StringComparison.Ordinal);
        Assert.True(Propagator.Forces.Rotation.Orientation.Covers(until.Last) && !Propagator.Forces.Rotation.Orientation.Covers(until.Last.PlusSeconds(3_600)));
        var late = new CartesianState(Testing.At("2003-01-01T00:00:00"), Frame.Gcrf, Testing.LowOrbit.PositionKm, Testing.LowOrbit.VelocityKmPerS);
        Assert.Equal(late.Epoch, Stopped(Propagator.Propagate(late, default, late.Epoch.PlusSeconds(60))).Stop.Epoch);
    }

    [Fact]
    public void Propagate_NotANumberForASurface_SaysCollapsed()
    {
        var propagator = new Propagator(new ForceModel(ForceModelOptions.Precise));
        var outcome = propagator.Propagate(Testing.LowOrbit, new SurfaceCoefficients(double.NaN, 0), Start.PlusSeconds(600));
        Assert.Equal(PropagationEnd.StepCollapsed, Stopped(outcome).Stop.Reason);
    }

    [Fact]
    public void Sample_PartlyBeyondTheTables_ReturnsWhatWasReached()
    {
        Epoch[] epochs = [Start.PlusSeconds(600), Start.PlusSeconds(86_400 * 120)];
        var outcome = Assert.IsType<PropagationOutcome<IReadOnlyList<PropagatedState>>.Stopped>(Propagator.Sample(Testing.LowOrbit, default, epochs));
        Assert.Equal(epochs[0], Assert.Single(outcome.Until).Epoch);
    }

    [Fact]
    public void Sample_StoppedInTheFuture_KeepsThePast()
    {
        Epoch[] epochs = [Start.PlusSeconds(-600), Start.PlusSeconds(86_400 * 120), Start.PlusSeconds(-60), Start.PlusSeconds(60)];
        var outcome = Assert.IsType<PropagationOutcome<IReadOnlyList<PropagatedState>>.Stopped>(Propagator.Sample(Testing.LowOrbit, default, epochs));
        Assert.Equal([epochs[0], epochs[2], epochs[3]], outcome.Until.Select(state => state.Epoch));
        Assert.True(outcome.Stop.Epoch > Start);
    }

    [Theory]
    [InlineData(1), InlineData(-1)]
    public void Propagate_Trajectory_AgreesWithSamplesAtEveryInstant(int direction)
    {
        var propagator = new Propagator(new ForceModel(ForceModelOptions.Precise));
        var outcome = propagator.Propagate(Testing.LowOrbit, new SurfaceCoefficients(0.02, 0.02), Start.PlusSeconds(direction * 20_000));
        var trajectory = Assert.IsType<PropagationOutcome<Trajectory>.Completed>(outcome).Result;
        Epoch[] epochs = [.. Enumerable.Range(0, 201).Select(i => Start.PlusSeconds(direction * i * 100))];
        Assert.True(propagator.TrySample(Testing.LowOrbit, new SurfaceCoefficients(0.02, 0.02), epochs, false, out var states));
        foreach (var state in states)
        {
            var at = trajectory.At(state.Epoch);
            Testing.Near(state.PositionKm, at.PositionKm, 1e-9);
            Testing.Near(state.VelocityKmPerS, at.VelocityKmPerS, 1e-12);
        }
        Assert.Equal((epochs.Min(), epochs.Max()), (trajectory.First, trajectory.Last));
        Assert.Throws<ArgumentOutOfRangeException>(() => trajectory.At(trajectory.Last.PlusSeconds(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => trajectory.At(trajectory.First.PlusSeconds(-1)));
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public void Sample_MoreSteps_AllocatesNoMoreThanFewer(bool allForces)
    {
        var propagator = new Propagator(new ForceModel(allForces ? ForceModelOptions.Full : ForceModelOptions.Precise));
        var options = new PropagationOptions { WithPartials = true, Noise = new ProcessNoise(new Vector3d(1e-18, 1e-18, 1e-18)) };
        // Tables shared with other tests are filled again when those ask for other years: the least of some rounds counts.
        long few = Enumerable.Range(0, 5).Min(_ => Allocated(3_600)), many = Enumerable.Range(0, 5).Min(_ => Allocated(36_000));
        Assert.Equal(few, many);

        long Allocated(double seconds)
        {
            Epoch[] at = [Start.PlusSeconds(seconds)];
            long before = GC.GetAllocatedBytesForCurrentThread();
            Assert.IsType<PropagationOutcome<IReadOnlyList<PropagatedState>>.Completed>(propagator.Sample(Testing.LowOrbit, new SurfaceCoefficients(0.02, 0.02), at, options));
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    /// <summary>An ephemeris of other years.</summary>
    private sealed class NoBodies : ISolarSystem
    {
        public bool Covers(CelestialBody body, Epoch epoch) => false;
        public BodyState Geocentric(CelestialBody body, Epoch epoch) => throw new ArgumentOutOfRangeException(nameof(epoch));
        public double ErrorKm(CelestialBody body) => 0;
    }

    private static CartesianState State(Vector3d position, Vector3d velocity) => new(Start, Frame.Gcrf, position, velocity);

    private static (PropagationStop Stop, Trajectory Until) Stopped(PropagationOutcome<Trajectory> outcome)
    {
        var stopped = Assert.IsType<PropagationOutcome<Trajectory>.Stopped>(outcome);
        return (stopped.Stop, stopped.Until);
    }
}
