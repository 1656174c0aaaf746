using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

/// <summary>Honest covariances pass, dishonest ones are found.</summary>
public class RealismTests
{
    private static readonly Propagator Propagator = new(new ForceModel(new ForceModelOptions(8, false, false)));
    private static readonly OrbitFitter Fitter = new(Propagator, SyntheticPasses.Model);
    private static readonly OrbitFitOptions Independent = new() { CorrelationSeconds = 0 };

    [Fact]
    public void Test_OfHonestDistances_HasUniformPValues()
    {
        var normal = Testing.Normal(11);
        double[] p = [.. Enumerable.Range(0, 400).Select(_ => MahalanobisTest.Of(Distances(normal, 60, 1), 6).PValue)];
        Assert.True(CramerVonMises.PValue(CramerVonMises.Statistic(p), p.Length) > 0.01);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(2)]
    public void Test_OfDistancesTwiceOff_FindsThem(double factor)
    {
        var test = MahalanobisTest.Of(Distances(Testing.Normal(12), 200, factor), 6);
        Assert.InRange(test.PValue, 0, 1e-6);
        Assert.InRange(test.Scale / factor, 0.85, 1.18);
        Assert.InRange(test.MeanRatio / factor, 0.85, 1.18);
    }

    [Fact]
    public void SquaredDistance_OfOneSigmaInEachComponent_IsSix()
    {
        double[] lower = new double[21];
        for (int i = 0, at = 0; i < 6; i++)
        for (int j = 0; j <= i; j++, at++) lower[at] = i != j ? 0 : i < 3 ? 4 : 0.01;
        var truth = Testing.LowOrbit;
        var estimate = new CartesianState(truth.Epoch, truth.Frame, truth.PositionKm + new Vector3d(2, -2, 2), truth.VelocityKmPerS + new Vector3d(0.1, 0.1, -0.1));
        Assert.Equal(6, MahalanobisTest.SquaredDistance(estimate, new Covariance6(lower), truth), 1e-9);
        Assert.Throws<ArgumentException>(() => MahalanobisTest.SquaredDistance(estimate, new Covariance6(lower), new CartesianState(truth.Epoch.PlusSeconds(1), truth.Frame, truth.PositionKm, truth.VelocityKmPerS)));
    }

    [Fact]
    public void Fit_HonestNoise_ResidualsAndErrorsAreHonest()
    {
        double[] nees = new double[16], p = new double[16];
        for (int seed = 0; seed < nees.Length; seed++)
        {
            var fit = Fit(seed, _ => _, SyntheticPasses.Three);
            nees[seed] = MahalanobisTest.SquaredDistance(fit.State, fit.FormalCovariance, Testing.LowOrbit);
            p[seed] = fit.Realism.Distances.PValue;
            Assert.InRange(fit.Realism.Distances.MeanRatio, 0.75, 1.3);
            Assert.All(fit.Realism.Residuals, r => Assert.InRange(r.LagOneCorrelation * Math.Sqrt(r.Count), -4.5, 4.5));
            Assert.All(fit.Realism.Residuals, r => Assert.Equal(2 * (1 - r.LagOneCorrelation), r.DurbinWatson, 0.01));
            Assert.All(fit.Realism.Residuals, r => Assert.InRange((r.MeanSquare - 1) * Math.Sqrt(r.Count / 2.0), -4.5, 4.5));
        }
        Assert.True(CramerVonMises.PValue(CramerVonMises.Statistic(p), p.Length) > 0.01, string.Join(' ', p));
        Assert.True(MahalanobisTest.Of(nees, 6).PValue > 0.01, string.Join(' ', nees));
    }

    [Fact]
    public void Fit_NoiseTwiceTheStated_IsFound()
    {
        var fit = Fit(21, sensor => sensor with { Sigma = new MeasurementFigures(sensor.Sigma.RangeKm / 2, sensor.Sigma.AzimuthRad / 2, sensor.Sigma.ElevationRad / 2, null) }, SyntheticPasses.Three);
        Assert.InRange(fit.Realism.Distances.PValue, 0, 1e-6);
        Assert.InRange(fit.Realism.Distances.Scale, 3, 5);
        Assert.InRange(fit.Realism.SuggestedScale, 2, 8);
        Assert.All(fit.Realism.Residuals, r => Assert.InRange(r.PValue, 0, 1e-6));
    }

    /// <summary>Errors that last for a pass, taken as independent: every residual looks honest and the covariance is not.</summary>
    [Fact]
    public void Fit_ErrorsThatLast_AreFoundByTheirCorrelation()
    {
        var normal = Testing.Normal(31);
        var sensors = SyntheticPasses.Three;
        var sharp = SyntheticPasses.Observe(Testing.LowOrbit, Propagator, 72, 20, () => 0, sensors);
        // First-order Markov errors with a correlation time of 200 s.
        var state = new Dictionary<(Sensor, int), (double Error, Epoch Epoch)>();
        double error(Sensor sensor, int kind, Epoch epoch)
        {
            double keep = state.TryGetValue((sensor, kind), out var before) ? Math.Exp(-epoch.SecondsSince(before.Epoch) / 200) : 0;
            double value = keep * before.Error + Math.Sqrt(1 - keep * keep) * normal();
            state[(sensor, kind)] = (value, epoch);
            return value;
        }
        var coloured = sharp.Select(one =>
        {
            var (o, s) = (one.Observation, one.Sensor.Sigma);
            return new SensorObservation(one.Sensor, o with
            {
                RangeKm = o.RangeKm + s.RangeKm * error(one.Sensor, 0, o.Epoch), AzimuthRad = o.AzimuthRad + s.AzimuthRad * error(one.Sensor, 1, o.Epoch) / Math.Cos(o.ElevationRad!.Value),
                ElevationRad = o.ElevationRad + s.ElevationRad * error(one.Sensor, 2, o.Epoch),
            });
        }).ToList();
        var fit = Testing.Fitted(Fitter.Fit(coloured, Testing.LowOrbit, Independent));
        Assert.All(fit.Realism.Residuals, r => Assert.InRange(r.LagOneCorrelation, 0.5, 1));
        Assert.All(fit.Realism.Residuals, r => Assert.InRange(r.CorrelationSeconds, 60, 900));
        // Errors of 20 s count as independent and last for 400 s: about (1 + 0.9)/(1 - 0.9) too much information.
        Assert.NotNull(fit.Realism.PassScale);
        Assert.InRange(fit.Realism.SuggestedScale, 3, 40);
    }

    private static OrbitFit Fit(int seed, Func<Sensor, Sensor> stated, params Sensor[] sensors)
    {
        var observations = SyntheticPasses.Observe(Testing.LowOrbit, Propagator, 18, 20, Testing.Normal(seed), sensors);
        return Testing.Fitted(Fitter.Fit([.. observations.Select(o => new SensorObservation(stated(o.Sensor), o.Observation))], Testing.LowOrbit, Independent));
    }

    private static IEnumerable<double> Distances(Func<double> normal, int count, double factor)
        => Enumerable.Range(0, count).Select(_ => factor * Enumerable.Range(0, 6).Sum(_ => Math.Pow(normal(), 2)));
}
