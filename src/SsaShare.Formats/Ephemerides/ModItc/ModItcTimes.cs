namespace SsaShare.Formats;

/// <summary>Times of operators' ephemerides: yyyydddhhmmss.sss of points, 2026-04-25 20:06:49 UTC of headers.</summary>
internal static class ModItcTimes
{
    /// <returns>Null and the time, or what is wrong.</returns>
    public static string? Read(ReadOnlySpan<byte> word, out EphemerisTime time)
    {
        time = default;
        if (word.Length < 13 || !ShiftedDecimal.TryInteger(word[..4], out long year) || !ShiftedDecimal.TryInteger(word[4..7], out long dayOfYear) || !ShiftedDecimal.TryInteger(word[7..9], out long hour)
            || !ShiftedDecimal.TryInteger(word[9..11], out long minute) || !ShiftedDecimal.TryDecimal(word[11..], out decimal second)) return "not of the form yyyydddhhmmss.sss";
        if (year is < 1900 or > 2250) return "the year is outside 1900 to 2250";
        if (dayOfYear < 1 || dayOfYear > (DateTime.IsLeapYear((int)year) ? 366 : 365)) return "the year has no such day";
        var date = new DateOnly((int)year, 1, 1).AddDays((int)dayOfYear - 1);
        return EphemerisTime.TryCreate(date.Year, date.Month, date.Day, hour, minute, second, EphemerisTimeSystem.Utc, out time);
    }

    /// <returns>Null and the time, or what is wrong.</returns>
    public static string? ReadHeader(ReadOnlySpan<byte> text, out EphemerisTime time)
    {
        time = default;
        const string Expected = "not of the form 2026-04-25 20:06:49 UTC";
        if (text.EndsWith(" UTC"u8)) text = text[..^4];
        else if (text.EndsWith("Z"u8)) text = text[..^1];
        if (text.Length < 19 || text[4] != '-' || text[7] != '-' || text[10] is not ((byte)' ' or (byte)'T') || text[13] != ':' || text[16] != ':') return Expected;
        if (!ShiftedDecimal.TryInteger(text[..4], out long year) || !ShiftedDecimal.TryInteger(text[5..7], out long month) || !ShiftedDecimal.TryInteger(text[8..10], out long day)
            || !ShiftedDecimal.TryInteger(text[11..13], out long hour) || !ShiftedDecimal.TryInteger(text[14..16], out long minute) || !ShiftedDecimal.TryDecimal(text[17..], out decimal second)) return Expected;
        return EphemerisTime.TryCreate(year, month, day, hour, minute, second, EphemerisTimeSystem.Utc, out time);
    }

    public static string Header(EphemerisTime time)
    {
        var (hour, minute, second) = time.Clock();
        return FormattableString.Invariant($"{time.Date:yyyy-MM-dd} {hour:00}:{minute:00}:{second:00.#########} UTC");
    }

    public static string Point(EphemerisTime time)
    {
        var (hour, minute, second) = time.Clock();
        return FormattableString.Invariant($"{time.Date.Year:0000}{time.Date.DayOfYear:000}{hour:00}{minute:00}{second:00.000###############}");
    }
}
