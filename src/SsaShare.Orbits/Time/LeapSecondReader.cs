using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace SsaShare.Orbits;

/// <summary>Reads published files of leap seconds: text in, table or fault out. Total: no text makes it throw.</summary>
/// <remarks>Known by their lines: USNO tai-utc.dat, LeapSecond.dat, IERS Leap_Second.dat, IERS leap-seconds.list (NTP). Steps before 1972, where UTC ran at another rate, are passed over.</remarks>
public static class LeapSecondReader
{
    private const int FirstMjd = 41_317, FirstTaiMinusUtc = 10, LastMjd = 150_000;
    private const string Months = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC";

    private static readonly DateOnly MjdZero = new(1858, 11, 17), NtpZero = new(1900, 1, 1);

    /// <param name="text">The whole file.</param>
    /// <param name="name">Its name, for error messages.</param>
    /// <param name="table">Null where the file was not read.</param>
    /// <param name="fault">What is wrong, with line and field; null where nothing is.</param>
    public static bool TryRead(string text, string name, [NotNullWhen(true)] out LeapSecondTable? table, [NotNullWhen(false)] out FileFault? fault)
    {
        (table, fault) = (null, null);
        var lines = new TextLines(text);
        var steps = new List<(DateOnly From, int TaiMinusUtc)>();
        DateOnly? expires = null;
        for (int number = 1; number <= lines.Count; number++)
        {
            string line = lines[number].Trim();
            string[] words = TextLines.Words(line);
            if (line.StartsWith('#'))
            {
                if (Expiry(line, words) is { } day) expires = day;
                continue;
            }
            // The first line of LeapSecond.dat is the number of lines.
            if (words.Length == 0 || (words.Length == 1 && steps.Count == 0 && TextLines.TryInteger(words[0], out _))) continue;
            if (!TryStep(line, words, out double mjd, out double seconds, out double rate, out string field))
            {
                fault = new FileFault(name, number, field, "it cannot be read as a line of leap seconds", "give tai-utc.dat, LeapSecond.dat, Leap_Second.dat or leap-seconds.list");
                return false;
            }
            if (mjd < FirstMjd) continue;
            bool isFirst = steps.Count == 0;
            if (mjd != Math.Floor(mjd) || mjd > LastMjd) field = "date";
            else if (rate != 0 || seconds != Math.Floor(seconds)) field = "TAI-UTC";
            else if (isFirst ? mjd != FirstMjd || seconds != FirstTaiMinusUtc : seconds != steps[^1].TaiMinusUtc + 1) field = "TAI-UTC";
            else if (!isFirst && MjdZero.AddDays((int)mjd) <= steps[^1].From) field = "date";
            else
            {
                steps.Add((MjdZero.AddDays((int)mjd), (int)seconds));
                continue;
            }
            fault = new FileFault(name, number, field, isFirst ? "expected 10 s from 1972-01-01 on as the first" : "expected a later day with one second more than the line before", "fetch the file again, or correct the line");
            return false;
        }
        if (steps.Count == 0)
        {
            fault = new FileFault(name, 1, "file", "it has no leap seconds", "give tai-utc.dat, LeapSecond.dat, Leap_Second.dat or leap-seconds.list");
            return false;
        }
        table = new LeapSecondTable([.. steps], expires);
        return true;
    }

    /// <summary>"#@ 3960057600" (NTP seconds) or "#  File expires on 28 June 2025".</summary>
    private static DateOnly? Expiry(string line, string[] words)
    {
        if (words.Length == 2 && words[0] == "#@" && TextLines.TryNumber(words[1], out double ntp) && ntp is > 0 and < 1e10) return NtpZero.AddDays((int)(ntp / 86_400));
        int at = line.IndexOf("File expires on ", StringComparison.OrdinalIgnoreCase);
        return at >= 0 && DateOnly.TryParseExact(line[(at + 16)..].Trim(), ["d MMMM yyyy", "dd MMMM yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
    }

    private static bool TryStep(string line, string[] words, out double mjd, out double seconds, out double rate, out string field)
    {
        (mjd, seconds, rate, field) = (0, 0, 0, "columns");
        if (line.Contains("TAI-UTC=", StringComparison.Ordinal))
        {
            // 1972 JAN  1 =JD 2441317.5  TAI-UTC=  10.0       S + (MJD - 41317.) X 0.0      S
            string[] parts = TextLines.Words(line.Replace("=JD", " ", StringComparison.Ordinal).Replace("TAI-UTC=", " ", StringComparison.Ordinal).Replace("(MJD", " ", StringComparison.Ordinal)
                .Replace("S", " ", StringComparison.Ordinal).Replace("EP", "SEP", StringComparison.Ordinal));
            return parts.Length >= 10 && TryDated(parts[..5], out mjd, out seconds, out field) && (TextLines.TryNumber(parts[^1], out rate) || no("rate", out field));
        }
        if (words.Length == 7)
        {
            // 1972 JAN  1   2441317.5     10.0        41317.  0.0
            return TryDated(words[..5], out mjd, out seconds, out field) && (TextLines.TryNumber(words[6], out rate) || no("rate", out field));
        }
        if (words.Length == 5 && line.IndexOf('#', StringComparison.Ordinal) < 0)
        {
            // 41317.0    1  1 1972       10
            if (!TextLines.TryNumber(words[0], out mjd)) return no("MJD", out field);
            if (!TextLines.TryInteger(words[1], out int day) || !TextLines.TryInteger(words[2], out int month) || !TextLines.TryInteger(words[3], out int year)
                || !OrientationDays.IsDay(year, month, day, mjd)) return no("date", out field);
            return TextLines.TryNumber(words[4], out seconds) || no("TAI-UTC", out field);
        }
        if (words.Length >= 2 && (words.Length == 2 || words[2].StartsWith('#')))
        {
            // 2272060800      10      # 1 Jan 1972
            if (!TextLines.TryNumber(words[0], out double ntp) || !(ntp is > 0 and < 1e10)) return no("NTP time", out field);
            mjd = NtpZero.DayNumber - MjdZero.DayNumber + ntp / 86_400;
            return TextLines.TryNumber(words[1], out seconds) || no("TAI-UTC", out field);
        }
        return false;

        static bool no(string name, out string field)
        {
            field = name;
            return false;
        }
    }

    /// <summary>Year, month, day, Julian date, TAI-UTC.</summary>
    private static bool TryDated(string[] words, out double mjd, out double seconds, out string field)
    {
        (mjd, seconds, field) = (0, 0, "date");
        int month = words[1].Length == 3 ? Months.IndexOf(words[1], StringComparison.OrdinalIgnoreCase) : -1;
        if (month < 0 || month % 3 != 0 || !TextLines.TryInteger(words[0], out int year) || !TextLines.TryInteger(words[2], out int day)) return false;
        field = "JD";
        if (!TextLines.TryNumber(words[3], out double jd)) return false;
        mjd = jd - 2_400_000.5;
        if (!OrientationDays.IsDay(year, month / 3 + 1, day, mjd)) return false;
        field = "TAI-UTC";
        return TextLines.TryNumber(words[4], out seconds);
    }
}
