using System.Diagnostics;
using System.Globalization;
using SsaShare.Orbits;

namespace SsaShare.Benchmarks;

/// <summary>
/// `bench sgp4`: propagations per processor second of one thread, near Earth and in deep space, with vectors of 512 and of 256 bits, against the official
/// C++ (Python package sgp4) and satellite.js on the same satellites and times in turns; and what a second core brings.
/// </summary>
public static class Sgp4Bench
{
    private const int Repeats = 8, RoundsOfCores = 30;

    /// <param name="args"><c>--rounds N</c>, default 9.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        int rounds = args is ["--rounds", { } text] ? int.Parse(text, CultureInfo.InvariantCulture) : 9;
        string root = Root();
        if (Sgp4Scene.Load(root) is not { } scene)
        {
            await Console.Error.WriteLineAsync("skipped: reference data not found (SSA_REFERENCE_DATA names its folder)");
            return 1;
        }
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, scene.ToJson());
            using var cpp = await Sgp4Peer.StartCppAsync(root, file);
            using var javaScript = await Sgp4Peer.StartJavaScriptAsync(root, file);
            if (cpp is null) await Console.Error.WriteLineAsync("the official C++ is left out: no Python here has the package sgp4 with its compiled module (SSA_SGP4_PEER names a folder that holds it)");
            if (javaScript is null) await Console.Error.WriteLineAsync("satellite.js is left out: npm install in tests/SsaShare.Benchmarks/Sgp4");
            foreach (string group in (string[])["near", "deep"]) await MeasureAsync(scene, group, rounds, cpp, javaScript);
        }
        finally
        {
            File.Delete(file);
        }
        MeasureCores(scene, rounds);
        return 0;
    }

    private static async Task MeasureAsync(Sgp4Scene scene, string group, int rounds, Sgp4Peer? cpp, Sgp4Peer? javaScript)
    {
        var widest = new Sgp4Ours(scene[group].Elements, scene.Times, Sgp4Vectors.Widest);
        var four = new Sgp4Ours(scene[group].Elements, scene.Times, Sgp4Vectors.Four);
        var scalar = new Sgp4Ours(scene[group].Elements, scene.Times, Sgp4Vectors.Scalar);
        (Sgp4Ours Of, int Times, List<double> PerSecond)[] ours = [(widest, Repeats, []), (four, Repeats, []), (scalar, 1, [])];
        (Sgp4Peer? Of, double WithinKm, List<double> PerSecond)[] peers = [(cpp, 1e-6, []), (javaScript, 1e-2, [])];
        foreach (var (one, _, _) in ours) one.Run(1);
        for (int round = 0; round < rounds; round++)
        {
            foreach (var (one, times, perSecond) in ours) perSecond.Add(one.Run(times));
            foreach (var (peer, withinKm, perSecond) in peers)
            {
                if (peer is null) continue;
                var run = await peer.RunAsync(group);
                double apartKm = run.PositionKm.DistanceTo(widest.LastPositionKm);
                if (run.Errors != widest.Errors || !(apartKm <= withinKm)) throw new InvalidOperationException($"{run.Errors} errors where ours has {widest.Errors}, {apartKm:G3} km from ours: not the same work.");
                perSecond.Add(widest.States / run.Seconds);
            }
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{group}: {scene[group].Elements.Length} satellites, {scene.Times.Length} times; in vectors of {(int)widest.Vectors} {Median(ours[0].PerSecond) / 1e6:F1}, of 4 {Median(ours[1].PerSecond) / 1e6:F1}, scalar {Median(ours[2].PerSecond) / 1e6:F2}{Others()} million/s of one thread"));
        Result($"sgp4_{group}_per_s", Median(ours[0].PerSecond), "propagations/s", "F0");
        if (cpp is not null)
        {
            Result($"sgp4_{group}_vs_cpp", Ratio(ours[0].PerSecond, peers[0].PerSecond), "ratio", "F2");
            Result($"sgp4_{group}_vs_cpp_avx2", Ratio(ours[1].PerSecond, peers[0].PerSecond), "ratio", "F2");
        }
        if (javaScript is not null) Result($"sgp4_{group}_vs_satellite_js", Ratio(ours[0].PerSecond, peers[1].PerSecond), "ratio", "F2");
        if (group == "near") Result("sgp4_alloc_bytes", widest.AllocatedBytes(), "bytes/run", "F0");

        string Others() => string.Concat(
            cpp is null ? "" : string.Create(CultureInfo.InvariantCulture, $"; C++ {Median(peers[0].PerSecond) / 1e6:F2}"),
            javaScript is null ? "" : string.Create(CultureInfo.InvariantCulture, $"; satellite.js {Median(peers[1].PerSecond) / 1e6:F2}"));
    }

    /// <summary>By the clock, the fastest of many short runs: what else the machine does only adds.</summary>
    private static void MeasureCores(Sgp4Scene scene, int rounds)
    {
        var batch = new Sgp4Batch(scene.Near.Elements);
        var states = batch.CreateStates(scene.Times.Length);
        Cores ours = new(threads => batch.Propagate(scene.Times.AsMemory(), states, threads)), machine = new(Spin);
        for (int round = 0; round <= RoundsOfCores * rounds; round++)
        {
            ours.Run(round > 0);
            machine.Run(round > 0);
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"two threads take {ours.Overhead:F2} of the processor time of one; loops that share nothing run {machine.Speedup:F2} times as fast on two of the {Environment.ProcessorCount} cores"));
        Result("sgp4_two_core_speedup", ours.Speedup, "ratio", "F2");
    }

    /// <summary>What the machine gives at best just now.</summary>
    private static void Spin(int threads) => Parallel.For(0, 64, new ParallelOptions { MaxDegreeOfParallelism = threads }, _ =>
    {
        double x = 1;
        for (int i = 0; i < 60_000; i++) x = x * 0.999_999 + 1e-6;
        if (x < 0) throw new InvalidOperationException("Not to be reached: it keeps the loop.");
    });

    /// <summary>One and two threads in turns.</summary>
    private sealed class Cores(Action<int> work)
    {
        private readonly double[] _fastestS = [double.MaxValue, double.MaxValue], _processorS = [0, 0];

        public double Speedup => _fastestS[0] / _fastestS[1];

        public double Overhead => _processorS[1] / _processorS[0];

        public void Run(bool counts)
        {
            for (int threads = 1; threads <= 2; threads++)
            {
                double before = ProcessorTime.ReadOwnS();
                long start = Stopwatch.GetTimestamp();
                work(threads);
                double tookS = Stopwatch.GetElapsedTime(start).TotalSeconds;
                if (!counts) continue;
                _fastestS[threads - 1] = Math.Min(_fastestS[threads - 1], tookS);
                _processorS[threads - 1] += ProcessorTime.ReadOwnS() - before;
            }
        }
    }

    /// <summary>The median of what each round found.</summary>
    private static double Ratio(List<double> ours, List<double> theirs) => Median([.. ours.Zip(theirs, (a, b) => a / b)]);

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static void Result(string name, double value, string unit, string format)
        => Console.WriteLine($"RESULT {name} {value.ToString(format, CultureInfo.InvariantCulture)} {unit}");

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "SsaShare.sln"))) return folder.FullName;
        throw new InvalidOperationException("The repository is not above the program.");
    }
}
