using System.Globalization;
using System.IO.Compression;
using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Benchmarks;

/// <summary>What is screened: the published catalog, parts of it, and a synthetic one of any size.</summary>
internal static class ScreenCatalog
{
    private const string File = "catalogs/2024-11-01/celestrak_on_orbit_20241101.csv.gz";

    /// <returns>Null where the reference data is not.</returns>
    public static ScreenedObject[]? Load()
    {
        string? folder = Environment.GetEnvironmentVariable("SSA_REFERENCE_DATA");
        for (var above = new DirectoryInfo(AppContext.BaseDirectory); folder is null && above is not null; above = above.Parent)
            if (System.IO.File.Exists(Path.Combine(above.FullName, "SsaShare.sln"))) folder = Path.Combine(above.FullName, "..", "shared", "data");
        if (folder is null || !System.IO.File.Exists(Path.Combine(folder, File))) return null;
        using var reader = new StreamReader(new GZipStream(System.IO.File.OpenRead(Path.Combine(folder, File)), CompressionMode.Decompress));
        string[] names = reader.ReadLine()!.TrimStart('\ufeff').Split(',');
        var objects = new List<ScreenedObject>();
        while (reader.ReadLine() is { } line) objects.Add(Parse(names, line.Split(',')));
        return [.. objects];
    }

    /// <summary>Every so many-th, the same each time.</summary>
    public static ScreenedObject[] Some(ScreenedObject[] all, int count) => [.. Enumerable.Range(0, count).Select(i => all[(int)((long)i * all.Length / count)])];

    /// <summary>One in so many with new elements, a kilometre along its orbit.</summary>
    public static ScreenedObject[] WithChanges(ScreenedObject[] objects, int oneIn) => [.. objects.Select((one, i) =>
        i % oneIn == 0 && one is ScreenedElements { Elements: var set } ? new ScreenedElements(one.Id, set with { MeanAnomalyRad = (set.MeanAnomalyRad + 1.0 / 7_000) % Math.Tau }) : one)];

    /// <summary>As the real one is made up: three in four in low orbits between 400 and 1,500 km, the others up to the geostationary ring.</summary>
    public static ScreenedObject[] Synthetic(int count)
    {
        var random = new Random(20_241_101);
        var epoch = Utc.FromDateTime(new DateTimeOffset(2024, 10, 31, 12, 0, 0, TimeSpan.Zero));
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            double perigeeKm = random.Next(4) > 0 ? 400 + 1_100 * Math.Pow(random.NextDouble(), 1.5) : random.Next(4) > 0 ? 500 + 19_000 * random.NextDouble() : 35_786;
            double eccentricity = perigeeKm > 30_000 ? 1e-3 * random.NextDouble() : random.Next(10) == 0 ? 0.6 * random.NextDouble() : 0.01 * random.NextDouble();
            double axisKm = (6_378.135 + perigeeKm) / (1 - eccentricity), revolutions = 86_400 / Math.Tau * Math.Sqrt(398_600.8 / (axisKm * axisKm * axisKm));
            return (ScreenedObject)new ScreenedElements(100_000 + i, new ElementSet(
                null, epoch, revolutions, eccentricity, Math.Acos(1 - 2 * random.NextDouble()), Math.Tau * random.NextDouble(), Math.Tau * random.NextDouble(), Math.Tau * random.NextDouble(), 1e-4 * random.NextDouble(), 0, 0));
        })];
    }

    private static ScreenedElements Parse(string[] names, string[] words)
    {
        return new ScreenedElements(long.Parse(Word("NORAD_CAT_ID"), CultureInfo.InvariantCulture), new ElementSet(
            Word("NORAD_CAT_ID"), Utc.TryParse(Word("EPOCH"), out var epoch) ? epoch : throw new FormatException(Word("EPOCH")), Number("MEAN_MOTION"), Number("ECCENTRICITY"), Angle("INCLINATION"),
            Angle("RA_OF_ASC_NODE"), Angle("ARG_OF_PERICENTER"), Angle("MEAN_ANOMALY"), Number("BSTAR"), Number("MEAN_MOTION_DOT"), Number("MEAN_MOTION_DDOT")));

        string Word(string name) => words[Array.IndexOf(names, name)];
        double Number(string name) => double.Parse(Word(name), CultureInfo.InvariantCulture);
        double Angle(string name) => Number(name) * (Math.PI / 180);
    }
}
