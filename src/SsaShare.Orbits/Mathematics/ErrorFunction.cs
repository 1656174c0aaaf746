namespace SsaShare.Orbits;

/// <summary>The error function, its complement, and the normal distribution between two bounds, each with its own digits where it is small.</summary>
/// <remarks>Cody 1969, Math. Comp. 23, 631: rational approximations in three ranges, relative error below 1e-15.</remarks>
internal static class ErrorFunction
{
    private const double InverseRootPi = 0.564_189_583_547_756_29, Sqrt2 = 1.414_213_562_373_095_05;
    private static readonly (double[] Nodes, double[] Weights) Narrow = GaussLegendre.Rule(12);

    public static double Erf(double x)
    {
        double size = Math.Abs(x);
        return size <= 0.468_75 ? Near(x) : Math.CopySign(1 - ScaledComplement(size) * Math.Exp(-size * size), x);
    }

    /// <summary>1 - erf x.</summary>
    public static double Complement(double x)
        => x <= 0.468_75 ? 1 - Erf(x) : ScaledComplement(x) * ExpOfMinusSquare(x);

    /// <summary>(1 - erf x)·exp x² for x of 0.46875 or more.</summary>
    public static double ScaledComplement(double x)
    {
        if (x <= 4)
        {
            double top = (((((((2.15311535474403846e-8 * x + 5.64188496988670089e-1) * x + 8.88314979438837594) * x + 66.1191906371416295) * x + 298.635138197400131) * x
                + 881.952221241769090) * x + 1712.04761263407058) * x + 2051.07837782607147) * x + 1230.33935479799725;
            double bottom = (((((((x + 15.7449261107098347) * x + 117.693950891312499) * x + 537.181101862009858) * x + 1621.38957456669019) * x
                + 3290.79923573345963) * x + 4362.61909014324716) * x + 3439.36767414372164) * x + 1230.33935480374942;
            return top / bottom;
        }
        double y = 1 / (x * x);
        double over = ((((1.63153871373020978e-2 * y + 3.05326634961232344e-1) * y + 3.60344899949804439e-1) * y + 1.25781726111229246e-1) * y + 1.60837851487422766e-2) * y + 6.58749161529837803e-4;
        double under = ((((y + 2.56852019228982242) * y + 1.87295284992346725) * y + 5.27905102951428412e-1) * y + 6.05183413124413191e-2) * y + 2.33520497626869185e-3;
        return (InverseRootPi - y * over / under) / x;
    }

    /// <summary>Natural logarithm of the share of a standard normal distribution between two bounds, <paramref name="from"/> below <paramref name="to"/>.</summary>
    public static double LogNormalBetween(double from, double to)
    {
        if (from + to < 0) (from, to) = (-to, -from);
        double width = to - from;
        if (width * Math.Max(1, from) < 0.5) return LogNarrow(from, to);
        if (from <= 0) return Math.Log(0.5 * (Erf(to / Sqrt2) - Erf(from / Sqrt2)));
        // Both in the upper tail: the exponential of the lower bound is taken out.
        double inner = from / Sqrt2 < 0.468_75 ? Complement(from / Sqrt2) * Math.Exp(0.5 * from * from) : ScaledComplement(from / Sqrt2);
        double outer = to / Sqrt2 < 0.468_75 ? Complement(to / Sqrt2) * Math.Exp(0.5 * to * to) : ScaledComplement(to / Sqrt2);
        return -0.5 * from * from + Math.Log(0.5 * (inner - Math.Exp(-0.5 * width * (to + from)) * outer));
    }


    /// <summary>By quadrature, where differences of error functions would cancel.</summary>
    private static double LogNarrow(double from, double to)
    {
        double middle = 0.5 * (from + to), half = 0.5 * (to - from), sum = 0;
        var (nodes, weights) = Narrow;
        for (int i = 0; i < nodes.Length; i++)
        {
            double u = half * nodes[i];
            sum += weights[i] * Math.Exp(-u * (middle + 0.5 * u));
        }
        return -0.5 * middle * middle + Math.Log(half * sum) - 0.5 * Math.Log(Math.Tau);
    }

    private static double Near(double x)
    {
        double y = x * x;
        double top = (((0.185777706184603153 * y + 3.16112374387056560) * y + 113.864154151050156) * y + 377.485237685302021) * y + 3209.37758913846947;
        double bottom = (((y + 23.6012909523441209) * y + 244.024637934444173) * y + 1282.61652607737228) * y + 2844.23683343917062;
        return x * top / bottom;
    }

    /// <summary>With the square split, so that its rounding does not grow with x.</summary>
    private static double ExpOfMinusSquare(double x)
    {
        double coarse = Math.Truncate(x * 16) / 16;
        return Math.Exp(-coarse * coarse) * Math.Exp(-(x - coarse) * (x + coarse));
    }
}
