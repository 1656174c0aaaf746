using SsaShare.Domain;
using SsaShare.Tests;

namespace SsaShare.Orbits.Tests;

public sealed class SequentialFilterTests
{
    private static readonly SequentialFilter Filter = new(SimulatedTracking.Propagator, SyntheticPasses.Model);
    private static readonly SequentialFilterOptions Exact = new() { ProcessNoise = OrbitProcessNoise.None, CorrelationSeconds = 0 };
    private static readonly SequentialFilterOptions Noisy = Exact with { ProcessNoise = SimulatedTracking.Noise };

    /// <summary>With as good as nothing known beforehand, no process noise and the same data, filter and batch fit are two ways to one answer.</summary>
    [Fact]
    public void Run_WithoutProcessNoise_AgreesWithTheBatchFit()
    {
        var scene = SimulatedTracking.Create(3, 24, 20, OrbitProcessNoise.None);
        var prior = new SurfaceCoefficients(0.02, 0.02);
        var trust = new SurfaceCoefficients(0.01, 0.01);
        var batch = new OrbitFitter(SimulatedTracking.Propagator, SyntheticPasses.Model);
        var fit = Testing.Fitted(batch.Fit(scene.Observations, scene.Start.State, new OrbitFitOptions { CorrelationSeconds = 0, Surface = prior, SurfaceSigma = trust }));
        Assert.Equal(0, fit.ObservationsRejected);
        var run = Ran(Filter.Run(scene.Observations, FilterStart.Diagonal(scene.Start.State, 3, 3e-3, prior, trust), Exact));
        Assert.True(SimulatedTracking.Propagator.TryPropagate(fit.State, fit.Surface, run.Final.State.Epoch, true, out var carried));
        double[] full = new double[64];
        fit.ParameterCovariance.CopyTo(full, 0);
        double scale = Math.Max(1, fit.ReducedChiSquare);
        var covariance = carried.Carry(full);
        Vector3d dr = run.Final.State.PositionKm - carried.PositionKm, dv = run.Final.State.VelocityKmPerS - carried.VelocityKmPerS;
        double[] off = [dr.X, dr.Y, dr.Z, dv.X, dv.Y, dv.Z];
        for (int i = 0; i < 6; i++)
        {
            double sigma = Math.Sqrt(covariance[i, i] / scale);
            Assert.InRange(Math.Abs(off[i]) / sigma, 0, 0.1);
            Assert.InRange(Math.Sqrt(run.Final.Covariance[i, i]) / sigma, 0.97, 1.03);
        }
        Assert.InRange(Math.Abs(run.Final.Surface.BallisticM2PerKg - fit.Surface.BallisticM2PerKg) / fit.SurfaceSigma.BallisticM2PerKg, 0, 0.3);
        foreach (var bias in fit.Biases)
        {
            var ours = run.Final.Biases.Single(b => b.Sensor == bias.Sensor && b.Kind == bias.Kind);
            Assert.InRange(Math.Abs(ours.Value - bias.Value) / bias.Sigma, 0, 0.1);
        }
        // And what the smoother says of the start is the batch fit's answer.
        var first = FixedIntervalSmoother.Smooth(run).Estimate(0);
        double apart = first.State.SeparationKm(fit.State).Norm / fit.FormalCovariance.PositionSigmaKm;
        Figure.Say("sequential filter without process noise, state at the end", "the batch fit, in its sigmas", "max", Enumerable.Range(0, 6).Max(i => Math.Abs(off[i]) / Math.Sqrt(covariance[i, i] / scale)), "sigma");
        Figure.Say("the same, smoothed, position at the start", "the batch fit, in its sigmas", "max", apart, "sigma");
        Assert.InRange(apart, 0, 0.3);
        Assert.InRange(first.Covariance.PositionSigmaKm / fit.FormalCovariance.PositionSigmaKm, 0.97, 1.03);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Run_BadStart_Converges(int seed)
    {
        var scene = SimulatedTracking.Create(seed, 24, 20, SimulatedTracking.Noise);
        var normal = Testing.Normal(50 + seed);
        Vector3d draw(double sigma) => sigma * new Vector3d(normal(), normal(), normal());
        // Half an hour before the first pass, 20 km and 20 m/s off.
        var at = scene.Truth[scene.Observations[0].Epoch.PlusSeconds(-1_800)];
        var start = FilterStart.Diagonal(new CartesianState(at.Epoch, at.Frame, at.PositionKm + draw(20), at.VelocityKmPerS + draw(0.02)), 20, 0.02, scene.Start.Surface, scene.Start.SurfaceSigma);
        var run = Ran(Filter.Run(scene.Observations, start, Noisy));
        Assert.Null(run.LostSince);
        Assert.InRange(scene.ErrorKm(run.Final), 0, 0.1);
        Assert.InRange(scene.Nees(run.Final), 0, 22.5);
        Assert.True(run.Observations.Count(o => o.Edit == FilterEdit.BeyondGate) <= 2);
    }

    [Fact]
    public void Run_BurstOfOutliers_LeavesOutExactlyThem()
    {
        var scene = SimulatedTracking.Create(7, 24, 20, SimulatedTracking.Noise);
        int first = scene.Observations.Count / 2;
        var bad = Enumerable.Range(first, 8).ToHashSet();
        var spoilt = scene.Observations.Select((o, i) => bad.Contains(i) ? o with { Measured = o.Measured with { RangeKm = o.Measured.RangeKm + 2 + 0.1 * i } } : o).ToList();
        var run = Ran(Filter.Run(spoilt, scene.Start, Noisy));
        Assert.Equal(bad.Order(), run.Observations.Where(o => o.Edit == FilterEdit.BeyondGate).Select(o => o.ObservationIndex).Order());
        Assert.Null(run.LostSince);
        Assert.InRange(scene.Nees(run.Final), 0, 22.5);
    }

    [Fact]
    public void Run_UnmodelledManeuver_IsReportedAndNotSwallowed()
    {
        var scene = SimulatedTracking.Create(8, 24, 20, SimulatedTracking.Noise, burn: (43_200, new Vector3d(0, 1e-3, 0)));
        var run = Ran(Filter.Run(scene.Observations, scene.Start, Noisy));
        var burn = scene.Start.State.Epoch.PlusSeconds(43_200);
        Assert.NotNull(run.LostSince);
        // The first looks afterwards are low above the horizon and 17 minutes after the burn.
        Assert.InRange(run.LostSince.Value.SecondsSince(scene.Observations.First(o => o.Epoch > burn).Epoch), 0, 120);
        Assert.All(run.Observations.Where(o => o.Epoch >= run.LostSince), o => Assert.Equal(FilterEdit.BeyondGate, o.Edit));
        var quiet = Ran(Filter.Run(SimulatedTracking.Create(8, 24, 20, SimulatedTracking.Noise).Observations, scene.Start, Noisy));
        Assert.Null(quiet.LostSince);
    }

    /// <summary>Ten thousand updates of one kind of figure after the other: no variance is lost to rounding, no factor is worse than its covariance.</summary>
    [Fact]
    public void TryProcess_TenThousandUpdates_CovarianceStaysPositive()
    {
        var scene = SimulatedTracking.Create(9, 24, 20, SimulatedTracking.Noise);
        var session = Filter.Begin(scene.Start, Noisy with { KeepSteps = false });
        int updates = 0;
        double[] p = new double[36];
        foreach (var one in scene.Observations)
            for (int repeat = 0; repeat < 60 && updates < 10_000; repeat++, updates++)
            {
                Assert.True(session.TryProcess([one], out _));
                if (updates % 100 != 0) continue;
                var covariance = session.Estimate.Covariance;
                for (int i = 0; i < 36; i++) p[i] = covariance[i / 6, i % 6];
                double[] inverse = new double[36];
                Assert.True(SymmetricSolver.TryInvert(p, 6, inverse), $"After {updates} updates.");
                Assert.All(Enumerable.Range(0, 6), i => Assert.True(covariance[i, i] > 0 && inverse[i * 7] > 0));
            }
        Assert.Equal(10_000, updates);
    }

    [Fact]
    public void Run_ObservationsShuffledAndBeforeTheStart_AreSortedAndRefused()
    {
        var scene = SimulatedTracking.Create(10, 12, 20, SimulatedTracking.Noise);
        var random = new Random(1);
        TrackingObservation early = scene.Observations[0] with { Epoch = scene.Start.State.Epoch.PlusSeconds(-10) };
        List<TrackingObservation> shuffled = [.. scene.Observations.Append(early).OrderBy(_ => random.Next())];
        var run = Ran(Filter.Run(shuffled, scene.Start, Noisy));
        var sorted = Ran(Filter.Run(scene.Observations, scene.Start, Noisy));
        Assert.Equal(FilterEdit.OutOfOrder, Assert.Single(run.Observations, o => o.Edit != FilterEdit.Used).Edit);
        Testing.Near(sorted.Final.State.PositionKm, run.Final.State.PositionKm, 1e-9);
    }

    [Fact]
    public void TryProcess_SeveralAtOneInstant_AreOneUpdate()
    {
        var scene = SimulatedTracking.Create(11, 12, 20, SimulatedTracking.Noise);
        var one = scene.Observations[0];
        var other = one with { Sensor = one.Sensor with { Key = new SensorKey(PartnerId.Parse("two"), one.Sensor.Key.Sensor) } };
        var together = Filter.Begin(scene.Start, Noisy);
        Assert.True(together.TryProcess([one, other], out var results));
        var apart = Filter.Begin(scene.Start, Noisy);
        Assert.True(apart.TryProcess([one], out _) && apart.TryProcess([other], out _));
        Assert.Equal(2, results.Count);
        Testing.Near(apart.Estimate.State.PositionKm, together.Estimate.State.PositionKm, 1e-3 * apart.Estimate.Covariance.PositionSigmaKm);
        Assert.Equal(1, together.Estimate.Covariance.PositionSigmaKm / apart.Estimate.Covariance.PositionSigmaKm, 1e-3);
        Assert.Throws<ArgumentException>(() => together.TryProcess([one, scene.Observations[1]], out _));
    }

    [Fact]
    public void TryPredict_Later_WidensAndLeavesTheFilterAlone()
    {
        var scene = SimulatedTracking.Create(12, 12, 20, SimulatedTracking.Noise);
        var session = Filter.Begin(scene.Start, Noisy);
        foreach (var one in scene.Observations) Assert.True(session.TryProcess([one], out _));
        var now = session.Estimate;
        Assert.True(session.TryPredict(session.Epoch.PlusSeconds(6 * 3_600), out var later));
        Assert.True(later.Covariance.PositionSigmaKm > 2 * now.Covariance.PositionSigmaKm);
        Assert.Equal(now.State, session.Estimate.State);
        Assert.Throws<ArgumentException>(() => session.TryPredict(session.Epoch.PlusSeconds(-1), out _));
    }

    [Fact]
    public void Run_OrbitThatFallsDown_SaysSo()
    {
        var scene = SimulatedTracking.Create(13, 12, 20, SimulatedTracking.Noise);
        var falling = scene.Start with { State = new CartesianState(scene.Start.State.Epoch, Frame.Gcrf, scene.Start.State.PositionKm, new Vector3d(0.1, 0.1, 0.1)) };
        var failed = Assert.IsType<FilterOutcome.Failed>(Filter.Run(scene.Observations, falling, Noisy));
        Assert.Equal(FilterFailure.NotAnOrbit, failed.Reason);
        Assert.Equal(scene.Observations[0].Epoch, failed.At);
    }

    [Fact]
    public void Begin_OptionsOutOfRange_Throws()
    {
        var start = SimulatedTracking.Create(14, 1, 20, SimulatedTracking.Noise).Start;
        foreach (var wrong in new[] { Noisy with { GateProbability = 0.7 }, Noisy with { CorrelationSeconds = double.NaN }, Noisy with { LostAfter = 0 }, Noisy with { LongestStepS = 0 }, Noisy with { BiasTimeConstantS = -1 } })
            Assert.Throws<ArgumentException>(() => Filter.Begin(start, wrong));
        Assert.Throws<ArgumentException>(() => Filter.Begin(start with { State = new CartesianState(start.State.Epoch, Frame.Teme, start.State.PositionKm, start.State.VelocityKmPerS) }, Noisy));
        Span<double> indefinite = stackalloc double[21];
        (indefinite[0], indefinite[1], indefinite[2]) = (1, 2, 1);
        var covariance = new Covariance6(indefinite);
        Assert.Throws<ArgumentException>(() => Filter.Begin(start with { Covariance = covariance }, Noisy));
    }

    private static FilterRun Ran(FilterOutcome outcome) => outcome is FilterOutcome.Ran ran ? ran.Run : throw new InvalidOperationException(outcome.ToString());
}
