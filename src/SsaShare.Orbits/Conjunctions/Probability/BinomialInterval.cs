namespace SsaShare.Orbits;

/// <summary>What so many hits in so many trials tell of the probability of one.</summary>
public static class BinomialInterval
{
    /// <summary>The exact interval, which covers the true probability at least as often as the confidence says.</summary>
    /// <param name="hits">0 to <paramref name="trials"/>.</param>
    /// <param name="trials">1 or more.</param>
    /// <param name="confidence">Between 0 and 1, for example 0.95.</param>
    /// <exception cref="ArgumentOutOfRangeException">A figure is outside its range.</exception>
    /// <remarks>Clopper and Pearson 1934, Biometrika 26, 404: quantiles of the beta distribution.</remarks>
    public static (double Low, double High) ClopperPearson(long hits, long trials, double confidence)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        if (hits < 0 || hits > trials) throw new ArgumentOutOfRangeException(nameof(hits));
        if (!(confidence > 0 && confidence < 1)) throw new ArgumentOutOfRangeException(nameof(confidence));
        double tail = 0.5 * (1 - confidence);
        return (hits == 0 ? 0 : IncompleteBeta.Inverse(tail, hits, trials - hits + 1), hits == trials ? 1 : IncompleteBeta.Inverse(1 - tail, hits + 1, trials - hits));
    }
}
