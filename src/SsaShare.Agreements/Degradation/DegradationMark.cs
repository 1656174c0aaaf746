using System.Collections.Immutable;
using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Agreements;

/// <summary>What a degraded record states of itself. Equal by content.</summary>
/// <param name="Profile">Profile of <paramref name="Agreement"/>.</param>
/// <param name="DegradedBy">The provider that degraded it and answers for it.</param>
/// <param name="Agreement">Under which it was degraded.</param>
/// <param name="Original">Salted leaf of the original in its publication: commits to it without telling it.</param>
/// <param name="Added">Error that was added.</param>
/// <param name="Removed">Fields that were taken out, whether or not the original had them; ascending and each once.</param>
public sealed record DegradationMark(
    ProfileId Profile, PartnerId DegradedBy, AgreementId Agreement, Hash256 Original, AddedSigma Added, ImmutableArray<RemovedField> Removed)
{
    public bool Equals(DegradationMark? other)
        => other is not null && (Profile, DegradedBy, Agreement, Original) == (other.Profile, other.DegradedBy, other.Agreement, other.Original)
            && Added == other.Added && Removed.AsSpan().SequenceEqual(other.Removed.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Profile, DegradedBy, Agreement, Original);
}
