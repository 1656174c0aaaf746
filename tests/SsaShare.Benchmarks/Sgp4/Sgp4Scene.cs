using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using SsaShare.Domain;
using SsaShare.Orbits;
using SsaShare.Orbits.Tests;

namespace SsaShare.Benchmarks;

/// <summary>What is propagated: satellites spread evenly over those of a published catalog that do not decay, near Earth and in deep space, every minute of the day after it.</summary>
internal sealed record Sgp4Scene(Sgp4Group Near, Sgp4Group Deep, Epoch[] Times)
{
    private const string Catalog = "catalogs/2022-08-09/tle.txt.gz";
    private const int Satellites = 512, Minutes = 1_440;
    private static readonly DateOnly Day = new(2022, 8, 10);
    private static readonly string[] Groups = ["near", "deep"];

    /// <returns>Null where the reference data is not.</returns>
    public static Sgp4Scene? Load(string root)
    {
        string file = Path.Combine(Environment.GetEnvironmentVariable("SSA_REFERENCE_DATA") ?? Path.Combine(root, "..", "shared", "data"), Catalog);
        if (!File.Exists(file)) return null;
        if (!Utc.TryCreate(Day, 0, 0, 0, 0, out var start)) throw new InvalidOperationException(Day.ToString(CultureInfo.InvariantCulture));
        Epoch[] times = [.. Enumerable.Range(0, Minutes).Select(minute => start.PlusSeconds(60.0 * minute))];
        var sound = ElementLines.Pairs(ReadLines(file))
            .Select(pair => (pair.First, pair.Second, Satellite: new Sgp4Propagator(ElementLines.Parse(pair.First, pair.Second))))
            .Where(one => Enumerable.Range(0, Minutes / 10).All(i => one.Satellite.Propagate(times[10 * i]).IsValid)).ToList();
        return new Sgp4Scene(Sgp4Group.Of([.. sound.Where(one => !one.Satellite.IsDeepSpace)], Satellites), Sgp4Group.Of([.. sound.Where(one => one.Satellite.IsDeepSpace)], Satellites), times);
    }

    /// <summary>The same for another program.</summary>
    public string ToJson()
    {
        double julianDate = 2_451_544.5 + (Day.DayNumber - new DateOnly(2000, 1, 1).DayNumber);
        return JsonSerializer.Serialize(new { julianDate, times = Minutes, stepSeconds = 60, near = Near.Lines, deep = Deep.Lines });
    }

    public Sgp4Group this[string name] => name == Groups[0] ? Near : Deep;

    private static IEnumerable<string> ReadLines(string file)
    {
        using var stream = new GZipStream(File.OpenRead(file), CompressionMode.Decompress);
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line) yield return line;
    }
}

/// <param name="Lines">First and second line of each satellite, as another program reads them.</param>
internal sealed record Sgp4Group(ElementSet[] Elements, string[][] Lines)
{
    public static Sgp4Group Of(IReadOnlyList<(string First, string Second, Sgp4Propagator Satellite)> all, int count)
    {
        var chosen = Enumerable.Range(0, count).Select(i => all[(int)((long)i * all.Count / count)]).ToList();
        return new Sgp4Group([.. chosen.Select(one => one.Satellite.Elements)], [.. chosen.Select(one => new[] { one.First[..69], one.Second[..69] })]);
    }
}
