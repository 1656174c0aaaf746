using System.Diagnostics;
using System.Globalization;

namespace SsaShare.Benchmarks;

/// <summary>
/// How long from publishing a single record at one node until it is stored at the other, by one clock: with nothing else to do, and, of urgent records, while bulk data
/// are published and exchanged without a pause. A sample ends when the reader's database gives the record to others, so its commit is in it, and half of the pause between two looks.
/// </summary>
internal static class LatencyPart
{
    private const int SamplesDefault = 1_000, WarmUp = 20, BulkDefault = 2_000_000;

    /// <summary>Between two samples: so that they fall into all phases of what else goes on.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public static async Task RunAsync(ExchangeBenchOptions options)
    {
        int samples = options.Rounds ?? SamplesDefault, bulk = options.Records ?? BulkDefault;
        string folder = Directory.CreateTempSubdirectory("ssa-bench-").FullName;
        try
        {
            await using var nodes = await ExchangingNodes.StartAsync(folder);
            await SampleAsync(nodes, "routine", WarmUp, () => false);
            await SampleAsync(nodes, "urgent", WarmUp, () => false);
            var routine = await SampleAsync(nodes, "routine", samples, () => false);
            var urgent = await SampleAsync(nodes, "urgent", samples, () => false);
            await nodes.FloodAsync(bulk);
            // What the reader still has to take when publishing is over is bulk transfer too, but nobody publishes then.
            var loaded = await SampleAsync(nodes, "urgent", samples, () => !nodes.IsFlooding);
            await nodes.CalmAsync();
            Report("inbox", "idle", routine);
            Report("urgent", "idle", urgent);
            Report("urgent", "loaded", loaded);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Publishes one after the other, each when the one before is there.</summary>
    private static async Task<List<double>> SampleAsync(ExchangingNodes nodes, string kind, int count, Func<bool> isOver)
    {
        var milliseconds = new List<double>(count);
        for (int i = 0; i < count && !isOver(); i++)
        {
            await Task.Delay(Pause * (0.5 + Random.Shared.NextDouble()));
            long start = Stopwatch.GetTimestamp();
            await nodes.DeliverOneAsync(kind);
            milliseconds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        return milliseconds;
    }

    private static void Report(string what, string load, List<double> milliseconds)
    {
        if (milliseconds.Count == 0) throw new InvalidOperationException("Not one sample: the bulk transfer was over too soon. Ask for more records.");
        double[] sorted = [.. milliseconds.Order()];
        Say($"{what}, {load}: {sorted.Length} samples from {sorted[0]:F1} to {sorted[^1]:F1} ms");
        Say($"RESULT {what}_p50_ms_{load} {Quantile(sorted, 0.5):F1} ms");
        Say($"RESULT {what}_p99_ms_{load} {Quantile(sorted, 0.99):F1} ms");
        Say($"RESULT {what}_p999_ms_{load} {Quantile(sorted, 0.999):F1} ms");
    }

    /// <summary>The least sample that is not exceeded by more than the rest.</summary>
    private static double Quantile(double[] sorted, double share) => sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)];

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
