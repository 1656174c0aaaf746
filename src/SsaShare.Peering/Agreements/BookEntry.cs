using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;

namespace SsaShare.Peering;

/// <summary>An agreement with its signatures, verified, and where it stands here.</summary>
public sealed record BookEntry(AgreementEnvelope Envelope, AgreementVerification Verification, AgreementState State)
{
    public Agreement Agreement => Verification.Agreement!;

    /// <summary>Suspensions, resumptions and revocations known here.</summary>
    public TransitionHistory History { get; init; } = TransitionHistory.Empty;

    /// <summary>The state with who brought it there.</summary>
    public AgreementStatus Status
        => new(State, [.. Verification.SignedBy.OrderBy(party => party.Value, StringComparer.Ordinal)], State == AgreementState.Suspended ? History.SuspendedBy : []);

    /// <summary>Whether some grant lets this provider release something to this recipient.</summary>
    public bool Grants(PartnerId provider, PartnerId recipient)
        => Agreement.Terms.Grants.Any(grant => Selects(grant.From, provider) && Selects(grant.To, recipient)) && provider != recipient;

    internal StoredAgreement ToStored() => new(Agreement.Id, Envelope.ToJson(), State);

    private static bool Selects(Selector<PartnerId> selector, PartnerId partner) => selector.IsAny || selector.Values.Contains(partner);
}

/// <summary>An entry, or why an agreement is not taken.</summary>
public sealed record AgreementAcceptance(BookEntry? Entry, string? Fault);

/// <summary>What became of a transition that was brought, and the agreement afterwards; null where none of it is here.</summary>
public sealed record TransitionAcceptance(TransitionOutcome Outcome, BookEntry? Entry, string Fault);
