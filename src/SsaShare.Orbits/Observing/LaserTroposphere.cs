using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>How much the air lengthens the range that a laser measures.</summary>
/// <remarks>
/// Zenith delay: Mendes and Pavlis 2004, Geophysical Research Letters 31, L14602; mapping FCULa: Mendes and others 2002, Geophysical Research Letters 29 (10), 1414; both as in
/// IERS Conventions (2010), section 9.1. Zenith delay good to 1 mm, wavelengths from 0.355 to 1.064 micrometres, elevations from 3 degrees up. Humidity to vapour pressure by
/// Giacomo 1982, Metrologia 18, 33 (equations 9.17 of Marini and Murray serve as well within 0.1 mm).
/// </remarks>
public static class LaserTroposphere
{
    private const double LowestElevationRad = 3 * Math.PI / 180, ZeroCelsiusK = 273.15;

    /// <summary>Measured minus geometric one-way range, km.</summary>
    /// <param name="elevationRad">Geometric; below 3 degrees as at 3 degrees.</param>
    /// <param name="site">Of the station.</param>
    /// <param name="weather">At the station.</param>
    /// <param name="wavelengthMicrometres">Of the laser.</param>
    public static double RangeDelayKm(double elevationRad, Geodetic site, SurfaceWeather weather, double wavelengthMicrometres)
        => ZenithDelayM(site, weather.PressureHpa, VapourPressureHpa(weather), wavelengthMicrometres) * Mapping(elevationRad, site, weather.TemperatureK) / 1_000;

    /// <summary>Derivative of <see cref="RangeDelayKm"/> by elevation, km/rad.</summary>
    internal static double RangeDelaySlopeKmPerRad(double elevationRad, Geodetic site, SurfaceWeather weather, double wavelengthMicrometres)
        => ZenithDelayM(site, weather.PressureHpa, VapourPressureHpa(weather), wavelengthMicrometres) * MappingSlope(elevationRad, site, weather.TemperatureK) / 1_000;

    /// <summary>One-way delay towards the zenith, m.</summary>
    /// <param name="site">Latitude and height above the ellipsoid count.</param>
    /// <param name="pressureHpa">Total.</param>
    /// <param name="vapourPressureHpa">Of water.</param>
    /// <param name="wavelengthMicrometres">Of the laser.</param>
    public static double ZenithDelayM(Geodetic site, double pressureHpa, double vapourPressureHpa, double wavelengthMicrometres)
    {
        const double carbonDioxidePpm = 375, k0 = 238.0185, k1 = 19_990.975, k2 = 57.362, k3 = 579.55174;
        const double w0 = 295.235, w1 = 2.6422, w2 = -0.032380, w3 = 0.004028;
        double s2 = 1 / (wavelengthMicrometres * wavelengthMicrometres), s4 = s2 * s2;
        double dry = 0.01 * (1 + 0.534e-6 * (carbonDioxidePpm - 450))
            * (k1 * (k0 + s2) / ((k0 - s2) * (k0 - s2)) + k3 * (k2 + s2) / ((k2 - s2) * (k2 - s2)));
        double wet = 0.003101 * (w0 + 3 * w1 * s2 + 5 * w2 * s4 + 7 * w3 * s4 * s2);
        double gravity = 1 - 0.00266 * Math.Cos(2 * site.LatitudeRad) - 0.00028 * site.HeightKm;
        return (0.002416579 * dry * pressureHpa + 1e-4 * (5.316 * wet - 3.759 * dry) * vapourPressureHpa) / gravity;
    }

    /// <summary>The mapping function FCULa: delay at an elevation over that at the zenith.</summary>
    public static double Mapping(double elevationRad, Geodetic site, double temperatureK)
    {
        var (a, b, c) = Fraction(site, temperatureK);
        double sine = Math.Sin(Math.Max(elevationRad, LowestElevationRad));
        return (1 + a / (1 + b / (1 + c))) / (sine + a / (sine + b / (sine + c)));
    }

    private static double MappingSlope(double elevationRad, Geodetic site, double temperatureK)
    {
        if (elevationRad < LowestElevationRad) return 0;
        var (a, b, c) = Fraction(site, temperatureK);
        var (sine, cosine) = Math.SinCos(elevationRad);
        double inner = sine + c, middle = sine + b / inner, outer = sine + a / middle;
        double slope = 1 - a / (middle * middle) * (1 - b / (inner * inner));
        return -(1 + a / (1 + b / (1 + c))) / (outer * outer) * slope * cosine;
    }

    private static (double A, double B, double C) Fraction(Geodetic site, double temperatureK)
    {
        double t = temperatureK - ZeroCelsiusK, cosine = Math.Cos(site.LatitudeRad), height = site.HeightKm * 1_000;
        return (0.121008e-2 + 0.17295e-5 * t + 0.3191e-4 * cosine - 0.18478e-7 * height,
            0.304965e-2 + 0.2346e-5 * t - 0.1035e-3 * cosine - 0.1856e-7 * height,
            0.68777e-1 + 0.1972e-4 * t - 0.3458e-2 * cosine + 0.1060e-6 * height);
    }

    /// <summary>Of water, from the relative humidity.</summary>
    public static double VapourPressureHpa(SurfaceWeather weather)
    {
        double t = weather.TemperatureK, celsius = t - ZeroCelsiusK;
        double saturationHpa = 0.01 * Math.Exp(1.2378847e-5 * t * t - 1.9121316e-2 * t + 33.93711047 - 6_343.1645 / t);
        double enhancement = 1.00062 + 3.14e-6 * weather.PressureHpa + 5.6e-7 * celsius * celsius;
        return weather.HumidityPercent / 100 * saturationHpa * enhancement;
    }
}
