using SsaShare.Domain;

namespace SsaShare.Orbits;

public enum ScreeningIssueKind
{
    /// <summary>Not screened: an element is no number or outside of its range.</summary>
    Malformed = 1,
    /// <summary>The same object was given again with the same content; screened once.</summary>
    Duplicate = 2,
    /// <summary>The object was given with other elements or as an ephemeris, too; one of them was screened.</summary>
    OtherLeftOut = 3,
    /// <summary>Not screened: the object was given several times, and the options refuse that.</summary>
    SeveralRefused = 4,
    /// <summary>Screened, but its elements are old.</summary>
    Stale = 5,
    /// <summary>Not screened at the instants named: it has no state there (decayed, beyond the ephemeris).</summary>
    NoState = 6,
    /// <summary>A primary that is not among the objects.</summary>
    UnknownPrimary = 7,
    /// <summary>Not screened at the instants named: the elements are so far from them in time that their drag terms describe no orbit any more.</summary>
    BeyondModel = 8,
    /// <summary>Screened as another object: many hold the same elements, and what is true of one is true of all.</summary>
    SameOrbit = 9,
    /// <summary>As <see cref="SameOrbit"/>, but with more approaches than can be told: they are told of the two objects that stand for all, and lost here.</summary>
    SameOrbitUntold = 10,
}

/// <summary>What the result does not say of an object, or says with less weight, and why.</summary>
/// <param name="From">The first instant that was not screened; the whole span where it is its start.</param>
/// <param name="To">The last instant.</param>
/// <param name="Detail">In words.</param>
public sealed record ScreeningIssue(long Id, ScreeningIssueKind Kind, Epoch From, Epoch To, string Detail)
{
    /// <summary>All or some of the span was not screened.</summary>
    public bool IsLoss => Kind is ScreeningIssueKind.Malformed or ScreeningIssueKind.SeveralRefused or ScreeningIssueKind.NoState or ScreeningIssueKind.BeyondModel or ScreeningIssueKind.UnknownPrimary or ScreeningIssueKind.SameOrbitUntold;
}
