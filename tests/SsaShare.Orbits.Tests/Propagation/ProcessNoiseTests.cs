using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

public class ProcessNoiseTests
{
    private static readonly CartesianState Start = Testing.LowOrbit;
    private static readonly ForceModel Field = SimpleFields.Of(SimpleFields.Flattened);
    private static readonly ProcessNoise Noise = new(new Vector3d(1e-15, 4e-15, 2e-15));

    [Fact]
    public void Noise_ForAShortTime_GrowsAsForAFreeParticle()
    {
        const double t = 10;
        var state = At(Start.Epoch.PlusSeconds(t), Noise, 1e-9);
        var local = LocalOrbitFrame.Of(state.ToState(), LocalOrbitAxes.Rtn).ToLocal(state.NoiseCovariance!);
        double[] q = [1e-15, 4e-15, 2e-15];
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(1, local[i + 3, i + 3] / (q[i] * t), 1e-3);
            Assert.Equal(1, local[i, i] / (q[i] * t * t * t / 3), 1e-3);
            Assert.Equal(1, local[i + 3, i] / (q[i] * t * t / 2), 1e-3);
        }
    }

    [Fact]
    public void Noise_LongSteps_AgreeWithShortOnes()
    {
        var end = Start.Epoch.PlusSeconds(86_400);
        var (usual, fine) = (At(end, Noise, 1e-6).NoiseCovariance!, At(end, Noise, 1e-12).NoiseCovariance!);
        double worst = 0;
        for (int i = 0; i < 6; i++)
        for (int j = 0; j <= i; j++) worst = Math.Max(worst, Math.Abs(usual[i, j] - fine[i, j]) / Math.Sqrt(fine[i, i] * fine[j, j]));
        TestContext.Current.TestOutputHelper?.WriteLine($"MEASURED process noise over one day, usual steps against short ones: {worst:G2} relative");
        Assert.InRange(worst, 0, 1e-3);
    }

    [Fact]
    public void Noise_InsideAStep_AgreesWithPropagationThatEndsThere()
    {
        var propagator = new Propagator(Field);
        Epoch[] epochs = [.. new[] { 333.0, 1_777, 5_000, 8_000, -900 }.Select(Start.Epoch.PlusSeconds)];
        var states = Completed(propagator.Sample(Start, default, epochs, new PropagationOptions { Noise = Noise }));
        foreach (var state in states)
        {
            var alone = At(state.Epoch, Noise, 1e-6);
            for (int i = 0; i < 6; i++) Assert.Equal(1, state.NoiseCovariance![i, i] / alone.NoiseCovariance![i, i], 2e-3);
        }
    }

    [Fact]
    public void Carry_WithoutNoise_IsTheTransitionMatrixAlone()
    {
        var end = Start.Epoch.PlusSeconds(30_000);
        var with = At(end, new ProcessNoise(default), 1e-8);
        Assert.True(new Propagator(Field, 1e-8).TryPropagate(Start, default, end, true, out var without));
        Assert.Equal(without.Partials, with.Partials);
        Assert.Equal(without.Carry(Initial(1)), with.Carry(Initial(1)));
    }

    [Fact]
    public void Carry_ThirtyDays_StaysPositiveDefinite()
    {
        var state = At(Start.Epoch.PlusSeconds(30 * 86_400), Noise, 1e-6);
        double[] p = new double[36];
        foreach (var covariance in (Covariance6[])[state.Carry(Initial(1)), state.NoiseCovariance!])
        {
            // Scaled to unit diagonal: metres across and hundreds of kilometres along the orbit stand in one matrix.
            for (int i = 0; i < 6; i++)
            for (int j = 0; j < 6; j++) p[i * 6 + j] = covariance[i, j] / Math.Sqrt(covariance[i, i] * covariance[j, j]);
            Assert.True(SymmetricSolver.TryCholeskyInPlace(p, 6));
        }
    }

    [Fact]
    public void Carry_AgainstRandomAccelerations_IsTheirScatter()
    {
        // Noise as it is: a kick every 30 s, whose variance is density times 30 s, in the object's own axes.
        const int count = 250, kicks = 200;
        const double between = 30;
        var end = Start.Epoch.PlusSeconds(kicks * between);
        var predicted = At(end, Noise, 1e-7);
        var total = predicted.Carry(Initial(0.02));
        var normal = Testing.Normal(seed: 7);
        var propagator = new Propagator(Field, 1e-7);
        double sum = 0;
        for (int run = 0; run < count; run++)
        {
            var maneuvers = new OrbitManeuver[kicks];
            for (int k = 0; k < kicks; k++)
            {
                var kick = new Vector3d(Math.Sqrt(1e-15 * between) * normal(), Math.Sqrt(4e-15 * between) * normal(), Math.Sqrt(2e-15 * between) * normal());
                maneuvers[k] = new ImpulsiveManeuver(Start.Epoch.PlusSeconds((k + 0.5) * between), ManeuverAxes.Rtn, kick);
            }
            var off = new CartesianState(Start.Epoch, Frame.Gcrf, Start.PositionKm + 0.02 * new Vector3d(normal(), normal(), normal()),
                Start.VelocityKmPerS + 2e-5 * new Vector3d(normal(), normal(), normal()));
            var sample = Completed(propagator.Sample(off, default, [end], new PropagationOptions { Maneuvers = maneuvers }))[0];
            sum += Nees(total, sample, predicted);
        }
        // The mean of 250 chi-squares of 6 degrees of freedom lies within 3.3 sigmas.
        double mean = sum / count;
        TestContext.Current.TestOutputHelper?.WriteLine($"MEASURED mean NEES of {count} orbits with random accelerations, 6 expected: {mean:F2}");
        Assert.InRange(mean, 6 - 3.3 * Math.Sqrt(12.0 / count), 6 + 3.3 * Math.Sqrt(12.0 / count));
    }

    [Theory]
    [InlineData(1e9), InlineData(5), InlineData(0.5)]
    public void Correlated_ForAShortTime_GrowsAsForAFreeParticle(double tau)
    {
        // Integrals of the process for a particle without forces; for a long time constant a constant acceleration, for a short one white noise of density 2σ²τ.
        const double t = 10, sigma = 1e-8;
        var state = At(Start.Epoch.PlusSeconds(t), new ProcessNoise(default) { Correlated = new GaussMarkovAcceleration(new Vector3d(sigma, sigma, sigma), tau) }, 1e-9);
        double x = t / tau, speed = 2 * sigma * sigma * tau * tau * (tau > 1e6 ? 0.5 * x * x : x - 1 + Math.Exp(-x));
        Assert.Equal(1, state.NoiseCovariance![3, 3] / speed, 2e-3);
        if (tau > 1e6) Assert.Equal(1, state.NoiseCovariance[0, 0] / (0.25 * sigma * sigma * t * t * t * t), 2e-3);
    }

    [Fact]
    public void Carry_AgainstCorrelatedAccelerations_IsTheirScatter()
    {
        // The process as it is: constant over 60 s, each the one before times exp(-60/tau) and something new.
        const int count = 200, pieces = 90;
        const double between = 60, tau = 900, sigma = 1e-9;
        var end = Start.Epoch.PlusSeconds(pieces * between);
        var noise = new ProcessNoise(new Vector3d(1e-18, 1e-18, 1e-18)) { Correlated = new GaussMarkovAcceleration(new Vector3d(sigma, 2 * sigma, sigma), tau) };
        var predicted = At(end, noise, 1e-8);
        var normal = Testing.Normal(seed: 21);
        var propagator = new Propagator(Field, 1e-8);
        double memory = Math.Exp(-between / tau), fresh = Math.Sqrt(1 - memory * memory), sum = 0;
        for (int run = 0; run < count; run++)
        {
            var a = new Vector3d(sigma * normal(), 2 * sigma * normal(), sigma * normal());
            var maneuvers = new OrbitManeuver[pieces];
            for (int k = 0; k < pieces; k++)
            {
                var white = Math.Sqrt(1e-18 * between) * new Vector3d(normal(), normal(), normal());
                maneuvers[k] = new FiniteManeuver(Start.Epoch.PlusSeconds(k * between), Start.Epoch.PlusSeconds((k + 1) * between), ManeuverAxes.Rtn, between * a + white);
                a = memory * a + fresh * new Vector3d(sigma * normal(), 2 * sigma * normal(), sigma * normal());
            }
            var sample = Completed(propagator.Sample(Start, default, [end], new PropagationOptions { Maneuvers = maneuvers }))[0];
            sum += Nees(predicted.NoiseCovariance!, sample, predicted);
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"MEASURED mean NEES of {count} orbits with correlated accelerations, 6 expected: {sum / count:F2}");
        // The steps of the process hide a few percent of what a smooth one does.
        Assert.InRange(sum / count, 6 - 3.3 * Math.Sqrt(12.0 / count), 6 + 3.3 * Math.Sqrt(12.0 / count) + 0.3);
    }

    [Fact]
    public void Carry_AgainstSigmaPoints_TellsWhereLinearityEnds()
    {
        // 10 m and 1 cm/s for half a day: the along-track spread is 4 km, and its bend 2 m.
        var end = Start.Epoch.PlusSeconds(43_200);
        var mean = At(end, new ProcessNoise(default), 1e-9);
        var linear = mean.Carry(Initial(0.01));
        var propagator = new Propagator(Field, 1e-9);
        double[] unscented = new double[36];
        for (int axis = 0; axis < 6; axis++)
        {
            double[] d = new double[6];
            d[axis] = Math.Sqrt(6) * (axis < 3 ? 0.01 : 1e-5);
            foreach (int sign in (int[])[1, -1])
            {
                var off = new CartesianState(Start.Epoch, Frame.Gcrf, Start.PositionKm + sign * new Vector3d(d[0], d[1], d[2]), Start.VelocityKmPerS + sign * new Vector3d(d[3], d[4], d[5]));
                Assert.True(propagator.TryPropagate(off, default, end, false, out var point));
                double[] e = Difference(point, mean);
                for (int i = 0; i < 36; i++) unscented[i] += e[i / 6] * e[i % 6] / 12;
            }
        }
        double worst = 0;
        for (int i = 0; i < 36; i++) worst = Math.Max(worst, Math.Abs(unscented[i] - linear[i / 6, i % 6]) / Math.Sqrt(linear[i / 6, i / 6] * linear[i % 6, i % 6]));
        TestContext.Current.TestOutputHelper?.WriteLine($"MEASURED covariance by the transition matrix against sigma points after half a day: {worst:G2} relative");
        Assert.InRange(worst, 0, 1e-3);
    }

    [Fact]
    public void ProcessNoise_NegativeDensity_Refused() => Assert.Throws<ArgumentException>(() => new ProcessNoise(new Vector3d(1, -1, 0)));

    private static PropagatedState At(Epoch epoch, ProcessNoise noise, double tolerance)
        => Completed(new Propagator(Field, tolerance).Sample(Start, default, [epoch], new PropagationOptions { Noise = noise }))[0];

    private static Covariance6 Initial(double sigmaKm)
    {
        double[] lower = new double[21];
        for (int i = 0, at = 0; i < 6; at += ++i + 1) lower[at] = Math.Pow(i < 3 ? sigmaKm : 1e-3 * sigmaKm, 2);
        return new Covariance6(lower);
    }

    private static double Nees(Covariance6 covariance, PropagatedState sample, PropagatedState mean)
    {
        double[] p = new double[36], e = Difference(sample, mean), x = new double[6];
        for (int i = 0; i < 36; i++) p[i] = covariance[i / 6, i % 6];
        Assert.True(SymmetricSolver.TrySolve(p, e, x));
        return e.Zip(x, (a, b) => a * b).Sum();
    }

    private static double[] Difference(PropagatedState a, PropagatedState b)
    {
        var (p, v) = (a.PositionKm - b.PositionKm, a.VelocityKmPerS - b.VelocityKmPerS);
        return [p.X, p.Y, p.Z, v.X, v.Y, v.Z];
    }

    private static T Completed<T>(PropagationOutcome<T> outcome) => Assert.IsType<PropagationOutcome<T>.Completed>(outcome).Result;
}
