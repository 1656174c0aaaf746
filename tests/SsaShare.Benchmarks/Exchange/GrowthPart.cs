using System.Diagnostics;
using System.Globalization;
using SsaShare.Exchange;

namespace SsaShare.Benchmarks;

/// <summary>What a record costs both nodes while their stores grow: processor seconds per million records, all processes of both sides, in steps.</summary>
internal static class GrowthPart
{
    private const int Million = 1_000_000, MillionsDefault = 10, MillionsFull = 50, WarmUp = 50 * PublicationDocument.SizeMax;

    public static async Task RunAsync(ExchangeBenchOptions options)
    {
        int millions = options.Full ? MillionsFull : options.Records / Million ?? MillionsDefault;
        string folder = Directory.CreateTempSubdirectory("ssa-bench-").FullName;
        try
        {
            await using var nodes = await ExchangingNodes.StartAsync(folder);
            await MeasureAsync(nodes, 0, WarmUp);
            var costs = new List<double>();
            for (int million = 1; million <= millions; million++)
            {
                long start = Stopwatch.GetTimestamp();
                costs.Add(await MeasureAsync(nodes, WarmUp + (million - 1) * Million, Million));
                Say($"million {million}: {costs[^1]:F1} processor s, {Million / Stopwatch.GetElapsedTime(start).TotalSeconds:F0} rows/s");
            }
            // The mean of a few, because what one million costs depends on when the servers make their checkpoints.
            int few = Math.Max(1, Math.Min(3, millions / 2));
            Say($"RESULT cost_{millions}m_vs_1m {costs.TakeLast(few).Average() / costs.Take(few).Average():F3} ratio");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<double> MeasureAsync(ExchangingNodes nodes, int first, int count)
    {
        await nodes.PrepareAsync(first, count);
        double[] usedS = ProcessorTime.ReadS(nodes.Processes);
        await nodes.ExchangeAsync(count);
        return ProcessorTime.ReadS(nodes.Processes).Sum() - usedS.Sum();
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
