namespace SsaShare.Formats;

/// <summary>A time tag of a message as its clock shows it: for order and form only, whatever the time system.</summary>
/// <param name="Day">0 is 0001-01-01 of that clock.</param>
/// <param name="SecondOfDay">From 0; 86,400 within a leap second, which comes before the next day.</param>
/// <param name="Attoseconds">Of the second.</param>
internal readonly record struct NdmTime(long Day, long SecondOfDay, long Attoseconds) : IComparable<NdmTime>
{
    private const long SecondsPerDay = 86_400;

    /// <summary>23:59:60, which UTC alone has.</summary>
    public bool IsInLeapSecond => SecondOfDay >= SecondsPerDay;

    /// <summary>A reading of UTC as far as the table of leap seconds knows.</summary>
    public bool IsOfUtc => !IsInLeapSecond || Utc.TryCreate(DateOnly.FromDayNumber((int)Day), 23, 59, 60, 0, out _);

    public static bool operator <(NdmTime one, NdmTime other) => one.CompareTo(other) < 0;

    public static bool operator >(NdmTime one, NdmTime other) => one.CompareTo(other) > 0;

    public static bool operator <=(NdmTime one, NdmTime other) => one.CompareTo(other) <= 0;

    public static bool operator >=(NdmTime one, NdmTime other) => one.CompareTo(other) >= 0;

    public int CompareTo(NdmTime other)
    {
        if (Day != other.Day) return Day.CompareTo(other.Day);
        return SecondOfDay != other.SecondOfDay ? SecondOfDay.CompareTo(other.SecondOfDay) : Attoseconds.CompareTo(other.Attoseconds);
    }

    /// <summary>So many seconds later, days having 86,400.</summary>
    /// <param name="seconds">Between -1e12 and 1e12.</param>
    public NdmTime Plus(decimal seconds)
    {
        decimal whole = decimal.Floor(seconds);
        long attoseconds = Attoseconds + (long)((seconds - whole) * 1_000_000_000_000_000_000m);
        long carried = attoseconds >= 1_000_000_000_000_000_000 ? 1 : 0;
        long days = (long)decimal.Floor((SecondOfDay + whole + carried) / SecondsPerDay);
        return new NdmTime(Day + days, SecondOfDay + (long)whole + carried - days * SecondsPerDay, attoseconds - carried * 1_000_000_000_000_000_000);
    }

    /// <summary>2024-02-29T12:00:00.5 or 2024-060T12:00:00.5, with or without a Z.</summary>
    /// <returns>Null and the time, or why the text is none.</returns>
    public static string? Read(ReadOnlySpan<char> text, out NdmTime time)
    {
        time = default;
        if (text is [.., 'Z']) text = text[..^1];
        int t = text.IndexOf('T');
        if (t is not (8 or 10) || text[4] != '-' || !TryDigits(text[..4], out int year)) return "not a date and time";
        if (year is < 1) return "there is no year 0";
        int day, month = 0;
        if (t == 8)
        {
            if (!TryDigits(text[5..8], out day)) return "not a date and time";
            if (day < 1 || day > (DateTime.IsLeapYear(year) ? 366 : 365)) return "the year has no such day";
        }
        else
        {
            if (text[7] != '-' || !TryDigits(text[5..7], out month) || !TryDigits(text[8..10], out day)) return "not a date and time";
            if (month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return "the calendar has no such day";
        }
        var clock = text[(t + 1)..];
        if (clock.Length < 8 || clock[2] != ':' || clock[5] != ':') return "not a date and time";
        if (!TryDigits(clock[..2], out int hour) || !TryDigits(clock[3..5], out int minute) || !TryDigits(clock[6..8], out int second)) return "not a date and time";
        if (hour > 23 || minute > 59 || second > 60) return "the day has no such time";
        if (!TryFraction(clock[8..], out long attoseconds)) return "the decimals of the seconds are not digits";
        int days = t == 8 ? new DateOnly(year, 1, 1).DayNumber + day - 1 : new DateOnly(year, month, day).DayNumber;
        if (second == 60 && (hour, minute) != (23, 59)) return "the minute has no such second";
        time = new NdmTime(days, hour * 3_600 + minute * 60 + second, attoseconds);
        return null;
    }

    private static bool TryFraction(ReadOnlySpan<char> text, out long attoseconds)
    {
        attoseconds = 0;
        if (text.IsEmpty) return true;
        if (text[0] != '.') return false;
        long scale = 100_000_000_000_000_000;
        foreach (char digit in text[1..])
        {
            if (!char.IsAsciiDigit(digit)) return false;
            attoseconds += (digit - '0') * scale;
            scale /= 10;
        }
        return true;
    }

    private static bool TryDigits(ReadOnlySpan<char> text, out int value)
    {
        value = 0;
        foreach (char digit in text)
        {
            if (!char.IsAsciiDigit(digit)) return false;
            value = value * 10 + (digit - '0');
        }
        return true;
    }
}
