using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

/// <summary>Propagation with all forces, on the built-in tables alone.</summary>
public class FullModelTests
{
    private static readonly CartesianState Start = Testing.LowOrbit;
    private static readonly SurfaceCoefficients Surface = new(0.02, 0.1);

    [Fact]
    public void TryPropagate_SharpShadow_DoesNotDependOnTheStepTolerance()
    {
        var end = Start.Epoch.PlusSeconds(3 * 86_400);
        var forces = new ForceModel(ForceModelOptions.Precise with { DrawnOutShadow = false });
        Assert.True(new Propagator(forces, 1e-10).TryPropagate(Start, Surface, end, false, out var tight));
        double worst = 0;
        foreach (double tolerance in (double[])[1e-7, 5e-8, 1e-8])
        {
            Assert.True(new Propagator(forces, tolerance).TryPropagate(Start, Surface, end, false, out var state));
            worst = Math.Max(worst, state.PositionKm.DistanceTo(tight.PositionKm));
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"MEASURED integration error over 3 days in low orbit, shadow with true edges: {1e3 * worst:F2} m");
        Assert.InRange(worst, 0, 1e-3);
    }

    [Fact]
    public void TryPropagate_SharpShadow_LightMovesTheOrbitAsItsPartialsSay()
    {
        // The test above means something: so much light moves the orbit by hundreds of metres.
        var end = Start.Epoch.PlusSeconds(3 * 86_400);
        var forces = new ForceModel(ForceModelOptions.Precise with { DrawnOutShadow = false, GradientDegree = 24 });
        Assert.True(new Propagator(forces).TryPropagate(Start, Surface, end, false, out var lit));
        Assert.True(new Propagator(forces).TryPropagate(Start, Surface with { RadiationM2PerKg = 0 }, end, false, out var dark));
        Assert.InRange(lit.PositionKm.DistanceTo(dark.PositionKm), 0.1, 10);
        // The light's own column is right as well, edges included.
        Assert.True(new Propagator(forces, 1e-9).TryPropagate(Start, Surface, end, true, out var with));
        Assert.True(new Propagator(forces, 1e-9).TryPropagate(Start, Surface with { RadiationM2PerKg = 0.101 }, end, false, out var more));
        Assert.True(new Propagator(forces, 1e-9).TryPropagate(Start, Surface with { RadiationM2PerKg = 0.099 }, end, false, out var less));
        var numeric = (more.PositionKm - less.PositionKm) / 0.002;
        var column = new Vector3d(with.Partials![7], with.Partials[15], with.Partials[23]);
        Assert.InRange(column.DistanceTo(numeric) / numeric.Norm, 0, 0.02);
    }

    [Theory]
    [InlineData(70, 3e-6), InlineData(8, 1e-4), InlineData(0, 5e-3)]
    public void TryPropagate_Partials_AgreeWithFiniteDifferences(int gradientDegree, double bound)
    {
        var propagator = new Propagator(new ForceModel(ForceModelOptions.Full with { GradientDegree = gradientDegree }), 1e-10);
        var end = Start.Epoch.PlusSeconds(6 * 3_600);
        Assert.True(propagator.TryPropagate(Start, Surface, end, true, out var nominal));
        double worst = 0;
        for (int column = 0; column < 6; column++)
        {
            double step = column < 3 ? 2e-2 : 2e-5;
            var numeric = (8 * (Moved(column, step) - Moved(column, -step)) - (Moved(column, 2 * step) - Moved(column, -2 * step))) / (12 * step);
            var analytic = new Vector3d(nominal.Partials![column], nominal.Partials[8 + column], nominal.Partials[16 + column]);
            worst = Math.Max(worst, numeric.DistanceTo(analytic) / analytic.Norm);
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"MEASURED partials of the full model, their field of degree {gradientDegree}, against finite differences after 6 h: {worst:G2} at most");
        Assert.InRange(worst, 0, bound);

        Vector3d Moved(int column, double by)
        {
            double[] d = new double[6];
            d[column] = by;
            var moved = new CartesianState(Start.Epoch, Frame.Gcrf, Start.PositionKm + new Vector3d(d[0], d[1], d[2]), Start.VelocityKmPerS + new Vector3d(d[3], d[4], d[5]));
            Assert.True(propagator.TryPropagate(moved, Surface, end, false, out var state));
            return state.PositionKm;
        }
    }

    [Fact]
    public void TryPropagate_AllForcesOneDayAndBack_ReturnsWithinTwoMillimetres()
    {
        var propagator = new Propagator(new ForceModel(ForceModelOptions.Full), 1e-11);
        Assert.True(propagator.TryPropagate(Start, Surface, Start.Epoch.PlusSeconds(86_400), false, out var far));
        Assert.True(propagator.TryPropagate(far.ToState(), Surface, Start.Epoch, false, out var back));
        TestContext.Current.TestOutputHelper?.WriteLine($"MEASURED all forces, one day and back: {1e6 * back.PositionKm.DistanceTo(Start.PositionKm):F3} mm");
        Testing.Near(Start.PositionKm, back.PositionKm, 2e-6);
    }

    [Theory]
    [InlineData(6_778, 0.001, 70), InlineData(6_778, 0.001, 24), InlineData(26_560, 0.745, 70)]
    public void TryPropagate_UsualTolerance_SeesTheShortestWavesOfTheField(double semiMajorAxisKm, double eccentricity, int degree)
    {
        var forces = new ForceModel(new ForceModelOptions(degree, false, false));
        var low = new KeplerianElements(semiMajorAxisKm, eccentricity, 0.9, 1, 0.5, 3).ToState(Start.Epoch, Frame.Gcrf);
        double worst = 0;
        foreach (double end in (double[])[86_400, -86_400])
        {
            Assert.True(new Propagator(forces).TryPropagate(low, default, low.Epoch.PlusSeconds(end), false, out var usual));
            Assert.True(new Propagator(forces, 1e-10).TryPropagate(low, default, low.Epoch.PlusSeconds(end), false, out var tight));
            worst = Math.Max(worst, 1e3 * usual.PositionKm.DistanceTo(tight.PositionKm));
        }
        string orbit = eccentricity > 0.5 ? "12 h with the perigee at 395 km" : "400 km";
        Figure.Say($"integration, one day at {orbit}, field {degree}x{degree}", "the same with a ten-thousandth of the step tolerance", "max", worst, "m");
        Assert.InRange(worst, 0, 0.1);
    }

    [Fact]
    public void Sample_PartialsUnderControl_TakesMoreStepsAndAgrees()
    {
        var propagator = new Propagator(new ForceModel(ForceModelOptions.Precise with { GradientDegree = 24 }), 1e-4);
        Epoch[] at = [Start.Epoch.PlusSeconds(20_000)];
        var reference = One(new Propagator(propagator.Forces, 1e-11), 0);
        double loose = Off(One(propagator, 0)), controlled = Off(One(propagator, 1e-12));
        Assert.InRange(controlled, 0, 0.2 * loose);

        double Off(PropagatedState state) => Enumerable.Range(0, 6).Max(j => Math.Abs(state.Partials![j] - reference.Partials![j]) / (1 + Math.Abs(reference.Partials[j])));
        PropagatedState One(Propagator with, double tolerance) => Assert.IsType<PropagationOutcome<IReadOnlyList<PropagatedState>>.Completed>(
            with.Sample(Start, Surface, at, new PropagationOptions { WithPartials = true, PartialsTolerance = tolerance })).Result[0];
    }
}
