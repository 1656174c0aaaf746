using System.Globalization;
using System.Text.RegularExpressions;
using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

/// <summary>One textbook case: three lines of sight and the elements printed with it.</summary>
internal sealed record AnglesCase(string Name, double AxisKm, double Eccentricity, double InclinationRad, LineOfSight[] Lines);

/// <summary>Vallado's collection of angles-only cases (obs/iod-angles), the three lines of each that the collection itself picks.</summary>
/// <remarks>
/// Sites are turned with the mean sidereal time of 1982 and UTC for UT1, axes of date: the printed elements are of that kind, and before 1972 there is no
/// other time here. That moves a site by up to 0.3 km.
/// </remarks>
internal static partial class AnglesCases
{
    public static IEnumerable<AnglesCase> Read()
    {
        string name = "";
        var rows = new List<LineOfSight>();
        foreach (string line in ReferenceData.Lines("obs/iod-angles/anglestestmat.dat").Append("#"))
        {
            if (line.StartsWith('#'))
            {
                if (rows.Count == 3 && Elements().Match(name) is { Success: true } e) yield return new AnglesCase(name.Trim('#', ' '), Number(e, 1), Number(e, 2), Number(e, 3) * Testing.RadPerDegree, [.. rows]);
                rows.Clear();
                name = line;
                continue;
            }
            string[] words = line.Split([',', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length >= 11) rows.Add(Line([.. words.Take(11).Select(w => double.Parse(w, CultureInfo.InvariantCulture))]));
        }
    }

    private static LineOfSight Line(double[] n)
    {
        double days = new DateOnly((int)n[2], (int)n[1], (int)n[0]).DayNumber - new DateOnly(2000, 1, 1).DayNumber - 0.5 + (n[3] * 3600 + n[4] * 60 + n[5]) / 86_400;
        double angle = Sgp4Epoch.SiderealAngleRad(days + 18_263.5, Sgp4Mode.Improved);
        var itrf = Wgs84.ToItrfKm(new Geodetic(n[6] * Testing.RadPerDegree, Math.IEEERemainder(n[7] * Testing.RadPerDegree, Math.Tau), n[8]));
        return LineOfSight.FromAngles(Epoch.J2000.PlusSeconds(days * 86_400), Matrix3.RotationZ(-angle) * itrf, n[9] * Testing.RadPerDegree, n[10] * Testing.RadPerDegree);
    }

    private static double Number(Match match, int group) => double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\ba\s+([\d.]+)\s+e\s+([\d.]+)\s+i\s+([\d.]+)")]
    private static partial Regex Elements();
}
