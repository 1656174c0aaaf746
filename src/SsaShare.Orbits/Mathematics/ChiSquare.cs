namespace SsaShare.Orbits;

/// <summary>The chi-square distribution.</summary>
public static class ChiSquare
{
    private const int MostTerms = 100_000;

    /// <summary>Share of the distribution that lies below <paramref name="value"/>, 0 to 1.</summary>
    /// <param name="value">At least 0.</param>
    /// <param name="degreesOfFreedom">Above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range or not a number.</exception>
    /// <remarks>
    /// Regularised incomplete gamma function of half of both (Abramowitz and Stegun, 26.4.19): the ascending series 6.5.29 below the mean, the continued
    /// fraction 6.5.31 by Lentz's method above it. Within 1e-12.
    /// </remarks>
    public static double Below(double value, double degreesOfFreedom) => value < degreesOfFreedom + 2
        ? Lower(Checked(value, degreesOfFreedom) / 2, degreesOfFreedom / 2)
        : 1 - Above(value, degreesOfFreedom);

    /// <summary>Share of the distribution that lies above <paramref name="value"/>, with its own digits where that is small.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range or not a number.</exception>
    public static double Above(double value, double degreesOfFreedom) => value < degreesOfFreedom + 2
        ? 1 - Below(value, degreesOfFreedom)
        : Upper(Checked(value, degreesOfFreedom) / 2, degreesOfFreedom / 2);

    private static double Checked(double value, double degreesOfFreedom)
        => !(degreesOfFreedom > 0) || !double.IsFinite(degreesOfFreedom) ? throw new ArgumentOutOfRangeException(nameof(degreesOfFreedom))
            : value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value));

    private static double Lower(double x, double a)
    {
        if (x == 0) return 0;
        double term = 1 / a, sum = term;
        for (int n = 1; n < MostTerms && term > 1e-17 * sum; n++) sum += term *= x / (a + n);
        return Math.Min(1, sum * Math.Exp(a * Math.Log(x) - x - LogGamma(a)));
    }

    private static double Upper(double x, double a)
    {
        if (double.IsPositiveInfinity(x)) return 0;
        double b = x + 1 - a, c = double.MaxValue, d = 1 / b, h = d;
        for (int n = 1; n < MostTerms; n++)
        {
            double an = -n * (n - a);
            b += 2;
            d = 1 / (an * d + b);
            c = b + an / c;
            h *= d * c;
            if (Math.Abs(d * c - 1) < 1e-16) break;
        }
        return h * Math.Exp(a * Math.Log(x) - x - LogGamma(a));
    }

    /// <summary>Stirling's series (Abramowitz and Stegun, 6.1.41) beyond 12, by recurrence before.</summary>
    internal static double LogGamma(double x)
    {
        double shift = 0;
        while (x < 12) shift -= Math.Log(x++);
        double r = 1 / (x * x);
        return shift + (x - 0.5) * Math.Log(x) - x + 0.5 * Math.Log(Math.Tau)
            + (1.0 / 12 + r * (-1.0 / 360 + r * (1.0 / 1_260 + r * (-1.0 / 1_680 + r * (1.0 / 1_188 - r * 691.0 / 360_360))))) / x;
    }
}
