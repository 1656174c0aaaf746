using System.Diagnostics;
using System.Globalization;
using Grpc.Core;
using Grpc.Net.Client;
using SsaShare.Benchmarks.Grpc;
using SsaShare.Benchmarks.Protocol;

namespace SsaShare.Benchmarks;

/// <summary>`bench grpc`: records per second from one process to another over loopback, mutual TLS 1.3.</summary>
public static class GrpcBench
{
    private const int RecordsPerRound = 600_000;
    private const int RecordsPerBatch = 500;
    private const int CallsInFlight = 32;

    /// <param name="args">Nothing, a number of rounds, or <c>serve</c>, which is the server's process.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is ["serve"])
        {
            await BenchServer.RunAsync();
            return 0;
        }

        int rounds = args is [{ } text] ? int.Parse(text, CultureInfo.InvariantCulture) : 7;
        using BenchServerProcess server = await BenchServerProcess.StartAsync();
        using GrpcChannel channel = server.CreateChannel();
        var client = new BenchService.BenchServiceClient(channel);
        await MeasureAsync("grpc_stream_single_per_s", "grpc_stream_single_mb_per_s", rounds, server, () => StreamRecordsAsync(client));
        await MeasureAsync("grpc_stream_batch500_per_s", "grpc_stream_batch500_mb_per_s", rounds, server, () => StreamBatchesAsync(client));
        await MeasureAsync("grpc_unary32_per_s", "grpc_unary32_mb_per_s", rounds, server, () => CallAsync(client));
        return 0;
    }

    /// <summary>One round to warm up, then the median of the others.</summary>
    /// <remarks>The processor time of both sides is shown too: it says more than the rate does where others use the machine.</remarks>
    private static async Task MeasureAsync(string name, string bytesName, int rounds, BenchServerProcess server, Func<Task<int>> round)
    {
        var perSecond = new List<double>();
        for (int i = 0; i <= rounds; i++)
        {
            TimeSpan processorBefore = Environment.CpuUsage.TotalTime + server.ProcessorTime;
            long start = Stopwatch.GetTimestamp();
            int count = await round();
            double rate = count / Stopwatch.GetElapsedTime(start).TotalSeconds;
            double processorUs = (Environment.CpuUsage.TotalTime + server.ProcessorTime - processorBefore).TotalMicroseconds / count;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name} round {i}: {rate:F0}, processor {processorUs:F2} us each{(i == 0 ? " (warm-up)" : "")}"));
            if (i > 0)
            {
                perSecond.Add(rate);
            }
        }

        perSecond.Sort();
        double median = perSecond[perSecond.Count / 2];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"RESULT {name} {median:F0} {(name.Contains("unary", StringComparison.Ordinal) ? "calls/s" : "records/s")}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"RESULT {bytesName} {median * BenchRecords.RecordBytes / 1e6:F1} MB/s"));
    }

    private static async Task<int> StreamRecordsAsync(BenchService.BenchServiceClient client)
    {
        using AsyncServerStreamingCall<BenchRecord> call = client.StreamRecords(new StreamRecordsRequest { RecordCount = RecordsPerRound });
        int count = 0;
        while (await call.ResponseStream.MoveNext())
        {
            count += call.ResponseStream.Current.Payload.IsEmpty ? 0 : 1;
        }

        return Expect(RecordsPerRound, count);
    }

    private static async Task<int> StreamBatchesAsync(BenchService.BenchServiceClient client)
    {
        using AsyncServerStreamingCall<BenchBatch> call = client.StreamBatches(
            new StreamBatchesRequest { BatchCount = 2 * RecordsPerRound / RecordsPerBatch, RecordsPerBatch = RecordsPerBatch });
        int count = 0;
        while (await call.ResponseStream.MoveNext())
        {
            count += call.ResponseStream.Current.Records.Count;
        }

        return Expect(2 * RecordsPerRound, count);
    }

    private static async Task<int> CallAsync(BenchService.BenchServiceClient client)
    {
        const int Calls = 50_000;
        int left = Calls;
        int done = 0;
        await Task.WhenAll(Enumerable.Range(0, CallsInFlight).Select(async worker =>
        {
            BenchRecord record = BenchRecords.Create(worker);
            while (Interlocked.Decrement(ref left) >= 0)
            {
                BenchRecord echo = await client.EchoAsync(record);
                Interlocked.Add(ref done, echo.Index == record.Index ? 1 : 0);
            }
        }));
        return Expect(Calls, done);
    }

    private static int Expect(int expected, int actual)
        => actual == expected ? actual : throw new InvalidOperationException($"Expected {expected} records, got {actual}.");
}
