namespace SsaShare.Orbits;

/// <summary>The largest probability that a change of the combined covariance's size, its shape kept, can give.</summary>
/// <param name="Probability">0 to 1.</param>
/// <param name="SigmaScale">Factor on the sigmas at which it stands; 0 where the bodies touch on the nominal paths.</param>
public readonly record struct MaximumOverScale(double Probability, double SigmaScale)
{
    /// <summary>
    /// Whether the stated covariance is larger than the one at the maximum: then a better orbit may raise the probability, and a low one says little (Alfano's dilution region).
    /// </summary>
    public bool IsDiluted => SigmaScale < 1;
}

/// <summary>Bounds for encounters whose covariance is not to be trusted.</summary>
public static class MaximumProbability
{
    /// <summary>Below it the series leaves no digits of the logarithm.</summary>
    private const double LeastOfSeries = 1e-290;

    /// <summary>Over all factors on the combined sigmas, for the true size of the bodies.</summary>
    /// <remarks>Alfano 2005, "Relating Position Uncertainty to Maximum Conjunction Probability", J. Astronaut. Sci. 53 (2), 193. The maximum is that of the logarithm.</remarks>
    /// <exception cref="ArgumentException">A figure is not finite, or a sigma or the radius not above 0.</exception>
    public static MaximumOverScale OverScale(EncounterPlane plane)
    {
        plane.Check();
        double miss = Math.Sqrt(plane.MissMajorKm * plane.MissMajorKm + plane.MissMinorKm * plane.MissMinorKm);
        if (miss <= plane.RadiusKm) return new MaximumOverScale(1, 0);
        // The point-like maximum stands at M/√2; that of large bodies below it.
        double start = 0.5 * Math.Log(0.5 * plane.MahalanobisSquared), scale = Top(plane, start - 12, start, start + 2);
        return new MaximumOverScale(Math.Exp(At(plane, scale)), Math.Exp(scale));
    }

    /// <summary>The highest point of a curve with one top: parabolas through the three best points, and golden section where they lead nowhere.</summary>
    /// <remarks>Brent 1973, Algorithms for Minimization without Derivatives, chapter 5.</remarks>
    private static double Top(in EncounterPlane plane, double low, double best, double high)
    {
        const double golden = 0.381_966_011_250_105_2, tolerance = 1e-6;
        double second = best, third = best, ofBest = At(plane, best), ofSecond = ofBest, ofThird = ofBest, step = 0, before = 0;
        for (int i = 0; i < 100; i++)
        {
            double middle = 0.5 * (low + high);
            if (Math.Abs(best - middle) <= 2 * tolerance - 0.5 * (high - low)) break;
            double r = (best - second) * (ofThird - ofBest), q = (best - third) * (ofSecond - ofBest), numerator = (best - third) * q - (best - second) * r, denominator = 2 * (r - q);
            double parabola = denominator == 0 ? double.NaN : numerator / denominator;
            // Only inside, and only where steps shrink.
            if (Math.Abs(parabola) < 0.5 * Math.Abs(before) && best + parabola > low && best + parabola < high) (before, step) = (step, parabola);
            else
            {
                before = best < middle ? high - best : low - best;
                step = golden * before;
            }
            double next = best + (Math.Abs(step) >= tolerance ? step : tolerance * (step > 0 ? 1 : -1)), ofNext = At(plane, next);
            if (ofNext >= ofBest)
            {
                if (next >= best) low = best;
                else high = best;
                (third, ofThird, second, ofSecond, best, ofBest) = (second, ofSecond, best, ofBest, next, ofNext);
            }
            else
            {
                if (next < best) low = next;
                else high = next;
                if (ofNext >= ofSecond || second == best) (third, ofThird, second, ofSecond) = (second, ofSecond, next, ofNext);
                else if (ofNext >= ofThird || third == best || third == second) (third, ofThird) = (next, ofNext);
            }
        }
        return best;
    }

    /// <summary>Logarithm of the probability with both sigmas multiplied: by the series, where it is quick.</summary>
    private static double At(in EncounterPlane plane, double logScale)
    {
        var scaled = plane.Scaled(Math.Exp(logScale));
        return SeriesProbability.TryOf(scaled, out double probability, out _) && probability > LeastOfSeries ? Math.Log(probability) : FosterProbability.LogOf(scaled);
    }

    /// <summary>Probability for bodies small against the error: R²/(2σ₁σ₂)·exp(-M²/2), not limited to 1.</summary>
    /// <remarks>Alfriend, Akella, Frisbee, Foster, Lee and Wilkins 1999, Space Debris 1, 21, eq. 18.</remarks>
    public static double PointLike(EncounterPlane plane)
        => plane.RadiusKm * plane.RadiusKm / (2 * plane.SigmaMajorKm * plane.SigmaMinorKm) * Math.Exp(-0.5 * plane.MahalanobisSquared);

    /// <summary>Its maximum over the covariance's size: R²/(e·M²·σ₁σ₂), not limited to 1; infinite without a miss.</summary>
    /// <remarks>Alfriend et al. 1999, eq. 21.</remarks>
    public static double PointLikeMaximum(EncounterPlane plane)
        => plane.RadiusKm * plane.RadiusKm / (Math.E * plane.MahalanobisSquared * plane.SigmaMajorKm * plane.SigmaMinorKm);

    /// <summary>
    /// The largest point-like probability that any covariance of the other object can give, where only one object's is known and <paramref name="plane"/> holds that one alone.
    /// </summary>
    /// <remarks>
    /// Frisbee 2015, AAS 15-717: the worst is an error along the miss alone, of variance miss²·(M² - 1)/M², which leaves a squared distance of one; none where M² is below one already.
    /// </remarks>
    public static double WithOneCovariance(EncounterPlane plane)
    {
        double squared = plane.MahalanobisSquared, one = plane.RadiusKm * plane.RadiusKm / (2 * plane.SigmaMajorKm * plane.SigmaMinorKm);
        return Math.Min(1, squared <= 1 ? one * Math.Exp(-0.5 * squared) : one * Math.Exp(-0.5) / Math.Sqrt(squared));
    }
}
