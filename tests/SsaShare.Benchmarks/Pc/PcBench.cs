using System.Diagnostics;
using System.Globalization;
using SsaShare.Orbits;

namespace SsaShare.Benchmarks;

/// <summary>
/// `bench pc`: probabilities of collision a second, by method, from two states and covariances on. In two dimensions of 1,085 real conjunctions in low orbit, on curved paths and by trial of 27 real messages; where the
/// reference data is not, of made ones.
/// </summary>
public static class PcBench
{
    public const string Usage = "pc [--seconds S]";
    private const int TrialsEach = 16_384;

    /// <param name="args"><c>--seconds S</c>: for each method; 2 where nothing is said.</param>
    public static int Run(string[] args)
    {
        double seconds = 2;
        if (args.Length > 0 && !(args is ["--seconds", { } text] && double.TryParse(text, CultureInfo.InvariantCulture, out seconds) && seconds is > 0 and <= 600))
        {
            Console.Error.WriteLine($"usage: bench {Usage}");
            return 2;
        }
        var (planar, curved, isReal) = PcScene.Load();
        if (!isReal) Console.Error.WriteLine("skipped: reference data not found (SSA_REFERENCE_DATA names its folder); made encounters are measured");
        Console.WriteLine($"{planar.Length} encounters in two dimensions, {curved.Length} on curved paths, {(isReal ? "of the reference data" : "made")}; one thread");

        Measure("pc_2d", planar, seconds, static pair => FosterProbability.Of(Plane(pair)));
        Measure("pc_series", planar, seconds, static pair => SeriesProbability.TryOf(Plane(pair), out double value, out _) ? value : 0);
        Measure("pc_max", planar, seconds, static pair => MaximumProbability.OverScale(Plane(pair)).Probability);
        Measure("nc_2d", curved, seconds, static pair => ShortCurvedEncounter.Of(pair) is ExpectedCollisions.Found found ? found.Number : 0);
        Measure("nc_3d", curved, seconds, static pair => LongCurvedEncounter.Of(pair) is ExpectedCollisions.Found found ? found.Number : 0);
        Measure("pc_recommended", curved, seconds, static pair => ProbabilityAssessor.Assess(pair, new ProbabilityOptions(ProbabilityMethods.TwoDimensional | ProbabilityMethods.Maximum)).Recommended.Probability ?? 0);
        Trials(curved, seconds);
        return 0;
    }

    private static EncounterPlane Plane(ConjunctionPair pair) => EncounterGeometry.TryOf(pair, out var geometry) ? geometry!.Plane : throw new InvalidOperationException("An encounter of the scene has no relative velocity.");

    private static void Measure(string name, ConjunctionPair[] pairs, double seconds, Func<ConjunctionPair, double> probability)
    {
        // Compiled, and compiled better, before it is measured.
        double sum = 0;
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start).TotalSeconds < 0.3 * seconds;) sum += Round(pairs, probability);
        long count = 0;
        double before = ProcessorTime.ReadOwnS();
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start).TotalSeconds < seconds; count += pairs.Length) sum = Round(pairs, probability);
        double spent = ProcessorTime.ReadOwnS() - before;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {count} in {spent:F2} s of processor time, {1e6 * spent / count:F2} µs each; they sum to {sum:G9}"));
        Result($"{name}_per_s", count / spent);
    }

    private static void Trials(ConjunctionPair[] pairs, double seconds)
    {
        long trials = 0;
        double before = 0;
        // The first round is not counted.
        int round = 0;
        for (long start = Stopwatch.GetTimestamp(); round == 0 || Stopwatch.GetElapsedTime(start).TotalSeconds < seconds; round++)
        {
            if (round == 1) (before, start) = (ProcessorTime.ReadOwnS(), Stopwatch.GetTimestamp());
            foreach (var pair in pairs)
                if (MonteCarloProbability.TryOf(pair, new MonteCarloOptions(TrialsEach, round), out _) && round > 0) trials += TrialsEach;
        }
        Result("monte_carlo_trials_per_s", trials / (ProcessorTime.ReadOwnS() - before));
    }

    private static double Round(ConjunctionPair[] pairs, Func<ConjunctionPair, double> probability)
    {
        double sum = 0;
        foreach (var pair in pairs) sum += probability(pair);
        return sum;
    }

    private static void Result(string name, double value) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"RESULT {name} {value:F0} 1/s"));
}
