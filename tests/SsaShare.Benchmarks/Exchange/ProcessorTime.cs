using System.Globalization;

namespace SsaShare.Benchmarks;

/// <summary>Processor seconds (user and system) that processes have used so far, their children that have ended included: from /proc.</summary>
internal static class ProcessorTime
{
    private const double TicksPerS = 100;

    /// <param name="roots">Processes that count with all their descendants.</param>
    public static double ReadS(params IEnumerable<int> roots)
    {
        var processes = Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(name => int.TryParse(name, CultureInfo.InvariantCulture, out _)).Select(name => Read(name!)).OfType<Usage>().ToList();
        var children = processes.ToLookup(process => process.Parent);
        var found = new Dictionary<int, Usage>();
        var open = new Queue<Usage>(processes.Where(process => roots.Contains(process.Id)));
        while (open.TryDequeue(out var process))
            if (found.TryAdd(process.Id, process))
                foreach (var child in children[process.Id]) open.Enqueue(child);
        return found.Values.Sum(process => process.Ticks) / TicksPerS;
    }

    /// <summary>Of this process alone.</summary>
    public static double ReadOwnS() => Environment.CpuUsage.TotalTime.TotalSeconds;

    /// <summary>Who started a process that runs.</summary>
    public static int ParentOf(int process) => Read(process.ToString(CultureInfo.InvariantCulture))?.Parent ?? throw new InvalidOperationException($"There is no process {process}.");

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
