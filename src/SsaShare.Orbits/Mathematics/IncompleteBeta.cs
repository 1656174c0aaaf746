namespace SsaShare.Orbits;

/// <summary>The regularised incomplete beta function and its inverse.</summary>
internal static class IncompleteBeta
{
    /// <param name="x">0 to 1.</param>
    /// <param name="a">Above 0.</param>
    /// <param name="b">Above 0.</param>
    /// <remarks>Continued fraction (DLMF 8.17.22) by Lentz's method, on the side where it converges fast.</remarks>
    public static double Regularised(double x, double a, double b)
    {
        if (x <= 0) return 0;
        if (x >= 1) return 1;
        return x < (a + 1) / (a + b + 2) ? Fraction(x, a, b) : 1 - Fraction(1 - x, b, a);
    }

    /// <summary>The x at which <see cref="Regularised"/> is <paramref name="probability"/>, by bisection.</summary>
    public static double Inverse(double probability, double a, double b)
    {
        double low = 0, high = 1;
        for (int i = 0; i < 200 && high - low > 1e-14 * high; i++)
        {
            // In steps of the exponent while far away: a probability of 1e-9 is found as fast as one of 0.5.
            double middle = low > 0 && high > 4 * low ? Math.Sqrt(low * high) : low == 0 && high > 1e-300 ? high / 16 : 0.5 * (low + high);
            if (Regularised(middle, a, b) < probability) low = middle;
            else high = middle;
        }
        return 0.5 * (low + high);
    }

    private static double Fraction(double x, double a, double b)
    {
        const double tiny = 1e-300;
        double c = 1, d = 1 / NotZero(1 - (a + b) * x / (a + 1)), h = d;
        for (int m = 1; m < 100_000; m++)
        {
            double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)), odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / NotZero(1 + even * d);
            c = NotZero(1 + even / c);
            h *= d * c;
            d = 1 / NotZero(1 + odd * d);
            c = NotZero(1 + odd / c);
            h *= d * c;
            if (Math.Abs(d * c - 1) < 1e-15) break;
        }
        double front = a * Math.Log(x) + b * double.LogP1(-x) + ChiSquare.LogGamma(a + b) - ChiSquare.LogGamma(a) - ChiSquare.LogGamma(b);
        return Math.Exp(front) * h / a;

        static double NotZero(double value) => Math.Abs(value) < tiny ? tiny : value;
    }
}
