namespace SsaShare.Orbits;

/// <summary>The statistic of Cramer and von Mises: how far numbers that should be uniform are from it.</summary>
public static class CramerVonMises
{
    /// <summary>W² = 1/(12 n) + Σ ((2 i - 1)/(2 n) - uᵢ)², the u in ascending order.</summary>
    /// <param name="uniform">Numbers from 0 to 1 that are uniform where the hypothesis holds: each the share of its distribution that lies below a sample.</param>
    /// <exception cref="ArgumentException">There are none, or one is outside 0 to 1.</exception>
    public static double Statistic(IReadOnlyCollection<double> uniform)
    {
        if (uniform.Count == 0) throw new ArgumentException("No numbers.", nameof(uniform));
        double[] ordered = [.. uniform.Order()];
        if (!(ordered[0] >= 0) || !(ordered[^1] <= 1)) throw new ArgumentException("A number is outside 0 to 1.", nameof(uniform));
        double sum = 1.0 / (12 * ordered.Length);
        for (int i = 0; i < ordered.Length; i++)
        {
            double apart = (2 * i + 1.0) / (2 * ordered.Length) - ordered[i];
            sum += apart * apart;
        }
        return sum;
    }

    /// <summary>Chance that <paramref name="count"/> independent uniform numbers have a statistic above this one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The count is not positive.</exception>
    /// <remarks>
    /// Csörgő and Faraway, The exact and asymptotic distributions of Cramér-von Mises statistics (J. R. Statist. Soc. B 58, 1996), equations 1.4 and 1.8:
    /// the limiting distribution and its correction of order 1/n; what is left is of order 1/n².
    /// </remarks>
    public static double PValue(double statistic, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        if (!(statistic > 1.0 / (12 * count))) return 1;
        // The statistic is at most n/3; beyond 4 less than 1e-9 is left of the limiting distribution.
        if (statistic >= count / 3.0 || statistic > 4) return 0;
        double below = Limiting(statistic) * (1 + 1.0 / (12 * count)) + Correction(statistic) / count;
        return Math.Clamp(1 - below, 0, 1);
    }

    private static double Limiting(double x)
    {
        double sum = 0;
        for (int k = 0; ; k++)
        {
            double y = 4 * k + 1, q = y * y / (16 * x);
            double term = GammaRatio(k) * Math.Sqrt(y) * Math.Exp(-q) * BesselK(0.25, q);
            sum += term;
            if (!(term > 1e-14 * sum)) return sum / (Math.Pow(Math.PI, 1.5) * Math.Sqrt(x));
        }
    }

    private static double Correction(double x)
    {
        double root = 2 * Math.Sqrt(x), first = Math.Pow(x, 0.75), second = Math.Pow(x, 1.25), sum = 0;
        for (int k = 0; ; k++)
        {
            double m = 2 * k + 1, gamma = GammaRatio(k);
            double term = gamma * (m * D2((4 * k + 3) / root) / (9 * first) + D3((4 * k + 1) / root) / (72 * second)
                + 2 * (m + 2) * (k + 0.5) * D3((4 * k + 5) / root) / (12 * second)
                + 7 * m * (D2((4 * k + 1) / root) + D2((4 * k + 5) / root)) / (144 * first)) / Math.PI;
            sum -= term;
            if (!(Math.Abs(term) > 1e-14 * Math.Abs(sum))) return sum;
        }
    }

    /// <summary>Γ(k + 1/2) / Γ(k + 1).</summary>
    private static double GammaRatio(int k) => Math.Exp(ChiSquare.LogGamma(k + 0.5) - ChiSquare.LogGamma(k + 1));

    private static double D2(double y)
    {
        double z = y * y / 4;
        return Math.Exp(-z) * Math.Pow(y / 2, 1.5) * (BesselK(0.25, z) + BesselK(0.75, z)) / Math.Sqrt(Math.PI);
    }

    private static double D3(double y)
    {
        double z = y * y / 4;
        return Math.Exp(-z) * Math.Pow(y / 2, 2.5) * (2 * BesselK(0.25, z) + 3 * BesselK(0.75, z) - BesselK(1.25, z)) / Math.Sqrt(Math.PI);
    }

    /// <summary>Modified Bessel function of the second kind from its integral (Abramowitz and Stegun, 9.6.24); the trapezoidal rule is exact to rounding for it.</summary>
    private static double BesselK(double order, double z)
    {
        const double step = 1.0 / 32;
        double sum = 0.5 * Math.Exp(-z);
        for (int i = 1; ; i++)
        {
            double t = i * step, term = Math.Exp(-z * Math.Cosh(t)) * Math.Cosh(order * t);
            sum += term;
            if (!(term > 1e-18 * sum)) return sum * step;
        }
    }
}
