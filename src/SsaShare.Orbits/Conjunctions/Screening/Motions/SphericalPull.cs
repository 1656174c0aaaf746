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

    /// <summary>With the oblateness, km/s².</summary>
    /// <param name="pole">Of the Earth, of length one.</param>
    public static Vector3d Oblate(Vector3d positionKm, Vector3d pole)
    {
        double r2 = positionKm.NormSquared, r = Math.Sqrt(r2), share = OblatenessKm5PerS2 / (r2 * r2 * r), height = positionKm.Dot(pole);
        return -TwoBody.EarthMuKm3PerS2 / (r2 * r) * positionKm - share * ((1 - 5 * height * height / r2) * positionKm + 2 * height * pole);
    }
}
