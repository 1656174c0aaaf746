using SsaShare.Scenario.Tests;

namespace SsaShare.Cli.Tests.Orbits;

/// <summary>A folder of one test, and the program run with files of it.</summary>
public sealed class OrbitFolder : IDisposable
{
    /// <summary>The space station, with a checksum that is right.</summary>
    public const string Station = "1 25544U 98067A   16366.52007259  .00005164  00000-0  10084-3 0  9994\n2 25544  51.6328  77.0641 0007497  79.3410 280.8422 15.49283153567468\n";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ssa-orbits-");

    public void Dispose() => _folder.Delete(recursive: true);

    public string In(string name) => Path.Combine(_folder.FullName, name);

    public string Write(string name, string content)
    {
        File.WriteAllText(In(name), content);
        return In(name);
    }

    public string[] Files() => [.. _folder.GetFiles().Select(file => file.Name).Order(StringComparer.Ordinal)];

    public static Task<ProgramEnd> SsaAsync(params string[] words) => SsaProcess.RunAsync(words);

    public static Task<ProgramEnd> SsaWithInputAsync(string input, params string[] words) => SsaProcess.RunAsync(words, input);

    /// <summary>Runs the command within this process: for many runs whose result is a file.</summary>
    public static Task<int> SsaHereAsync(params string[] words) => CommandTree.Create().Parse(words).InvokeAsync();

    /// <summary>The rows of a CSV, its header taken off.</summary>
    public static string[][] Rows(string csv) => [.. csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(','))];
}
