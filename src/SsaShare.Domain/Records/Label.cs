using System.Collections.Immutable;

namespace SsaShare.Domain;

/// <summary>Where data comes from: only REAL enters the real catalog.</summary>
public enum DataMode
{
    Unspecified = 0,
    Real = 1,
    Test = 2,
    Simulated = 3,
    Exercise = 4,
}

/// <summary>How sensitive a record is, from the least. Compared by order.</summary>
public enum HandlingLevel
{
    Unspecified = 0,
    Public = 1,
    PartnersOnly = 2,
    Restricted = 3,
}

/// <summary>The originator's marking on one record, bound to it by hash. Equal by content.</summary>
/// <param name="Level">Handling level.</param>
/// <param name="Mode">Real, test, simulated or exercise.</param>
/// <param name="ReleasableTo">Partners that may see the record, sorted; null means any partner an agreement names.</param>
/// <param name="OriginatorControlled">No onward sharing without the originator's own agreement.</param>
public sealed record Label(HandlingLevel Level, DataMode Mode, ImmutableSortedSet<string>? ReleasableTo, bool OriginatorControlled)
{
    /// <summary>Whether the marking itself lets <paramref name="partner"/> see the record.</summary>
    public bool IsReleasableTo(PartnerId partner) => ReleasableTo is null || ReleasableTo.Contains(partner.Value);

    public bool Equals(Label? other)
        => other is not null && (Level, Mode, OriginatorControlled) == (other.Level, other.Mode, other.OriginatorControlled)
            && (ReleasableTo is null ? other.ReleasableTo is null : other.ReleasableTo is not null && ReleasableTo.SetEquals(other.ReleasableTo));

    public override int GetHashCode() => HashCode.Combine(Level, Mode, OriginatorControlled, ReleasableTo?.Count);
}
