using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>The velocity in the middle of three positions.</summary>
/// <remarks>
/// Gibbs needs no times but arcs wide enough that the positions' noise does not bend them; Herrick and Gibbs expand in time, good for narrow arcs only.
/// Vallado, Fundamentals of Astrodynamics and Applications, sections 7.5.1 and 7.5.2, examples 7-3 and 7-4.
/// </remarks>
public static class ThreePositions
{
    /// <summary>From this angle between the outer positions on Gibbs is the better one: 6 degrees, 3 on each side.</summary>
    public const double SwitchAngleRad = 6 * Math.PI / 180;

    /// <summary>Whichever method suits the angle between the outer positions.</summary>
    /// <param name="a">First, km, inertial axes.</param>
    /// <param name="b">Second, whose velocity is asked.</param>
    /// <param name="c">Third.</param>
    /// <param name="velocityKmPerS">At the second, same axes.</param>
    /// <returns>False when the times do not ascend or the positions admit no orbit.</returns>
    public static bool TryVelocity((Epoch Epoch, Vector3d Km) a, (Epoch Epoch, Vector3d Km) b, (Epoch Epoch, Vector3d Km) c, out Vector3d velocityKmPerS)
    {
        double angle = Math.Atan2(a.Km.Cross(c.Km).Norm, a.Km.Dot(c.Km));
        return angle < SwitchAngleRad
            ? TryHerrickGibbs(a.Km, b.Km, c.Km, b.Epoch.SecondsSince(a.Epoch), c.Epoch.SecondsSince(b.Epoch), out velocityKmPerS)
            : TryGibbs(a.Km, b.Km, c.Km, out velocityKmPerS);
    }

    /// <summary>Gibbs: from geometry alone, in the sense from the first to the second to the third.</summary>
    /// <returns>False when two positions lie in one line with the centre.</returns>
    public static bool TryGibbs(Vector3d aKm, Vector3d bKm, Vector3d cKm, out Vector3d velocityKmPerS)
    {
        double ra = aKm.Norm, rb = bKm.Norm, rc = cKm.Norm;
        var n = ra * bKm.Cross(cKm) + rb * cKm.Cross(aKm) + rc * aKm.Cross(bKm);
        var d = aKm.Cross(bKm) + bKm.Cross(cKm) + cKm.Cross(aKm);
        var s = (rb - rc) * aKm + (rc - ra) * bKm + (ra - rb) * cKm;
        double product = n.Norm * d.Norm;
        velocityKmPerS = Math.Sqrt(TwoBody.EarthMuKm3PerS2 / product) * (d.Cross(bKm) / rb + s);
        return product > 0 && velocityKmPerS.IsFinite;
    }

    /// <summary>Herrick and Gibbs: a Taylor series in time.</summary>
    /// <param name="secondsAb">From the first to the second, above 0.</param>
    /// <param name="secondsBc">From the second to the third, above 0.</param>
    public static bool TryHerrickGibbs(Vector3d aKm, Vector3d bKm, Vector3d cKm, double secondsAb, double secondsBc, out Vector3d velocityKmPerS)
    {
        velocityKmPerS = default;
        if (!(secondsAb > 0) || !(secondsBc > 0)) return false;
        double ac = secondsAb + secondsBc;
        velocityKmPerS = -secondsBc * (1 / (secondsAb * ac) + Series(aKm.Norm)) * aKm + (secondsBc - secondsAb) * (1 / (secondsAb * secondsBc) + Series(bKm.Norm)) * bKm
            + secondsAb * (1 / (secondsBc * ac) + Series(cKm.Norm)) * cKm;
        return velocityKmPerS.IsFinite;
    }

    /// <summary>Angle of the first position above the plane of the other two, rad: noise or a wrong association when it is more than the positions' errors explain.</summary>
    public static double OutOfPlaneRad(Vector3d aKm, Vector3d bKm, Vector3d cKm) => Math.Asin(Math.Clamp(bKm.Cross(cKm).Unit().Dot(aKm.Unit()), -1, 1));

    private static double Series(double radiusKm) => TwoBody.EarthMuKm3PerS2 / (12 * radiusKm * radiusKm * radiusKm);
}
