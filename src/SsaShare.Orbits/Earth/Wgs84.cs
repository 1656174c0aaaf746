using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>The WGS 84 ellipsoid: between geodetic and Earth-fixed coordinates.</summary>
/// <remarks>NIMA TR8350.2. WGS 84 and ITRF coincide to a decimetre or better, and are taken as one here.</remarks>
public static class Wgs84
{
    public const double EquatorialRadiusKm = 6_378.137;
    public const double Flattening = 1 / 298.257223563;
    private const double EccentricitySquared = Flattening * (2 - Flattening);

    /// <summary>Position in ITRF, km.</summary>
    public static Vector3d ToItrfKm(Geodetic place)
    {
        var (sinLatitude, cosLatitude) = Math.SinCos(place.LatitudeRad);
        var (sinLongitude, cosLongitude) = Math.SinCos(place.LongitudeRad);
        double n = EquatorialRadiusKm / Math.Sqrt(1 - EccentricitySquared * sinLatitude * sinLatitude);
        double equatorial = (n + place.HeightKm) * cosLatitude;
        return new Vector3d(equatorial * cosLongitude, equatorial * sinLongitude, (n * (1 - EccentricitySquared) + place.HeightKm) * sinLatitude);
    }

    /// <summary>Geodetic latitude, longitude (-π to π) and height of an ITRF position; good to a micrometre from the surface to 100,000 km.</summary>
    /// <remarks>Fixed-point iteration on the latitude; it converges by a factor of more than 100 each time.</remarks>
    public static Geodetic ToGeodetic(Vector3d itrfKm)
    {
        double equatorial = Math.Sqrt(itrfKm.X * itrfKm.X + itrfKm.Y * itrfKm.Y);
        double latitude = Math.Atan2(itrfKm.Z, equatorial * (1 - EccentricitySquared));
        double n = EquatorialRadiusKm;
        for (int i = 0; i < 10; i++)
        {
            double sin = Math.Sin(latitude);
            n = EquatorialRadiusKm / Math.Sqrt(1 - EccentricitySquared * sin * sin);
            latitude = Math.Atan2(itrfKm.Z + EccentricitySquared * n * sin, equatorial);
        }
        var (sinLatitude, cosLatitude) = Math.SinCos(latitude);
        double height = equatorial * cosLatitude + itrfKm.Z * sinLatitude - n * (1 - EccentricitySquared * sinLatitude * sinLatitude);
        return new Geodetic(latitude, Math.Atan2(itrfKm.Y, itrfKm.X), height);
    }

    /// <summary>Rotation from ITRF to the local axes east, north, up (along the ellipsoid's normal).</summary>
    public static Matrix3 ItrfToEastNorthUp(Geodetic place)
    {
        var (sinLatitude, cosLatitude) = Math.SinCos(place.LatitudeRad);
        var (sinLongitude, cosLongitude) = Math.SinCos(place.LongitudeRad);
        return new Matrix3(
            -sinLongitude, cosLongitude, 0,
            -sinLatitude * cosLongitude, -sinLatitude * sinLongitude, cosLatitude,
            cosLatitude * cosLongitude, cosLatitude * sinLongitude, sinLatitude);
    }
}
