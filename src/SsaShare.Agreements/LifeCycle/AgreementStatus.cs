using System.Collections.Immutable;
using SsaShare.Domain;

namespace SsaShare.Agreements;

/// <summary>Where an agreement stands and who brought it there: all that the life cycle needs to remember. Equal by content.</summary>
/// <param name="State">The state.</param>
/// <param name="SignedBy">Parties that have signed, sorted by name.</param>
/// <param name="SuspendedBy">Parties that have suspended it and not resumed, sorted by name; empty unless suspended.</param>
public sealed record AgreementStatus(AgreementState State, ImmutableArray<PartnerId> SignedBy, ImmutableArray<PartnerId> SuspendedBy)
{
    public static AgreementStatus Draft { get; } = new(AgreementState.Draft, [], []);

    public bool IsFinal => State is AgreementState.Superseded or AgreementState.Revoked or AgreementState.Expired;

    public bool Equals(AgreementStatus? other)
        => other is not null && State == other.State && SignedBy.SequenceEqual(other.SignedBy) && SuspendedBy.SequenceEqual(other.SuspendedBy);

    public override int GetHashCode() => HashCode.Combine(State, SignedBy.Length, SuspendedBy.Length);
}
