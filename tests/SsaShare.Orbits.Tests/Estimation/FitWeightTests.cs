using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

/// <summary>What counts in a fit and how much: neighbours, a prior, and an observer whose ephemeris ends.</summary>
public class FitWeightTests
{
    private static readonly Propagator Propagator = new(new ForceModel(new ForceModelOptions(4, false, false)));
    private static readonly OrbitFitter Fitter = new(Propagator, SyntheticPasses.Model);
    private static readonly OrbitFitOptions StateOnly = new() { EstimateSurface = false, EstimateBiases = false };
    private static readonly OrbitFitOptions Independent = StateOnly with { CorrelationSeconds = 0 };

    private static List<TrackingObservation> Observations(int seed, double hours = 12) => [.. SensorObservation.ToTracking(
        SyntheticPasses.Observe(Testing.LowOrbit, Propagator, hours, 10, Testing.Normal(seed), SyntheticPasses.Three), SignalConventions.Corrected).OrderBy(o => o.Epoch)];

    private static List<TrackingObservation> FirstPass(int seed)
    {
        var all = Observations(seed);
        return [.. all.Where(o => o.Sensor.Key == all[0].Sensor.Key).TakeWhile(o => o.Epoch.SecondsSince(all[0].Epoch) < 120)];
    }

    private static OrbitPrior Prior(double sigmaKm, double sigmaKmPerS)
    {
        double[] lower = new double[21];
        for (int i = 0, at = 0; i < 6; i++)
        for (int j = 0; j <= i; j++, at++) lower[at] = i != j ? 0 : i < 3 ? sigmaKm * sigmaKm : sigmaKmPerS * sigmaKmPerS;
        return new OrbitPrior(Testing.LowOrbit, new Covariance6(lower));
    }

    [Fact]
    public void Fit_HonestPassOnAGoodPrior_IsNoWorseThanThePrior()
    {
        for (int seed = 0; seed < 4; seed++)
        {
            var prior = Prior(0.05, 5e-5);
            foreach (double correlation in (double[])[60, 0])
            {
                var fit = Testing.Fitted(Fitter.Fit(FirstPass(seed), Testing.LowOrbit, StateOnly with { CorrelationSeconds = correlation, Prior = prior }));
                Assert.InRange(fit.Covariance.PositionSigmaKm, fit.FormalCovariance.PositionSigmaKm, prior.Covariance.PositionSigmaKm);
                Assert.InRange(fit.ReducedChiSquare, 0.1, 3);
            }
        }
    }

    /// <summary>Noise four times as large as stated: it widens the data's part, and a prior that holds everything stays what it is.</summary>
    [Fact]
    public void Fit_UnderstatedNoiseOnAFirmPrior_ScalesTheDataOnly()
    {
        var observations = Observations(1).Select(o => o with { Sensor = new TrackingSensor(o.Sensor.Key, o.Sensor.Place,
            new TrackingFigures(o.Sensor.Sigma.RangeKm / 4, o.Sensor.Sigma.AzimuthRad / 4, o.Sensor.Sigma.ElevationRad / 4), o.Sensor.Bias) }).ToList();
        var loose = Testing.Fitted(Fitter.Fit(observations, Testing.LowOrbit, Independent with { Prior = Prior(1_000, 1) }));
        Assert.InRange(loose.ReducedChiSquare, 13, 19);
        Assert.Equal(Math.Sqrt(loose.ReducedChiSquare), loose.Covariance.PositionSigmaKm / loose.FormalCovariance.PositionSigmaKm, 1e-3);
        var firm = Testing.Fitted(Fitter.Fit(observations, Testing.LowOrbit, Independent with { Prior = Prior(1e-7, 1e-10) }));
        Assert.InRange(firm.ReducedChiSquare, 13, 19);
        Assert.InRange(firm.Covariance.PositionSigmaKm / firm.FormalCovariance.PositionSigmaKm, 1, 1.01);
        // Sensor by sensor the same orbit: its part of the whole agrees with the orbit's own covariance.
        var biased = Testing.Fitted(Fitter.Fit(observations, Testing.LowOrbit, new OrbitFitOptions { CorrelationSeconds = 0 }));
        Assert.True(biased.ReducedChiSquare > 5);
        foreach (var sensor in biased.SensorCovariances)
            for (int i = 0; i < 8; i++)
            for (int j = 0; j < 8; j++)
                Assert.Equal(0, (sensor.Matrix[(7 + i) * SensorCovariance.Size + 7 + j] - biased.ParameterCovariance[i * 8 + j])
                    / Math.Sqrt(biased.ParameterCovariance[i * 9] * biased.ParameterCovariance[j * 9] + 1e-300), 1e-6);
    }

    [Fact]
    public void Fit_OneLookOnAPrior_IsAnUpdate()
    {
        var prior = Prior(1, 1e-3);
        var fit = Testing.Fitted(Fitter.Fit([Observations(1)[0]], Testing.LowOrbit, StateOnly with { Prior = prior }));
        Assert.InRange(fit.Covariance.PositionSigmaKm, 0.05, 0.99 * prior.Covariance.PositionSigmaKm);
        Assert.Equal(1, fit.ObservationsUsed);
    }

    [Fact]
    public void Fit_RangeAndAnglesAsTwoObservationsOfOneInstant_WeighAsOne()
    {
        var joined = Observations(1);
        var split = joined.SelectMany(o => new[] { o with { Measured = new TrackingFigures(o.Measured.RangeKm) }, o with { Measured = o.Measured with { RangeKm = null } } }).ToList();
        foreach (var options in (OrbitFitOptions[])[Independent, StateOnly])
        {
            var (one, two) = (Testing.Fitted(Fitter.Fit(joined, Testing.LowOrbit, options)), Testing.Fitted(Fitter.Fit(split, Testing.LowOrbit, options)));
            Assert.Equal(1, two.FormalCovariance.PositionSigmaKm / one.FormalCovariance.PositionSigmaKm, 1e-3);
        }
    }

    [Theory]
    [InlineData("count")]
    [InlineData("clock")]
    [InlineData("epoch")]
    public void Fit_PlatformsEphemerisEnds_LeavesOutWhatReachesBeyondIt(string what)
    {
        Epoch[] path = [.. Enumerable.Range(0, 60).Select(i => Testing.LowOrbit.Epoch.PlusSeconds(i * 60.0))];
        var platform = new KeplerianElements(7_900, 0.001, 1.0, 1.3, 0.5, 0.1).ToState(Testing.LowOrbit.Epoch, Frame.Gcrf);
        Assert.True(Propagator.TrySample(platform, default, path, false, out var own) & Propagator.TrySample(Testing.LowOrbit, default, path, false, out var target));
        var sensor = new TrackingSensor(new SensorKey(PartnerId.Parse("aa"), SensorId.Parse("A")), new OrbitingPlatform([.. own.Select(p => p.ToState())]),
            new TrackingFigures(RangeKm: 0.03, RightAscensionRad: 5e-5, DeclinationRad: 5e-5, RangeRateKmPerS: 1e-5), TrackingFigures.None);
        var observations = target.Select(t =>
        {
            var m = SyntheticPasses.Model.Predict(sensor, t.ToState());
            return new TrackingObservation(sensor, t.Epoch, new TrackingFigures(m.RangeKm, RightAscensionRad: m.RightAscensionRad, DeclinationRad: m.DeclinationRad));
        }).ToList();
        var options = Independent;
        if (what == "clock") options = options with { TimeBiasTreatment = ParameterTreatment.Considered };
        if (what == "epoch") observations = [.. observations.Select(o => o with { Added = new AddedNoise(TrackingFigures.None, 0.01) })];
        if (what == "count")
        {
            var counting = sensor with { Conventions = new SignalConventions { RangeRateCountSeconds = 10 } };
            observations = [.. observations.Select(o => o with { Sensor = counting })];
        }
        var fit = Testing.Fitted(Fitter.Fit(observations, Testing.LowOrbit, options));
        Assert.Equal([(0, EditReason.ObserverUnknown), (59, EditReason.ObserverUnknown)], fit.Edited.Select(e => (e.ObservationIndex, e.Reason)));
        Assert.True(OrbitPrediction.TryCompare(fit, observations, Propagator, SyntheticPasses.Model, out var residuals));
        Assert.Equal(58, residuals.Count);
    }

    [Fact]
    public void Fit_PerObservationAndCorrection_AllocatesLittle()
    {
        var (few, all) = (Observations(1, 24), Observations(1, 96));
        double bytes(List<TrackingObservation> observations)
        {
            Fitter.Fit(observations, Testing.LowOrbit, Independent);
            long before = GC.GetAllocatedBytesForCurrentThread();
            var fit = Testing.Fitted(Fitter.Fit(observations, Testing.LowOrbit, Independent));
            return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)fit.Iterations;
        }
        double each = (bytes(all) - bytes(few)) / (all.Count - few.Count);
        TestContext.Current.TestOutputHelper?.WriteLine($"{each:F0} bytes for each further observation and correction");
        Assert.InRange(each, 0, 1_600);
    }
}
