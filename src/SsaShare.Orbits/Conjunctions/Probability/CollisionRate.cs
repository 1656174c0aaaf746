using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>How many collisions are expected in a second: the flow of the relative density into the sphere of both bodies.</summary>
/// <remarks>
/// Coppola 2012, AAS 12-247; Hall 2021, JSR 58 (3), 715. Over the sphere: Gauss and Legendre in the cosine against the velocity, each half by itself since the flow has an edge at its
/// rim, and the trapezoid rule about it. CARA's 3D-Nc, with points of
/// Lebedev across that edge, lies 8e-4 above its own 2D-Nc for fast encounters; this one does not.
/// </remarks>
internal static class CollisionRate
{
    private const double HalfLogCubedTau = 1.5 * 1.837_877_066_409_345_5, LeastExponent = -660, NegligibleExponent = 40;

    /// <summary>Per second.</summary>
    public static double At(in LocalEncounter e, double radiusKm)
    {
        var points = SpherePoints.Facing(e, radiusKm);
        double sum = 0, highest = LeastExponent;
        while (points.MoveNext(out var direction, out double weight))
        {
            var place = radiusKm * direction;
            var off = place - e.Position;
            double exponent = -0.5 * (off.Dot(e.Inverse * off) + e.LogDeterminant);
            // Far below the highest so far nothing is added that counts.
            if (exponent < highest - NegligibleExponent) continue;
            highest = Math.Max(highest, exponent);
            sum += weight * Math.Exp(exponent) * Inflow(e, direction, e.Velocity + e.VelocityByPosition * off);
        }
        return radiusKm * radiusKm * sum * Math.Exp(-HalfLogCubedTau);
    }

    /// <summary>Expected part of a normal velocity that goes inwards, km/s.</summary>
    public static double Inflow(in LocalEncounter e, Vector3d outwards, Vector3d velocity)
    {
        double mean = outwards.Dot(velocity), sigma = Math.Sqrt(Math.Max(0, outwards.Dot(e.ConditionalVelocity * outwards)));
        if (mean >= 9 * sigma) return 0;
        if (mean <= -9 * sigma) return -mean;
        double x = mean / sigma;
        return sigma * Math.Exp(-0.5 * x * x) / Math.Sqrt(Math.Tau) - 0.5 * mean * ErrorFunction.Complement(x / Math.Sqrt(2));
    }
}
