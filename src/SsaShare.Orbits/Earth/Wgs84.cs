using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>The WGS 84 ellipsoid: between geodetic and Earth-fixed coordinates.</summary>
/// <remarks>NIMA TR8350.2. WGS 84 and ITRF coincide to a decimetre or better, and are taken as one here.</remarks>
public static class Wgs84
{
    public const double EquatorialRadiusKm = 6_378.137;
    public const double Flattening = 1 / 298.257223563;
    private const double EccentricitySquared = Flattening * (2 - Flattening);

    // The second eccentricity squared times the polar radius.
    private const double PolarStretchKm = EquatorialRadiusKm * EccentricitySquared / (1 - Flattening);

    /// <summary>Position in ITRF, km.</summary>
    public static Vector3d ToItrfKm(Geodetic place)
    {
        var (sinLatitude, cosLatitude) = Math.SinCos(place.LatitudeRad);
        var (sinLongitude, cosLongitude) = Math.SinCos(place.LongitudeRad);
        double n = EquatorialRadiusKm / Math.Sqrt(1 - EccentricitySquared * sinLatitude * sinLatitude);
        double equatorial = (n + place.HeightKm) * cosLatitude;
        return new Vector3d(equatorial * cosLongitude, equatorial * sinLongitude, (n * (1 - EccentricitySquared) + place.HeightKm) * sinLatitude);
    }

    /// <summary>Geodetic latitude, longitude (-π to π) and height of an ITRF position; good to a micrometre from 1,000 km below the surface to 500,000 km above it.</summary>
    /// <remarks>Two passes of Bowring's formula (Survey Review 23 (1976), 323) with sines and cosines as ratios, so that only two angles are computed.</remarks>
    public static Geodetic ToGeodetic(Vector3d itrfKm)
    {
        double equatorial = Math.Sqrt(itrfKm.X * itrfKm.X + itrfKm.Y * itrfKm.Y);
        // The reduced latitude of the place on the ellipsoid, then the geodetic one.
        var (sin, cos) = Unit(itrfKm.Z, equatorial * (1 - Flattening));
        for (int pass = 0; ; pass++)
        {
            (sin, cos) = Unit(itrfKm.Z + PolarStretchKm * sin * sin * sin, Math.Max(0, equatorial - EquatorialRadiusKm * EccentricitySquared * cos * cos * cos));
            if (pass == 1) break;
            (sin, cos) = Unit((1 - Flattening) * sin, cos);
        }
        double height = equatorial * cos + itrfKm.Z * sin - EquatorialRadiusKm * Math.Sqrt(1 - EccentricitySquared * sin * sin);
        return new Geodetic(Math.Atan2(sin, cos), Math.Atan2(itrfKm.Y, itrfKm.X), height);
    }

    /// <summary>Sine and cosine; zeros at the Earth's centre, where there is no direction.</summary>
    private static (double Sin, double Cos) Unit(double y, double x)
    {
        double length = Math.Max(double.Epsilon, Math.Sqrt(y * y + x * x));
        return (y / length, x / length);
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
