namespace SsaShare.Orbits.Tests;

public class SymmetricSolverTests
{
    [Fact]
    public void TrySolve_MixedScales_SolvesTheSystem()
    {
        double[] p = [4e10, 1e3, 2e2, 1e3, 9e-3, 1e-6, 2e2, 1e-6, 7e-6], truth = [1e-6, 3, -50], b = new double[3], x = new double[3];
        for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) b[i] += p[i * 3 + j] * truth[j];
        Assert.True(SymmetricSolver.TrySolve(p, b, x));
        for (int i = 0; i < 3; i++) Assert.Equal(1, x[i] / truth[i], 1e-9);
    }

    [Fact]
    public void TryInvert_RandomMatrices_GiveTheIdentity()
    {
        var normal = Testing.Normal(seed: 7);
        for (int round = 0; round < 50; round++)
        {
            const int n = 9;
            double[] a = [.. Enumerable.Range(0, n * n).Select(_ => normal())], p = new double[n * n], inverse = new double[n * n];
            for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
            for (int k = 0; k < n; k++) p[i * n + j] += a[i * n + k] * a[j * n + k];
            Assert.True(SymmetricSolver.TryInvert(p, n, inverse));
            for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
            {
                double sum = 0;
                for (int k = 0; k < n; k++) sum += p[i * n + k] * inverse[k * n + j];
                Assert.Equal(i == j ? 1 : 0, sum, 1e-6);
            }
        }
    }

    [Theory]
    [InlineData(1.0, 2.0, 1.0)]
    [InlineData(1.0, 1.0, 1.0)]
    [InlineData(0.0, 0.0, 1.0)]
    [InlineData(double.NaN, 0.0, 1.0)]
    [InlineData(1.0, double.NaN, 1.0)]
    public void TrySolve_NotPositiveDefinite_SaysNo(double a, double b, double c)
        => Assert.False(SymmetricSolver.TrySolve([a, b, b, c], [1, 1], new double[2]));
}
