using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>The pull of the Earth, plain and oblate, by which the points of an ephemeris are judged.</summary>
internal static class SphericalPull
{
    private const double J2 = 0.0010826267, OblatenessKm5PerS2 = 1.5 * J2 * TwoBody.EarthMuKm3PerS2 * MotionBound.EarthRadiusKm * MotionBound.EarthRadiusKm;

    /// <summary>Of a spherical Earth, as <see cref="MotionBound"/> has it, km/s².</summary>
    public static Vector3d Plain(Vector3d positionKm)
    {
        double r2 = positionKm.NormSquared;
        return -MotionBound.MuKm3PerS2 / (r2 * Math.Sqrt(r2)) * positionKm;
    }

    /// <summary>With the oblateness, about the third axis, km/s².</summary>
    public static Vector3d Oblate(Vector3d positionKm)
    {
        double r2 = positionKm.NormSquared, r = Math.Sqrt(r2), share = OblatenessKm5PerS2 / (r2 * r2 * r), z2 = 5 * positionKm.Z * positionKm.Z / r2;
        return -TwoBody.EarthMuKm3PerS2 / (r2 * r) * positionKm - share * new Vector3d(positionKm.X * (1 - z2), positionKm.Y * (1 - z2), positionKm.Z * (3 - z2));
    }
}
