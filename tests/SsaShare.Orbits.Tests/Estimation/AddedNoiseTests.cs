using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

/// <summary>Observations with more error than their sensor's, as a provider degrades them: the fit weighs them by all of it.</summary>
public sealed class AddedNoiseTests
{
    private const int Rounds = 12;
    private static readonly Propagator Propagator = new(new ForceModel(new ForceModelOptions(12, true, true)));
    private static readonly OrbitFitter Fitter = new(Propagator, SyntheticPasses.Model);
    private static readonly OrbitFitOptions Independent = new() { CorrelationSeconds = 0 };

    [Theory]
    [InlineData(0.5, 0.05, 0, 1)]
    [InlineData(0, 0, 0.5, 1)]
    [InlineData(1, 0.1, 2, 1)]
    [InlineData(1, 0.1, 1, 0.5)]
    public void Fit_WithAddedNoise_ErrorsMatchTheCovariance(double rangeKm, double angleDegrees, double epochS, double share)
    {
        double sum = 0, reduced = 0;
        for (int seed = 0; seed < Rounds; seed++)
        {
            var fit = Testing.Fitted(Fitter.Fit(Observations(seed, rangeKm, angleDegrees, epochS, share, stated: true), Testing.LowOrbit, Independent));
            sum += MahalanobisTest.SquaredDistance(fit.State, fit.FormalCovariance, Testing.LowOrbit);
            reduced += fit.ReducedChiSquare / Rounds;
        }
        // Chi-square with 6 degrees of freedom a round, one part in ten thousand on either side.
        Assert.InRange(sum / Rounds, 3.2, 9.9);
        Assert.InRange(reduced, 0.95, 1.05);
    }

    [Fact]
    public void Fit_WithNoiseThatIsNotStated_SaysThatItDoesNotFit()
    {
        var fit = Testing.Fitted(Fitter.Fit(Observations(1, 0.5, 0.05, 0, 1, stated: false), Testing.LowOrbit, Independent));
        Assert.True(fit.ReducedChiSquare > 5, $"{fit.ReducedChiSquare}");
    }

    [Fact]
    public void Fit_OfBothKinds_TrustsTheSharpOnesMore()
    {
        var degraded = Testing.Fitted(Fitter.Fit(Observations(2, 2, 0.2, 0, 1, stated: true), Testing.LowOrbit, Independent));
        var both = Testing.Fitted(Fitter.Fit(Observations(2, 2, 0.2, 0, 0.5, stated: true), Testing.LowOrbit, Independent));
        Assert.True(both.Covariance.PositionSigmaKm < 0.5 * degraded.Covariance.PositionSigmaKm, $"{both.Covariance.PositionSigmaKm} {degraded.Covariance.PositionSigmaKm}");
    }

    [Fact]
    public void Fit_WithCorrelatedSensors_CountsAddedNoiseAsIndependent()
    {
        // Five seconds apart: 13 neighbours share a sensor's error, but not what was added.
        var all = Observations(3, 2, 0.2, 0, 1, stated: true, everySeconds: 5);
        double apart = Testing.Fitted(Fitter.Fit(all, Testing.LowOrbit, Independent)).FormalCovariance.PositionSigmaKm;
        double together = Testing.Fitted(Fitter.Fit(all, Testing.LowOrbit, new OrbitFitOptions())).FormalCovariance.PositionSigmaKm;
        Assert.InRange(together / apart, 1, 1.3);
    }

    [Fact]
    public void TryCompare_WithAddedNoise_ChiSquareIsHonest()
    {
        var sharp = Testing.Fitted(Fitter.Fit(Observations(4, 0, 0, 0, 0, stated: true), Testing.LowOrbit, Independent));
        var later = Observations(5, 2, 0.2, 2, 1, stated: true);
        Assert.True(OrbitPrediction.TryCompare(sharp, later, Propagator, SyntheticPasses.Model, out var residuals));
        Assert.InRange(residuals.Average(r => r.ChiSquare / r.Figures), 0.85, 1.15);
    }

    private static List<SensorObservation> Observations(int seed, double rangeKm, double angleDegrees, double epochS, double share, bool stated, double everySeconds = 20)
    {
        var normal = Testing.Normal(100 + seed);
        var random = new Random(seed);
        double angle = angleDegrees * Testing.RadPerDegree;
        var sharp = SyntheticPasses.Observe(Testing.LowOrbit, Propagator, 24, everySeconds, Testing.Normal(seed), SyntheticPasses.Three);
        return [.. sharp.Select(one =>
        {
            if (random.NextDouble() >= share) return one;
            var o = one.Observation;
            double elevation = o.ElevationRad!.Value + angle * normal(), azimuthSigma = angle / Math.Cos(elevation);
            var blurred = o with
            {
                RangeKm = o.RangeKm + rangeKm * normal(), AzimuthRad = o.AzimuthRad + azimuthSigma * normal(), ElevationRad = elevation, Epoch = o.Epoch.PlusSeconds(epochS * normal()),
            };
            var sigma = new TrackingFigures(rangeKm > 0 ? rangeKm : null, angle > 0 ? azimuthSigma : null, angle > 0 ? angle : null, null);
            return new SensorObservation(one.Sensor, blurred, stated ? new AddedNoise(sigma, epochS) : null);
        })];
    }
}
