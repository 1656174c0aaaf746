using System.Globalization;
using System.IO.Compression;
using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Benchmarks;

/// <summary>Objects in low orbit and the forces on them: of the catalog of 2024-11-01 with that day's space weather where the reference data are, else a seeded spread in the built-in table's days.</summary>
internal sealed class PropagateScene
{
    private const string Catalog = "catalogs/2024-11-01/celestrak_on_orbit_20241101.csv.gz", Orientation = "earth/celestrak/EOP-All-v1.1_2025-01-10.txt.gz",
        Weather = "earth/celestrak/SpaceWeather-All-v1.2_2025-01-10.txt.gz";

    // Drag term of SGP4 per m²/kg: twice the reference density of its atmosphere by an Earth radius.
    private const double BallisticPerBStar = 12.741621;
    private const double LowestMeanMotion = 11.25;

    private readonly string _prefix;

    private PropagateScene(string prefix, string what, ForceModel forces, IReadOnlyList<(CartesianState, SurfaceCoefficients)> objects)
        => (_prefix, What, Forces, Objects) = (prefix, $"{what}; Sun, Moon and planets by the built-in short series", forces, objects);

    /// <summary>In words.</summary>
    public string What { get; }

    public ForceModel Forces { get; }

    /// <summary>GCRF.</summary>
    public IReadOnlyList<(CartesianState State, SurfaceCoefficients Surface)> Objects { get; }

    /// <summary>Prints a figure under a name that says which of the two scenes it belongs to: their forces differ.</summary>
    public void Result(string name, double value, string unit, string format) => Console.WriteLine($"RESULT {_prefix}{name} {value.ToString(format, CultureInfo.InvariantCulture)} {unit}");

    public static PropagateScene Load(string root, int count, int gradientDegree)
    {
        string data = Environment.GetEnvironmentVariable("SSA_REFERENCE_DATA") ?? Path.Combine(root, "..", "shared", "data");
        var options = ForceModelOptions.Full with { GradientDegree = gradientDegree };
        return File.Exists(Path.Combine(data, Catalog)) ? OfCatalog(data, count, options) : Seeded(count, options);
    }

    private static PropagateScene OfCatalog(string data, int count, ForceModelOptions options)
    {
        if (!EarthOrientationReader.TryRead(ReadAll(data, Orientation), Orientation, out var table, out var fault)) throw new InvalidOperationException(fault.ToString());
        if (!SpaceWeatherReader.TryRead(ReadAll(data, Weather), Weather, out var weather, out fault)) throw new InvalidOperationException(fault.ToString());
        var rotation = new EarthRotation(table);
        var forces = new ForceModel(options, rotation: rotation, atmosphere: new NrlmsiseAtmosphere(weather));
        if (!Utc.TryCreate(new DateOnly(2024, 11, 1), 0, 0, 0, 0, out var start)) throw new InvalidOperationException("There is such a day.");
        var low = Rows(ReadAll(data, Catalog)).Where(row => Number(row["MEAN_MOTION"]) > LowestMeanMotion).Select(row => Start(row, start, rotation)).OfType<(CartesianState, SurfaceCoefficients)>().ToList();
        return new PropagateScene("propagate_", $"of {low.Count} objects in low orbit of the catalog of 2024-11-01, NRLMSISE-00 with that day's activity", forces,
            [.. Enumerable.Range(0, count).Select(i => low[(int)((long)i * low.Count / count)])]);
    }

    /// <summary>Where SGP4 has the object at the start; null where it fails, or the object is about to.</summary>
    private static (CartesianState, SurfaceCoefficients)? Start(Dictionary<string, string> row, Epoch start, EarthRotation rotation)
    {
        const double radPerDegree = Math.PI / 180;
        if (!Utc.TryParse(row["EPOCH"], out var epoch)) return null;
        double bStar = Number(row["BSTAR"]);
        var elements = new ElementSet(row["NORAD_CAT_ID"], epoch, Number(row["MEAN_MOTION"]), Number(row["ECCENTRICITY"]), Number(row["INCLINATION"]) * radPerDegree,
            Number(row["RA_OF_ASC_NODE"]) * radPerDegree, Number(row["ARG_OF_PERICENTER"]) * radPerDegree, Number(row["MEAN_ANOMALY"]) * radPerDegree, bStar, 0, 0);
        if (!new Sgp4Propagator(elements).TryPropagate(start, out var teme, out _)) return null;
        var state = rotation.To(teme, Frame.Gcrf);
        double ballistic = Math.Clamp(BallisticPerBStar * bStar, 0.001, 0.2);
        return KeplerianElements.TryFromState(state, out var osculating) && osculating.PerigeeHeightKm > 220 ? (state, new SurfaceCoefficients(ballistic, 0.6 * ballistic)) : null;
    }

    private static PropagateScene Seeded(int count, ForceModelOptions options)
    {
        var random = new Random(20_241_101);
        if (!Utc.TryParse("1996-12-15T00:00:00", out var start)) throw new InvalidOperationException("There is such a day.");
        double between(double low, double high) => low + (high - low) * random.NextDouble();
        var objects = Enumerable.Range(0, count).Select(_ => (
            new KeplerianElements(Wgs84.EquatorialRadiusKm + between(450, 1_400), between(0.0005, 0.02), Math.Acos(between(-0.3, 0.8)), between(0, Math.Tau), between(0, Math.Tau), between(0, Math.Tau)).ToState(start, Frame.Gcrf),
            new SurfaceCoefficients(between(0.005, 0.05), between(0.005, 0.05)))).ToList();
        return new PropagateScene("propagate_seeded_", "seeded orbits of 450 to 1,400 km, exponential atmosphere", new ForceModel(options), objects);
    }

    private static IEnumerable<Dictionary<string, string>> Rows(string csv)
    {
        string[] lines = csv.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string[] names = lines[0].Split(',');
        return lines.Skip(1).Select(line => names.Zip(line.Split(',')).ToDictionary(pair => pair.First, pair => pair.Second));
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static string ReadAll(string data, string name)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(Path.Combine(data, name)), CompressionMode.Decompress));
        return reader.ReadToEnd();
    }
}
