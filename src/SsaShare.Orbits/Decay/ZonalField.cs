using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Gravity of an Earth that is the same all around its axis, to degree 4: what an orbit that decays feels of its shape. True equator of date, km and s.</summary>
internal static class ZonalField
{
    /// <summary>Of the built-in field.</summary>
    public static readonly double MuKm3PerS2 = GravityField.Default.MuKm3PerS2, RadiusKm = GravityField.Default.RadiusKm;

    /// <summary>Of the built-in field, not normalised.</summary>
    public static readonly double J2 = GravityField.Default.J2, J3 = -Math.Sqrt(7) * GravityField.Default.Normalized(3, 0).C, J4 = -3 * GravityField.Default.Normalized(4, 0).C;

    /// <summary>km/s².</summary>
    /// <remarks>Vallado, Fundamentals of Astrodynamics and Applications, 4th ed., section 8.7.1.</remarks>
    public static Vector3d AccelerationKmPerS2(Vector3d p)
    {
        double r2 = p.NormSquared, r = Math.Sqrt(r2), s = p.Z / r, s2 = s * s, q = RadiusKm / r, mu = MuKm3PerS2 / r2;
        double j2 = 1.5 * J2 * q * q, j3 = 2.5 * J3 * q * q * q, j4 = 1.875 * J4 * q * q * q * q;
        double along = -1 - j2 * (1 - 5 * s2) - j3 * (3 * s - 7 * s2 * s) + j4 * (1 - 14 * s2 + 21 * s2 * s2);
        double polar = -2 * j2 * s + j3 * (0.6 - 3 * s2) + j4 * (4 * s - 28.0 / 3 * s2 * s);
        return mu * (along / r * p + new Vector3d(0, 0, polar));
    }
}
