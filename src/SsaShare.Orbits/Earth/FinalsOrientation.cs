namespace SsaShare.Orbits;

/// <summary>The IERS' finals.all and finals2000A.all in columns (readme.finals2000A): Bulletin B where it is there, else Bulletin A, measured or predicted.</summary>
internal static class FinalsOrientation
{
    private const double MilliarcsecondsOnlyOf1980 = 20;

    /// <returns>Whether the file is of this format; faults stand in <paramref name="days"/>.</returns>
    public static bool TryRead(TextLines lines, OrientationDays days)
    {
        if (!IsKnown(lines)) return false;
        for (int number = 1; number <= lines.Count && days.Fault is null; number++)
        {
            string line = lines[number];
            if (!line.AsSpan().Trim().IsEmpty) Read(line, number, days);
        }
        return true;
    }

    /// <summary>The first line that is not empty has a modified Julian date in columns 8 to 15.</summary>
    private static bool IsKnown(TextLines lines)
    {
        for (int number = 1; number <= Math.Min(lines.Count, 10); number++)
        {
            string line = lines[number];
            if (!line.AsSpan().Trim().IsEmpty) return line.Length >= 15 && line[12] == '.' && TextLines.TryNumber(TextLines.Columns(line, 8, 15), out double mjd) && mjd > 20_000;
        }
        return false;
    }

    private static void Read(string line, int number, OrientationDays days)
    {
        double? figure(int first, int last, string name)
        {
            var text = TextLines.Columns(line, first, last);
            if (text.IsWhiteSpace()) return null;
            if (line.Length >= last && TextLines.TryNumber(text, out double value)) return value;
            days.Refuse(number, name, line.Length < last ? "the line is cut off within it" : $"columns {first} to {last} are not a number");
            return null;
        }
        bool isFlag(int column, string name, out bool isPredicted)
        {
            var flag = TextLines.Columns(line, column, column);
            isPredicted = flag is "P";
            return flag is "I" or "P" || flag.IsWhiteSpace() || days.Refuse(number, name, "the flag is neither I (measured) nor P (predicted)");
        }
        if (figure(8, 15, "MJD") is not { } mjd) { days.Refuse(number, "MJD", "it is missing"); return; }
        if (!TextLines.TryInteger(TextLines.Columns(line, 1, 2), out int year) || !TextLines.TryInteger(TextLines.Columns(line, 3, 4), out int month)
            || !TextLines.TryInteger(TextLines.Columns(line, 5, 6), out int day)) { days.Refuse(number, "date", "columns 1 to 6 are no date"); return; }
        // The century is that of the day's number: two digits come again from 2073 on.
        year += mjd < 51_544 ? 1900 : mjd < 88_069 ? 2000 : 2100;
        if (!OrientationDays.IsDay(year, month, day, mjd)) { days.Refuse(number, "date", "it is not the day of the MJD"); return; }
        if (!isFlag(17, "pole flag", out bool polePredicted) || !isFlag(58, "UT1-UTC flag", out bool ut1Predicted) || !isFlag(96, "nutation flag", out _)) return;
        var (xa, ya, ut1a, dxa, dya) = (figure(19, 27, "x"), figure(38, 46, "y"), figure(59, 68, "UT1-UTC"), figure(98, 106, "dX"), figure(117, 125, "dY"));
        _ = figure(80, 86, "LOD");
        var (xb, yb, ut1b, dxb, dyb) = (figure(135, 144, "Bulletin B x"), figure(145, 154, "Bulletin B y"), figure(155, 165, "Bulletin B UT1-UTC"), figure(166, 175, "Bulletin B dX"), figure(176, 185, "Bulletin B dY"));
        if (days.Fault is not null) return;
        if ((dxb ?? dxa) is { } dx && (dyb ?? dya) is { } dy)
        {
            // The older file has dPsi and dEpsilon of the theory of 1980 in the same columns, fifty times as large.
            bool isOf1980 = Math.Abs(dx) > MilliarcsecondsOnlyOf1980;
            if (!days.SetOffsets(number, isOf1980 ? 0 : dx / 1_000, isOf1980 ? 0 : dy / 1_000)) return;
        }
        if ((xb ?? xa) is { } x && (yb ?? ya) is { } y && (ut1b ?? ut1a) is { } ut1)
            days.Add(number, mjd, x, y, ut1, (polePredicted && xb is null) || (ut1Predicted && ut1b is null));
    }
}
