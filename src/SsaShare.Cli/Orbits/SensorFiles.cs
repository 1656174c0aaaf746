using SsaShare.Formats;

namespace SsaShare.Cli;

/// <summary>Files of sensors that commands take.</summary>
internal static class SensorFiles
{
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">Something in it is wrong; every fault is told on standard error first.</exception>
    public static IReadOnlyList<SensorDescription> Read(string path)
    {
        var issues = new List<ReadIssue>();
        var sensors = SensorsFile.Read(File.ReadAllBytes(path), path, issues);
        foreach (var issue in issues) Console.Error.WriteLine(FormatText.Line(issue));
        // An orbit from half of the sensors, or from one that was meant otherwise, is worse than none.
        return issues.Count == 0 ? sensors : throw new InvalidDataException($"{path} has faults; correct them first.");
    }
}
