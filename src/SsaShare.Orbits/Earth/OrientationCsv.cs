namespace SsaShare.Orbits;

/// <summary>Earth orientation as CSV with a line of names: CelesTrak's (commas) and the IERS' (semicolons: EOP C04, Bulletin A, finals).</summary>
internal static class OrientationCsv
{
    /// <returns>Whether the file is of this format; faults stand in <paramref name="days"/>.</returns>
    public static bool TryRead(TextLines lines, OrientationDays days)
    {
        string head = lines[1].Trim('\uFEFF', ' ');
        char separator = head.Contains(';', StringComparison.Ordinal) ? ';' : ',';
        string[] names = head.Split(separator);
        int index(params ReadOnlySpan<string> any)
        {
            for (int i = 0; i < names.Length; i++)
                foreach (string name in any)
                    if (names[i].Trim().Equals(name, StringComparison.OrdinalIgnoreCase)) return i;
            return -1;
        }
        int mjd = index("MJD"), x = index("x_pole", "X"), y = index("y_pole", "Y"), ut1 = index("UT1-UTC"), dx = index("dX"), dy = index("dY"), tai = index("DAT");
        if (mjd < 0 || x < 0 || y < 0 || ut1 < 0) return false;
        // CelesTrak has one column of kinds (O, P); the IERS one before each group of figures.
        bool isCelestrak = separator == ',';
        int kind = index("DATA_TYPE", "Type");
        int kindUt1 = isCelestrak ? kind : Array.FindLastIndex(names, ut1, name => name.Trim() == "Type");
        for (int number = 2; number <= lines.Count && days.Fault is null; number++)
        {
            string line = lines[number];
            if (line.AsSpan().Trim().IsEmpty) continue;
            string[] cells = line.Split(separator);
            if (cells.Length != names.Length) { days.Refuse(number, "columns", $"expected {names.Length}, got {cells.Length}"); break; }
            double? figure(int at, string name)
            {
                if (at < 0 || cells[at].AsSpan().Trim().IsEmpty) return null;
                if (TextLines.TryNumber(cells[at], out double value)) return value;
                days.Refuse(number, name, "it is not a number");
                return null;
            }
            string kinds(int at) => at < 0 ? "" : cells[at].Trim().ToLowerInvariant();
            if (figure(mjd, "MJD") is not { } day) { days.Refuse(number, "MJD", "it is missing"); break; }
            bool inMilliarcseconds = !isCelestrak && Array.Exists(cells, cell => cell is "rapid" or "prediction" or "final" or "bulletinB");
            if (figure(dx, "dX") is { } offsetX && figure(dy, "dY") is { } offsetY)
                days.SetOffsets(number, inMilliarcseconds ? offsetX / 1_000 : offsetX, inMilliarcseconds ? offsetY / 1_000 : offsetY);
            var (poleX, poleY, ut1MinusUtc, taiMinusUtc) = (figure(x, "x"), figure(y, "y"), figure(ut1, "UT1-UTC"), figure(tai, "DAT"));
            bool isPredicted = kinds(kind) is "prediction" or "p" || kinds(kindUt1) is "prediction" or "p";
            // Bulletin A gives the offsets of the pole on lines of their own.
            if (days.Fault is null && poleX is not null && poleY is not null && ut1MinusUtc is not null)
                days.Add(number, day, poleX.Value, poleY.Value, ut1MinusUtc.Value, isPredicted, taiMinusUtc);
        }
        return true;
    }
}
