using System.Globalization;
using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Solar flux and geomagnetic activity by days; months interpolated where the file has months only. Immutable. <see cref="SpaceWeatherReader"/> reads CelesTrak's files.</summary>
public sealed class SpaceWeather
{
    private const int LongestGapDays = 32;

    private readonly SpaceWeatherDay[] _days;

    /// <param name="days">At least one, ascending.</param>
    internal SpaceWeather(SpaceWeatherDay[] days)
    {
        _days = days;
        LastObserved = days[0].Day;
        LastDailyPredicted = days[0].Day;
        foreach (var day in days)
        {
            if (day.Quality == SpaceWeatherQuality.Observed) LastObserved = day.Day;
            if (day.Quality != SpaceWeatherQuality.MonthlyPredicted) LastDailyPredicted = day.Day;
        }
    }

    /// <summary>First day, UTC.</summary>
    public DateOnly First => _days[0].Day;

    /// <summary>Last day, UTC.</summary>
    public DateOnly Last => _days[^1].Day;

    /// <summary>Last day whose figures were measured.</summary>
    public DateOnly LastObserved { get; }

    /// <summary>Last day that has figures of its own and not those of a month.</summary>
    public DateOnly LastDailyPredicted { get; }

    /// <summary>The figures of a day.</summary>
    /// <returns>Null before the first day, after the last, and in gaps of more than a month.</returns>
    public SpaceWeatherDay? On(DateOnly day)
    {
        int i = IndexAtOrBefore(day);
        if (i < 0) return null;
        var before = _days[i];
        if (before.Day == day) return before;
        if (i + 1 >= _days.Length) return null;
        var after = _days[i + 1];
        int gap = after.Day.DayNumber - before.Day.DayNumber;
        if (gap > LongestGapDays) return null;
        double share = (day.DayNumber - before.Day.DayNumber) / (double)gap;
        double between(double a, double b) => a + (b - a) * share;
        return new SpaceWeatherDay(day, [], (int)Math.Round(between(before.ApDaily, after.ApDaily)), between(before.F107Observed, after.F107Observed), between(before.F107Adjusted, after.F107Adjusted),
            between(before.F107ObservedCentered81, after.F107ObservedCentered81), between(before.F107ObservedLast81, after.F107ObservedLast81), SpaceWeatherQuality.MonthlyPredicted);
    }

    /// <summary>What NRLMSISE-00 asks for; ap of three hours is the daily Ap where the file has no finer one.</summary>
    /// <returns>False where the table does not cover the instant and the three days before it, and before 1972.</returns>
    public bool TryInputs(Epoch epoch, out SpaceWeatherInputs inputs)
    {
        inputs = default;
        if (!Utc.TrySplit(epoch, out var today, out long nanosecond)) return false;
        Span<double> ap = stackalloc double[32];
        var quality = SpaceWeatherQuality.Observed;
        double previousFlux = 0;
        SpaceWeatherDay? now = null;
        for (int back = 0; back < 4; back++)
        {
            if (today.DayNumber < back || On(today.AddDays(-back)) is not { } day) return false;
            if (day.Quality > quality) quality = day.Quality;
            if (back == 0) now = day;
            if (back == 1) previousFlux = day.F107Observed;
            for (int i = 0; i < 8; i++) ap[(3 - back) * 8 + i] = day.ApThreeHourly.Count == 8 ? day.ApThreeHourly[i] : day.ApDaily;
        }
        int at = 24 + (int)Math.Min(7, nanosecond / (3 * 3_600_000_000_000));
        inputs = new SpaceWeatherInputs(previousFlux, now!.F107ObservedCentered81, now.ApDaily, ap[at], ap[at - 1], ap[at - 2], ap[at - 3], Mean(ap.Slice(at - 11, 8)), Mean(ap.Slice(at - 19, 8)), quality);
        return true;
    }

    /// <summary>A sentence for whoever uses drag in a span of time; null where all of it was measured.</summary>
    /// <param name="from">First day used.</param>
    /// <param name="to">Last day used.</param>
    /// <remarks>
    /// In metres: an error f of the density moves an object along its track by 3/4 n (ρ B v a f) t², with B its drag coefficient times area by mass. At 400 km, moderate Sun
    /// (ρ = 3e-12 kg/m³) and B = 0.01 m²/kg that is 9.9 km times f after one day, and 49 times that after a week. Taken for f: 0.2 with forecasts of days, 0.35 with those of months,
    /// 1 with nothing; storms can be worse, other heights and objects differ in proportion to their ρ B.
    /// </remarks>
    public string? Warning(DateOnly from, DateOnly to)
    {
        if (from >= First && to <= LastObserved) return null;
        if (from < First || to > Last) return Sentence(from < First ? from : to, $"is not known: the file goes from {Iso(First)} to {Iso(Last)}", 1);
        return to <= LastDailyPredicted
            ? Sentence(to, $"is a forecast of days, measured only until {Iso(LastObserved)}", 0.2)
            : Sentence(to, $"is a forecast of months, measured only until {Iso(LastObserved)}", 0.35);
    }

    /// <summary>The sentence for where no file is at hand.</summary>
    /// <param name="day">A day whose density is wanted.</param>
    public static string WarningWithoutFile(DateOnly day) => Sentence(day, "is not known: there is no file of it", 1);

    private static string Sentence(DateOnly day, string what, double densityError)
    {
        const double MetresOfFirstDay = 0.75 * 1.131e-3 * (3e-12 * 0.01 * 7_670 * 6.778e6) * 86_400 * 86_400;
        double metres = MetresOfFirstDay * densityError;
        return string.Create(CultureInfo.InvariantCulture,
            $"Space weather on {Iso(day)} {what}. An object at 400 km errs along its track by about {100 * Math.Round(metres / 100):F0} m after one day and {10_000 * Math.Round(49 * metres / 10_000):F0} m after a week. Load a current file of space weather.");
    }

    private static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values) sum += value;
        return sum / values.Length;
    }

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private int IndexAtOrBefore(DateOnly day)
    {
        int low = 0, high = _days.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_days[middle].Day <= day) low = middle + 1;
            else high = middle;
        }
        return low - 1;
    }
}
