namespace SsaShare.Formats;

/// <summary>Dates of observation formats, UTC.</summary>
internal static class ObservationEpochs
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>
    /// The year that two digits stand for: of this century unless that is more than a year ahead and the last century's was in the space age.
    /// </summary>
    public static int Year(int twoDigits, Epoch now)
    {
        int present = Utc.TrySplit(now, out var day, out _) ? day.Year : 2000;
        return twoDigits + 2000 <= present + 1 || twoDigits < 57 ? twoDigits + 2000 : twoDigits + 1900;
    }

    /// <returns>Null and the instant, or why there is no such.</returns>
    public static string? At(int year, int month, int day, long nanosecondOfDay, out Epoch epoch)
    {
        epoch = default;
        return month is < 1 or > 12 || year is < 1 or > 9999 || day < 1 || day > DateTime.DaysInMonth(year, month) ? "the calendar has no such day" : At(new DateOnly(year, month, day), nanosecondOfDay, out epoch);
    }

    /// <returns>Null and the instant, or why there is no such.</returns>
    public static string? OnDayOfYear(int year, int dayOfYear, long nanosecondOfDay, out Epoch epoch)
    {
        epoch = default;
        return dayOfYear < 1 || dayOfYear > (DateTime.IsLeapYear(year) ? 366 : 365) ? "the year has no such day" : At(new DateOnly(year, 1, 1).AddDays(dayOfYear - 1), nanosecondOfDay, out epoch);
    }

    /// <param name="nanosecondOfDay">From 86,400 s on it is inside a leap second.</param>
    public static string? At(DateOnly day, long nanosecondOfDay, out Epoch epoch)
    {
        epoch = default;
        if (day < LeapSeconds.Start) return "UTC before 1972 had no whole leap seconds and is not read";
        long second = nanosecondOfDay / NanosecondsPerSecond;
        var (h, m, s) = second >= 86_400 ? (23, 59, (int)(second - 86_340)) : ((int)(second / 3600), (int)(second / 60 % 60), (int)(second % 60));
        return nanosecondOfDay >= 0 && Utc.TryCreate(day, h, m, s, (int)(nanosecondOfDay % NanosecondsPerSecond), out epoch) ? null : "the day has no such time";
    }

    /// <summary>The nanosecond of a day of a clock reading; a second of 60 is the leap second at the day's end.</summary>
    /// <returns>Null when no clock shows it.</returns>
    public static long? NanosecondOfDay(int hour, int minute, int second, long nanosecond)
        => hour > 23 || minute > 59 || second > 60 || (second == 60 && (hour, minute) != (23, 59)) ? null : (hour * 3600L + minute * 60 + second) * NanosecondsPerSecond + nanosecond;

    /// <summary>The day and clock that show an instant, rounded to some step.</summary>
    /// <param name="stepNanoseconds">A divisor of a second, or a whole number of seconds that divides a day.</param>
    /// <param name="isExact">Whether nothing was rounded away.</param>
    /// <returns>Null before 1972.</returns>
    public static (DateOnly Day, int Hour, int Minute, int Second, long Nanosecond)? Split(Epoch epoch, long stepNanoseconds, out bool isExact)
    {
        isExact = false;
        if (!Utc.TrySplit(epoch, out var day, out long ns)) return null;
        isExact = ns % stepNanoseconds == 0;
        long rounded = (ns + stepNanoseconds / 2) / stepNanoseconds * stepNanoseconds;
        long longest = Utc.TryCreate(day, 23, 59, 60, 0, out _) ? 86_401 : 86_400;
        if (rounded >= longest * NanosecondsPerSecond) (day, rounded) = (day.AddDays(1), 0);
        long second = rounded / NanosecondsPerSecond;
        return second >= 86_400 ? (day, 23, 59, 60, rounded % NanosecondsPerSecond) : (day, (int)(second / 3600), (int)(second / 60 % 60), (int)(second % 60), rounded % NanosecondsPerSecond);
    }
}
