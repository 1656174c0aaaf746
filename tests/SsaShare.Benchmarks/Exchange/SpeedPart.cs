using System.Diagnostics;
using System.Globalization;
using SsaShare.Exchange;

namespace SsaShare.Benchmarks;

/// <summary>
/// From the first publish to the last record that is checked and stored at the reader, beside logical replication of the same rows. The two take turns, and which
/// comes first changes from round to round; a whole round before the first warms both up and does not count: a node's code is compiled while it runs, and the servers' files grow.
/// </summary>
internal static class SpeedPart
{
    private const int BatchRecords = 5 * PublicationDocument.SizeMax, RecordsDefault = 1_000_000, RoundsDefault = 3;

    public static async Task RunAsync(ExchangeBenchOptions options)
    {
        int records = (options.Records ?? RecordsDefault) / BatchRecords * BatchRecords, rounds = options.Rounds ?? RoundsDefault;
        string folder = Directory.CreateTempSubdirectory("ssa-bench-").FullName;
        try
        {
            await using var nodes = await ExchangingNodes.StartAsync(folder);
            await using var replication = await LogicalReplication.StartAsync(folder);
            var pairs = new List<(Cost Exchange, Cost Replication)>();
            for (int round = 0, first = 0; round <= rounds; round++)
            {
                await nodes.PrepareAsync(first, records);
                byte[][] rows = [.. Rows(first, records)];
                long lastPublication = (first + records) / PublicationDocument.SizeMax;
                Task<Cost> ExchangeAsync() => MeasureAsync(nodes.Processes, () => nodes.ExchangeAsync(records));
                Task<Cost> ReplicateAsync() => MeasureAsync(replication.Processes, () => replication.ReplicateAsync(rows, lastPublication));
                Cost? exchange = null;
                if (round % 2 == 0) exchange = await ExchangeAsync();
                var replicate = await ReplicateAsync();
                exchange ??= await ExchangeAsync();
                first += records;
                if (await nodes.CountAsync() != first || await replication.CountAsync() != first) throw new InvalidOperationException($"Expected {first} records at both readers.");
                if (round == 0) continue;
                pairs.Add((exchange, replicate));
                Say($"round {round}: exchange {records / exchange.WallS:F0} rows/s, processor s per million {exchange.PerMillion(records)}");
                Say($"round {round}: logical replication {records / replicate.WallS:F0} rows/s, processor s per million {replicate.PerMillion(records)}");
            }
            Report(records, pairs);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Report(int records, List<(Cost Exchange, Cost Replication)> pairs)
    {
        Say($"RESULT exchange_rows_per_s {records / Median(pairs.Select(pair => pair.Exchange.WallS)):F0} rows/s");
        Say($"RESULT replication_rows_per_s {records / Median(pairs.Select(pair => pair.Replication.WallS)):F0} rows/s");
        Say($"RESULT exchange_vs_replication {Median(pairs.Select(pair => pair.Replication.WallS / pair.Exchange.WallS)):F3} ratio");
        Say($"RESULT exchange_cpu_s_per_million {Median(pairs.Select(pair => pair.Exchange.ProcessorS)) * 1e6 / records:F1} s");
        Say($"RESULT replication_cpu_s_per_million {Median(pairs.Select(pair => pair.Replication.ProcessorS)) * 1e6 / records:F1} s");
    }

    /// <summary>What this process does, which is to feed rows, counts too.</summary>
    private static async Task<Cost> MeasureAsync(IReadOnlyList<(string Name, int ProcessId)> processes, Func<Task> work)
    {
        double[] usedS = [.. ProcessorTime.ReadS(processes), ProcessorTime.ReadOwnS()];
        long start = Stopwatch.GetTimestamp();
        await work();
        double wallS = Stopwatch.GetElapsedTime(start).TotalSeconds;
        double[] usedNowS = [.. ProcessorTime.ReadS(processes), ProcessorTime.ReadOwnS()];
        return new Cost(wallS, [.. processes.Select(process => process.Name), "bench"], [.. usedNowS.Zip(usedS, (after, before) => after - before)]);
    }

    private static IEnumerable<byte[]> Rows(int first, int count)
        => BenchTracks.Observe(first, count).Select(BenchTracks.Seal).Chunk(BatchRecords).Select((batch, i) => CopyRows.Write(batch, (first + i * BatchRecords) / PublicationDocument.SizeMax + 1));

    private static double Median(IEnumerable<double> figures)
    {
        double[] sorted = [.. figures.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private sealed record Cost(double WallS, IReadOnlyList<string> Parts, IReadOnlyList<double> PartsProcessorS)
    {
        public double ProcessorS => PartsProcessorS.Sum();

        /// <summary>Processor seconds, and where they went.</summary>
        public string PerMillion(int count)
        {
            FormattableString Of(string part, double processorS) => $"{part} {processorS * 1e6 / count:F1}";
            return $"{(ProcessorS * 1e6 / count).ToString("F1", CultureInfo.InvariantCulture)} ({string.Join(", ", Parts.Zip(PartsProcessorS, (part, usedS) => Of(part, usedS).ToString(CultureInfo.InvariantCulture)))})";
        }
    }
}
