using SsaShare.Domain;
using SsaShare.Formats;

namespace SsaShare.FusionService.Tests;

/// <summary>The real radar observations of GEOS-3 in seeds/: seven passes over Kaena Point, January and February 1995.</summary>
internal static class Seeds
{
    private const double PassGapSeconds = 3_600;

    public static Sensor Radar { get; } = ReadSensor();

    /// <summary>In order of time.</summary>
    public static IReadOnlyList<IReadOnlyList<Observation>> Passes { get; } = ReadPasses();

    private static Sensor ReadSensor()
    {
        var issues = new List<ReadIssue>();
        return SensorFile.Read(File.ReadAllBytes(Path.Combine(Root(), "sensors", "kaena-point.json")), "kaena-point.json", issues)
            ?? throw new InvalidDataException(string.Join('\n', issues));
    }

    private static List<List<Observation>> ReadPasses()
    {
        const string name = "kaena-point-1995-01.tdm";
        using var file = File.OpenRead(Path.Combine(Root(), "observations", "pacific", name));
        var passes = new List<List<Observation>>();
        foreach (var one in new TdmReader(file, new TdmReadOptions { FileName = name, Now = TestTime.Epoch }).Read().Select(item => item.Observation).OfType<Observation>().OrderBy(one => one.Epoch))
        {
            if (passes.Count == 0 || one.Epoch.SecondsSince(passes[^1][^1].Epoch) > PassGapSeconds) passes.Add([]);
            passes[^1].Add(one);
        }
        return passes;
    }

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "SsaShare.sln"))) return Path.Combine(folder.FullName, "seeds");
        throw new DirectoryNotFoundException("No SsaShare.sln above the tests.");
    }
}
