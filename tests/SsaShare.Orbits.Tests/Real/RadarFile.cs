using System.Globalization;
using System.IO.Compression;
using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Reference;

/// <summary>The reference radar observations: B3 lines and the table of sensors that came with them.</summary>
internal static class RadarFile
{
    private const double RadPerDegree = Math.PI / 180;

    /// <summary>Observations of the sensors in the table, ascending in time; lines too short to hold any are passed over.</summary>
    /// <remarks>Range rates are read and have no noise in the table, so that no estimate weighs them.</remarks>
    public static List<TrackingObservation> Read(IEnumerable<string> lines, IReadOnlyDictionary<string, TrackingSensor> sensors)
    {
        var all = new List<TrackingObservation>();
        foreach (string line in lines)
            if (line.Length > 46 && sensors.TryGetValue(line[6..9], out var sensor)) all.Add(Decode(line, sensor));
        return [.. all.OrderBy(o => o.Epoch)];
    }

    public static IEnumerable<string> Lines(string file)
    {
        using var stream = File.OpenRead(file);
        using Stream plain = file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionMode.Decompress) : stream;
        using var reader = new StreamReader(plain);
        while (reader.ReadLine() is { } line) yield return line;
    }

    /// <summary>Blocks of the table: number, latitude, longitude (degrees), height (m); name; limits; bias and noise of range (m), azimuth and elevation (degrees).</summary>
    public static Dictionary<string, TrackingSensor> Sensors(IEnumerable<string> lines, params string[] numbers)
    {
        var sensors = new Dictionary<string, TrackingSensor>();
        string[] place = [];
        TrackingFigures bias = TrackingFigures.None;
        foreach (string line in lines)
        {
            string[] words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length >= 4 && numbers.Contains(words[0])) place = words;
            if (words.Length < 4 || place.Length == 0) continue;
            if (words[3] == "Bias") bias = Figures(words);
            if (words[3] != "Noise") continue;
            var key = new SensorKey(PartnerId.Parse("radar-" + place[0]), SensorId.Parse(place[0]));
            var site = new SensorSite(new Geodetic(Number(place[1]) * RadPerDegree, Number(place[2]) * RadPerDegree, Number(place[3]) / 1_000));
            sensors[place[0]] = new TrackingSensor(key, site, Figures(words), bias);
            place = [];
        }
        return sensors;
    }

    private static TrackingFigures Figures(string[] words) => new(Number(words[0]) / 1_000, Number(words[1]) * RadPerDegree, Number(words[2]) * RadPerDegree);

    private static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static TrackingObservation Decode(string line, TrackingSensor sensor)
    {
        int field(int at, int length) => int.Parse(line.AsSpan(at, length), CultureInfo.InvariantCulture);
        if (!Utc.TryCreate(new DateOnly(1900 + field(9, 2), 1, 1).AddDays(field(11, 3) - 1), field(14, 2), field(16, 2), field(18, 2), field(20, 3) * 1_000_000, out var epoch))
            throw new FormatException($"No such time: {line}");
        double? rate = line.Length > 54 && line.AsSpan(47, 7).Trim().Length == 7 ? Signed(line[47..54]) * 1e-5 : null;
        // Metres in the mantissa whatever the power says: lines of 7734.OBS below 1,000 km read 0971591 and power 1 for 971.591 km. No other file has such a mantissa.
        int power = line[38] == '0' ? 2 : field(45, 1);
        return new TrackingObservation(sensor, epoch, new TrackingFigures(
            Number(line[38..45]) * 1e-5 * Math.Pow(10, power), Number(line[30..37]) * 1e-4 * RadPerDegree, Signed(line[23..29]) * 1e-4 * RadPerDegree, rate));
    }

    /// <summary>A first letter from J on is a digit with a minus sign, overpunched: J is -1, } is -0.</summary>
    private static double Signed(string text) => text[0] switch
    {
        >= 'J' and <= 'R' => -Number((char)(text[0] - 'J' + '1') + text[1..]),
        '}' => -Number(text[1..]),
        _ => Number(text),
    };
}
