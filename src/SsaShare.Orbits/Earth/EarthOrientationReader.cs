using System.Diagnostics.CodeAnalysis;

namespace SsaShare.Orbits;

/// <summary>Reads published files of Earth orientation: text in, table or fault out. Total: no text makes it throw.</summary>
/// <remarks>
/// Known by their content: CelesTrak EOP-All (text of version 1.1 and CSV), IERS EOP C04 as CSV, IERS Bulletin A as CSV, IERS finals and finals2000A in columns, the project's own form. Days before 1972 are passed over.
/// Where a file has no offsets of the celestial pole for IAU 2000 (finals of the theory of 1980, predictions) the last known ones stand, or zero: up to 0.5 mas, 1.5 cm on the ground.
/// </remarks>
public static class EarthOrientationReader
{
    /// <param name="text">The whole file.</param>
    /// <param name="name">Its name, for error messages.</param>
    /// <param name="orientation">Null where the file was not read.</param>
    /// <param name="fault">What is wrong, with line and field; null where nothing is.</param>
    public static bool TryRead(string text, string name, [NotNullWhen(true)] out EarthOrientation? orientation, [NotNullWhen(false)] out FileFault? fault)
    {
        orientation = null;
        var days = new OrientationDays(name);
        var lines = new TextLines(text);
        if (!OrientationCsv.TryRead(lines, days) && !CelestrakOrientation.TryRead(lines, days) && !PlainOrientation.TryRead(lines, days) && !FinalsOrientation.TryRead(lines, days))
            days.Refuse(1, "file", "it is no file of Earth orientation that is known here", "give CelesTrak's EOP-All, or EOP C04, Bulletin A (CSV) or finals2000A of the IERS");
        fault = days.Fault;
        if (fault is null && days.List.Count < 2) fault = new FileFault(name, 0, "days", "fewer than two days from 1972 on have pole and UT1-UTC", "fetch the file again");
        if (fault is not null) return false;
        orientation = EarthOrientation.FromDays(days.List);
        return true;
    }
}
