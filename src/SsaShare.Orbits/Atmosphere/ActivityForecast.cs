namespace SsaShare.Orbits;

/// <summary>The simplest honest forecast of activity: what was goes on. For times without a published forecast, and for asking what could have been known on a past day.</summary>
public static class ActivityForecast
{
    private const int SolarRotationDays = 27, MeanDays = 81;

    // Flux of a day returns to its mean within about a week.
    private const double ReturnDays = 5;

    /// <summary>The table until a day, and after it the mean of what went before: flux from its last value to its mean over 81 days, Ap the mean of 27 days.</summary>
    /// <param name="table">Covers the day and the 81 days before it.</param>
    /// <param name="lastKnown">The last day whose figures may be used.</param>
    /// <param name="days">How many days are forecast.</param>
    /// <returns>Null where the table does not cover what is needed.</returns>
    /// <remarks>Centred means of the last forty days before <paramref name="lastKnown"/> are taken over what was known then.</remarks>
    public static SpaceWeather? Persist(SpaceWeather table, DateOnly lastKnown, int days)
    {
        if (lastKnown.DayNumber - MeanDays < table.First.DayNumber || lastKnown > table.Last) return null;
        var known = new List<SpaceWeatherDay>();
        double flux = 0, ap = 0;
        for (int back = MeanDays - 1; back >= 0; back--)
        {
            if (table.On(lastKnown.AddDays(-back)) is not { } day) return null;
            known.Add(day);
            flux += day.F107Observed / MeanDays;
            if (back < SolarRotationDays) ap += (double)day.ApDaily / SolarRotationDays;
        }
        double last = known[^1].F107Observed;
        for (int i = 0; i < MeanDays / 2; i++)
        {
            // A day this near has unknown days in its mean; the forecast stands for them.
            int at = known.Count - MeanDays / 2 + i;
            double sum = flux * (i + 1);
            for (int j = at - MeanDays / 2; j < known.Count; j++) sum += known[j].F107Observed;
            known[at] = known[at] with { F107ObservedCentered81 = sum / MeanDays };
        }
        for (int ahead = 1; ahead <= days; ahead++)
        {
            double ofDay = flux + (last - flux) * Math.Exp(-ahead / ReturnDays);
            known.Add(new SpaceWeatherDay(lastKnown.AddDays(ahead), [], (int)Math.Round(ap), ofDay, ofDay, flux, flux, SpaceWeatherQuality.DailyPredicted));
        }
        return new SpaceWeather([.. known]);
    }
}
