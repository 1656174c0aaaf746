using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Which figure to use, and why.</summary>
/// <param name="Method">The method it comes from; none where there is no figure.</param>
/// <param name="Probability">0 to 1; null where no method gave one.</param>
/// <param name="Reason">In words, with the figures that decided.</param>
public sealed record RecommendedProbability(ProbabilityMethods Method, double? Probability, string Reason);

/// <summary>What may mislead whoever reads a probability.</summary>
public enum ProbabilityWarningKind
{
    /// <summary>A covariance of the first object: see the text.</summary>
    FirstCovariance = 1,
    /// <summary>A covariance of the second object: see the text.</summary>
    SecondCovariance = 2,
    /// <summary>The stated time was not that of the closest approach; the states were moved.</summary>
    TimeMoved = 3,
    /// <summary>The combined error in the plane had no positive sigma of its own.</summary>
    PlaneRaised = 4,
    /// <summary>The covariance is larger than the one that gives the highest probability: a low figure says little.</summary>
    Diluted = 5,
    /// <summary>The objects are slow against each other: several touches may be counted, so the expected number is an upper bound.</summary>
    Slow = 6,
    /// <summary>A method found no answer: which one is in <see cref="ProbabilityWarning.Method"/>.</summary>
    MethodFailed = 7,
    /// <summary>The Monte Carlo interval does not hold the recommended figure.</summary>
    OutsideInterval = 8,
    /// <summary>Samples of the Monte Carlo run were on no ellipse and count as misses.</summary>
    SamplesEscaped = 9,
}

/// <param name="Kind">Which.</param>
/// <param name="Text">Sentences: what is the case, what it means, and what to do where there is something.</param>
public sealed record ProbabilityWarning(ProbabilityWarningKind Kind, string Text)
{
    /// <summary>The method it is about; none where it is about the encounter.</summary>
    public ProbabilityMethods Method { get; init; }
}

/// <summary>Every figure that was asked for, the one to use, and what may mislead; what was not computed is null.</summary>
public sealed record ProbabilityAssessment(RecommendedProbability Recommended, IReadOnlyList<ProbabilityWarning> Warnings)
{
    /// <summary>The true closest approach on the motion that was asked for.</summary>
    public Epoch? ClosestApproach { get; init; }

    /// <summary>From the stated time to the closest approach, s.</summary>
    public double? MovedSeconds { get; init; }

    /// <summary>At the closest approach; null where there is no relative velocity.</summary>
    public EncounterGeometry? Geometry { get; init; }

    /// <summary>By <see cref="FosterProbability"/>.</summary>
    public double? TwoDimensional { get; init; }

    /// <summary>By <see cref="SeriesProbability"/>; null also where the bodies are too large for it.</summary>
    public double? Series { get; init; }

    /// <summary>By <see cref="MaximumProbability.OverScale"/>.</summary>
    public MaximumOverScale? Maximum { get; init; }

    /// <summary>By <see cref="ShortCurvedEncounter"/>.</summary>
    public ExpectedCollisions? ShortCurved { get; init; }

    /// <summary>By <see cref="LongCurvedEncounter"/>.</summary>
    public ExpectedCollisions? LongCurved { get; init; }

    /// <summary>By <see cref="MonteCarloProbability"/>.</summary>
    public MonteCarloEstimate? MonteCarlo { get; init; }

    /// <summary>What the recommendation rests on; null where it could not be found.</summary>
    public EncounterUsage? Usage { get; init; }
}
