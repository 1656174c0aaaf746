namespace SsaShare.Orbits;

/// <summary>
/// Probability of collision of a short encounter: the combined error, normal in the plane across a straight relative velocity, integrated over the disc of the hard bodies.
/// </summary>
/// <remarks>
/// Foster and Estes 1992, NASA JSC-25898. Along the shorter axis the integral is a difference of error functions (Patera 2001; Alfano 2005), along the longer one it is taken
/// numerically over x = R sin θ, where the integrand has one maximum: it is found in logarithms first, so that relative errors stay below 1e-9 from a probability of 1 down to 1e-300 and
/// for any ratio of the sigmas.
/// </remarks>
public static class FosterProbability
{
    private const double LeastExponent = -60, Tolerance = 1e-11;
    private static readonly (double[] Nodes, double[] Weights) Rule = GaussLegendre.Rule(20);

    /// <summary>0 to 1; below about 1e-308 it is 0: ask <see cref="LogOf"/>.</summary>
    /// <exception cref="ArgumentException">A figure is not finite, or a sigma or the radius not above 0.</exception>
    public static double Of(EncounterPlane plane) => Math.Min(1, Math.Exp(LogOf(plane)));

    /// <summary>Natural logarithm of the probability; 0 at most.</summary>
    /// <exception cref="ArgumentException">A figure is not finite, or a sigma or the radius not above 0.</exception>
    public static double LogOf(EncounterPlane plane)
    {
        plane.Check();
        double mode = Mode(plane), top = Exponent(plane, mode);
        double from = Edge(plane, mode, -0.5 * Math.PI, top), to = Edge(plane, mode, 0.5 * Math.PI, top);
        double low = Panel(plane, from, mode, top), high = Panel(plane, mode, to, top), target = Tolerance * (low + high);
        double sum = Refined(plane, from, mode, top, low, target, 0) + Refined(plane, mode, to, top, high, target, 0);
        return Math.Min(0, top + Math.Log(sum) + Math.Log(plane.RadiusKm / plane.SigmaMajorKm) - 0.5 * Math.Log(Math.Tau));
    }

    /// <summary>Logarithm of the integrand over x, but for constants.</summary>
    private static double Exponent(in EncounterPlane plane, double angle)
    {
        var (sin, cos) = Math.SinCos(angle);
        double along = (plane.RadiusKm * sin - plane.MissMajorKm) / plane.SigmaMajorKm, half = Math.Max(plane.RadiusKm * cos, 1e-12 * plane.RadiusKm), miss = Math.Abs(plane.MissMinorKm);
        return -0.5 * along * along + ErrorFunction.LogNormalBetween((miss - half) / plane.SigmaMinorKm, (miss + half) / plane.SigmaMinorKm);
    }

    /// <remarks>A normal density over a convex set has a logarithm concave in x, so with dx = R cos θ dθ there is one maximum in θ: by golden section.</remarks>
    private static double Mode(in EncounterPlane plane)
    {
        const double golden = 0.618_033_988_749_894_8;
        double low = -0.5 * Math.PI, high = 0.5 * Math.PI, a = high - golden * (high - low), b = low + golden * (high - low), ofA = WithMeasure(plane, a), ofB = WithMeasure(plane, b);
        for (int i = 0; i < 64 && (i < 4 || Math.Abs(ofA - ofB) > 0.02); i++)
        {
            if (ofA < ofB)
            {
                (low, a, ofA) = (a, b, ofB);
                b = low + golden * (high - low);
                ofB = WithMeasure(plane, b);
            }
            else
            {
                (high, b, ofB) = (b, a, ofA);
                a = high - golden * (high - low);
                ofA = WithMeasure(plane, a);
            }
        }
        return ofA > ofB ? a : b;

        static double WithMeasure(in EncounterPlane plane, double angle) => Exponent(plane, angle) + Math.Log(Math.Cos(angle));
    }

    /// <summary>Where the integrand has fallen to nothing between the maximum and an end of the disc.</summary>
    private static double Edge(in EncounterPlane plane, double mode, double end, double top)
    {
        if (Exponent(plane, end) - top >= LeastExponent) return end;
        double inside = mode, outside = end;
        for (int i = 0; i < 60 && Math.Abs(outside - inside) > 0.1 * Math.Abs(inside - mode); i++)
        {
            double middle = 0.5 * (inside + outside);
            if (Exponent(plane, middle) - top >= LeastExponent) inside = middle;
            else outside = middle;
        }
        return outside;
    }

    private static double Panel(in EncounterPlane plane, double from, double to, double top)
    {
        double middle = 0.5 * (from + to), half = 0.5 * (to - from), sum = 0;
        var (nodes, weights) = Rule;
        for (int i = 0; i < nodes.Length; i++)
        {
            double angle = middle + half * nodes[i];
            sum += weights[i] * Math.Cos(angle) * Math.Exp(Exponent(plane, angle) - top);
        }
        return half * sum;
    }

    private static double Refined(in EncounterPlane plane, double from, double to, double top, double coarse, double target, int depth)
    {
        double middle = 0.5 * (from + to), low = Panel(plane, from, middle, top), high = Panel(plane, middle, to, top);
        if (Math.Abs(low + high - coarse) <= target || depth == 24) return low + high;
        return Refined(plane, from, middle, top, low, target, depth + 1) + Refined(plane, middle, to, top, high, target, depth + 1);
    }
}
