using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Places of the planets by mean elements that change linearly with time, 1800 to 2050.</summary>
/// <remarks>
/// E. M. Standish and J. G. Williams, Keplerian elements for approximate positions of the major planets (JPL), table 1. Good to a minute of arc for the inner planets,
/// ten for Saturn; enough for their pull on an object near the Earth.
/// </remarks>
internal static class ApproximatePlanets
{
    private const double RadPerDegree = Math.PI / 180;

    // a (au), e, i, L, longitude of perihelion, longitude of node (degrees), and their changes in a century; Mercury, Venus, Earth and Moon, Mars, Jupiter, Saturn.
    private static readonly double[][] Elements =
    [
        [0.38709927, 0.20563593, 7.00497902, 252.25032350, 77.45779628, 48.33076593, 0.00000037, 0.00001906, -0.00594749, 149_472.67411175, 0.16047689, -0.12534081],
        [0.72333566, 0.00677672, 3.39467605, 181.97909950, 131.60246718, 76.67984255, 0.00000390, -0.00004107, -0.00078890, 58_517.81538729, 0.00268329, -0.27769418],
        [1.00000261, 0.01671123, -0.00001531, 100.46457166, 102.93768193, 0, 0.00000562, -0.00004392, -0.01294668, 35_999.37244981, 0.32327364, 0],
        [1.52371034, 0.09339410, 1.84969142, -4.55343205, -23.94362959, 49.55953891, 0.00001847, 0.00007882, -0.00813131, 19_140.30268499, 0.44441088, -0.29257343],
        [5.20288700, 0.04838624, 1.30439695, 34.39644051, 14.72847983, 100.47390909, -0.00011607, -0.00013253, -0.00183714, 3_034.74612775, 0.21252668, 0.20469106],
        [9.53667594, 0.05386179, 2.48599187, 49.95424423, 92.59887831, 113.66242448, -0.00125060, -0.00050991, 0.00193609, 1_222.49362201, -0.41897216, -0.28867794],
    ];

    /// <summary>Whether the table has the body.</summary>
    public static bool Knows(CelestialBody body) => (int)body < Elements.Length && body != CelestialBody.EarthMoonBarycenter;

    /// <summary>From the centre of mass of Earth and Moon, GCRF axes, km.</summary>
    public static Vector3d PositionKm(CelestialBody planet, double ttCenturies)
        => SunAndMoon.EclipticToEquator * (Heliocentric(Elements[(int)planet], ttCenturies) - Heliocentric(Elements[(int)CelestialBody.EarthMoonBarycenter], ttCenturies));

    private static Vector3d Heliocentric(double[] elements, double t)
    {
        double at(int i) => elements[i] + elements[6 + i] * t;
        double eccentricity = at(1), anomaly = (at(3) - at(4)) % 360 * RadPerDegree, eccentric = anomaly;
        for (int i = 0; i < 10; i++) eccentric += (anomaly - eccentric + eccentricity * Math.Sin(eccentric)) / (1 - eccentricity * Math.Cos(eccentric));
        double a = at(0) * SunAndMoon.AstronomicalUnitKm;
        var inPlane = new Vector3d(a * (Math.Cos(eccentric) - eccentricity), a * Math.Sqrt(1 - eccentricity * eccentricity) * Math.Sin(eccentric), 0);
        return Matrix3.RotationZ(-at(5) * RadPerDegree) * (Matrix3.RotationX(-at(2) * RadPerDegree) * (Matrix3.RotationZ(-(at(4) - at(5)) * RadPerDegree) * inPlane));
    }
}
