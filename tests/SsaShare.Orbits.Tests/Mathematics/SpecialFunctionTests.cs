namespace SsaShare.Orbits.Tests;

public sealed class SpecialFunctionTests
{
    // Python 3's math.erf and math.erfc.
    [Theory]
    [InlineData(0.1, 0.1124629160182849)]
    [InlineData(0.46875, 0.4926134732179379)]
    [InlineData(1, 0.8427007929497149)]
    [InlineData(-2.5, -0.999593047982555)]
    public void Erf_KnownPoints_Agrees(double x, double expected) => Assert.Equal(expected, ErrorFunction.Erf(x), 2e-16);

    [Theory]
    [InlineData(-1, 1.842700792949715)]
    [InlineData(0.3, 0.6713732405408726)]
    [InlineData(2, 0.004677734981047266)]
    [InlineData(5, 1.5374597944280349e-12)]
    [InlineData(26, 5.663192408856143e-296)]
    public void Complement_KnownPoints_AgreesInItsOwnDigits(double x, double expected) => Assert.Equal(1, ErrorFunction.Complement(x) / expected, 1e-13);

    [Fact]
    public void LogNormalBetween_EveryWay_AgreesWithQuadrature()
    {
        var (nodes, weights) = GaussLegendre.Rule(40);
        foreach (double from in (double[])[-30, -3, -0.2, 0, 0.3, 0.7, 2, 9, 38, 300])
        foreach (double to in (double[])[from + 1e-9, from + 1e-3, from + 0.1, from + 0.6, from + 1.5])
        {
            double width = to - from;
            // Beyond it forty points do not follow the exponential.
            if (Math.Abs(from) * width > 60) continue;
            double middle = from + 0.5 * width, sum = 0;
            for (int i = 0; i < nodes.Length; i++) sum += 0.5 * width * weights[i] * Math.Exp(-0.5 * width * nodes[i] * (middle + 0.25 * width * nodes[i]));
            double expected = Math.Log(sum) - 0.5 * middle * middle - 0.5 * Math.Log(Math.Tau);
            Assert.Equal(expected, ErrorFunction.LogNormalBetween(from, to), 1e-12 * Math.Max(1, Math.Abs(expected)));
        }
    }

    [Fact]
    public void GaussLegendre_TwentyPoints_IntegratesDegree39()
    {
        var (nodes, weights) = GaussLegendre.Rule(20);
        Assert.Equal(2, weights.Sum(), 1e-14);
        Assert.Equal(2.0 / 39, nodes.Zip(weights, (x, w) => w * Math.Pow(x, 38)).Sum(), 1e-14);
    }

    [Fact]
    public void SymmetricEigen_RandomMatrices_RebuildThem()
    {
        var normal = Testing.Normal(3);
        for (int trial = 0; trial < 50; trial++)
        {
            double[] a = new double[36], kept, vectors = new double[36];
            for (int i = 0; i < 6; i++)
            for (int j = 0; j <= i; j++) a[i * 6 + j] = a[j * 6 + i] = normal();
            kept = [.. a];
            SymmetricEigen.InPlace(a, 6, vectors);
            for (int i = 0; i < 6; i++)
            for (int j = 0; j < 6; j++)
            {
                double sum = 0;
                for (int k = 0; k < 6; k++) sum += vectors[i * 6 + k] * a[k * 7] * vectors[j * 6 + k];
                Assert.Equal(kept[i * 6 + j], sum, 1e-13);
            }
        }
    }

    // Binomial tails in closed form: I_x(a, b) of whole numbers is the chance of at least a successes in a + b - 1.
    [Theory]
    [InlineData(0.3, 2, 3, 0.3483)]
    [InlineData(0.9, 5, 1, 0.59049)]
    public void IncompleteBeta_WholeNumbers_IsABinomialTail(double x, double a, double b, double expected)
    {
        Assert.Equal(expected, IncompleteBeta.Regularised(x, a, b), 1e-13);
        Assert.Equal(x, IncompleteBeta.Inverse(expected, a, b), 1e-12);
    }
}
