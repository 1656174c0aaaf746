namespace SsaShare.Orbits;

/// <summary>The same probability as <see cref="FosterProbability"/> by a series of positive terms whose remainder is bounded: fast for bodies no larger than the error.</summary>
/// <remarks>
/// After Serra, Arzelier, Joldes, Lasserre, Rondepierre and Salvy 2016, JGCD 39 (5), 1009. With ξ = R², p = 1/2σ² of the shorter axis, φ = 1 - (σ minor/σ major)² and ω = miss²/4σ⁴, the Laplace transform
/// of e^(pξ)·P(ξ) in u = 1/s is α u²·H(u), H = (1 - pφu)^(-1/2)·exp(ω₁u/(1 - pφu) + ω₂u)/(1 - pu). All coefficients h of H are positive, and k·h_k follows from sums over H'/H, which
/// are positive too: no cancellation. For the remainder after N terms, h_k ≤ H(ρ)/ρᵏ for every ρ below 1/p; ρ = 1/(2p + ω₁ + ω₂) gives H(ρ) ≤ 2√2·e².
/// </remarks>
public static class SeriesProbability
{
    /// <summary>Largest size of the series' argument: beyond it the terms leave the range of doubles, and numerical integration is faster.</summary>
    private const double LargestArgument = 300;

    /// <param name="plane">The encounter.</param>
    /// <param name="probability">0 to 1; a lower bound but for rounding.</param>
    /// <param name="remainder">Proven bound for what the series leaves out, at most 1e-13 of the probability.</param>
    /// <returns>False where the bodies are too large against the error for the series.</returns>
    /// <exception cref="ArgumentException">A figure is not finite, or a sigma or the radius not above 0.</exception>
    public static bool TryOf(EncounterPlane plane, out double probability, out double remainder)
    {
        plane.Check();
        (probability, remainder) = (0, 0);
        double major2 = plane.SigmaMajorKm * plane.SigmaMajorKm, minor2 = plane.SigmaMinorKm * plane.SigmaMinorKm, xi = plane.RadiusKm * plane.RadiusKm;
        if (minor2 > major2) return TryOf(new EncounterPlane(plane.MissMinorKm, plane.MissMajorKm, plane.SigmaMinorKm, plane.SigmaMajorKm, plane.RadiusKm), out probability, out remainder);
        double p = xi / (2 * minor2), phi = 1 - minor2 / major2, major = plane.MissMajorKm / plane.SigmaMajorKm, minor = plane.MissMinorKm / plane.SigmaMinorKm;
        double w1 = major * major * xi / (4 * major2), w2 = minor * minor * xi / (4 * minor2), argument = 2 * p + w1 + w2;
        if (!(argument <= LargestArgument)) return false;
        // t = h_k ξᵏ/k!; s1, s2, s3 the sums over earlier coefficients against pφ, its derivative and p, over (k - 1)!.
        double t = 1, s1 = 0, s2 = 0, s3 = 0, sum = 1, bound = argument / 2;
        for (int k = 1; k < 3_000; k++)
        {
            double shrink = k == 1 ? 0 : 1.0 / (k - 1);
            s1 = t + p * phi * s1 * shrink;
            s2 = s1 + p * phi * s2 * shrink;
            s3 = t + p * s3 * shrink;
            t = (0.5 * p * phi * s1 + w1 * s2 + w2 * t + p * s3) / ((double)k * k);
            sum += t / (k + 1);
            // argument^(k+1)/(k+2)!, then the geometric rest.
            bound *= argument / (k + 2);
            double rest = 2 * Math.Sqrt(2) * Math.E * Math.E * bound / (1 - argument / (k + 3));
            if (k + 3 <= argument || rest > 1e-13 * sum) continue;
            double factor = Math.Log(xi / (2 * plane.SigmaMajorKm * plane.SigmaMinorKm)) - p - 0.5 * plane.MahalanobisSquared;
            probability = Math.Min(1, Math.Exp(factor + Math.Log(sum)));
            remainder = Math.Exp(factor + Math.Log(rest));
            return true;
        }
        return false;
    }
}
