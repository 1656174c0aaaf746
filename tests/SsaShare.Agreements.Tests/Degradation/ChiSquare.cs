namespace SsaShare.Agreements.Tests;

/// <summary>Bounds for sums of squared normalised errors.</summary>
internal static class ChiSquare
{
    /// <summary>Normal quantile of one part in a million on either side. Seeds are fixed: a test that passes once passes always.</summary>
    private const double Quantile = 4.75;

    /// <summary>Quantiles of chi-square, by Wilson and Hilferty (1931).</summary>
    public static (double Low, double High) Bounds(double degrees)
    {
        double shift = 2 / (9 * degrees), width = Quantile * Math.Sqrt(shift);
        return (degrees * Math.Pow(1 - shift - width, 3), degrees * Math.Pow(1 - shift + width, 3));
    }

    public static void AssertHonest(double sum, double degrees)
    {
        var (low, high) = Bounds(degrees);
        Assert.InRange(sum / degrees, low / degrees, high / degrees);
    }

    /// <summary>An error that is stated too large is honest still; one that is stated too small never is.</summary>
    public static void AssertNotOverconfident(double sum, double degrees) => Assert.InRange(sum / degrees, 0, Bounds(degrees).High / degrees);

    /// <summary>Two series of zero mean and no correlation.</summary>
    public static void AssertUncorrelated(IReadOnlyList<double> a, IReadOnlyList<double> b)
    {
        double ab = 0, aa = 0, bb = 0;
        for (int i = 0; i < a.Count; i++) (ab, aa, bb) = (ab + a[i] * b[i], aa + a[i] * a[i], bb + b[i] * b[i]);
        Assert.InRange(ab / Math.Sqrt(aa * bb) * Math.Sqrt(a.Count), -Quantile, Quantile);
    }
}
