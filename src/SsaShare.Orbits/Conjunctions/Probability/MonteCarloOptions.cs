namespace SsaShare.Orbits;

/// <summary>How a Monte Carlo estimate is made.</summary>
/// <param name="Trials">1 or more; a relative error of 10 % at 95 % confidence takes about 400 hits.</param>
/// <param name="Seed">The same seed gives the same estimate, with any number of threads.</param>
public sealed record MonteCarloOptions(long Trials, int Seed)
{
    /// <summary>Of the interval, between 0 and 1.</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary>How many threads share the work; 1 or more.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Start and end of the time in which a touch counts, s from the pair's epoch; null for the passage between the largest distances before and after.</summary>
    public (double Start, double End)? WindowSeconds { get; init; }
}

/// <summary>What a Monte Carlo run found.</summary>
/// <param name="Hits">Trials in which the objects touched.</param>
/// <param name="Trials">All of them.</param>
/// <param name="Low">Lower end of the interval of Clopper and Pearson.</param>
/// <param name="High">Upper end of it.</param>
/// <param name="InsideAtStart">Hits that touch at the start of the window already: an expected number of collisions, which counts entries, leaves them out.</param>
/// <param name="Escaped">Trials whose elements were those of no ellipse; they count as misses, so more than a few make the estimate too low.</param>
public sealed record MonteCarloEstimate(long Hits, long Trials, double Low, double High, long InsideAtStart, long Escaped)
{
    public double Probability => (double)Hits / Trials;
}
