namespace SsaShare.Orbits;

/// <summary>The weather at a station.</summary>
/// <param name="PressureHpa">Total, at the station (not reduced to sea level).</param>
/// <param name="TemperatureK">Of the air.</param>
/// <param name="HumidityPercent">Relative, 0 to 100.</param>
public sealed record SurfaceWeather(double PressureHpa, double TemperatureK, double HumidityPercent)
{
    /// <summary>The standard atmosphere at a height, half saturated. A real pressure is within 3 % of it, which is 7 cm of delay at the zenith.</summary>
    /// <remarks>ICAO, Manual of the ICAO Standard Atmosphere, Doc 7488: 1013.25 hPa, 288.15 K, -6.5 K/km; to 11 km.</remarks>
    public static SurfaceWeather Standard(double heightKm)
    {
        double temperature = 288.15 - 6.5 * Math.Clamp(heightKm, -0.5, 11);
        return new SurfaceWeather(1_013.25 * Math.Pow(temperature / 288.15, 5.25588), temperature, 50);
    }
}
