using System.Diagnostics;
using System.Globalization;
using SsaShare.Orbits;
using SsaShare.Reference;

namespace SsaShare.Benchmarks;

/// <summary>
/// `bench od`: orbit determination of the radar calibration sphere from every observation of three radars in seven weeks, in arcs of three days; and the same of a synthetic set of the
/// same size, which needs no reference data.
/// </summary>
public static class OdBench
{
    /// <param name="args"><c>--rounds N</c>, default 3.</param>
    public static int Run(string[] args)
    {
        int rounds = args is ["--rounds", { } text] ? int.Parse(text, CultureInfo.InvariantCulture) : 3;
        string? folder = ReferenceFolder();
        if (folder is null) Console.Error.WriteLine("skipped: reference data not found (SSA_REFERENCE_DATA names its folder); the synthetic set is measured");
        else Measure("lcs1", SphereArcs.Load(name => Path.Combine(folder, name)), rounds);
        Measure("synthetic", new SphereArcs(SyntheticTracking.Create()), rounds);
        return 0;
    }

    private static void Measure(string name, SphereArcs arcs, int rounds)
    {
        var (seconds, processor) = (new List<double>(), new List<double>());
        long allocated = 0;
        List<SphereArcs.Arc> found = [];
        for (int round = 0; round < rounds; round++)
        {
            double before = ProcessorTime.ReadOwnS();
            long bytes = GC.GetTotalAllocatedBytes(precise: true), start = Stopwatch.GetTimestamp();
            found = arcs.All();
            seconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
            processor.Add(ProcessorTime.ReadOwnS() - before);
            allocated = GC.GetTotalAllocatedBytes(precise: true) - bytes;
        }
        int corrections = found.Sum(arc => arc.Fit.Iterations), used = found.Sum(arc => arc.Fit.ObservationsUsed);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name}: {arcs.Observations.Count} observations, {found.Count} arcs, {used} used, {corrections} corrections; {processor.Min():F2} s of processor time, {allocated / 1e6:F0} MB allocated, {allocated / (double)(corrections * arcs.Observations.Count / found.Count):F0} bytes for each observation and correction"));
        Result($"od_{name}_s", seconds.Min(), "s", "F2");
        Result($"od_{name}_cpu_s", processor.Min(), "s", "F2");
        Result($"od_{name}_mb", ProcessMemory.ReadMegabytes(Environment.ProcessId, "VmHWM"), "MB", "F0");
        Result($"od_{name}_alloc_mb", allocated / 1e6, "MB/run", "F1");
    }

    private static string? ReferenceFolder()
    {
        string? folder = Environment.GetEnvironmentVariable("SSA_REFERENCE_DATA");
        for (var above = new DirectoryInfo(AppContext.BaseDirectory); folder is null && above is not null; above = above.Parent)
            if (File.Exists(Path.Combine(above.FullName, "SsaShare.sln"))) folder = Path.Combine(above.FullName, "..", "shared", "data");
        return folder is not null && File.Exists(Path.Combine(folder, SphereArcs.ObservationFile)) ? folder : null;
    }

    private static void Result(string name, double value, string unit, string format)
        => Console.WriteLine($"RESULT {name} {value.ToString(format, CultureInfo.InvariantCulture)} {unit}");
}
