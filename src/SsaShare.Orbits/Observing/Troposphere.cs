using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>How much a standard troposphere lengthens the range and lifts the elevation of an object beyond it, at radio frequencies.</summary>
/// <remarks>
/// Zenith delay 2.3 m dry and 0.12 m wet at sea level, mapped by Chao (JPL 1974); bending by Bennett (Journal of Navigation 35, 1982), which
/// starts from the elevation that is seen, times 1.15 for radio waves in average humidity. Dry part falls with a scale height of 8 km. Good to 10 % above 5 degrees of elevation.
/// </remarks>
public static class Troposphere
{
    private const double DegreesPerRad = 180 / Math.PI;
    private const double RadioOverOptical = 1.15, LowestRad = 0.5 / DegreesPerRad;

    /// <summary>Measured minus geometric range, km.</summary>
    /// <param name="elevationRad">Geometric; below half a degree as at half a degree.</param>
    /// <param name="site">Of the station.</param>
    /// <param name="weather">At the station: then the zenith delay is Saastamoinen's (1973) from pressure, temperature and humidity. Null for the standard figures.</param>
    public static double RangeDelayKm(double elevationRad, Geodetic site, SurfaceWeather? weather = null)
        => ZenithDelayKm(site, weather) / Denominator(Math.Max(elevationRad, LowestRad));

    /// <summary>Derivative of <see cref="RangeDelayKm"/> by elevation, km/rad.</summary>
    internal static double RangeDelaySlopeKmPerRad(double elevationRad, Geodetic site, SurfaceWeather? weather)
    {
        if (elevationRad < LowestRad) return 0;
        double tangent = Math.Tan(elevationRad), denominator = Denominator(elevationRad), inner = tangent + 0.0445;
        return -ZenithDelayKm(site, weather) / (denominator * denominator) * (Math.Cos(elevationRad) - 0.00143 * (1 + tangent * tangent) / (inner * inner));
    }

    private static double ZenithDelayKm(Geodetic site, SurfaceWeather? weather)
    {
        if (weather is null) return 0.0023 * Math.Exp(-site.HeightKm / 8) + 0.00012 * Math.Exp(-site.HeightKm / 2);
        double gravity = 1 - 0.00266 * Math.Cos(2 * site.LatitudeRad) - 0.00028 * site.HeightKm;
        return 1e-3 * (0.0022768 * weather.PressureHpa / gravity + 0.002277 * (1_255 / weather.TemperatureK + 0.05) * LaserTroposphere.VapourPressureHpa(weather));
    }

    private static double Denominator(double elevationRad) => Math.Sin(elevationRad) + 0.00143 / (Math.Tan(elevationRad) + 0.0445);

    /// <summary>Measured minus geometric elevation, rad.</summary>
    /// <param name="elevationRad">Geometric; below half a degree as at half a degree.</param>
    /// <param name="site">Of the station.</param>
    public static double ElevationBendingRad(double elevationRad, Geodetic site) => Bending(elevationRad, site).Rad;

    /// <summary>Derivative of <see cref="ElevationBendingRad"/> by elevation.</summary>
    internal static double ElevationBendingSlope(double elevationRad, Geodetic site) => elevationRad < LowestRad ? 0 : Bending(elevationRad, site).Slope;

    /// <summary>Bennett's formula at the elevation that is seen, which the geometric one and the bending themselves make.</summary>
    private static (double Rad, double Slope) Bending(double elevationRad, Geodetic site)
    {
        // Each step leaves a fifth of the error at half a degree, less above: 0.05' there in the end.
        const int steps = 3;
        double geometric = Math.Max(elevationRad, LowestRad), factor = BendingFactor(site), bending = 0, slope = 0;
        for (int i = 0; i <= steps; i++)
        {
            double argument = Argument(geometric + bending), sine = Math.Sin(argument), shifted = (geometric + bending) * DegreesPerRad + 4.4;
            slope = -factor / (sine * sine) * (1 - 7.31 / (shifted * shifted)) * (1 + slope);
            bending = factor / Math.Tan(argument);
        }
        return (bending, slope);
    }

    private static double BendingFactor(Geodetic site) => RadioOverOptical / 60 / DegreesPerRad * Math.Exp(-site.HeightKm / 8);

    private static double Argument(double elevationRad)
    {
        double degrees = elevationRad * DegreesPerRad;
        return (degrees + 7.31 / (degrees + 4.4)) / DegreesPerRad;
    }
}
