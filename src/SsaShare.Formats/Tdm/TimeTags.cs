namespace SsaShare.Formats;

/// <summary>
/// Reads CCSDS time tags, calendar (2024-02-29T12:00:00.5) or ordinal (2024-060T...), of one time system. Remembers the last day, since
/// most tags of a file share it. Used by one thread at a time.
/// </summary>
internal sealed class TimeTags
{
    private const long NanosecondsPerSecond = 1_000_000_000;
    private readonly byte[] _lastDay = new byte[10];
    private int _lastDayLength;
    private Epoch _lastMidnight;
    private DateOnly _lastDate;
    private TdmTimeSystem _system;

    public TdmTimeSystem System
    {
        get => _system;
        set => (_system, _lastDayLength) = (value, 0);
    }

    /// <returns>Null and the epoch, or why the text is no time tag.</returns>
    public string? Read(ReadOnlySpan<byte> text, out Epoch epoch)
    {
        epoch = default;
        if (text.EndsWith("Z"u8)) text = text[..^1];
        int t = text.IndexOf((byte)'T');
        if (t is not (8 or 10)) return "not a date and time such as 2024-02-29T12:00:00.5 or 2024-060T12:00:00.5";
        if (!text[..t].SequenceEqual(_lastDay.AsSpan(0, _lastDayLength)) && ReadDay(text[..t]) is { } wrongDay) return wrongDay;
        return ReadTime(text[(t + 1)..], out epoch);
    }

    /// <summary>The instant at which the clock of a time system shows 00:00:00 of a day.</summary>
    /// <exception cref="ArgumentOutOfRangeException">UTC before 1972, or a year outside 1900 to 2250.</exception>
    public static Epoch AtMidnight(TdmTimeSystem system, DateOnly day)
    {
        if (day.Year is < 1900 or > 2250) throw new ArgumentOutOfRangeException(nameof(day), day, "Expected a year from 1900 to 2250.");
        if (system == TdmTimeSystem.Utc)
            return Utc.TryCreate(day, 0, 0, 0, 0, out var utc) ? utc : throw new ArgumentOutOfRangeException(nameof(day), day, "UTC is defined here from 1972 on.");
        long seconds = (day.DayNumber - new DateOnly(2000, 1, 1).DayNumber) * 86_400L - 43_200;
        // An Epoch's number is TT since 2000-01-01T12:00 TT; TT-TAI is 32.184 s and TAI-GPS 19 s by definition.
        long behindTtMilliseconds = system switch { TdmTimeSystem.Tt => 0, TdmTimeSystem.Tai => 32_184, TdmTimeSystem.Gps => 51_184, _ => throw new ArgumentOutOfRangeException(nameof(system), system, "Not a time system.") };
        return new Epoch(seconds * NanosecondsPerSecond + behindTtMilliseconds * 1_000_000);
    }

    private string? ReadDay(ReadOnlySpan<byte> text)
    {
        _lastDayLength = 0;
        if (!TryDigits(text[..4], out int year) || text[4] != '-') return "the date is not YYYY-MM-DD or YYYY-DDD";
        if (year is < 1900 or > 2250) return "the year is outside 1900 to 2250";
        if (text.Length == 8)
        {
            if (!TryDigits(text[5..], out int dayOfYear)) return "the date is not YYYY-MM-DD or YYYY-DDD";
            if (dayOfYear < 1 || dayOfYear > (DateTime.IsLeapYear(year) ? 366 : 365)) return "the year has no such day";
            _lastDate = new DateOnly(year, 1, 1).AddDays(dayOfYear - 1);
        }
        else
        {
            if (!TryDigits(text[5..7], out int month) || text[7] != '-' || !TryDigits(text[8..], out int day)) return "the date is not YYYY-MM-DD or YYYY-DDD";
            if (month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return "the calendar has no such day";
            _lastDate = new DateOnly(year, month, day);
        }
        if (_system == TdmTimeSystem.Utc && _lastDate < LeapSeconds.Start) return "UTC before 1972 had no whole leap seconds and is not read";
        _lastMidnight = AtMidnight(_system, _lastDate);
        text.CopyTo(_lastDay);
        _lastDayLength = text.Length;
        return null;
    }

    private string? ReadTime(ReadOnlySpan<byte> text, out Epoch epoch)
    {
        epoch = default;
        if (text.Length < 8 || text[2] != ':' || text[5] != ':') return "the time is not hh:mm:ss";
        if (!TryDigits(text[..2], out int hour) || !TryDigits(text[3..5], out int minute) || !TryDigits(text[6..8], out int second)) return "the time is not hh:mm:ss";
        if (!TryFraction(text[8..], out int nanosecond)) return "the decimals of the seconds are not digits";
        if (hour > 23 || minute > 59) return "the day has no such time";
        if (second > 59)
            return _system == TdmTimeSystem.Utc && Utc.TryCreate(_lastDate, hour, minute, second, nanosecond, out epoch) ? null : "the minute has no such second";
        epoch = new Epoch(_lastMidnight.NanosecondsSinceJ2000 + (hour * 3600 + minute * 60 + second) * NanosecondsPerSecond + nanosecond);
        return null;
    }

    private static bool TryFraction(ReadOnlySpan<byte> text, out int nanosecond)
    {
        nanosecond = 0;
        if (text.IsEmpty) return true;
        if (text[0] != '.' || text.Length < 2) return false;
        for (int i = 1, scale = 100_000_000; i < text.Length; i++, scale /= 10)
        {
            if (!char.IsAsciiDigit((char)text[i])) return false;
            nanosecond += (text[i] - '0') * scale;
        }
        return true;
    }

    private static bool TryDigits(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        foreach (byte b in text)
        {
            if (!char.IsAsciiDigit((char)b)) return false;
            value = value * 10 + (b - '0');
        }
        return true;
    }
}
