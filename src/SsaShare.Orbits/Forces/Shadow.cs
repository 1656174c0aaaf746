using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>How much of the Sun an object sees past the Earth and the Moon.</summary>
/// <remarks>
/// Cones of umbra and penumbra by overlapping discs: Montenbruck and Gill, Satellite Orbits (2000), section 3.4.2. The Earth is an ellipsoid: space is stretched along its axis
/// until it is a sphere. The bending and reddening of light in the air, which makes the edge some 20 km softer and the umbra narrower, is left out.
/// </remarks>
internal static class Shadow
{
    public const double SunRadiusKm = 695_700, MoonRadiusKm = 1_737.4;
    private const double SoftEdgeRad = Math.PI / 180, Stretch = 1 / (1 - Wgs84.Flattening) - 1;

    /// <summary>Share of sunlight, 0 to 1, that passes the Earth.</summary>
    /// <param name="position">From the centre of the Earth, km.</param>
    /// <param name="sun">From the centre of the Earth, km.</param>
    /// <param name="pole">Of the Earth, length one.</param>
    public static double PastEarth(Vector3d position, Vector3d sun, Vector3d pole)
    {
        var (toSun, toEarth) = FromEarth(position, sun, pole);
        return Visible(toSun, toEarth, Wgs84.EquatorialRadiusKm);
    }

    /// <summary>Share of sunlight, 0 to 1, that passes the Moon.</summary>
    public static double PastMoon(Vector3d position, Vector3d sun, Vector3d moon) => Visible(sun - position, moon - position, MoonRadiusKm);

    /// <summary>Angles by which an object is outside penumbra and umbra of the Earth or the Moon, rad: the smaller of both bodies.</summary>
    public static void Margins(Vector3d position, Vector3d sun, Vector3d moon, Vector3d pole, out double penumbra, out double umbra)
    {
        var (toSun, toEarth) = FromEarth(position, sun, pole);
        var (separation, disc, earth) = Angles(toSun, toEarth, Wgs84.EquatorialRadiusKm);
        (penumbra, umbra) = (separation - earth - disc, separation - earth + disc);
        (separation, disc, double radius) = Angles(sun - position, moon - position, MoonRadiusKm);
        (penumbra, umbra) = (Math.Min(penumbra, separation - radius - disc), Math.Min(umbra, separation - radius + disc));
    }

    /// <summary>Share of sunlight past a spherical Earth whose shadow has an edge drawn out to about four degrees of the orbit, as much light before it as behind.</summary>
    /// <remarks>
    /// For integrators that do not stop at the edge. The true one is so sharp that their steps would fall on either side of it by chance, which moved an orbit by tens of metres in
    /// three days.
    /// </remarks>
    public static double DrawnOut(Vector3d position, Vector3d sun)
    {
        double r = position.Norm;
        double fromShadowAxis = Math.Acos(Math.Clamp(-position.Dot(sun) / (r * sun.Norm), -1, 1));
        double earthRadius = Math.Asin(Math.Min(1, Wgs84.EquatorialRadiusKm / r));
        return 1 / (1 + Math.Exp((earthRadius - fromShadowAxis) / SoftEdgeRad));
    }

    private static (Vector3d ToSun, Vector3d ToEarth) FromEarth(Vector3d position, Vector3d sun, Vector3d pole)
    {
        var toSun = sun - position;
        return (toSun + Stretch * toSun.Dot(pole) * pole, -position - Stretch * position.Dot(pole) * pole);
    }

    /// <summary>Between the centres of two discs, and their radii; rad.</summary>
    private static (double Separation, double Sun, double Body) Angles(Vector3d toSun, Vector3d toBody, double radiusKm)
    {
        double sunDistance = toSun.Norm, distance = toBody.Norm;
        // The arc tangent keeps its digits where the bodies stand in line.
        double separation = Math.Atan2(toSun.Cross(toBody).Norm, toSun.Dot(toBody));
        return (separation, Math.Asin(SunRadiusKm / sunDistance), Math.Asin(Math.Min(1, radiusKm / distance)));
    }

    private static double Visible(Vector3d toSun, Vector3d toBody, double radiusKm)
    {
        // Behind the object, and far from the line: no need for angles.
        if (toSun.Dot(toBody) <= 0) return 1;
        var (separation, sun, body) = Angles(toSun, toBody, radiusKm);
        if (separation >= sun + body) return 1;
        if (separation <= body - sun) return 0;
        if (separation <= sun - body) return 1 - body * body / (sun * sun);
        double x = (separation * separation + sun * sun - body * body) / (2 * separation), y = Math.Sqrt(Math.Max(0, sun * sun - x * x));
        double covered = sun * sun * Math.Acos(Math.Clamp(x / sun, -1, 1)) + body * body * Math.Acos(Math.Clamp((separation - x) / body, -1, 1)) - separation * y;
        return 1 - covered / (Math.PI * sun * sun);
    }
}
