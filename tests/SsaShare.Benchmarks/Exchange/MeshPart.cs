using System.Diagnostics;
using System.Globalization;

namespace SsaShare.Benchmarks;

/// <summary>Ten nodes, each a process, each of which gives all that it publishes to the nine others: records stored at receivers a second, how long the last takes after the last publish, and memory.</summary>
internal static class MeshPart
{
    private const int Nodes = 10, RecordsDefault = 100_000, WarmUp = 1_000;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    public static async Task RunAsync(ExchangeBenchOptions options)
    {
        int each = (options.Records ?? RecordsDefault) / Nodes;
        string folder = Directory.CreateTempSubdirectory("ssa-bench-").FullName;
        try
        {
            await using var federation = await BenchFederation.CreateAsync(folder, Nodes, from a in Enumerable.Range(0, Nodes) from b in Enumerable.Range(a + 1, Nodes - a - 1) select (a, b), bothWays: true);
            var nodes = new List<PublishingNode>();
            try
            {
                foreach (var node in federation.Folders) nodes.Add(await PublishingNode.StartAsync(node));
                await ExchangeAsync(federation, nodes, 0, WarmUp, WarmUp);
                double usedS = Used(federation, nodes);
                var (wholeS, lagS) = await ExchangeAsync(federation, nodes, WarmUp, each, WarmUp + each);
                usedS = Used(federation, nodes) - usedS;
                long given = (long)Nodes * (Nodes - 1) * each;
                Say($"{Nodes} nodes published {each} records each and stored {given} of each other: {usedS * 1e6 / given:F1} processor s per million stored");
                Say($"at most: {nodes.Max(node => Megabytes(node, "VmHWM")):F0} MB");
                Say($"RESULT mesh10_rows_per_s {given / wholeS:F0} rows/s");
                Say($"RESULT mesh10_lag_s {lagS:F2} s");
                Say($"RESULT mesh10_mb_per_node {nodes.Average(node => Megabytes(node, "VmRSS")):F0} MB");
            }
            finally
            {
                foreach (var node in nodes) await node.DisposeAsync();
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <returns>From the first publish to the last record stored, and from the last publish.</returns>
    private static async Task<(double WholeS, double LagS)> ExchangeAsync(BenchFederation federation, List<PublishingNode> nodes, int first, int each, long expectedOfEach)
    {
        // Different figures at each node.
        for (int i = 0; i < nodes.Count; i++) await nodes[i].PrepareAsync(first + i * 100_000, each);
        long begin = Stopwatch.GetTimestamp();
        Task[] stored = [.. Enumerable.Range(0, nodes.Count).Select(node => federation.WaitForRecordsAsync(node, expectedOfEach * (nodes.Count - 1), Longest))];
        await Task.WhenAll(nodes.Select(node => node.PublishAsync()));
        long published = Stopwatch.GetTimestamp();
        await Task.WhenAll(stored);
        return (Stopwatch.GetElapsedTime(begin).TotalSeconds, Stopwatch.GetElapsedTime(published).TotalSeconds);
    }

    private static double Used(BenchFederation federation, List<PublishingNode> nodes) => ProcessorTime.ReadS([("databases", federation.ServerProcessId), .. nodes.Select(node => ("node", node.ProcessId))]).Sum();

    private static double Megabytes(PublishingNode node, string figure) => ProcessMemory.ReadMegabytes(node.ProcessId, figure);

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
