using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SsaShare.Domain;

namespace SsaShare.Fusion.Tests;

/// <summary>The real radar observations of seeds/, read just far enough for these tests; their tags are thrown away.</summary>
internal static class Seeds
{
    private const double RadPerDegree = Math.PI / 180;

    public static PartnerId Atlantic { get; } = PartnerId.Parse("atlantic");
    public static PartnerId Caribbean { get; } = PartnerId.Parse("caribbean");
    public static PartnerId Pacific { get; } = PartnerId.Parse("pacific");

    /// <summary>All of them, in order of time; every tag says "99999".</summary>
    public static IReadOnlyList<ContributedObservation> All { get; } = [.. Load().OrderBy(c => c.Epoch)];

    /// <summary>LCS 4, December 1996, three radars.</summary>
    public static IReadOnlyList<ContributedObservation> Sphere { get; } = [.. All.Where(c => c.Epoch > At("1996-01-01T00:00:00"))];

    /// <summary>GEOS-3, January and February 1995, one radar.</summary>
    public static IReadOnlyList<ContributedObservation> Geos { get; } = [.. All.Where(c => c.Epoch < At("1996-01-01T00:00:00"))];

    public static Epoch At(string utc) => Utc.TryParse(utc, out var epoch) ? epoch : throw new ArgumentException(utc);

    /// <summary>The same observation as another record of another partner.</summary>
    public static ContributedObservation SentBy(PartnerId partner, ContributedObservation original)
        => original with { Originator = partner, Record = IdOf($"{partner}|{original.Record}") };

    public static RecordId IdOf(string text) => new(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static IEnumerable<ContributedObservation> Load()
    {
        string root = Root();
        var sensors = Directory.GetFiles(Path.Combine(root, "sensors"), "*.json").Select(ReadSensor).ToDictionary(s => s.Id.Value);
        foreach (string file in Directory.GetFiles(Path.Combine(root, "observations"), "*.tdm", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            string sensor = "";
            foreach (var line in File.ReadLines(file).Select(line => line.Split(' ')).Where(words => words.Length >= 3).GroupBy(Key(() => sensor, value => sensor = value)))
                if (line.Key is { } key) yield return Observation(sensors[key.Sensor], key.Time, line.ToDictionary(words => words[0], words => double.Parse(words[3], CultureInfo.InvariantCulture)));
        }
    }

    /// <summary>Groups the lines of one sensor and instant; keeps the sensor of the segment in passing.</summary>
    private static Func<string[], (string Sensor, string Time)?> Key(Func<string> sensor, Action<string> setSensor) => words =>
    {
        if (words[0] == "PARTICIPANT_1") setSensor(words[2]);
        return words.Length == 4 && words[0] is "RANGE" or "ANGLE_1" or "ANGLE_2" ? (sensor(), words[2]) : null;
    };

    private static ContributedObservation Observation(Sensor sensor, string time, Dictionary<string, double> figures)
    {
        // The range of a two-way path is given along both ways.
        var observation = new Observation(sensor.Id, At(time), figures["RANGE"] / 2, figures["ANGLE_1"] * RadPerDegree, figures["ANGLE_2"] * RadPerDegree, null, "99999");
        return new ContributedObservation(IdOf($"{sensor.Owner}|{sensor.Id}|{time}"), sensor.Owner, DataMode.Real, sensor, observation);
    }

    private static Sensor ReadSensor(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(file));
        string text(string name) => document.RootElement.GetProperty(name).GetString()!;
        double figure(string name) => document.RootElement.GetProperty(name).GetDouble();
        MeasurementFigures figures(string kind) => new(figure($"{kind}_range_m") / 1_000, figure($"{kind}_azimuth_deg") * RadPerDegree, figure($"{kind}_elevation_deg") * RadPerDegree, null);
        return new Sensor(SensorId.Parse(text("id")), PartnerId.Parse(text("owner")), text("name"),
            new Geodetic(figure("latitude_deg") * RadPerDegree, figure("longitude_deg") * RadPerDegree, figure("height_m") / 1_000), figures("sigma"), figures("bias"));
    }

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "SsaShare.sln"))) return Path.Combine(folder.FullName, "seeds");
        throw new DirectoryNotFoundException("No SsaShare.sln above the tests.");
    }
}
