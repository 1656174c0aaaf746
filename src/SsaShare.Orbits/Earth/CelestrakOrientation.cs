namespace SsaShare.Orbits;

/// <summary>CelesTrak's EOP-All as text: sections OBSERVED and PREDICTED of 13 columns.</summary>
internal static class CelestrakOrientation
{
    private static readonly string[] Names = ["year", "month", "day", "MJD", "x", "y", "UT1-UTC", "LOD", "dPsi", "dEpsilon", "dX", "dY", "DAT"];

    /// <returns>Whether the file is of this format; faults stand in <paramref name="days"/>.</returns>
    public static bool TryRead(TextLines lines, OrientationDays days)
    {
        string? section = null;
        bool isKnown = false;
        Span<double> figures = stackalloc double[13];
        for (int number = 1; number <= lines.Count && days.Fault is null; number++)
        {
            string line = lines[number].Trim();
            if (line is "BEGIN OBSERVED" or "BEGIN PREDICTED") (section, isKnown) = (line[6..], true);
            else if (section is not null && line.StartsWith("END", StringComparison.Ordinal))
            {
                if (line != "END " + section) days.Refuse(number, "END", $"expected END {section}");
                section = null;
            }
            else if (section is not null && line.Length > 0) Read(line, number, section == "PREDICTED", figures, days);
        }
        if (isKnown && section is not null) days.Refuse(lines.Count, "END", $"the file ends within {section}", "fetch the file again");
        return isKnown;
    }

    private static void Read(string line, int number, bool isPredicted, Span<double> figures, OrientationDays days)
    {
        string[] words = TextLines.Words(line);
        if (words.Length != Names.Length) { days.Refuse(number, "columns", $"expected {Names.Length}, got {words.Length}"); return; }
        for (int i = 0; i < words.Length; i++)
            if (!TextLines.TryNumber(words[i], out figures[i])) { days.Refuse(number, Names[i], "it is not a number"); return; }
        if (!OrientationDays.IsDay((int)figures[0], (int)figures[1], (int)figures[2], figures[3])) { days.Refuse(number, "MJD", "it is not the day of the date"); return; }
        if (days.SetOffsets(number, figures[10], figures[11])) days.Add(number, figures[3], figures[4], figures[5], figures[6], isPredicted, figures[12]);
    }
}
