namespace SsaShare.Orbits;

/// <summary>Ways to a probability of collision.</summary>
[Flags]
public enum ProbabilityMethods
{
    None = 0,
    /// <summary>Straight lines, numerical: <see cref="FosterProbability"/>.</summary>
    TwoDimensional = 1,
    /// <summary>Straight lines, by a series: <see cref="SeriesProbability"/>.</summary>
    Series = 2,
    /// <summary>The largest over all sizes of the covariance: <see cref="MaximumProbability"/>.</summary>
    Maximum = 4,
    /// <summary>Curved paths, short encounter: <see cref="ShortCurvedEncounter"/>.</summary>
    ShortCurved = 8,
    /// <summary>Curved paths, any encounter: <see cref="LongCurvedEncounter"/>.</summary>
    LongCurved = 16,
    /// <summary>By trial: <see cref="MonteCarloProbability"/>.</summary>
    MonteCarlo = 32,
    All = TwoDimensional | Series | Maximum | ShortCurved | LongCurved | MonteCarlo,
}

/// <summary>What is to be computed.</summary>
/// <param name="Methods">Those asked for; what a recommendation needs is computed besides.</param>
public sealed record ProbabilityOptions(ProbabilityMethods Methods)
{
    /// <summary>How states reach their true closest approach for the methods in two dimensions.</summary>
    public ApproachMotion Motion { get; init; } = ApproachMotion.Linear;

    /// <summary>Needed where <see cref="ProbabilityMethods.MonteCarlo"/> is asked for.</summary>
    public MonteCarloOptions MonteCarlo { get; init; } = new(100_000, 1);

    /// <summary>What stands in for a missing covariance; null refuses it.</summary>
    public CovarianceDefaults? Defaults { get; init; }
}
