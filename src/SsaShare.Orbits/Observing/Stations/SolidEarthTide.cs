using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>How Sun and Moon deform the solid Earth under a station.</summary>
/// <remarks>
/// IERS Conventions (2010), section 7.1.1: degrees 2 and 3 in phase (equations 7.5 and 7.6), out of phase (7.10, 7.11) and dependent on latitude (7.8, 7.9), then the corrections
/// by frequency (7.12, 7.13). The permanent part stays in, as coordinates of the ITRF ask for. Within 0.04 mm of
/// the test cases of the Conventions' routine, which adds the general precession to the Moon's longitude a second time (0.13 degrees in the phase of K1 in 2009).
/// </remarks>
public static partial class SolidEarthTide
{
    private const double EarthMuKm3PerS2 = 398_600.4418, EarthRadiusKm = 6_378.1366;

    /// <summary>Displacement in ITRF, km.</summary>
    /// <param name="stationKm">ITRF.</param>
    /// <param name="sunKm">From the centre of the Earth, ITRF axes.</param>
    /// <param name="moonKm">The same of the Moon.</param>
    /// <param name="epoch">The instant.</param>
    /// <param name="siderealTimeRad">Greenwich mean sidereal time then.</param>
    public static Vector3d DisplacementKm(Vector3d stationKm, Vector3d sunKm, Vector3d moonKm, Epoch epoch, double siderealTimeRad)
    {
        var up = stationKm.Unit();
        var (sinLongitude, cosLongitude) = Math.SinCos(Math.Atan2(up.Y, up.X));
        Vector3d east = new(-sinLongitude, cosLongitude, 0), north = up.Cross(east);
        var local = ByFrequency(Math.Asin(up.Z), Math.Atan2(up.Y, up.X), epoch, siderealTimeRad);
        var sun = ByBody(up, east, north, sunKm, SunAndMoon.SunMuKm3PerS2);
        var moon = ByBody(up, east, north, moonKm, SunAndMoon.MoonMuKm3PerS2);
        return sun + moon + local.X * east + local.Y * north + local.Z * up;
    }

    private static Vector3d ByBody(Vector3d up, Vector3d east, Vector3d north, Vector3d bodyKm, double muKm3PerS2)
    {
        double distance = bodyKm.Norm, ratio = EarthRadiusKm / distance;
        const double h3 = 0.292, l3 = 0.015;
        // Height of the tide that the body would raise on a rigid globe of water, km.
        double height = muKm3PerS2 / EarthMuKm3PerS2 * EarthRadiusKm * ratio * ratio * ratio;
        var body = bodyKm / distance;
        double c = body.Dot(up), sinLatitude = up.Z, p2 = (3 * sinLatitude * sinLatitude - 1) / 2;
        double h2 = 0.6078 - 0.0006 * p2, l2 = 0.0847 + 0.0002 * p2;
        var across = body - c * up;
        var moved = height * (h2 * (3 * c * c - 1) / 2 * up + 3 * l2 * c * across);
        moved += height * ratio * (h3 * (2.5 * c * c - 1.5) * c * up + l3 * (7.5 * c * c - 1.5) * across);
        return moved + height * OutOfPhase(up, east, north, body);
    }

    /// <summary>The small parts of degree 2 that lag behind the body or grow with latitude, per height of the tide.</summary>
    private static Vector3d OutOfPhase(Vector3d up, Vector3d east, Vector3d north, Vector3d body)
    {
        const double diurnalH = -0.0025, diurnalL = -0.0007, semidiurnalH = -0.0022, semidiurnalL = -0.0007, diurnalL1 = 0.0012, semidiurnalL1 = 0.0024;
        double sinLatitude = up.Z, cosLatitude = Math.Sqrt(up.X * up.X + up.Y * up.Y), cos2Latitude = cosLatitude * cosLatitude - sinLatitude * sinLatitude;
        double sin2Latitude = 2 * sinLatitude * cosLatitude, sinDeclination = body.Z, cosDeclination = Math.Sqrt(body.X * body.X + body.Y * body.Y);
        double sin2Declination = 2 * sinDeclination * cosDeclination, cosDeclination2 = cosDeclination * cosDeclination;
        // Longitude of the station less that of the body.
        var (sin, cos) = Math.SinCos(Math.Atan2(up.Y, up.X) - Math.Atan2(body.Y, body.X));
        double sin2 = 2 * sin * cos, cos2 = cos * cos - sin * sin;
        double upward = -0.75 * diurnalH * sin2Declination * sin2Latitude * sin - 0.75 * semidiurnalH * cosDeclination2 * cosLatitude * cosLatitude * sin2;
        double northward = -1.5 * diurnalL * sin2Declination * cos2Latitude * sin + 0.75 * semidiurnalL * cosDeclination2 * sin2Latitude * sin2;
        double eastward = -1.5 * diurnalL * sin2Declination * sinLatitude * cos - 1.5 * semidiurnalL * cosDeclination2 * cosLatitude * cos2;
        double p21 = 1.5 * sin2Declination, p22 = 3 * cosDeclination2;
        northward -= diurnalL1 * sinLatitude * p21 * sinLatitude * cos + 0.5 * semidiurnalL1 * sinLatitude * cosLatitude * p22 * cos2;
        eastward += diurnalL1 * sinLatitude * p21 * cos2Latitude * sin - 0.5 * semidiurnalL1 * sinLatitude * cosLatitude * p22 * sinLatitude * sin2;
        return upward * up + northward * north + eastward * east;
    }
}
