namespace SsaShare.Orbits;

/// <summary>The form of seeds/earth/earth-orientation.txt: MJD, pole x and y, UT1-UTC, dX, dY; arcseconds and seconds; all measured. Lines with # are comments.</summary>
internal static class PlainOrientation
{
    private static readonly string[] Names = ["MJD", "x", "y", "UT1-UTC", "dX", "dY"];

    /// <returns>Whether the file is of this format; faults stand in <paramref name="days"/>.</returns>
    public static bool TryRead(TextLines lines, OrientationDays days)
    {
        bool isKnown = false;
        Span<double> figures = stackalloc double[6];
        for (int number = 1; number <= lines.Count && days.Fault is null; number++)
        {
            string line = lines[number].Trim();
            if (line.Length == 0 || line[0] == '#') continue;
            string[] words = TextLines.Words(line);
            // The first line with figures decides what the file is.
            if (!isKnown && (words.Length != 6 || words[0].Length != 5 || !TextLines.TryInteger(words[0], out _))) return false;
            isKnown = true;
            if (words.Length != 6) days.Refuse(number, "columns", $"expected 6, got {words.Length}");
            for (int i = 0; i < 6 && days.Fault is null; i++)
                if (!TextLines.TryNumber(words[i], out figures[i])) days.Refuse(number, Names[i], "it is not a number");
            if (days.Fault is null && days.SetOffsets(number, figures[4], figures[5])) days.Add(number, figures[0], figures[1], figures[2], figures[3], isPredicted: false);
        }
        return isKnown;
    }
}
