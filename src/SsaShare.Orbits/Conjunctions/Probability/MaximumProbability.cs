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
    /// <summary>Over all factors on the combined sigmas, for the true size of the bodies.</summary>
    /// <remarks>Alfano 2005, "Relating Position Uncertainty to Maximum Conjunction Probability", J. Astronaut. Sci. 53 (2), 193. The maximum is found by golden section of the logarithm.</remarks>
    /// <exception cref="ArgumentException">A figure is not finite, or a sigma or the radius not above 0.</exception>
    public static MaximumOverScale OverScale(EncounterPlane plane)
    {
        plane.Check();
        double miss = Math.Sqrt(plane.MissMajorKm * plane.MissMajorKm + plane.MissMinorKm * plane.MissMinorKm);
        if (miss <= plane.RadiusKm) return new MaximumOverScale(1, 0);
        const double golden = 0.618_033_988_749_894_8;
        // The point-like maximum stands at M/√2; that of large bodies below it.
        double start = 0.5 * Math.Log(0.5 * plane.MahalanobisSquared), low = start - 12, high = start + 2;
        double a = high - golden * (high - low), b = low + golden * (high - low), ofA = At(a), ofB = At(b);
        while (high - low > 1e-7)
        {
            if (ofA < ofB)
            {
                (low, a, ofA) = (a, b, ofB);
                b = low + golden * (high - low);
                ofB = At(b);
            }
            else
            {
                (high, b, ofB) = (b, a, ofA);
                a = high - golden * (high - low);
                ofA = At(a);
            }
        }
        double scale = 0.5 * (low + high);
        return new MaximumOverScale(Math.Exp(At(scale)), Math.Exp(scale));

        double At(double logScale) => FosterProbability.LogOf(plane.Scaled(Math.Exp(logScale)));
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
