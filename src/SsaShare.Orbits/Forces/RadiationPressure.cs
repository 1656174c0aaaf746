using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Pressure of sunlight on a sphere.</summary>
/// <remarks>Montenbruck and Gill, Satellite Orbits (2000), section 3.4. Light that the Earth reflects and its heat, up to a third of it in low orbit, are left out.</remarks>
internal static class RadiationPressure
{
    // Solar constant 1,367 W/m² over the speed of light.
    private const double AtOneUnitNPerM2 = 4.56e-6;

    /// <summary>km/s² for 1 m²/kg in full light.</summary>
    public static Vector3d Unshadowed(Vector3d position, Vector3d sun)
    {
        var fromSun = position - sun;
        double distance = fromSun.Norm, ratio = SunAndMoon.AstronomicalUnitKm / distance;
        return 1e-3 * AtOneUnitNPerM2 * ratio * ratio / distance * fromSun;
    }
}
