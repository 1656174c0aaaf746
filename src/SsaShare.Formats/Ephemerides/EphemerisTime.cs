using System.Globalization;

namespace SsaShare.Formats;

/// <summary>A reading of a clock, exactly as written: the day and the second of the day, to the attosecond. Which clock it is says the segment.</summary>
/// <param name="ModifiedJulianDay">The calendar day of that clock: 0 is 1858-11-17.</param>
/// <param name="SecondOfDay">From 0 to below 86,400; 86,400 and above only inside a leap second of UTC.</param>
public readonly record struct EphemerisTime(int ModifiedJulianDay, decimal SecondOfDay) : IComparable<EphemerisTime>
{
    private const int DayNumberOfMjd0 = 678_575, Mjd2000 = 51_544;
    private const decimal SecondsPerDay = 86_400;

    /// <summary>First and last day that is read: 1900-01-01 and 2250-12-31.</summary>
    public static int FirstDay { get; } = Mjd(new DateOnly(1900, 1, 1));

    public static int LastDay { get; } = Mjd(new DateOnly(2250, 12, 31));

    private static readonly int FirstUtcDay = Mjd(new DateOnly(1972, 1, 1));

    public DateOnly Date => DateOnly.FromDayNumber(ModifiedJulianDay + DayNumberOfMjd0);

    public static int Mjd(DateOnly date) => date.DayNumber - DayNumberOfMjd0;

    /// <summary>A calendar reading.</summary>
    /// <returns>Null and the time, or why there is none.</returns>
    public static string? TryCreate(long year, long month, long day, long hour, long minute, decimal second, EphemerisTimeSystem system, out EphemerisTime time)
    {
        time = default;
        if (year is < 1900 or > 2250) return "the year is outside 1900 to 2250";
        if (month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth((int)year, (int)month)) return "the calendar has no such day";
        if (hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or >= 61) return "the day has no such time";
        if (second >= 60 && (hour, minute) != (23, 59)) return "the minute has no such second";
        return TryCreate(Mjd(new DateOnly((int)year, (int)month, (int)day)), hour * 3600 + minute * 60 + second, system, out time);
    }

    /// <summary>A day and a second of it.</summary>
    /// <returns>Null and the time, or why there is none.</returns>
    public static string? TryCreate(long modifiedJulianDay, decimal secondOfDay, EphemerisTimeSystem system, out EphemerisTime time)
    {
        time = default;
        if (modifiedJulianDay < FirstDay || modifiedJulianDay > LastDay) return "the day is outside 1900 to 2250";
        if (secondOfDay < 0) return "the day has no such second";
        if (secondOfDay >= SecondsPerDay && secondOfDay >= LengthOfDay((int)modifiedJulianDay, system)) return "the day has no such second";
        time = new EphemerisTime((int)modifiedJulianDay, Kept(secondOfDay));
        return null;
    }

    /// <summary>Reads ISO 8601 as CCSDS does: 2018-06-13T00:14:42.5 or 2018-164T00:14:42.5, with or without a Z.</summary>
    /// <returns>Null and the time, or why there is none.</returns>
    public static string? TryParse(ReadOnlySpan<char> text, EphemerisTimeSystem system, out EphemerisTime time)
    {
        time = default;
        const string Expected = "not of the form 2018-06-13T00:14:42.5 or 2018-164T00:14:42.5";
        if (text.EndsWith("Z")) text = text[..^1];
        int t = text.IndexOf('T');
        if (t is not (8 or 10) || text[4] != '-' || !TryWhole(text[..4], out int year) || text.Length < t + 9 || text[t + 3] != ':' || text[t + 6] != ':') return Expected;
        int month = 1, day;
        if (t == 10 ? text[7] != '-' || !TryWhole(text[5..7], out month) || !TryWhole(text[8..10], out day) : !TryWhole(text[5..8], out day)) return Expected;
        if (!TryWhole(text[(t + 1)..(t + 3)], out int hour) || !TryWhole(text[(t + 4)..(t + 6)], out int minute)
            || !decimal.TryParse(text[(t + 7)..], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal second)) return Expected;
        if (t == 10) return TryCreate(year, month, day, hour, minute, second, system, out time);
        if (year is < 1900 or > 2250) return "the year is outside 1900 to 2250";
        if (day < 1 || day > (DateTime.IsLeapYear(year) ? 366 : 365)) return "the year has no such day";
        var date = new DateOnly(year, 1, 1).AddDays(day - 1);
        return TryCreate(year, date.Month, date.Day, hour, minute, second, system, out time);
    }

    /// <summary>The instant, rounded to the nanosecond.</summary>
    /// <returns>False for clocks that differ from TAI by no known whole of seconds: TDB, UT1, TCB, TCG, and UTC before 1972.</returns>
    public bool TryToEpoch(EphemerisTimeSystem system, out Epoch epoch)
    {
        epoch = default;
        long nanoseconds = (long)decimal.Round(SecondOfDay * 1_000_000_000);
        if (IsUtc(system))
        {
            if (ModifiedJulianDay < FirstUtcDay || !Utc.TryCreate(Date, 0, 0, 0, 0, out var midnight)) return false;
            epoch = new Epoch(midnight.NanosecondsSinceJ2000 + nanoseconds);
            return true;
        }
        if (BehindTtMilliseconds(system) is not { } behind) return false;
        epoch = new Epoch(((ModifiedJulianDay - Mjd2000) * 86_400L - 43_200) * 1_000_000_000 + nanoseconds + behind * 1_000_000);
        return true;
    }

    /// <summary>What the clock shows at an instant.</summary>
    /// <returns>False for clocks of which <see cref="TryToEpoch"/> is, and beyond the years that are read.</returns>
    public static bool TryFromEpoch(Epoch epoch, EphemerisTimeSystem system, out EphemerisTime time)
    {
        time = default;
        if (IsUtc(system))
        {
            if (!Utc.TrySplit(epoch, out var day, out long nanosecondOfDay) || day.Year > 2250) return false;
            time = new EphemerisTime(Mjd(day), nanosecondOfDay / 1_000_000_000m);
            return true;
        }
        if (BehindTtMilliseconds(system) is not { } behind) return false;
        long sinceNoon = epoch.NanosecondsSinceJ2000 - behind * 1_000_000 + 43_200_000_000_000;
        long days = (long)Math.Floor((decimal)sinceNoon / 86_400_000_000_000);
        return TryCreate(days + Mjd2000, (sinceNoon - days * 86_400_000_000_000) / 1_000_000_000m, system, out time) is null;
    }

    /// <summary>What another clock shows at that instant, exactly.</summary>
    /// <returns>False where one of the two has no known whole of seconds to TAI.</returns>
    public bool TryConvert(EphemerisTimeSystem from, EphemerisTimeSystem to, out EphemerisTime other)
    {
        other = this;
        if (from == to) return from != EphemerisTimeSystem.Unspecified;
        decimal whole = decimal.Floor(SecondOfDay);
        if (!(this with { SecondOfDay = whole }).TryToEpoch(from, out var epoch) || !TryFromEpoch(epoch, to, out other)) return false;
        other = other with { SecondOfDay = other.SecondOfDay + (SecondOfDay - whole) };
        return true;
    }

    /// <summary>The reading after so many seconds of that clock, leap seconds of UTC counted where they are known.</summary>
    /// <returns>False beyond the years that are read.</returns>
    public bool TryAdd(decimal seconds, EphemerisTimeSystem system, out EphemerisTime later)
    {
        later = default;
        if (seconds is > 20_000_000_000 or < -20_000_000_000) return false;
        decimal total = Kept(SecondOfDay + seconds);
        if (total >= 0 && total < SecondsPerDay)
        {
            later = new EphemerisTime(ModifiedJulianDay, total);
            return true;
        }
        decimal whole = decimal.Floor(total);
        if (IsUtc(system) && new EphemerisTime(ModifiedJulianDay, 0).TryToEpoch(system, out var midnight)
            && TryFromEpoch(new Epoch(midnight.NanosecondsSinceJ2000 + (long)whole * 1_000_000_000), system, out var second))
        {
            later = second with { SecondOfDay = second.SecondOfDay + (total - whole) };
            return true;
        }
        decimal days = decimal.Floor(total / SecondsPerDay);
        return TryCreate(ModifiedJulianDay + (long)days, total - days * SecondsPerDay, system, out later) is null;
    }

    /// <summary>Seconds of that clock from an earlier reading to this one, exactly; leap seconds of UTC counted where they are known.</summary>
    public decimal SecondsSince(EphemerisTime earlier, EphemerisTimeSystem system)
    {
        if (ModifiedJulianDay == earlier.ModifiedJulianDay) return SecondOfDay - earlier.SecondOfDay;
        decimal days = (ModifiedJulianDay - earlier.ModifiedJulianDay) * SecondsPerDay;
        if (IsUtc(system) && new EphemerisTime(ModifiedJulianDay, 0).TryToEpoch(system, out var to) && new EphemerisTime(earlier.ModifiedJulianDay, 0).TryToEpoch(system, out var from))
            days = (to.NanosecondsSinceJ2000 - from.NanosecondsSinceJ2000) / 1_000_000_000;
        return days + SecondOfDay - earlier.SecondOfDay;
    }

    public int CompareTo(EphemerisTime other)
        => ModifiedJulianDay == other.ModifiedJulianDay ? SecondOfDay.CompareTo(other.SecondOfDay) : ModifiedJulianDay.CompareTo(other.ModifiedJulianDay);

    public static bool operator <(EphemerisTime left, EphemerisTime right) => left.CompareTo(right) < 0;
    public static bool operator >(EphemerisTime left, EphemerisTime right) => left.CompareTo(right) > 0;
    public static bool operator <=(EphemerisTime left, EphemerisTime right) => left.CompareTo(right) <= 0;
    public static bool operator >=(EphemerisTime left, EphemerisTime right) => left.CompareTo(right) >= 0;

    /// <summary>Hour, minute and second; second 60 inside a leap second.</summary>
    public (int Hour, int Minute, decimal Second) Clock()
    {
        if (SecondOfDay >= SecondsPerDay) return (23, 59, SecondOfDay - 86_340);
        int whole = (int)SecondOfDay;
        return (whole / 3600, whole / 60 % 60, SecondOfDay - whole / 60 * 60);
    }

    /// <summary>ISO 8601 without a zone, with the digits there are: 2018-06-13T00:14:42.5.</summary>
    public override string ToString()
    {
        var (hour, minute, second) = Clock();
        return string.Create(CultureInfo.InvariantCulture, $"{Date:yyyy-MM-dd}T{hour:00}:{minute:00}:{second:00.##################}");
    }

    internal static bool IsUtc(EphemerisTimeSystem system) => system is EphemerisTimeSystem.Utc or EphemerisTimeSystem.Glonass;

    private static decimal LengthOfDay(int modifiedJulianDay, EphemerisTimeSystem system)
        => IsUtc(system) && Utc.TryCreate(DateOnly.FromDayNumber(modifiedJulianDay + DayNumberOfMjd0), 23, 59, 60, 0, out _) ? SecondsPerDay + 1 : SecondsPerDay;

    private static long? BehindTtMilliseconds(EphemerisTimeSystem system) => system switch
    {
        EphemerisTimeSystem.Tt => 0,
        EphemerisTimeSystem.Tai => 32_184,
        EphemerisTimeSystem.Gps or EphemerisTimeSystem.Galileo or EphemerisTimeSystem.Qzss or EphemerisTimeSystem.Navic => 51_184,
        EphemerisTimeSystem.BeiDou => 65_184,
        _ => null,
    };

    private static bool TryWhole(ReadOnlySpan<char> text, out int value) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    private static decimal Kept(decimal seconds) => decimal.Round(seconds, 18);
}
