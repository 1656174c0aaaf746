namespace SsaShare.Orbits;

/// <summary>The equation x⁸ + a x⁶ + b x³ + c = 0 of Gauss's method.</summary>
internal static class EighthDegree
{
    /// <summary>All positive roots, ascending: at most three, found between the turning points of the polynomial, so that none is missed.</summary>
    public static List<double> PositiveRoots(double a, double b, double c)
    {
        // f' = x² g with g = 8 x⁵ + 6 a x³ + 3 b, and g' = 40 x⁴ + 18 a x².
        double f(double x) => ((x * x + a) * x * x * x + b) * x * x * x + c;
        double g(double x) => (8 * x * x + 6 * a) * x * x * x + 3 * b;
        double far = 1 + Math.Max(Math.Abs(a), Math.Max(Math.Abs(b), Math.Abs(c)));
        List<double> turns = a < 0 ? Between(g, [0, Math.Sqrt(-0.45 * a), far]) : Between(g, [0, far]);
        return Between(f, [0, .. turns, far]);
    }

    /// <summary>One root by bisection in each interval over whose ends the sign changes.</summary>
    private static List<double> Between(Func<double, double> of, double[] ends)
    {
        var roots = new List<double>();
        for (int k = 1; k < ends.Length; k++)
        {
            double low = ends[k - 1], high = ends[k];
            bool rising = of(high) > 0;
            if (of(low) > 0 == rising || !(high > low)) continue;
            for (int i = 0; i < 200 && high > low; i++)
            {
                double middle = 0.5 * (low + high);
                if (middle == low || middle == high) break;
                if (of(middle) > 0 == rising) high = middle;
                else low = middle;
            }
            if (high > 0) roots.Add(high);
        }
        return roots;
    }
}
