using SsaShare.Domain;
using SsaShare.Tests;

namespace SsaShare.Orbits.Tests;

/// <summary>What a fit says of observations that it has not seen.</summary>
public class OrbitPredictionTests
{
    private const int Rounds = 16;
    private static readonly Propagator Propagator = new(new ForceModel(new ForceModelOptions(4, false, false)));
    private static readonly OrbitFitter Fitter = new(Propagator, SyntheticPasses.Model);

    /// <summary>Biases drawn anew each time, half a day fitted and half a day predicted: the distances are as large as their covariance says, whatever the fit does with the biases.</summary>
    [Theory]
    [InlineData(ParameterTreatment.Fixed)]
    [InlineData(ParameterTreatment.Estimated)]
    [InlineData(ParameterTreatment.Considered)]
    public void TryCompare_BiasesDrawn_ChiSquareIsHonest(ParameterTreatment treatment)
    {
        TrackingSensor[] sensors = [.. SyntheticPasses.Three.Select(s => TrackingSensor.From(s, SignalConventions.Corrected) with { Bias = new TrackingFigures() })];
        Epoch[] epochs = [.. Enumerable.Range(0, 24 * 60).Select(i => Testing.LowOrbit.Epoch.PlusSeconds(i * 60.0))];
        Assert.True(Propagator.TrySample(Testing.LowOrbit, default, epochs, false, out var states));
        var seen = (from state in states from sensor in sensors let m = SyntheticPasses.Model.Predict(sensor, state.ToState()) where m.ElevationRad >= 0.17 select (state.Epoch, sensor, m)).ToList();
        var distances = new List<(double, int)>();
        var options = new OrbitFitOptions { CorrelationSeconds = 0, EstimateSurface = false, BiasTreatment = treatment };
        // One stream for all rounds: the first numbers of generators with neighbouring seeds hang together.
        var normal = Testing.Normal(4711);
        for (int round = 0; round < Rounds; round++)
        {
            double scale = treatment == ParameterTreatment.Fixed ? 0 : 1;
            var bias = sensors.ToDictionary(s => s.Key, s => (Range: scale * s.Sigma.RangeKm * normal(), Azimuth: scale * s.Sigma.AzimuthRad * normal(), Elevation: scale * s.Sigma.ElevationRad * normal()));
            var all = seen.Select(o => new TrackingObservation(o.sensor, o.Epoch, new TrackingFigures(
                o.m.RangeKm + bias[o.sensor.Key].Range + o.sensor.Sigma.RangeKm * normal(),
                o.m.AzimuthRad + bias[o.sensor.Key].Azimuth + o.sensor.Sigma.AzimuthRad * normal() / Math.Cos(o.m.ElevationRad),
                o.m.ElevationRad + bias[o.sensor.Key].Elevation + o.sensor.Sigma.ElevationRad * normal()))).ToList();
            var cut = Testing.LowOrbit.Epoch.PlusSeconds(12 * 3_600);
            var fit = Testing.Fitted(Fitter.Fit([.. all.Where(o => o.Epoch < cut)], Testing.LowOrbit, options));
            Assert.True(OrbitPrediction.TryCompare(fit, [.. all.Where(o => o.Epoch >= cut)], Propagator, SyntheticPasses.Model, out var residuals));
            distances.AddRange(residuals.Select(r => (r.ChiSquare, r.Figures)));
            Assert.True(OrbitPrediction.TryCompare(fit, [all[^1]], Propagator, SyntheticPasses.Model, out var wide, new OrbitModelError(1, 0)));
            Assert.True(wide[0].ChiSquare < residuals[^1].ChiSquare && wide[0].PositionSigmaKm == residuals[^1].PositionSigmaKm);
        }
        var test = MahalanobisTest.Of(distances);
        Figure.Say($"half a day predicted from half a day, biases {treatment.ToString().ToLowerInvariant()}", "simulated truth", "chi-square over figures", test.MeanRatio, "");
        Assert.InRange(test.MeanRatio, 0.8, 1.25);
    }
}
