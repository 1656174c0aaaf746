using System.Globalization;

namespace SsaShare.Benchmarks;

/// <summary>Processor seconds (user and system) that processes have used so far, their children that have ended included: from /proc.</summary>
internal static class ProcessorTime
{
    private const double TicksPerS = 100;

    /// <summary>Of each of these with all its descendants.</summary>
    public static double[] ReadS(IReadOnlyList<(string Name, int ProcessId)> roots)
    {
        var processes = Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(name => int.TryParse(name, CultureInfo.InvariantCulture, out _)).Select(name => Read(name!)).OfType<Usage>().ToList();
        var children = processes.ToLookup(process => process.Parent);
        return [.. roots.Select(root => Sum(processes.Where(process => process.Id == root.ProcessId), children) / TicksPerS)];
    }

    /// <summary>Of this process alone.</summary>
    public static double ReadOwnS() => Environment.CpuUsage.TotalTime.TotalSeconds;

    /// <summary>Who started a process that runs.</summary>
    public static int ParentOf(int process) => Read(process.ToString(CultureInfo.InvariantCulture))?.Parent ?? throw new InvalidOperationException($"There is no process {process}.");

    private static long Sum(IEnumerable<Usage> processes, ILookup<int, Usage> children) => processes.Sum(process => process.Ticks + Sum(children[process.Id], children));

    /// <returns>Null when the process has ended meanwhile.</returns>
    private static Usage? Read(string process)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{process}/stat");
            // The name in brackets may hold anything: what follows it does not.
            string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return new Usage(int.Parse(process, CultureInfo.InvariantCulture), int.Parse(fields[1], CultureInfo.InvariantCulture),
                fields[11..15].Sum(ticks => long.Parse(ticks, CultureInfo.InvariantCulture)));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException || (e is IOException && !Directory.Exists($"/proc/{process}")))
        {
            return null;
        }
    }

    private sealed record Usage(int Id, int Parent, long Ticks);
}
