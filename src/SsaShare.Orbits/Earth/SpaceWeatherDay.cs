namespace SsaShare.Orbits;

/// <summary>Where the figures of a day come from.</summary>
public enum SpaceWeatherQuality
{
    /// <summary>Measured.</summary>
    Observed = 0,
    /// <summary>Forecast for this day.</summary>
    DailyPredicted = 1,
    /// <summary>Forecast or fitted for the month; interpolated between months.</summary>
    MonthlyPredicted = 2,
}

/// <summary>Solar flux and geomagnetic activity of one day (UTC).</summary>
/// <param name="Day">UTC.</param>
/// <param name="ApThreeHourly">Eight values of ap, from 0h UTC on; nT (2 nT units). Empty where the day has none.</param>
/// <param name="ApDaily">Their mean, Ap.</param>
/// <param name="F107Observed">Flux at 10.7 cm as it reached the Earth, 1e-22 W/m²/Hz: what density models take.</param>
/// <param name="F107Adjusted">The same at a distance of one au.</param>
/// <param name="F107ObservedCentered81">Mean of the observed flux over the 81 days around.</param>
/// <param name="F107ObservedLast81">Mean of the observed flux over the last 81 days.</param>
/// <param name="Quality">Where the figures come from.</param>
public sealed record SpaceWeatherDay(
    DateOnly Day, IReadOnlyList<int> ApThreeHourly, int ApDaily, double F107Observed, double F107Adjusted, double F107ObservedCentered81, double F107ObservedLast81,
    SpaceWeatherQuality Quality);
