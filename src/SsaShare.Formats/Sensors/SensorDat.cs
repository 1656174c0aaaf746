using System.Globalization;
using System.Text;

namespace SsaShare.Formats;

/// <summary>SENSOR.DAT, the text that comes with D. Vallado's software for the Space Surveillance Network's sensors.</summary>
/// <remarks>
/// Seven lines for each sensor, blank lines between: number, latitude and east longitude (degrees), height (m); name between pairs of stars, pointing of the boresight; headings; limits while searching and while tracking (range km,
/// azimuth and elevation degrees, boresight); biases and noises (range m, azimuth and elevation degrees). Words behind the figures are passed over. 9999 means none, and so does a noise of 0. Biases are measured less true.
/// </remarks>
public static class SensorDat
{
    private const double RadPerDeg = Math.PI / 180, KmPerM = 1e-3, None = 9_999;

    /// <summary>Reads the whole file; total.</summary>
    /// <param name="issues">Receives every fault found; a sensor with one is left out.</param>
    public static IReadOnlyList<SensorDescription> Read(ReadOnlySpan<byte> bytes, string fileName, List<ReadIssue> issues)
    {
        var sensors = new List<SensorDescription>();
        var block = new List<string>();
        string[] lines = Encoding.Latin1.GetString(bytes).Split('\n');
        for (int i = 0; i <= lines.Length; i++)
        {
            string line = i < lines.Length ? lines[i].TrimEnd() : "";
            if (line.Length > 0)
            {
                block.Add(line);
                continue;
            }
            if (block.Count > 0 && new Block(block, i - block.Count + 1, fileName, issues).Read() is { } sensor) sensors.Add(sensor);
            block.Clear();
        }
        return sensors;
    }

    /// <param name="first">Line of the file.</param>
    private sealed class Block(List<string> lines, long first, string fileName, List<ReadIssue> issues)
    {
        private readonly int _before = issues.Count;

        public SensorDescription? Read()
        {
            if (lines.Count != 7)
            {
                Refuse(0, "sensor", lines[0], $"{lines.Count} lines stand together, not seven", "seven lines for a sensor, blank lines between");
                return null;
            }
            double[] place = Numbers(0, "number, latitude, longitude, height", 4, "");
            string? name = Name(lines[1]);
            if (!(lines[2].Contains("Range", StringComparison.OrdinalIgnoreCase) && lines[2].Contains("Azimuth", StringComparison.OrdinalIgnoreCase)))
                Refuse(2, "headings", lines[2], "not the headings of the table", "Range, Azimuth, Elevation, BoreSight");
            double[] search = Numbers(3, "Search", 7, "Search"), track = Numbers(4, "Track", 7, "Track"), bias = Numbers(5, "Bias", 3, "Bias"), noise = Numbers(6, "Noise", 3, "Noise");
            if (issues.Count > _before) return null;
            Check(0, "number", place[0], 0, 99_999, "a whole number");
            if (place[0] != Math.Floor(place[0])) Refuse(0, "number", lines[0], "not a whole number", "correct it");
            Check(0, "latitude", place[1], -90, 90, "degrees");
            Check(0, "longitude", place[2], -360, 360, "degrees, east positive");
            Check(0, "height", place[3], -500, 10_000, "m");
            foreach (var (line, figures) in ((int, double[])[])[(5, bias), (6, noise)])
            {
                double least = line == 6 ? 0 : -100_000;
                Check(line, "range", figures[0], least, 100_000, "m");
                Check(line, "azimuth", figures[1], Math.Max(least, -360), 360, "degrees");
                Check(line, "elevation", figures[2], Math.Max(least, -90), 90, "degrees");
            }
            if (issues.Count > _before) return null;
            double east = Math.IEEERemainder(place[2], 360);
            return new SensorDescription
            {
                Id = place[0].ToString(CultureInfo.InvariantCulture),
                Name = name,
                Site = new Geodetic(place[1] * RadPerDeg, east * RadPerDeg, place[3] * KmPerM),
                Bias = Figures(bias, isNoise: false),
                Sigma = Figures(noise, isNoise: true),
                Search = Limits(search),
                Track = Limits(track),
                Line = first,
            };
        }

        private static string? Name(string line)
        {
            int from = line.IndexOf("**", StringComparison.Ordinal), to = line.LastIndexOf("**", StringComparison.Ordinal);
            string name = to > from + 1 ? line[(from + 2)..to].Trim() : "";
            return name.Length == 0 ? null : new string([.. name.Take(200).Where(letter => !char.IsControl(letter))]);
        }

        /// <summary>The numbers that a line begins with.</summary>
        private double[] Numbers(int line, string field, int count, string keyword)
        {
            string[] words = lines[line].Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            double[] numbers = new double[count];
            for (int i = 0; i < count; i++)
            {
                if (i < words.Length && double.TryParse(words[i], NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out numbers[i])) continue;
                Refuse(line, field, i < words.Length ? words[i] : "", "not a number", $"{count} numbers{(keyword.Length > 0 ? $", then {keyword}" : "")}");
                return numbers;
            }
            if (keyword.Length > 0 && (words.Length <= count || !words[count].Equals(keyword, StringComparison.OrdinalIgnoreCase)))
                Refuse(line, field, words.Length > count ? words[count] : "", $"{keyword} does not stand behind the numbers", $"{count} numbers, then {keyword}");
            return numbers;
        }

        private void Check(int line, string field, double value, double least, double most, string what)
        {
            if (value != None && !(value >= least && value <= most)) Refuse(line, field, value.ToString("R", CultureInfo.InvariantCulture), $"not from {least:G9} to {most:G9}", what);
        }

        private static SensorFigures Figures(double[] figures, bool isNoise)
        {
            double? Of(int index, double scale) => figures[index] == None || (isNoise && figures[index] == 0) ? null : figures[index] * scale;
            return new SensorFigures(Of(0, KmPerM), Of(1, RadPerDeg), Of(2, RadPerDeg));
        }

        /// <summary>Limits that are all 0 are none.</summary>
        private static SensorLimits? Limits(double[] row)
            => row[..6].All(one => one == 0) ? null : new SensorLimits(row[0], row[1], row[2] * RadPerDeg, row[3] * RadPerDeg, row[4] * RadPerDeg, row[5] * RadPerDeg);

        private void Refuse(int line, string field, string value, string reason, string remedy)
            => issues.Add(new ReadIssue(fileName, first + line, IssueSeverity.Refused, field, ReadIssue.Show(Encoding.Latin1.GetBytes(value)), reason, remedy));
    }
}
