namespace SsaShare.Orbits;

/// <summary>How well solar and geomagnetic activity are known some days after the last measurement, as standard deviations of logarithms.</summary>
/// <remarks>
/// Fitted to the errors that persistence makes on CelesTrak's table of 1957 to 2025 (the mean of the last 81 days against that around a later day: 0.066 on the next day, 0.11 after 45, 0.18 after 180),
/// and for years to those of the mean of the other solar cycles (0.20). A centre's forecast is somewhat better in the first days. <c>ActivityUncertaintyTests</c>
/// measures it again on the same years: none of them were held out.
/// </remarks>
/// <param name="lastObserved">The last day with measured figures (UTC).</param>
public sealed class ActivityUncertainty(DateOnly lastObserved)
{
    private const double MeanFloor = 0.066, RandomWalkPerRootDay = 0.0125, MeanCeiling = 0.20;
    private const double DayScale = 0.045, DayPower = 0.65, DayCeiling = 0.14;
    private const double ApFloor = 0.30, ApCeiling = 0.40, ApDays = 135;

    /// <summary>The uncertainty of a table's forecasts.</summary>
    public static ActivityUncertainty Of(SpaceWeather weather) => new(weather.LastObserved);

    /// <summary>Sigmas of the logarithm of the flux of a day, of its mean over 81 days, and of the mean ap of a month; all zero where they were measured.</summary>
    public (double Flux, double FluxAverage, double Ap) LogSigmas(DateOnly day)
    {
        int ahead = day.DayNumber - lastObserved.DayNumber;
        if (ahead <= 0) return default;
        double walk = RandomWalkPerRootDay * Math.Sqrt(ahead), average = Math.Min(MeanCeiling, double.Hypot(MeanFloor, walk));
        double ofDay = Math.Min(DayCeiling, DayScale * Math.Pow(ahead, DayPower));
        return (double.Hypot(ofDay, Math.Min(walk, MeanCeiling)), average, Math.Min(ApCeiling, ApFloor * (1 + ahead / ApDays)));
    }
}
