using System.Globalization;

namespace SsaShare.Orbits.Tests;

/// <summary>Earth orientation for years that the built-in table leaves out, from the reference data.</summary>
internal static class EarthOrientationFile
{
    public static EarthRotation Rotation(int firstMjd, int lastMjd)
    {
        var lines = new List<string>();
        foreach (string line in ReferenceData.Lines("earth/celestrak/EOP-All-v1.1_2025-01-10.txt.gz"))
        {
            string[] w = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (w.Length == 13 && int.TryParse(w[3], CultureInfo.InvariantCulture, out int mjd) && mjd >= firstMjd && mjd <= lastMjd && char.IsAsciiDigit(w[0][0]))
                lines.Add(string.Join(' ', w[3], w[4], w[5], w[6], w[10], w[11]));
        }
        return new EarthRotation(EarthOrientation.Parse(string.Join('\n', lines.Distinct())));
    }
}
