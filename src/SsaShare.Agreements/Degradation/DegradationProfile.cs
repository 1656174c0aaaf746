using System.Collections.Immutable;

namespace SsaShare.Agreements;

/// <summary>What a grant leaves of a record: noise added, values moved to a step, fields taken out. Equal by content.</summary>
/// <param name="Id">Unique in the agreement.</param>
/// <param name="Figures">How much of each quantity is hidden.</param>
/// <param name="Remove">Fields taken out, ascending and each once.</param>
public sealed record DegradationProfile(ProfileId Id, DegradationFigures Figures, ImmutableArray<RemovedField> Remove)
{
    /// <summary>Whether the field is taken out.</summary>
    public bool Removes(RemovedField field) => Remove.Contains(field);

    public bool Equals(DegradationProfile? other)
        => other is not null && Id == other.Id && Figures == other.Figures && Remove.AsSpan().SequenceEqual(other.Remove.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Id, Figures, Remove.Length);
}
