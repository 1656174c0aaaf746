using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

public class CovarianceFactorTests
{
    private static readonly CartesianState Transfer = new KeplerianElements(24_400, 0.73, 0.4, 1, 0.5, 0.3).ToState(Testing.LowOrbit.Epoch, Frame.Gcrf);
    private static readonly Propagator Propagator = new(new ForceModel(new ForceModelOptions(8, true, false)));

    [Theory]
    [InlineData(1e-3, false), InlineData(1e-6, true)]
    public void CarryFactor_WeekInATransferOrbitWithoutNoise_KeepsTheVolumeOfTheEllipsoid(double speedSigmaKmPerS, bool plainFails)
    {
        Epoch[] epochs = [.. Enumerable.Range(1, 300).Select(i => Transfer.Epoch.PlusSeconds(i * 7 * 86_400 / 300.0))];
        var outcome = Propagator.Sample(Transfer, default, epochs, new PropagationOptions { WithPartials = true });
        var states = Assert.IsType<PropagationOutcome<IReadOnlyList<PropagatedState>>.Completed>(outcome).Result;
        double[] sigmas = [1, 1, 1, speedSigmaKmPerS, speedSigmaKmPerS, speedSigmaKmPerS], start = new double[36], covariance = new double[36], factor = new double[36];
        for (int i = 0; i < 6; i++) (start[7 * i], covariance[7 * i]) = (sigmas[i], sigmas[i] * sigmas[i]);
        double worst = 0, thinnest = 1;
        int lost = 0;
        foreach (var state in states)
        {
            state.CarryFactor(start, factor);
            // Liouville: no force depends on the velocity but relativity's, so that det Φ is 1 and the product of the diagonal what it was.
            double log = 0;
            for (int i = 0; i < 6; i++) log += Math.Log(factor[7 * i] / sigmas[i]);
            worst = Math.Max(worst, Math.Abs(log));
            var carried = state.Carry(covariance);
            for (int i = 0; i < 6; i++) thinnest = Math.Min(thinnest, factor[7 * i] * factor[7 * i] / carried[i, i]);
            if (!IsPositive(Plain(state, covariance, 6))) lost++;
        }
        string from = $"covariance by its factor, a week in a transfer orbit from 1 km and {(plainFails ? "1 mm/s" : "1 m/s")}";
        Figure.Say(from, "volume of the ellipsoid at the start", "max", worst, "relative");
        Figure.Say(from, "least variance given the others", "min", thinnest, "of the variance");
        Figure.Say(from, "the plain product not positive definite", "share", (double)lost / states.Count, "of instants");
        Assert.InRange(worst, 0, 1e-6);
        // Where this is the digits of a matrix do not reach, and those of the factor do.
        Assert.Equal(plainFails, lost > 0);
        Assert.Equal(plainFails, thinnest < 1e-15);
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public void Carry_ByTheFactor_IsThePlainProductWhereThatIsGood(bool withNoise)
    {
        var options = new PropagationOptions { WithPartials = true, Noise = withNoise ? new ProcessNoise(new Vector3d(1e-15, 2e-15, 3e-15)) : null };
        var state = Sample(Testing.LowOrbit, 6_000, options);
        double[] start = new double[64];
        for (int i = 0; i < 8; i++) start[9 * i] = i < 3 ? 0.01 : i < 6 ? 1e-8 : 0;
        (start[1], start[8]) = (0.004, 0.004);
        var (carried, plain) = (state.Carry(start), Plain(state, start, 8));
        for (int i = 0; i < 6; i++)
        for (int j = 0; j < 6; j++)
        {
            double scale = Math.Sqrt(carried[i, i] * carried[j, j]);
            Assert.Equal(plain[i, j] + (state.NoiseCovariance?[i, j] ?? 0), carried[i, j], 1e-10 * scale);
        }
        Assert.Equal(withNoise, state.NoiseFactor is not null);
    }

    [Fact]
    public void Carry_StartThatIsNoCovariance_IsCarriedAsItIs()
    {
        var state = Sample(Testing.LowOrbit, 600, new PropagationOptions { WithPartials = true });
        double[] start = new double[36];
        for (int i = 0; i < 6; i++) start[7 * i] = 1;
        (start[1], start[6]) = (1.00001, 1.00001);
        var (carried, plain) = (state.Carry(start), Plain(state, start, 6));
        for (int i = 0; i < 6; i++) Assert.Equal(plain[i, i], carried[i, i], 1e-12 * plain[i, i]);
    }

    [Fact]
    public void CarryFactor_OtherSizes_Refused()
    {
        var state = Sample(Testing.LowOrbit, 60, new PropagationOptions { WithPartials = true });
        Assert.Throws<ArgumentException>(() => state.CarryFactor(new double[25], new double[36]));
        Assert.Throws<ArgumentException>(() => state.CarryFactor(new double[81], new double[36]));
        Assert.Throws<ArgumentException>(() => state.CarryFactor(new double[36], new double[21]));
        Assert.Throws<InvalidOperationException>(() => (state with { Partials = null }).CarryFactor(new double[36], new double[36]));
    }

    private static PropagatedState Sample(CartesianState start, double seconds, PropagationOptions options)
        => Assert.IsType<PropagationOutcome<IReadOnlyList<PropagatedState>>.Completed>(Propagator.Sample(start, default, [start.Epoch.PlusSeconds(seconds)], options)).Result[0];

    private static Covariance6 Plain(PropagatedState state, double[] start, int n)
    {
        return new Covariance6([.. Enumerable.Range(0, 6).SelectMany(i => Enumerable.Range(0, i + 1).Select(j => Entry(i, j)))]);

        double Entry(int i, int j)
        {
            double sum = 0;
            for (int k = 0; k < n; k++)
            for (int l = 0; l < n; l++) sum += state.Partials![i * state.Columns + k] * start[k * n + l] * state.Partials[j * state.Columns + l];
            return sum;
        }
    }

    private static bool IsPositive(Covariance6 covariance)
    {
        double[] full = [.. Enumerable.Range(0, 36).Select(i => covariance[i / 6, i % 6])], factor = new double[36];
        return CovarianceFactor.TryFactor(full, 6, factor) && Enumerable.Range(0, 6).All(i => factor[7 * i] > 0);
    }
}
