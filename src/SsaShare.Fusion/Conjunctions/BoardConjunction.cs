using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Fusion;

/// <summary>How probable a collision is by two sources, and what that rests on.</summary>
/// <param name="Recommended">The figure, its method and the reason; no figure where a covariance is unknown or unusable, with the reason.</param>
/// <param name="Maximum">The largest that any size of the covariance gives; null where it was not found.</param>
/// <param name="Mahalanobis">Of the miss in the plane of the encounter, in sigmas; null where it was not found.</param>
/// <param name="First">How sure the first source is at closest approach; null where nothing is known.</param>
/// <param name="Second">Likewise the second.</param>
/// <param name="HardBodyRadiusKm">Sum of both radii.</param>
/// <param name="IsRadiusAssumed">Nobody has said one of the radii.</param>
/// <param name="Warnings">What may mislead.</param>
public sealed record BoardProbability(RecommendedProbability Recommended, double? Maximum, double? Mahalanobis, SourceSigma? First, SourceSigma? Second, double HardBodyRadiusKm, bool IsRadiusAssumed,
    IReadOnlyList<ProbabilityWarning> Warnings);

/// <summary>How sure a position is.</summary>
/// <param name="Rtn">One sigma along the object's own axes.</param>
/// <param name="Origin">Stated by whoever determined it, or assumed.</param>
public readonly record struct SourceSigma(RtnSigmas Rtn, CovarianceOrigin Origin);

/// <summary>How one pair of sources saw an event, from one update on.</summary>
/// <param name="When">From when on these two were the newest that the reader may see, and the event was ahead within the window.</param>
/// <param name="Probability">The recommended figure; null where there was none.</param>
/// <param name="Method">The method it comes from.</param>
/// <param name="FirstSigma">How sure the first source was at closest approach; null where nothing is known.</param>
/// <param name="SecondSigma">Likewise the second.</param>
public sealed record BoardHistoryEntry(Epoch When, OrbitSourceId First, OrbitSourceId Second, Epoch Tca, double MissKm, double RelativeSpeedKmPerS, double? Probability, ProbabilityMethods Method,
    SourceSigma? FirstSigma, SourceSigma? SecondSigma);

/// <summary>A close approach as one reader is told of it: made from nothing but sources that this reader may see.</summary>
/// <param name="First">The source whose line comes first; always in the same order.</param>
/// <param name="Second">The other.</param>
/// <param name="Approach">Time, miss, speed, entry into the volume and exit; its numbers are 1 for the first, 2 for the second. Of a pair that moves together the nearest may have passed up to a block ago.</param>
/// <param name="IsCurrent">False where the newest sources no longer come this near: what is told is the last that was found, in short.</param>
/// <param name="IsSameOrbit">The two move together within <see cref="ReaderConjunctions.SameOrbitKm"/>: perhaps one object under two names.</param>
/// <param name="Stays">Of a pair that moves together: how many separate stays within the volume there are; the nearest is told. Otherwise 1.</param>
/// <param name="History">In order of time, what is told included; bounded by <see cref="BoardOptions.HistoryMax"/> and <see cref="BoardOptions.HistoryWithinKm"/>. Of a pair that moves together the present alone.</param>
public sealed record BoardConjunction(ConjunctionEventId Id, OrbitSource First, OrbitSource Second, CloseApproach Approach, BoardProbability Probability, bool IsCurrent, bool IsSameOrbit, int Stays,
    IReadOnlyList<BoardHistoryEntry> History);

/// <summary>Sources that move together, each near some other of them.</summary>
/// <param name="Sources">In order of their lines.</param>
/// <param name="HasSameOrbit">Two of them are on obviously identical orbits under different names.</param>
public sealed record CoMovingGroup(IReadOnlyList<OrbitSource> Sources, bool HasSameOrbit);

/// <summary>What the board does not say of a source, or says with less weight, and why.</summary>
/// <param name="Kind">Null where the source was set aside whole.</param>
/// <param name="From">The first instant concerned.</param>
/// <param name="To">The last.</param>
public sealed record SourceIssue(OrbitSource Source, ScreeningIssueKind? Kind, Epoch From, Epoch To, string Detail)
{
    /// <summary>The source's own motion failed: it is set aside by every later update too. It stands before no older one of its line; give both.</summary>
    public bool IsLasting { get; init; }
}

/// <summary>All that one reader is told. Nothing in it depends on what the reader may not see.</summary>
/// <param name="From">Where the window begins (<see cref="BoardOptions.Step"/>); approaches from here on.</param>
/// <param name="Until">And without this.</param>
/// <param name="Sources">The newest visible of each line, in order.</param>
/// <param name="Conjunctions">In order of time.</param>
/// <param name="Groups">In order of their first sources.</param>
/// <param name="Issues">Of the sources told, and of visible ones that were set aside.</param>
public sealed record ReaderConjunctions(Epoch From, Epoch Until, IReadOnlyList<OrbitSource> Sources, IReadOnlyList<BoardConjunction> Conjunctions, IReadOnlyList<CoMovingGroup> Groups, IReadOnlyList<SourceIssue> Issues)
{
    /// <summary>Two that come this near and hardly move against each other (<see cref="SameOrbitKmPerS"/>) are on one orbit as far as anyone can say.</summary>
    public const double SameOrbitKm = 1e-3, SameOrbitKmPerS = 1e-6;
}
