using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>How much a standard troposphere lengthens the range and lifts the elevation of an object beyond it, at radio frequencies.</summary>
/// <remarks>
/// Zenith delay 2.3 m dry and 0.12 m wet at sea level, mapped by Chao (JPL 1974); bending by Bennett (Journal of Navigation 35, 1982) times
/// 1.15 for radio waves in average humidity. Dry part falls with a scale height of 8 km. Good to 10 % above 5 degrees of elevation.
/// </remarks>
public static class Troposphere
{
    private const double DegreesPerRad = 180 / Math.PI;
    private const double RadioOverOptical = 1.15;

    /// <summary>Measured minus geometric range, km.</summary>
    public static double RangeDelayKm(double elevationRad, Geodetic site)
    {
        double elevation = Math.Max(elevationRad, 0.5 / DegreesPerRad);
        double mapping = 1 / (Math.Sin(elevation) + 0.00143 / (Math.Tan(elevation) + 0.0445));
        return (0.0023 * Math.Exp(-site.HeightKm / 8) + 0.00012 * Math.Exp(-site.HeightKm / 2)) * mapping;
    }

    /// <summary>Measured minus geometric elevation, rad.</summary>
    public static double ElevationBendingRad(double elevationRad, Geodetic site)
    {
        double degrees = Math.Max(elevationRad * DegreesPerRad, 0.5);
        double arcminutes = 1 / Math.Tan((degrees + 7.31 / (degrees + 4.4)) / DegreesPerRad);
        return RadioOverOptical * arcminutes / 60 / DegreesPerRad * Math.Exp(-site.HeightKm / 8);
    }
}
