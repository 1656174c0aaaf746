namespace SsaShare.Orbits;

/// <summary>
/// Standard normal samples in several dimensions, each dimension cut into as many slices of equal probability as there are samples: few are enough for the quantiles of a
/// nearly monotone function.
/// </summary>
/// <remarks>McKay, Beckman and Conover 1979, Technometrics 21, 239. Each sample lies in the middle of its slices.</remarks>
internal static class LatinHypercube
{
    public static double[,] Normal(int samples, int dimensions, int seed)
    {
        var random = new Random(seed);
        double[,] result = new double[samples, dimensions];
        int[] order = [.. Enumerable.Range(0, samples)];
        for (int j = 0; j < dimensions; j++)
        {
            random.Shuffle(order);
            for (int i = 0; i < samples; i++) result[i, j] = Quantile((order[i] + 0.5) / samples);
        }
        return result;
    }

    /// <summary>Of the standard normal distribution, by bisection of its integral.</summary>
    public static double Quantile(double probability)
    {
        double low = -9, high = 9;
        for (int i = 0; i < 60; i++)
        {
            double middle = 0.5 * (low + high);
            if (Distribution(middle) < probability) low = middle;
            else high = middle;
        }
        return 0.5 * (low + high);
    }

    /// <remarks>Marsaglia 2004, J. Stat. Softw. 11 (4): the series converges everywhere.</remarks>
    private static double Distribution(double x)
    {
        double sum = x, term = x;
        for (int i = 3; Math.Abs(term) > 1e-17 && i < 400; i += 2) sum += term *= x * x / i;
        return 0.5 + sum * Math.Exp(-0.5 * x * x) / Math.Sqrt(Math.Tau);
    }
}
