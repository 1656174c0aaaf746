namespace SsaShare.Orbits.Tests;

public class CramerVonMisesTests
{
    /// <summary>Limiting percentage points as tabulated by Anderson and Darling (1952) and Stephens (1970).</summary>
    [Theory]
    [InlineData(0.347, 0.10)]
    [InlineData(0.461, 0.05)]
    [InlineData(0.743, 0.01)]
    [InlineData(1.168, 0.001)]
    public void PValue_OfManyNumbers_HasTheTabulatedPercentagePoints(double statistic, double p) => Assert.Equal(1, CramerVonMises.PValue(statistic, 1_000_000) / p, 0.01);

    /// <summary>Shares of uniform numbers below five levels; the allowance beyond the count's own is for the expansion.</summary>
    [Fact]
    public void PValue_OfFewNumbers_AgreesWithSimulation()
    {
        const int rounds = 20_000;
        var random = new Random(3);
        foreach (int n in (int[])[5, 20])
        {
            double[] p = new double[rounds];
            for (int i = 0; i < rounds; i++)
            {
                double[] u = new double[n];
                for (int j = 0; j < n; j++) u[j] = random.NextDouble();
                p[i] = CramerVonMises.PValue(CramerVonMises.Statistic(u), n);
            }
            // Three sigmas of a count of 20,000.
            foreach (double level in (double[])[0.01, 0.05, 0.1, 0.5, 0.9])
                Assert.Equal(level, p.Count(value => value < level) / (double)rounds, 3 * Math.Sqrt(level * (1 - level) / rounds) + 0.003);
        }
    }

    [Fact]
    public void Statistic_OfEvenlySpreadNumbers_IsTheLeast()
    {
        double[] even = [.. Enumerable.Range(0, 50).Select(i => (i + 0.5) / 50)];
        Assert.Equal(1.0 / 600, CramerVonMises.Statistic(even), 1e-15);
        Assert.Equal(1, CramerVonMises.PValue(1.0 / 600, 50));
        Assert.Equal(0, CramerVonMises.PValue(CramerVonMises.Statistic([.. even.Select(u => u * u * u)]), 50), 1e-3);
        Assert.Throws<ArgumentException>(() => CramerVonMises.Statistic([]));
        Assert.Throws<ArgumentException>(() => CramerVonMises.Statistic([0.5, double.NaN]));
    }
}
