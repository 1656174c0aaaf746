using System.Numerics;

namespace SsaShare.Orbits;

/// <summary>
/// Probability of collision by trial: both orbits drawn in equinoctial elements, where their errors stay normal, and followed on their Kepler orbits through the passage.
/// </summary>
/// <remarks>
/// Hall, Casali, Johnson, Skrehart and Baars 2018, AAS 18-244, with its two-body motion. A touch is found by steps no longer than the time in which the distance can close (relative speed and a bound for the relative
/// acceleration), so none is stepped over but grazes of less than a hundredth of the radius along the path. Vectors of as many trials as the machine has lanes; blocks of trials have their own random numbers, so the
/// result does not depend on the number of threads.
/// </remarks>
public static class MonteCarloProbability
{
    private const int TrialsPerBlock = 4_096;

    /// <returns>False where one object is on no ellipse.</returns>
    /// <exception cref="ArgumentException">Trials or threads below 1, a confidence outside 0 to 1, or a window that ends before it starts.</exception>
    public static bool TryOf(ConjunctionPair pair, MonteCarloOptions options, out MonteCarloEstimate? estimate)
    {
        estimate = null;
        if (options.Trials < 1 || options.Threads < 1) throw new ArgumentException("Expected at least one trial and one thread.", nameof(options));
        if (!CurvilinearEncounter.TryOf(pair, out var curved)) return false;
        var (start, end) = options.WindowSeconds ?? LongCurvedEncounter.Passage(curved!);
        if (!(start < end)) throw new ArgumentException("The window ends before it starts.", nameof(options));
        var sampler = new PairSampler(pair, curved!);
        long blocks = (options.Trials + TrialsPerBlock - 1) / TrialsPerBlock, hits = 0, inside = 0, escaped = 0;
        Parallel.For(0, blocks, new ParallelOptions { MaxDegreeOfParallelism = options.Threads }, block =>
        {
            int trials = (int)Math.Min(TrialsPerBlock, options.Trials - block * TrialsPerBlock);
            var (blockHits, blockInside, blockEscaped) = Run(sampler, new Random(HashOf(options.Seed, block)), trials, start, end, pair.HardBodyRadiusKm);
            Interlocked.Add(ref hits, blockHits);
            Interlocked.Add(ref inside, blockInside);
            Interlocked.Add(ref escaped, blockEscaped);
        });
        var (low, high) = BinomialInterval.ClopperPearson(hits, options.Trials, options.Confidence);
        estimate = new MonteCarloEstimate(hits, options.Trials, low, high, inside, escaped);
        return true;
    }

    private static (long Hits, long Inside, long Escaped) Run(PairSampler sampler, Random random, int trials, double start, double end, double radiusKm)
    {
        long hits = 0, inside = 0, escaped = 0;
        double[] scratch = new double[PairSampler.NormalsPerTrial * Vector<double>.Count];
        for (int done = 0; done < trials; done += Vector<double>.Count)
        {
            int lanes = Math.Min(Vector<double>.Count, trials - done);
            sampler.Draw(random, scratch, out var first, out var second);
            var touched = PairMarch.Touches(ref first, ref second, start, end, radiusKm, out var atStart);
            for (int lane = 0; lane < lanes; lane++)
            {
                if (touched[lane] != 0) hits++;
                if (atStart[lane] != 0) inside++;
                if (first.IsEscaping(lane) || second.IsEscaping(lane)) escaped++;
            }
        }
        return (hits, inside, escaped);
    }

    /// <remarks>The finaliser of SplitMix64 (Steele, Lea and Flood 2014), so that neighbouring blocks share nothing.</remarks>
    private static int HashOf(int seed, long block)
    {
        ulong z = ((ulong)(uint)seed << 32) + (ulong)block + 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (int)((z ^ (z >> 31)) & 0x7FFFFFFF);
    }
}
