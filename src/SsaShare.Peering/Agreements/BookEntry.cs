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

    /// <summary>Whether some grant lets this provider release something to this recipient. A party that only receives provides nothing.</summary>
    public bool Grants(PartnerId provider, PartnerId recipient)
        => provider != recipient && TierOf(provider) is { } from and not CapabilityTier.ReceiveOnly && TierOf(recipient) is { } to
            && Agreement.Terms.Grants.Any(grant => Selects(grant.From, provider) && Selects(grant.To, recipient) && Selects(grant.FromTiers, from) && Selects(grant.ToTiers, to));

    internal StoredAgreement ToStored() => new(Agreement.Id, Envelope.ToJson(), State);

    private CapabilityTier? TierOf(PartnerId partner) => Agreement.Parties.FirstOrDefault(party => party.Partner == partner)?.Tier;

    private static bool Selects<T>(Selector<T> selector, T value) => selector.IsAny || selector.Values.Contains(value);
}

/// <summary>An entry, or why an agreement is not taken.</summary>
public sealed record AgreementAcceptance(BookEntry? Entry, string? Fault);

/// <summary>What became of a transition that was brought, and the agreement afterwards; null where none of it is here.</summary>
public sealed record TransitionAcceptance(TransitionOutcome Outcome, BookEntry? Entry, string Fault);
