using System.Globalization;

namespace SsaShare.Domain;

/// <summary>UTC and the calendar at the edge: text and wall clocks to <see cref="Epoch"/> and back.</summary>
public static class Utc
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>TT-TAI: 32.184 s by definition.</summary>
    private const long TtMinusTaiNanoseconds = 32_184_000_000;

    private static readonly DateOnly Day2000 = new(2000, 1, 1);

    /// <summary>The instant of a UTC calendar date and time of day. Second 60 is taken on days that end with a leap second.</summary>
    /// <returns>False when a field is out of range or the date is before 1972 or after 2291.</returns>
    public static bool TryCreate(DateOnly day, int hour, int minute, int second, int nanosecond, out Epoch epoch)
    {
        epoch = default;
        if (day < LeapSeconds.Start || day.Year > 2291) return false;
        bool leap = second == 60 && hour == 23 && minute == 59 && LeapSeconds.EndsWithLeapSecond(day);
        if (hour is < 0 or > 23 || minute is < 0 or > 59 || second < 0 || (second > 59 && !leap) || nanosecond is < 0 or > 999_999_999) return false;
        long clock = SecondsSince2000Noon(day) + hour * 3600 + minute * 60 + second;
        if (!LeapSeconds.TryGetTaiMinusUtc(leap ? clock - 1 : clock, out int taiMinusUtc)) return false;
        epoch = new Epoch((clock + taiMinusUtc) * NanosecondsPerSecond + nanosecond + TtMinusTaiNanoseconds);
        return true;
    }

    /// <summary>The instant that a wall clock shows; leap seconds do not exist on such a clock.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Before 1972 or after 2291.</exception>
    public static Epoch FromDateTime(DateTimeOffset time)
    {
        var utc = time.UtcDateTime;
        int nanosecond = (int)(utc.Ticks % TimeSpan.TicksPerSecond) * 100;
        return TryCreate(DateOnly.FromDateTime(utc), utc.Hour, utc.Minute, utc.Second, nanosecond, out var epoch)
            ? epoch
            : throw new ArgumentOutOfRangeException(nameof(time), time, "Expected a time from 1972 to 2291.");
    }

    /// <summary>The wall clock's reading at an instant, to 100 ns; inside a leap second, the last tick before the next day.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Before 1972.</exception>
    public static DateTimeOffset ToDateTime(Epoch epoch)
        => TrySplit(epoch, out var day, out long nanosecondOfDay)
            ? new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue).AddTicks(Math.Min(nanosecondOfDay / 100, TimeSpan.TicksPerDay - 1)), TimeSpan.Zero)
            : throw new ArgumentOutOfRangeException(nameof(epoch), "UTC is defined here from 1972 on.");

    /// <summary>Reads ISO 8601 calendar (2024-02-29T12:00:00.123456789) or ordinal (2024-060T...) UTC, optional trailing Z, up to 9 decimals kept.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Epoch epoch)
    {
        epoch = default;
        text = text.Trim();
        if (text.EndsWith("Z", StringComparison.Ordinal)) text = text[..^1];
        int t = text.IndexOf('T');
        return t > 0 && TryParseDay(text[..t], out var day) && TryParseTime(text[(t + 1)..], out int h, out int m, out int s, out int ns)
            && TryCreate(day, h, m, s, ns, out epoch);
    }

    /// <summary>ISO 8601 UTC with the shortest of 0, 3, 6 or 9 decimals that loses nothing, and Z; before 1972 in TT.</summary>
    public static string Format(Epoch epoch)
    {
        if (!TrySplit(epoch, out var day, out long nanosecondOfDay))
        {
            var tt = new DateTime(2000, 1, 1, 12, 0, 0, DateTimeKind.Unspecified).AddTicks(epoch.NanosecondsSinceJ2000 / 100);
            return tt.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff", CultureInfo.InvariantCulture) + " TT";
        }
        long second = nanosecondOfDay / NanosecondsPerSecond, fraction = nanosecondOfDay % NanosecondsPerSecond;
        (long h, long m, long s) = second == 86_400 ? (23, 59, 60) : (second / 3600, second / 60 % 60, second % 60);
        string decimals = fraction == 0 ? "" : fraction % 1_000_000 == 0 ? $".{fraction / 1_000_000:000}"
            : fraction % 1_000 == 0 ? $".{fraction / 1_000:000000}" : $".{fraction:000000000}";
        return string.Create(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd}T{h:00}:{m:00}:{s:00}{decimals}Z");
    }

    /// <summary>The UTC calendar day and the nanosecond of that day (86,400,000,000,000 and more inside a leap second).</summary>
    /// <returns>False before 1972.</returns>
    public static bool TrySplit(Epoch epoch, out DateOnly day, out long nanosecondOfDay)
    {
        (day, nanosecondOfDay) = (default, 0);
        long tai = epoch.NanosecondsSinceJ2000 - TtMinusTaiNanoseconds;
        long taiSeconds = FloorDivide(tai, NanosecondsPerSecond);
        if (!LeapSeconds.TryGetTaiMinusUtcAtTai(taiSeconds, out int taiMinusUtc, out bool leap)) return false;
        long clock = taiSeconds - taiMinusUtc - (leap ? 1 : 0) + 43_200;
        long days = FloorDivide(clock, 86_400);
        day = Day2000.AddDays((int)days);
        nanosecondOfDay = (clock - days * 86_400 + (leap ? 1 : 0)) * NanosecondsPerSecond + (tai - taiSeconds * NanosecondsPerSecond);
        return true;
    }

    internal static long SecondsSince2000Noon(DateOnly day) => (day.DayNumber - Day2000.DayNumber) * 86_400L - 43_200;

    private static bool TryParseDay(ReadOnlySpan<char> text, out DateOnly day)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day)) return true;
        if (text.Length != 8 || text[4] != '-' || !TryDigits(text[..4], out int year) || !TryDigits(text[5..], out int ordinal)) return false;
        if (year < 1 || ordinal < 1 || ordinal > (DateTime.IsLeapYear(year) ? 366 : 365)) return false;
        day = new DateOnly(year, 1, 1).AddDays(ordinal - 1);
        return true;
    }

    private static bool TryParseTime(ReadOnlySpan<char> text, out int hour, out int minute, out int second, out int nanosecond)
    {
        (hour, minute, second, nanosecond) = (0, 0, 0, 0);
        if (text.Length < 8 || text[2] != ':' || text[5] != ':') return false;
        if (!TryDigits(text[..2], out hour) || !TryDigits(text[3..5], out minute) || !TryDigits(text[6..8], out second)) return false;
        if (text.Length == 8) return true;
        if (text[8] != '.' || text.Length == 9) return false;
        var decimals = text[9..];
        for (int i = 0; i < decimals.Length; i++)
            if (!char.IsAsciiDigit(decimals[i])) return false;
        for (int i = 0; i < 9; i++)
            nanosecond = nanosecond * 10 + (i < decimals.Length ? decimals[i] - '0' : 0);
        return true;
    }

    private static bool TryDigits(ReadOnlySpan<char> text, out int value)
        => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    private static long FloorDivide(long value, long divisor) => value / divisor - (value % divisor < 0 ? 1 : 0);
}
