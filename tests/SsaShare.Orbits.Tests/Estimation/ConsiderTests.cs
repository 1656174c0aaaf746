using SsaShare.Domain;
using SsaShare.Tests;

namespace SsaShare.Orbits.Tests;

/// <summary>Parameters that are considered: their value stays and their uncertainty is in the covariance.</summary>
public class ConsiderTests
{
    private const int Rounds = 40;
    private static readonly Propagator Propagator = new(new ForceModel(new ForceModelOptions(4, false, false)));
    private static readonly OrbitFitter Fitter = new(Propagator, SyntheticPasses.Model);
    private static readonly TrackingSensor[] Sensors = [.. SyntheticPasses.Three.Select(s => TrackingSensor.From(s, SignalConventions.Corrected) with { Bias = new TrackingFigures() })];

    /// <summary>Biases drawn anew each time, as large as their sigma: considered, the errors match the covariance; taken as known, they do not.</summary>
    [Fact]
    public void Fit_ConsideredBiases_ErrorsMatchTheCovariance()
    {
        var (considered, known) = (new List<double>(), new List<double>());
        var options = new OrbitFitOptions { CorrelationSeconds = 0, EstimateSurface = false, BiasTreatment = ParameterTreatment.Considered };
        for (int seed = 0; seed < Rounds; seed++)
        {
            var normal = Testing.Normal(seed);
            var observations = Observe(Sensors, seed, sensor => new TrackingFigures(
                sensor.Sigma.RangeKm * normal(), sensor.Sigma.AzimuthRad * normal(), sensor.Sigma.ElevationRad * normal()), _ => 0);
            var fit = Testing.Fitted(Fitter.Fit(observations, Testing.LowOrbit, options));
            considered.Add(MahalanobisTest.SquaredDistance(fit.State, fit.FormalCovariance, Testing.LowOrbit));
            Assert.All(fit.Biases, bias => Assert.Equal(0, bias.Value));
            Assert.All(fit.Biases.Where(b => b.Kind == MeasurementKind.Range), bias => Assert.Equal(0.03, bias.Sigma, 1e-12));
            var fixedFit = Testing.Fitted(Fitter.Fit(observations, Testing.LowOrbit, options with { BiasTreatment = ParameterTreatment.Fixed }));
            Testing.Near(fixedFit.State.PositionKm, fit.State.PositionKm, 0.02);
            known.Add(MahalanobisTest.SquaredDistance(fixedFit.State, fixedFit.FormalCovariance, Testing.LowOrbit));
        }
        var (honest, lie) = (MahalanobisTest.Of(considered, 6), MahalanobisTest.Of(known, 6));
        Figure.Say($"biases as large as the noise, {Rounds} fits, considered: NEES over 6", "simulated truth", "mean", honest.MeanRatio, "");
        Figure.Say($"biases as large as the noise, {Rounds} fits, taken as known: NEES over 6", "simulated truth", "mean", lie.MeanRatio, "");
        Assert.InRange(honest.MeanRatio, 0.7, 1.4);
        Assert.True(honest.PValue > 0.01);
        Assert.InRange(lie.PValue, 0, 1e-3);
        Assert.True(lie.MeanRatio > 2);
    }

    [Fact]
    public void Fit_BiasOfOneKindFixed_OthersEstimated()
    {
        var observations = Observe(Sensors, 3, _ => new TrackingFigures(), _ => 0);
        var one = (Sensors[0].Key, MeasurementKind.Range);
        var fit = Testing.Fitted(Fitter.Fit(observations, Testing.LowOrbit, new OrbitFitOptions
        {
            CorrelationSeconds = 0, EstimateSurface = false, BiasTreatments = new Dictionary<(SensorKey, MeasurementKind), ParameterTreatment> { [one] = ParameterTreatment.Fixed },
        }));
        Assert.Equal(0, fit.Biases.Single(b => (b.Sensor, b.Kind) == one).Sigma);
        Assert.All(fit.Biases.Where(b => (b.Sensor, b.Kind) != one), b => Assert.True(b.Sigma > 0 && b.Value != 0));
    }

    [Fact]
    public void Fit_ClockOfOneSensorLate_IsFound()
    {
        var observations = Observe(Sensors, 4, _ => new TrackingFigures(), sensor => sensor == Sensors[1] ? 0.02 : 0, hours: 48);
        var fit = Testing.Fitted(Fitter.Fit(observations, Testing.LowOrbit, new OrbitFitOptions
        {
            CorrelationSeconds = 0, EstimateSurface = false, EstimateBiases = false, TimeBiasTreatment = ParameterTreatment.Estimated, TimeBiasSigmaS = 0.05,
        }));
        double clock(int i) => fit.Clocks.Single(c => c.Sensor == Sensors[i].Key).Seconds;
        // What all clocks have in common is the orbit's own; what one is late against the others is the clock's.
        Assert.Equal(0.02, clock(1) - (clock(0) + clock(2)) / 2, 0.01);
        Assert.All(fit.Clocks, c => Assert.InRange(c.Sigma, 1e-5, 0.04));
        var without = Testing.Fitted(Fitter.Fit(observations, Testing.LowOrbit, new OrbitFitOptions { CorrelationSeconds = 0, EstimateSurface = false, EstimateBiases = false }));
        Assert.True(without.ReducedChiSquare > 1.2 * fit.ReducedChiSquare, $"{without.ReducedChiSquare} {fit.ReducedChiSquare}");
    }

    /// <summary>Drag that is not estimated, with a true value drawn from its sigma.</summary>
    [Fact]
    public void Fit_ConsideredDrag_WidensTheCovarianceAndKeepsTheValue()
    {
        var precise = new OrbitFitter(new Propagator(new ForceModel(new ForceModelOptions(4, false, true))), SyntheticPasses.Model);
        var low = new KeplerianElements(6_800, 0.001, 1.2, 1, 0.5, 0.3).ToState(Testing.LowOrbit.Epoch, Frame.Gcrf);
        var observations = SyntheticPasses.Observe(low, precise.Propagator, 24, 30, Testing.Normal(5), SyntheticPasses.Three);
        var options = new OrbitFitOptions { CorrelationSeconds = 0, Surface = SyntheticPasses.Surface, SurfaceSigma = new(0.005, 0.005), EstimateSurface = false };
        var known = Testing.Fitted(precise.Fit(observations, low, options));
        var considered = Testing.Fitted(precise.Fit(observations, low, options with { BallisticTreatment = ParameterTreatment.Considered }));
        Assert.Equal(SyntheticPasses.Surface, considered.Surface);
        Assert.Equal(0.005, considered.SurfaceSigma.BallisticM2PerKg, 1e-9);
        Assert.Equal(0, considered.SurfaceSigma.RadiationM2PerKg);
        Testing.Near(known.State.PositionKm, considered.State.PositionKm, 1e-3);
        Assert.True(considered.FormalCovariance.PositionSigmaKm > 1.5 * known.FormalCovariance.PositionSigmaKm);
        // The correlation of drag and state is part of it: predictions cancel or add it rightly.
        Assert.NotEqual(0, considered.ParameterCovariance[6]);
    }

    [Fact]
    public void Fit_WithPrior_HoldsWhatTheObservationsLeaveOpen()
    {
        // One range is all the data: without a prior the orbit is open, with one it stays within it.
        var observations = Observe(Sensors, 6, _ => new TrackingFigures(), _ => 0).Take(12).Select(o => o with { Measured = new TrackingFigures(o.Measured.RangeKm) }).ToList();
        var options = new OrbitFitOptions { CorrelationSeconds = 0, EstimateSurface = false, EstimateBiases = false };
        double[] lower = new double[21];
        for (int i = 0, at = 0; i < 6; i++)
        for (int j = 0; j <= i; j++, at++) lower[at] = i != j ? 0 : i < 3 ? 1 : 1e-6;
        var prior = new OrbitPrior(Testing.LowOrbit, new Covariance6(lower));
        var fit = Testing.Fitted(Fitter.Fit(observations, Testing.LowOrbit, options with { Prior = prior }));
        Assert.InRange(fit.FormalCovariance.PositionSigmaKm, 0.1, Math.Sqrt(3));
        Assert.InRange(MahalanobisTest.SquaredDistance(fit.State, fit.FormalCovariance, Testing.LowOrbit), 0, 22.5);
        Assert.Throws<ArgumentException>(() => Fitter.Fit(observations, new CartesianState(Testing.LowOrbit.Epoch.PlusSeconds(1), Frame.Gcrf, Testing.LowOrbit.PositionKm, Testing.LowOrbit.VelocityKmPerS), options with { Prior = prior }));
    }

    /// <summary>A telescope in orbit whose own orbit is known to 100 m in each of its axes: the error drawn anew each time.</summary>
    [Fact]
    public void Fit_UncertainPlatform_ErrorsMatchTheCovariance()
    {
        var (considered, known) = (new List<double>(), new List<double>());
        var platform = new KeplerianElements(7_900, 0.001, 1.0, 1.3, 0.5, 0.1).ToState(Testing.LowOrbit.Epoch, Frame.Gcrf);
        Epoch[] epochs = [.. Enumerable.Range(-4, 400).Select(i => platform.Epoch.PlusSeconds(i * 60.0))];
        Assert.True(Propagator.TrySample(platform, default, epochs, false, out var path) & Propagator.TrySample(Testing.LowOrbit, default, epochs, false, out var target));
        const double offKm = 0.1, offKmPerS = 1e-4;
        double[] lower = new double[21];
        for (int i = 0, at = 0; i < 6; i++)
        for (int j = 0; j <= i; j++, at++) lower[at] = i != j ? 0 : i < 3 ? offKm * offKm : offKmPerS * offKmPerS;
        Covariance6[] covariances = [.. path.Select(state => LocalOrbitFrame.Of(state.ToState(), LocalOrbitAxes.Rtn).FromLocal(new Covariance6(lower)))];
        var sigma = new TrackingFigures(RangeKm: 0.03, RightAscensionRad: 5e-5, DeclinationRad: 5e-5);
        var truth = new TrackingSensor(Sensors[0].Key, new OrbitingPlatform([.. path.Select(state => state.ToState())]), sigma, new TrackingFigures());
        var options = new OrbitFitOptions { CorrelationSeconds = 0, EstimateSurface = false, EstimateBiases = false };
        for (int seed = 0; seed < Rounds; seed++)
        {
            var normal = Testing.Normal(500 + seed);
            Vector3d dr = offKm * new Vector3d(normal(), normal(), normal()), dv = offKmPerS * new Vector3d(normal(), normal(), normal());
            CartesianState[] stated = [.. path.Select(state =>
            {
                var axes = LocalOrbitFrame.Of(state.ToState(), LocalOrbitAxes.Rtn).FromInertial;
                return new CartesianState(state.Epoch, Frame.Gcrf, state.PositionKm - axes.TransposedTimes(dr), state.VelocityKmPerS - axes.TransposedTimes(dv));
            })];
            var uncertain = truth with { Place = new OrbitingPlatform(stated, covariances) };
            var observations = target.Skip(4).Take(392).Where((_, i) => i % 4 == 0).Select(state =>
            {
                var m = SyntheticPasses.Model.Predict(truth, state.ToState());
                return new TrackingObservation(uncertain, state.Epoch, new TrackingFigures(
                    RangeKm: m.RangeKm + 0.03 * normal(), RightAscensionRad: m.RightAscensionRad + 5e-5 * normal() / Math.Cos(m.DeclinationRad), DeclinationRad: m.DeclinationRad + 5e-5 * normal()));
            }).ToList();
            var fit = Testing.Fitted(Fitter.Fit(observations, Testing.LowOrbit, options));
            considered.Add(MahalanobisTest.SquaredDistance(fit.State, fit.FormalCovariance, Testing.LowOrbit));
            var blind = Testing.Fitted(Fitter.Fit([.. observations.Select(o => o with { Sensor = uncertain with { Place = new OrbitingPlatform(stated) } })], Testing.LowOrbit, options));
            known.Add(MahalanobisTest.SquaredDistance(blind.State, blind.FormalCovariance, Testing.LowOrbit));
        }
        var (honest, lie) = (MahalanobisTest.Of(considered, 6), MahalanobisTest.Of(known, 6));
        Figure.Say($"platform known to 100 m in each axis, {Rounds} fits, considered: NEES over 6", "simulated truth", "mean", honest.MeanRatio, "");
        Figure.Say($"platform known to 100 m in each axis, {Rounds} fits, taken as known: NEES over 6", "simulated truth", "mean", lie.MeanRatio, "");
        Assert.InRange(honest.MeanRatio, 0.7, 1.4);
        Assert.True(honest.PValue > 0.01);
        Assert.InRange(lie.PValue, 0, 1e-3);
    }

    private static List<TrackingObservation> Observe(TrackingSensor[] sensors, int seed, Func<TrackingSensor, TrackingFigures> bias, Func<TrackingSensor, double> lateS, int hours = 12)
    {
        var normal = Testing.Normal(1_000 + seed);
        var biases = sensors.ToDictionary(s => s.Key, bias);
        Epoch[] epochs = [.. Enumerable.Range(0, hours * 90).Select(i => Testing.LowOrbit.Epoch.PlusSeconds(i * 40.0))];
        Assert.True(Propagator.TrySample(Testing.LowOrbit, default, epochs, false, out var states));
        var all = new List<TrackingObservation>();
        foreach (var state in states)
            foreach (var sensor in sensors)
            {
                var m = SyntheticPasses.Model.Predict(sensor, state.ToState());
                if (m.ElevationRad < 0.17) continue;
                var b = biases[sensor.Key];
                all.Add(new TrackingObservation(sensor, state.Epoch.PlusSeconds(lateS(sensor)), new TrackingFigures(
                    m.RangeKm + (b.RangeKm ?? 0) + sensor.Sigma.RangeKm * normal(),
                    m.AzimuthRad + ((b.AzimuthRad ?? 0) + sensor.Sigma.AzimuthRad * normal()) / Math.Cos(m.ElevationRad),
                    m.ElevationRad + (b.ElevationRad ?? 0) + sensor.Sigma.ElevationRad * normal())));
            }
        return all;
    }
}
