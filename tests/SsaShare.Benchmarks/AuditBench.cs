using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using SsaShare.Exchange;

namespace SsaShare.Benchmarks;

/// <summary>
/// `bench audit`: how long a bundle of a long log takes to verify offline, with every signature, against plain SHA-256 of the same bytes in the same run; and how many
/// bytes of evidence each record costs in an exchange between two real nodes.
/// </summary>
public static class AuditBench
{
    private const int Rounds = 3;

    /// <param name="args"><c>--entries N</c>, default 1,000,000; <c>--records N</c> of the exchange, default 100,000.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        long entries = Read(args, "--entries", 1_000_000), records = Read(args, "--records", 100_000);
        string file = Path.GetTempFileName();
        try
        {
            await MeasureAsync(file, entries);
        }
        finally
        {
            File.Delete(file);
        }
        await ExchangeEvidence.MeasureAsync((int)records);
        return 0;
    }

    private static async Task MeasureAsync(string file, long entries)
    {
        using var log = new BenchLog();
        long start = Stopwatch.GetTimestamp();
        await log.WriteAsync(file, entries);
        long bytes = new FileInfo(file).Length;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"bundle of {entries} entries: {bytes / 1e6:F0} MB, made in {Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s"));

        var ratios = new List<double>();
        double fastestS = double.MaxValue;
        for (int round = 0; round < Rounds; round++)
        {
            double hashS = await HashAsync(file);
            start = Stopwatch.GetTimestamp();
            await using var stream = File.OpenRead(file);
            var report = await EvidenceVerifier.VerifyAsync(stream, log.Cards, CancellationToken.None);
            double verifyS = Stopwatch.GetElapsedTime(start).TotalSeconds;
            if (!report.Succeeded) throw new InvalidOperationException(string.Join('\n', report.Steps.Where(step => !step.Succeeded)));
            ratios.Add(verifyS / hashS);
            fastestS = Math.Min(fastestS, verifyS);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"round {round + 1}: verified in {verifyS:F1} s, plain SHA-256 in {hashS:F2} s"));
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"RESULT verify_entries_per_s {entries / fastestS:F0} entries/s"));
        // Time to verify over time to hash: 1 would be as fast as SHA-256 alone; smaller is better.
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"RESULT verify_vs_sha256 {ratios.Order().ElementAt(Rounds / 2):F1} ratio"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"RESULT verify_memory_mb {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:F0} MB"));
    }

    /// <returns>Seconds for SHA-256 over the file, read in the same pieces.</returns>
    private static async Task<double> HashAsync(string file)
    {
        long start = Stopwatch.GetTimestamp();
        await using var stream = File.OpenRead(file);
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] piece = new byte[256 * 1024];
        for (int read; (read = await stream.ReadAsync(piece)) > 0;) sha.AppendData(piece, 0, read);
        sha.GetHashAndReset();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static long Read(string[] args, string name, long without)
        => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? long.Parse(args[at + 1], CultureInfo.InvariantCulture) : without;
}
