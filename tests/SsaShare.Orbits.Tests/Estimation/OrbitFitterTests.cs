using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

public class OrbitFitterTests
{
    private static readonly Propagator Propagator = new(new ForceModel(new ForceModelOptions(12, true, true)));
    private static readonly OrbitFitter Fitter = new(Propagator, SyntheticPasses.Model);

    // Synthetic noise is independent from one observation to the next.
    private static readonly OrbitFitOptions Independent = new() { CorrelationSeconds = 0 };

    private static CartesianState Near(CartesianState truth, double km)
        => new(truth.Epoch, truth.Frame, truth.PositionKm + new Vector3d(km, -km, km), truth.VelocityKmPerS + 1e-3 * new Vector3d(km, km, -km));

    [Fact]
    public void Fit_ManyNoisyArcs_ErrorsMatchTheCovariance()
    {
        double sum = 0;
        int outside = 0;
        const int rounds = 8;
        for (int seed = 0; seed < rounds; seed++)
        {
            var observations = SyntheticPasses.Observe(Testing.LowOrbit, Propagator, 24, 20, Testing.Normal(seed), SyntheticPasses.Three);
            var fit = Testing.Fitted(Fitter.Fit(observations, Near(Testing.LowOrbit, 3), Independent));
            Assert.InRange(fit.ReducedChiSquare, 0.8, 1.25);
            double squared = MahalanobisTest.SquaredDistance(fit.State, fit.FormalCovariance, Testing.LowOrbit);
            sum += squared;
            if (squared > 22.5) outside++;
        }
        // Six degrees of freedom each: mean 6 with a sigma of 1.2 over eight rounds; 22.5 is exceeded once in a thousand.
        Assert.InRange(sum / rounds, 2, 12);
        Assert.Equal(0, outside);
    }

    [Fact]
    public void Fit_BiasedSensors_FindsTheBiasesWithinTheirSigmas()
    {
        var observations = SyntheticPasses.Observe(Testing.LowOrbit, Propagator, 24, 20, Testing.Normal(4), SyntheticPasses.Three);
        var fit = Testing.Fitted(Fitter.Fit(observations, Near(Testing.LowOrbit, 2), Independent));
        foreach (var sensor in SyntheticPasses.Three)
        {
            var range = fit.Biases.Single(b => b.Sensor == SensorKey.Of(sensor) && b.Kind == MeasurementKind.Range);
            Assert.InRange((range.Value - 0.05) / range.Sigma, -4, 4);
            Assert.InRange(range.Sigma, 1e-5, 0.03);
        }
        Assert.Equal(9, fit.Biases.Count);
        Assert.Equal(0, fit.BiasOf(SensorKey.Of(SyntheticPasses.Radar("aa", "R9", 0, 0)), MeasurementKind.Range));
    }

    [Fact]
    public void Fit_BadEchoes_LeavesOutExactlyThem()
    {
        var observations = SyntheticPasses.Observe(Testing.LowOrbit, Propagator, 24, 20, Testing.Normal(5), SyntheticPasses.Three);
        int[] bad = [3, 17, 18, 19, 60];
        foreach (int i in bad)
            observations[i] = new SensorObservation(observations[i].Sensor, observations[i].Observation with { RangeKm = observations[i].Observation.RangeKm + 4 });
        var fit = Testing.Fitted(Fitter.Fit(observations, Near(Testing.LowOrbit, 2), Independent));
        Assert.Equal(bad, fit.Residuals.Where(r => r.IsRejected).Select(r => r.ObservationIndex).Distinct());
        Assert.Equal(bad.Length, fit.ObservationsRejected);
        Assert.Equal(bad.Length, fit.Statistics.Where(s => s.Kind == MeasurementKind.Range).Sum(s => s.Rejected));
        Assert.InRange(fit.State.SeparationKm(Testing.LowOrbit).Norm / fit.Covariance.PositionSigmaKm, 0, 4);
    }

    [Fact]
    public void Fit_StartFarOff_FindsTheSameOrbit()
    {
        var observations = SyntheticPasses.Observe(Testing.LowOrbit, Propagator, 12, 20, Testing.Normal(6), SyntheticPasses.Three);
        var near = Testing.Fitted(Fitter.Fit(observations, Near(Testing.LowOrbit, 1), Independent));
        var far = Testing.Fitted(Fitter.Fit(observations, Near(Testing.LowOrbit, 25), Independent));
        Testing.Near(near.State.PositionKm, far.State.PositionKm, 0.1 * near.FormalCovariance.PositionSigmaKm);
        Assert.Equal(near.ObservationsUsed, far.ObservationsUsed);
    }

    [Fact]
    public void Fit_NoiseLargerThanStated_WidensTheCovariance()
    {
        var observations = SyntheticPasses.Observe(Testing.LowOrbit, Propagator, 12, 20, Testing.Normal(7), SyntheticPasses.Three);
        Sensor modest(Sensor s) => s with { Sigma = new MeasurementFigures(s.Sigma.RangeKm / 2, s.Sigma.AzimuthRad / 2, s.Sigma.ElevationRad / 2, null) };
        var fit = Testing.Fitted(Fitter.Fit([.. observations.Select(o => new SensorObservation(modest(o.Sensor), o.Observation))], Near(Testing.LowOrbit, 2), Independent));
        Assert.InRange(fit.ReducedChiSquare, 3.2, 4.8);
        Assert.InRange(fit.Covariance.PositionSigmaKm / fit.FormalCovariance.PositionSigmaKm, 0.8 * Math.Sqrt(fit.ReducedChiSquare), Math.Sqrt(fit.ReducedChiSquare));
        // What was known of biases and drag beforehand is part of that; without it the ratio is the root of the chi-square.
        var alone = Testing.Fitted(Fitter.Fit([.. observations.Select(o => new SensorObservation(modest(o.Sensor), o.Observation))], Near(Testing.LowOrbit, 2), Independent with { EstimateBiases = false, EstimateSurface = false }));
        Assert.Equal(Math.Sqrt(alone.ReducedChiSquare), alone.Covariance.PositionSigmaKm / alone.FormalCovariance.PositionSigmaKm, 1e-6);
    }

    [Fact]
    public void Fit_InformationOfSensors_AddsUpToTheCovariance()
    {
        var observations = SyntheticPasses.Observe(Testing.LowOrbit, Propagator, 24, 20, Testing.Normal(8), SyntheticPasses.Three);
        var fit = Testing.Fitted(Fitter.Fit(observations, Near(Testing.LowOrbit, 2), Independent));
        const int n = PropagatedState.ParameterCount;
        double[] sum = new double[n * n], inverse = new double[n * n];
        foreach (var information in fit.Information)
            for (int i = 0; i < sum.Length; i++) sum[i] += information.Matrix[i];
        sum[6 * n + 6] += 1 / (0.05 * 0.05);
        sum[7 * n + 7] += 1 / (0.02 * 0.02);
        Assert.True(SymmetricSolver.TryInvert(sum, n, inverse));
        for (int i = 0; i < 6; i++) Assert.Equal(1, inverse[i * n + i] / fit.FormalCovariance[i, i], 1e-3);
    }

    [Fact]
    public void Fit_DenseObservations_CountCorrelatedErrorsOnce()
    {
        var dense = SyntheticPasses.Observe(Testing.LowOrbit, Propagator, 12, 5, Testing.Normal(9), SyntheticPasses.Three);
        var options = new OrbitFitOptions { CorrelationSeconds = 60 };
        var once = Testing.Fitted(Fitter.Fit(dense, Near(Testing.LowOrbit, 2), options));
        var thinned = Testing.Fitted(Fitter.Fit([.. dense.Where(o => o.Epoch.SecondsSince(dense[0].Epoch) % 60 < 1)], Near(Testing.LowOrbit, 2), Independent));
        // Thirteen observations within a minute weigh as one, and one a minute is left after thinning.
        Assert.InRange(once.FormalCovariance.PositionSigmaKm / thinned.FormalCovariance.PositionSigmaKm, 0.7, 1.3);
    }

    [Fact]
    public void Fit_TooLittle_SaysWhy()
    {
        var observations = SyntheticPasses.Observe(Testing.LowOrbit, Propagator, 12, 20, Testing.Normal(10), SyntheticPasses.Three);
        var one = Assert.IsType<OrbitFitOutcome.Failed>(Fitter.Fit([observations[0]], Testing.LowOrbit, Independent));
        Assert.Equal(OrbitFitFailure.TooFewObservations, one.Reason);
        var falling = new CartesianState(Testing.LowOrbit.Epoch, Frame.Gcrf, Testing.LowOrbit.PositionKm, new Vector3d(0.1, 0.1, 0.1));
        Assert.Equal(OrbitFitFailure.NotAnOrbit, Assert.IsType<OrbitFitOutcome.Failed>(Fitter.Fit(observations, falling, Independent)).Reason);
    }

    [Fact]
    public void Fit_RangesOfOneInstant_AreIllConditioned()
    {
        var sensor = SyntheticPasses.Three[0];
        var observations = SyntheticPasses.Observe(Testing.LowOrbit, Propagator, 12, 20, Testing.Normal(12), sensor);
        var rangeOnly = observations[0].Observation with { AzimuthRad = null, ElevationRad = null };
        var outcome = Fitter.Fit([.. Enumerable.Repeat(new SensorObservation(sensor, rangeOnly), 20)], Testing.LowOrbit, Independent);
        Assert.Equal(OrbitFitFailure.IllConditioned, Assert.IsType<OrbitFitOutcome.Failed>(outcome).Reason);
    }
}
