using System.Collections.Immutable;
using SsaShare.Domain;

namespace SsaShare.Agreements;

/// <summary>What the signatures on an agreement amount to.</summary>
public enum AgreementOutcome
{
    /// <summary>Every party signed, and nobody else.</summary>
    Complete = 1,
    /// <summary>All signatures are good; at least one party has not signed.</summary>
    SignaturesMissing = 2,
    /// <summary>A signature is wrong, repeated, or of a key that no pinned node card names.</summary>
    BadSignature = 3,
    /// <summary>A good signature of a partner that is not a party.</summary>
    SignerNotParty = 4,
    /// <summary>The payload names a key for a party that the pinned node card does not have and never had.</summary>
    KeyNotPinned = 5,
    /// <summary>Well signed, but the payload is no agreement.</summary>
    Malformed = 6,
}

/// <summary>The result of verifying an agreement's envelope.</summary>
public sealed record AgreementVerification
{
    private AgreementVerification()
    {
    }

    public required AgreementOutcome Outcome { get; init; }

    /// <summary>The agreement, when <see cref="AgreementOutcome.Complete"/> or <see cref="AgreementOutcome.SignaturesMissing"/>; otherwise null.</summary>
    public Agreement? Agreement { get; private init; }

    /// <summary>Parties whose signature is good, in the order of the payload.</summary>
    public ImmutableArray<PartnerId> SignedBy { get; private init; } = [];

    /// <summary>Parties that have not signed, in the order of the payload.</summary>
    public ImmutableArray<PartnerId> Missing { get; private init; } = [];

    /// <summary>One sentence for the operator.</summary>
    public required string Explanation { get; init; }

    internal static AgreementVerification Verified(Agreement agreement, ImmutableArray<PartnerId> signed, ImmutableArray<PartnerId> missing) => new()
    {
        Outcome = missing.IsEmpty ? AgreementOutcome.Complete : AgreementOutcome.SignaturesMissing,
        Agreement = agreement,
        SignedBy = signed,
        Missing = missing,
        Explanation = missing.IsEmpty ? "Signed by every party." : $"Not yet signed by {string.Join(", ", missing)}.",
    };

    internal static AgreementVerification Refused(AgreementOutcome outcome, string explanation) => new() { Outcome = outcome, Explanation = explanation };
}
