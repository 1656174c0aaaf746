using SsaShare.Domain;
using SsaShare.Tests;

namespace SsaShare.Orbits.Tests;

/// <summary>Observations of a platform in orbit whose own orbit is known to 100 m and 0.1 m/s in each of its axes.</summary>
public sealed class UncertainPlatformTests
{
    private const int Rounds = 24;
    private const double OffKm = 0.1, OffKmPerS = 1e-4, RangeSigmaKm = 0.03, AngleSigmaRad = 5e-5;
    private static readonly Propagator Propagator = new(new ForceModel(new ForceModelOptions(4, false, false)));
    private static readonly SequentialFilter Filter = new(Propagator, SyntheticPasses.Model);
    private static readonly CartesianState Platform = new KeplerianElements(7_900, 0.001, 1.0, 1.3, 0.5, 0.1).ToState(Testing.LowOrbit.Epoch, Frame.Gcrf);
    private static readonly Epoch[] Epochs = [.. Enumerable.Range(-4, 400).Select(i => Platform.Epoch.PlusSeconds(i * 60.0))];
    private static readonly CartesianState[] Path = Sample(Platform);
    private static readonly Covariance6[] Covariances = [.. Path.Select(state => LocalOrbitFrame.Of(state, LocalOrbitAxes.Rtn).FromLocal(Diagonal()))];
    private static readonly SequentialFilterOptions Exact = new() { ProcessNoise = OrbitProcessNoise.None, CorrelationSeconds = 0, EstimateBiases = false };
    private static readonly TrackingFigures Sigma = new(RangeKm: RangeSigmaKm, RightAscensionRad: AngleSigmaRad, DeclinationRad: AngleSigmaRad);

    /// <summary>The error keeps its place in radial, transverse and normal axes, and the filter is told so: the errors are as large as the covariance says.</summary>
    [Fact]
    public void Run_PlatformErrorConstantInItsAxes_ErrorsMatchTheCovariance()
    {
        var honest = Nees("constant in its axes, taken as constant", Exact with { PlatformTimeConstantS = double.PositiveInfinity }, ConstantError);
        Assert.InRange(honest.MeanRatio, 0.7, 1.4);
        Assert.True(honest.PValue > 0.01);
        // By default it may change in the course of a revolution, which costs some of the knowledge of it and none of the truth.
        var cautious = Nees("constant in its axes, default filter", new SequentialFilterOptions(), ConstantError);
        Assert.InRange(cautious.MeanRatio, 0.3, 1.4);
    }

    /// <summary>The error is that of the platform's state at the start and moves with its orbit, which six errors in its axes follow only roughly.</summary>
    [Fact]
    public void Run_PlatformErrorMovesWithItsOrbit_ErrorsAreNearTheCovariance()
    {
        var covariance = Diagonal();
        Assert.True(OrbitingPlatform.TryPropagate(Platform, covariance, default, Propagator, Epochs[0], Epochs[^1], out var stated));
        var byDefault = Nees("of its orbit, default filter", new SequentialFilterOptions(), moving);
        Assert.InRange(byDefault.MeanRatio, 0.3, 3);
        var constant = Nees("of its orbit, taken as constant", Exact with { PlatformTimeConstantS = double.PositiveInfinity }, moving);
        Assert.True(constant.MeanRatio > 3 * byDefault.MeanRatio);

        (OrbitingPlatform, OrbitingPlatform) moving(Func<double> normal)
            => (stated, new OrbitingPlatform(Sample(new CartesianState(Platform.Epoch, Frame.Gcrf, Platform.PositionKm + OffKm * Draw(normal), Platform.VelocityKmPerS + OffKmPerS * Draw(normal)))));
    }

    private static (OrbitingPlatform Stated, OrbitingPlatform True) ConstantError(Func<double> normal)
    {
        Vector3d dr = OffKm * Draw(normal), dv = OffKmPerS * Draw(normal);
        return (new OrbitingPlatform([.. Path.Select(state =>
        {
            var axes = LocalOrbitFrame.Of(state, LocalOrbitAxes.Rtn).FromInertial;
            return new CartesianState(state.Epoch, Frame.Gcrf, state.PositionKm - axes.TransposedTimes(dr), state.VelocityKmPerS - axes.TransposedTimes(dv));
        })], Covariances), new OrbitingPlatform(Path));
    }

    private static MahalanobisTest Nees(string how, SequentialFilterOptions options, Func<Func<double>, (OrbitingPlatform Stated, OrbitingPlatform True)> draw)
    {
        var distances = new List<double>();
        var target = Sample(Testing.LowOrbit).Skip(4).Take(392).Where((_, i) => i % 4 == 0).ToList();
        for (int seed = 0; seed < Rounds; seed++)
        {
            var normal = Testing.Normal(500 + seed);
            var (stated, truth) = draw(normal);
            var sensor = new TrackingSensor(new SensorKey(PartnerId.Parse("eye"), SensorId.Parse("E1")), stated, Sigma, new TrackingFigures());
            List<TrackingObservation> observations = [.. target.Select(state =>
            {
                var m = SyntheticPasses.Model.Predict(sensor with { Place = truth }, state);
                return new TrackingObservation(sensor, state.Epoch, new TrackingFigures(RangeKm: m.RangeKm + RangeSigmaKm * normal(),
                    RightAscensionRad: m.RightAscensionRad + AngleSigmaRad * normal() / Math.Cos(m.DeclinationRad), DeclinationRad: m.DeclinationRad + AngleSigmaRad * normal()));
            })];
            var first = new CartesianState(Testing.LowOrbit.Epoch, Frame.Gcrf, Testing.LowOrbit.PositionKm + Draw(normal), Testing.LowOrbit.VelocityKmPerS + 1e-3 * Draw(normal));
            var run = Assert.IsType<FilterOutcome.Ran>(Filter.Run(observations, FilterStart.Diagonal(first, 1, 1e-3, default, default), options)).Run;
            Assert.Equal(options.EstimateBiases ? 3 : 0, run.Final.Biases.Count);
            distances.Add(MahalanobisTest.SquaredDistance(run.Final.State, run.Final.Covariance, target[^1]));
        }
        var test = MahalanobisTest.Of(distances, 6);
        Figure.Say($"sequential filter, platform known to 100 m, error {how}: NEES over 6, {Rounds} runs", "simulated truth", "mean", test.MeanRatio, "");
        Figure.Say($"sequential filter, platform known to 100 m, error {how}: Cramér-von Mises", "chi-square distribution", "p", test.PValue, "");
        return test;
    }

    private static CartesianState[] Sample(CartesianState start)
    {
        Assert.True(Propagator.TrySample(start, default, Epochs, false, out var states));
        return [.. states.Select(state => state.ToState())];
    }

    private static Vector3d Draw(Func<double> normal) => new(normal(), normal(), normal());

    private static Covariance6 Diagonal()
    {
        double[] lower = new double[21];
        for (int i = 0, at = 0; i < 6; i++)
        for (int j = 0; j <= i; j++, at++) lower[at] = i != j ? 0 : i < 3 ? OffKm * OffKm : OffKmPerS * OffKmPerS;
        return new Covariance6(lower);
    }
}
