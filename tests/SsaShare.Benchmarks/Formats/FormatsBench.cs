using System.Globalization;
using SsaShare.Formats;

namespace SsaShare.Benchmarks;

/// <summary>
/// `bench formats`: files of 100 MB of each of the formats that matter most, read and checked strictly as `ssa validate` does, each in a process of its own; then element sets
/// beside python-sgp4 and satellite.js. Seconds are processor seconds, user and system, of the whole process, as other work on the machine does not change them.
/// </summary>
public static class FormatsBench
{
    public const string Usage = "formats [--mb N] [--only FORMAT]";
    private const int PeerMegabytes = 20;

    /// <param name="args"><c>--mb N</c>, default 100: size of each file. <c>--only FORMAT</c>: that one.</param>
    public static int Run(string[] args)
    {
        long megabytes = 100;
        string? only = null;
        for (int i = 0; i + 1 < args.Length; i += 2)
        {
            if (args[i] == "--mb") megabytes = long.Parse(args[i + 1], CultureInfo.InvariantCulture);
            else if (args[i] == "--only") only = args[i + 1];
        }
        var folder = Directory.CreateTempSubdirectory("ssa-bench-formats-");
        try
        {
            var read = new Dictionary<string, ReadRun>(StringComparer.Ordinal);
            foreach (var file in BenchFile.All.Where(file => only is null || file.Format == only))
            {
                string path = file.Write(folder, megabytes * 1_000_000);
                read[file.Format] = ReadRun.InProcess(file.Format, path);
                Tell(file.Format, read[file.Format]);
                File.Delete(path);
            }
            foreach (var peer in PeerReader.All.Where(peer => read.ContainsKey(peer.Format)))
            {
                string path = BenchFile.All.First(file => file.Format == peer.Format).Write(folder, Math.Min(PeerMegabytes, megabytes) * 1_000_000);
                Compare(peer, path, read[peer.Format]);
                File.Delete(path);
            }
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Tell(string format, ReadRun run)
    {
        string name = format.Replace('-', '_');
        Result($"format_{name}_mb_per_s", run.Bytes / 1e6 / run.Seconds, "MB/s");
        Result($"format_{name}_records_per_s", run.Records / run.Seconds, "records/s");
        Result($"format_{name}_peak_mb", run.PeakMegabytes, "MB");
    }

    /// <summary>Reading beside reading; and beside what the other does when it is called, which is to set the propagator up too.</summary>
    private static void Compare(PeerReader peer, string path, ReadRun ours)
    {
        double bytes = new FileInfo(path).Length;
        if (peer.Measure(path, isBare: true) is not { } bare || peer.Measure(path, isBare: false) is not { } whole)
        {
            Console.Error.WriteLine($"{peer.Name} is not there: {peer.Remedy}");
            return;
        }
        double oursPerS = ours.Records / ours.Seconds;
        string name = $"{peer.Format.Replace('-', '_')}_vs_{peer.Name}";
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{peer.Name} reads {peer.Format} of {bytes / 1e6:N0} MB: {bare.Records / bare.Seconds:N0} records/s, with its propagator set up {whole.Records / whole.Seconds:N0}; ours {oursPerS:N0}"));
        Result(name, oursPerS / (bare.Records / bare.Seconds), "ratio");
        Result($"{name}_as_called", oursPerS / (whole.Records / whole.Seconds), "ratio");
    }

    private static void Result(string name, double value, string unit) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"RESULT {name} {(value < 100 ? $"{value:F1}" : $"{value:F0}")} {unit}"));
}
