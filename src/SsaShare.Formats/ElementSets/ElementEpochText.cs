using System.Buffers.Text;

namespace SsaShare.Formats;

/// <summary>Dates and times as the CCSDS write them, 2024-10-29T12:18:43.492896 or 2024-303T12:18:43.492896.</summary>
internal static class ElementEpochText
{
    public const int LongestBytes = 29;

    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <param name="isExact">False where decimals beyond the nanosecond other than 0 were dropped.</param>
    /// <returns>Null and the epoch, or why the text is none.</returns>
    public static string? Read(ReadOnlySpan<byte> text, out ElementEpoch epoch, out bool isExact)
    {
        (epoch, isExact) = (default, true);
        if (text.EndsWith("Z"u8)) text = text[..^1];
        int t = text.IndexOf((byte)'T');
        if (t is not (8 or 10)) return "not a date and time such as 2024-02-29T12:00:00.5 or 2024-060T12:00:00.5";
        if (ReadDay(text[..t], out var day) is { } reason) return reason;
        text = text[(t + 1)..];
        if (text.Length < 8 || text[2] != ':' || text[5] != ':') return "the time is not hh:mm:ss";
        int hour = TwoDigits(text), minute = TwoDigits(text[3..]), second = TwoDigits(text[6..]);
        if ((hour | minute | second) < 0) return "the time is not hh:mm:ss";
        if (hour > 23 || minute > 59 || second > 59 && (second, minute, hour) != (60, 59, 23)) return "the day has no such time";
        if (!ReadFraction(text[8..], out long nanosecond, out isExact)) return "the decimals of the seconds are not digits";
        epoch = new ElementEpoch(day, (hour * 3_600 + minute * 60 + second) * NanosecondsPerSecond + nanosecond);
        return null;
    }

    /// <summary>With six decimals of the second, as publishers have it, or nine where six would not say all.</summary>
    /// <returns>The number of bytes, at most <see cref="LongestBytes"/>.</returns>
    public static int Print(ElementEpoch epoch, Span<byte> to)
    {
        long second = Math.Min(epoch.NanosecondOfDay / NanosecondsPerSecond, 86_400), fraction = epoch.NanosecondOfDay - second * NanosecondsPerSecond;
        bool leap = second == 86_400;
        Digits(to[..4], epoch.Day.Year);
        to[4] = (byte)'-';
        Digits(to[5..7], epoch.Day.Month);
        to[7] = (byte)'-';
        Digits(to[8..10], epoch.Day.Day);
        to[10] = (byte)'T';
        Digits(to[11..13], leap ? 23 : second / 3_600);
        to[13] = (byte)':';
        Digits(to[14..16], leap ? 59 : second / 60 % 60);
        to[16] = (byte)':';
        Digits(to[17..19], leap ? 60 : second % 60);
        to[19] = (byte)'.';
        if (fraction % 1_000 == 0)
        {
            Digits(to[20..26], fraction / 1_000);
            return 26;
        }
        Digits(to[20..29], fraction);
        return 29;
    }

    /// <summary>Right-aligned, filled with zeros.</summary>
    public static void Digits(Span<byte> to, long value)
    {
        for (int i = to.Length - 1; i >= 0; i--, value /= 10) to[i] = (byte)('0' + value % 10);
    }

    private static string? ReadDay(ReadOnlySpan<byte> text, out DateOnly day)
    {
        day = default;
        int century = TwoDigits(text), rest = TwoDigits(text[2..]), year = century * 100 + rest;
        if ((century | rest) < 0 || text[4] != '-') return "the date is not YYYY-MM-DD or YYYY-DDD";
        if (year is < 1900 or > 2250) return "the year is outside 1900 to 2250";
        if (text.Length == 8)
        {
            if (!Utf8Parser.TryParse(text[5..], out ushort dayOfYear, out int used) || used != 3) return "the date is not YYYY-MM-DD or YYYY-DDD";
            if (dayOfYear < 1 || dayOfYear > (DateTime.IsLeapYear(year) ? 366 : 365)) return "the year has no such day";
            day = new DateOnly(year, 1, 1).AddDays(dayOfYear - 1);
            return null;
        }
        int month = TwoDigits(text[5..]), dayOfMonth = TwoDigits(text[8..]);
        if ((month | dayOfMonth) < 0 || text[7] != '-') return "the date is not YYYY-MM-DD or YYYY-DDD";
        if (month is < 1 or > 12 || dayOfMonth < 1 || dayOfMonth > DateTime.DaysInMonth(year, month)) return "the calendar has no such day";
        day = new DateOnly(year, month, dayOfMonth);
        return null;
    }

    private static bool ReadFraction(ReadOnlySpan<byte> text, out long nanosecond, out bool isExact)
    {
        (nanosecond, isExact) = (0, true);
        if (text.IsEmpty) return true;
        if (text[0] != '.' || text.Length < 2) return false;
        for (int i = 1, scale = 100_000_000; i < text.Length; i++, scale /= 10)
        {
            int digit = text[i] - '0';
            if (digit is < 0 or > 9) return false;
            nanosecond += digit * scale;
            isExact &= scale > 0 || digit == 0;
        }
        return true;
    }

    /// <returns>Below 0 when they are no digits.</returns>
    private static int TwoDigits(ReadOnlySpan<byte> text)
    {
        int tens = text[0] - '0', ones = text[1] - '0';
        return (uint)tens > 9 || (uint)ones > 9 ? -1 : tens * 10 + ones;
    }
}
