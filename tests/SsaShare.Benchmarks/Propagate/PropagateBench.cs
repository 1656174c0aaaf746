using System.Diagnostics;
using System.Globalization;
using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Benchmarks;

/// <summary>`bench propagate`: one day of many objects in low orbit by the full model, with transition matrix, process noise and covariance, on all cores; and what the step tolerance costs in accuracy.</summary>
public static class PropagateBench
{
    public const string Usage = "propagate [--objects N] [--tolerance METRES] [--gradient DEGREE]";

    private const double DaySeconds = 86_400, TightKm = 1e-10;
    private const int Compared = 100, Profiled = 50;

    /// <param name="args">See <see cref="Usage"/>; <c>--help</c> explains.</param>
    public static int Run(string[] args)
    {
        var (count, toleranceKm, gradient) = (1_000, 1e-6, 8);
        for (int i = 0; i < args.Length; i += 2)
        {
            string value = i + 1 < args.Length ? args[i + 1] : "";
            switch (args[i])
            {
                case "--objects" when int.TryParse(value, CultureInfo.InvariantCulture, out count) && count > 0: break;
                case "--tolerance" when double.TryParse(value, CultureInfo.InvariantCulture, out toleranceKm) && toleranceKm > 0: toleranceKm *= 1e-3; break;
                case "--gradient" when int.TryParse(value, CultureInfo.InvariantCulture, out gradient) && gradient >= 0: break;
                default: return Explain(args[i] is "--help");
            }
        }
        var scene = PropagateScene.Load(Root(), count, gradient);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} objects {scene.What}; one day, step tolerance {1e6 * toleranceKm:G3} mm, field of the partials {gradient}x{gradient}"));
        var noise = new PropagationOptions { Noise = new ProcessNoise(new Vector3d(1e-19, 1e-18, 1e-19)) };
        var propagator = new Propagator(scene.Forces, toleranceKm);
        Day(propagator, scene, 0, noise);

        long began = Stopwatch.GetTimestamp(), allocated = GC.GetTotalAllocatedBytes(precise: true);
        double processorBefore = ProcessorTime.ReadOwnS();
        var states = new PropagatedState?[count];
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, i => states[i] = Day(propagator, scene, i, noise));
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds, processor = ProcessorTime.ReadOwnS() - processorBefore;
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        int decayed = states.Count(state => state is null);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seconds:F1} s on {Environment.ProcessorCount} cores, {processor:F1} s of processor time, {1e3 * processor / count:F1} ms each; {decayed} came down on the way"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"position sigma after the day, median: {Quantile([.. states.OfType<PropagatedState>().Select(state => 1e3 * state.Carry(Start).PositionSigmaKm)], 0.5):F0} m"));
        scene.Result("1000_leo_day_s", seconds * 1_000 / count, "s", "F2");
        scene.Result("processor_ms_per_object", 1e3 * processor / count, "ms", "F2");
        scene.Result("alloc_bytes_per_object", (double)allocated / count, "bytes", "F0");
        Compare(scene, propagator, states, noise);
        Split(scene, propagator, noise);
        return 0;
    }

    /// <summary>10 m and 1 cm/s.</summary>
    private static Covariance6 Start { get; } = new([1e-4, 0, 1e-4, 0, 0, 1e-4, 0, 0, 0, 1e-10, 0, 0, 0, 0, 1e-10, 0, 0, 0, 0, 0, 1e-10]);

    /// <returns>Null where the object came down.</returns>
    private static PropagatedState? Day(Propagator propagator, PropagateScene scene, int i, PropagationOptions options)
    {
        var (state, surface) = scene.Objects[i];
        return propagator.Sample(state, surface, [state.Epoch.PlusSeconds(DaySeconds)], options) switch
        {
            PropagationOutcome<IReadOnlyList<PropagatedState>>.Completed completed => completed.Result[0],
            PropagationOutcome<IReadOnlyList<PropagatedState>>.Stopped { Stop.Reason: PropagationEnd.EarthImpact } => null,
            var other => throw new InvalidOperationException(other.ToString()),
        };
    }

    /// <summary>What the tolerance leaves, against one that is far tighter.</summary>
    private static void Compare(PropagateScene scene, Propagator propagator, PropagatedState?[] states, PropagationOptions noise)
    {
        var tight = new Propagator(propagator.Forces, TightKm);
        int step = Math.Max(1, states.Length / Compared);
        var errors = new List<double>();
        var spread = new List<double>();
        Parallel.For(0, (states.Length + step - 1) / step, k =>
        {
            if (states[k * step] is not { } usual || Day(tight, scene, k * step, noise) is not { } exact) return;
            lock (errors)
            {
                errors.Add(1e3 * usual.PositionKm.DistanceTo(exact.PositionKm));
                spread.Add(Math.Abs(usual.Carry(Start).PositionSigmaKm / exact.Carry(Start).PositionSigmaKm - 1));
            }
        });
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"against a step tolerance of {1e6 * TightKm:G1} mm, {errors.Count} objects: relative change of the position sigma {spread.Max():G2} at most"));
        scene.Result("error_median_m", Quantile(errors, 0.5), "m", "F4");
        scene.Result("error_p95_m", Quantile(errors, 0.95), "m", "F4");
        scene.Result("error_max_m", errors.Max(), "m", "F4");
    }

    /// <summary>What the parts cost: processor time of a few objects on one core, with and without each.</summary>
    private static void Split(PropagateScene scene, Propagator propagator, PropagationOptions noise)
    {
        var whole = Seconds(propagator, noise);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"one core, {Math.Min(Profiled, scene.Objects.Count)} objects: {1e3 * whole:F1} ms each; without process noise {1e3 * Seconds(propagator, new PropagationOptions { WithPartials = true }):F1}, without partials {1e3 * Seconds(propagator, new PropagationOptions()):F1} ms"));

        double Seconds(Propagator with, PropagationOptions options)
        {
            int objects = Math.Min(Profiled, scene.Objects.Count);
            double before = ProcessorTime.ReadOwnS();
            for (int i = 0; i < objects; i++) Day(with, scene, i * scene.Objects.Count / objects, options);
            return (ProcessorTime.ReadOwnS() - before) / objects;
        }
    }

    private static int Explain(bool wasAsked)
    {
        (wasAsked ? Console.Out : Console.Error).WriteLine(
            $"""
            usage: ./ssa bench {Usage}
            One day of N objects in low orbit (default 1,000) by the full force model with transition matrix, process noise and covariance, on all cores.
            The objects are spread over the catalog of 2024-11-01 of the reference data (SSA_REFERENCE_DATA names its folder), with NRLMSISE-00; without it they are drawn from
            a seed and meet the exponential atmosphere, and the results are named propagate_seeded_... Sun, Moon and planets are those of the built-in short series in both.
              --objects N          how many; the time is given for 1,000
              --tolerance METRES   error allowed in one step (default 0.001)
              --gradient DEGREE    of the Earth's field in the partials (default 8; 0 for point mass and J2)
            example: ./ssa bench propagate --objects 100
            """);
        return wasAsked ? 0 : 2;
    }

    private static double Quantile(List<double> values, double share) => values.Order().ElementAt(Math.Min(values.Count - 1, (int)(share * values.Count)));

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "SsaShare.sln"))) return folder.FullName;
        throw new InvalidOperationException("The repository is not above the program.");
    }
}
