using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Geocentric positions of the Sun and the Moon by short series, in GCRF (mean equator of J2000.0), km.</summary>
/// <remarks>
/// Montenbruck and Gill, Satellite Orbits (2000), section 3.3.2. Sun good to about 2' and 0.1 %; Moon to a few arcminutes and about
/// 500 km. Their pull on an object in low orbit then errs by less than 1e-9 m/s², on one in geostationary orbit by about 1e-8 m/s².
/// </remarks>
public static class SunAndMoon
{
    /// <summary>GM of the Sun, km³/s², in TDB. DE405; the newer ones differ by 2e-10 of it.</summary>
    public const double SunMuKm3PerS2 = 1.32712440018e11;

    /// <summary>GM of the Moon, km³/s², in TDB. DE430, Folkner and others 2014.</summary>
    public const double MoonMuKm3PerS2 = 4_902.800066;

    /// <summary>The astronomical unit, km; exact by definition. IAU 2012, resolution B2.</summary>
    public const double AstronomicalUnitKm = 149_597_870.7;

    private const double RadPerDegree = Math.PI / 180, RadPerArcsecond = Math.PI / 648_000.0;

    /// <summary>From the ecliptic to the mean equator of J2000.0, which is that of GCRF to 23 mas.</summary>
    internal static Matrix3 EclipticToEquator { get; } = Matrix3.RotationX(-Fk5.MeanObliquityRad(0));

    /// <param name="ttCenturies">Julian centuries of TT since J2000.0.</param>
    public static Vector3d SunKm(double ttCenturies)
    {
        double anomaly = Degrees(357.5256 + 35_999.049 * ttCenturies);
        double longitude = Degrees(282.9400 + 0.3225 * ttCenturies) + anomaly + (6_892 * Math.Sin(anomaly) + 72 * Math.Sin(2 * anomaly)) * RadPerArcsecond;
        double distance = (149.619 - 2.499 * Math.Cos(anomaly) - 0.021 * Math.Cos(2 * anomaly)) * 1e6;
        return EclipticToEquator * new Vector3d(distance * Math.Cos(longitude), distance * Math.Sin(longitude), 0);
    }

    /// <param name="ttCenturies">Julian centuries of TT since J2000.0.</param>
    public static Vector3d MoonKm(double ttCenturies)
    {
        double t = ttCenturies;
        double meanLongitude = 218.31617 + 481_267.88088 * t - 1.3972 * t;
        double l = Degrees(134.96292 + 477_198.86753 * t), sun = Degrees(357.52543 + 35_999.04944 * t);
        double f = Degrees(93.27283 + 483_202.01873 * t), d = Degrees(297.85027 + 445_267.11135 * t);
        double dLongitude = 22_640 * Math.Sin(l) + 769 * Math.Sin(2 * l) - 4_586 * Math.Sin(l - 2 * d) + 2_370 * Math.Sin(2 * d)
            - 668 * Math.Sin(sun) - 412 * Math.Sin(2 * f) - 212 * Math.Sin(2 * l - 2 * d) - 206 * Math.Sin(l + sun - 2 * d)
            + 192 * Math.Sin(l + 2 * d) - 165 * Math.Sin(sun - 2 * d) + 148 * Math.Sin(l - sun) - 125 * Math.Sin(d)
            - 110 * Math.Sin(l + sun) - 55 * Math.Sin(2 * f - 2 * d);
        double inner = f + (dLongitude + 412 * Math.Sin(2 * f) + 541 * Math.Sin(sun)) * RadPerArcsecond;
        double latitude = (18_520 * Math.Sin(inner) - 526 * Math.Sin(f - 2 * d) + 44 * Math.Sin(l + f - 2 * d) - 31 * Math.Sin(-l + f - 2 * d)
            - 25 * Math.Sin(-2 * l + f) - 23 * Math.Sin(sun + f - 2 * d) + 21 * Math.Sin(-l + f) + 11 * Math.Sin(-sun + f - 2 * d)) * RadPerArcsecond;
        double distance = 385_000 - 20_905 * Math.Cos(l) - 3_699 * Math.Cos(2 * d - l) - 2_956 * Math.Cos(2 * d) - 570 * Math.Cos(2 * l)
            + 246 * Math.Cos(2 * l - 2 * d) - 205 * Math.Cos(sun - 2 * d) - 171 * Math.Cos(l + 2 * d) - 152 * Math.Cos(l + sun - 2 * d);
        double longitude = Degrees(meanLongitude) + dLongitude * RadPerArcsecond;
        var (sinLongitude, cosLongitude) = Math.SinCos(longitude);
        var (sinLatitude, cosLatitude) = Math.SinCos(latitude);
        return EclipticToEquator * (distance * new Vector3d(cosLongitude * cosLatitude, sinLongitude * cosLatitude, sinLatitude));
    }

    private static double Degrees(double degrees) => degrees % 360.0 * RadPerDegree;
}
