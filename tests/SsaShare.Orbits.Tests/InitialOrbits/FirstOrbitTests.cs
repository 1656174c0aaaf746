using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

public class FirstOrbitTests
{
    private static readonly Propagator Propagator = new(new ForceModel(ForceModelOptions.Light));
    private static readonly OrbitFitter Fitter = new(Propagator, SyntheticPasses.Model);
    private static readonly TrackingSensor Radar = TrackingSensor.From(SyntheticPasses.Three[1], SignalConventions.Corrected) with { Bias = new TrackingFigures() };

    [Fact]
    public void Find_InRadarPasses_TakesAPass() => Check(FirstOrbitMethod.RadarPass, Pass(20), 20);

    [Fact]
    public void Find_InTwoPositions_TakesLambert()
    {
        var pass = Pass(20);
        Check(FirstOrbitMethod.TwoPositions, [pass[0], pass[^1]], 20);
    }

    [Fact]
    public void Find_InAnglesOfTheHorizon_TakesLinesOfSight()
        => Check(FirstOrbitMethod.LinesOfSight, [.. Pass(20).Select(o => o with { Measured = new TrackingFigures(AzimuthRad: o.Measured.AzimuthRad, ElevationRad: o.Measured.ElevationRad) })], 100);

    [Fact]
    public void Find_InAnglesOfTheStars_TakesLinesOfSight()
    {
        var telescope = new TrackingSensor(Radar.Key, Radar.Place, new TrackingFigures(RightAscensionRad: 1e-5, DeclinationRad: 1e-5), new TrackingFigures());
        Check(FirstOrbitMethod.LinesOfSight, [.. Pass(20).Select(o =>
        {
            Assert.True(Propagator.TryPropagate(Testing.LowOrbit, default, o.Epoch, false, out var state));
            var figures = SyntheticPasses.Model.Predict(telescope, state.ToState());
            return new TrackingObservation(telescope, o.Epoch, new TrackingFigures(RightAscensionRad: figures.RightAscensionRad, DeclinationRad: figures.DeclinationRad));
        })], 20);
    }

    [Fact]
    public void Find_InRangesAlone_SaysNo()
        => Assert.IsType<FirstOrbitOutcome.None>(FirstOrbit.Find([.. Pass(20).Select(o => o with { Measured = new TrackingFigures(o.Measured.RangeKm) })], Fitter));

    private static void Check(FirstOrbitMethod method, List<TrackingObservation> observations, double withinKm)
    {
        var found = Assert.IsType<FirstOrbitOutcome.Found>(FirstOrbit.Find(observations, Fitter));
        Assert.Equal(method, found.Method);
        Assert.NotEqual("", found.Detail);
        Assert.True(Propagator.TryPropagate(Testing.LowOrbit, default, found.State.Epoch, false, out var truth));
        double offKm = found.State.SeparationKm(truth.ToState()).Norm;
        TestContext.Current.TestOutputHelper?.WriteLine($"MEASURED first orbit by {method}: {offKm:F2} km off. {found.Detail}");
        Assert.InRange(offKm, 0, withinKm);
    }

    /// <summary>The first long pass over one radar, small noise.</summary>
    private static List<TrackingObservation> Pass(double everySeconds)
    {
        var normal = Testing.Normal(8);
        Epoch[] epochs = [.. Enumerable.Range(0, (int)(24 * 3_600 / everySeconds)).Select(i => Testing.LowOrbit.Epoch.PlusSeconds(i * everySeconds))];
        Assert.True(Propagator.TrySample(Testing.LowOrbit, default, epochs, false, out var states));
        var pass = new List<TrackingObservation>();
        foreach (var state in states)
        {
            var m = SyntheticPasses.Model.Predict(Radar, state.ToState());
            if (m.ElevationRad < 0.2)
            {
                if (pass.Count >= 15) return pass;
                pass.Clear();
                continue;
            }
            pass.Add(new TrackingObservation(Radar, state.Epoch, new TrackingFigures(m.RangeKm + 0.01 * normal(), m.AzimuthRad + 1e-5 * normal(), m.ElevationRad + 1e-5 * normal())));
        }
        throw new InvalidOperationException("No long pass.");
    }
}
