using SsaShare.Agreements;
using SsaShare.Domain;

namespace SsaShare.Exchange;

/// <summary>Until when a received record may be kept.</summary>
public static class RetentionRules
{
    /// <summary>When the way by which a record came runs out; null when neither its agreement nor what it carries sets an end.</summary>
    /// <param name="decision">By which it was taken.</param>
    /// <param name="terms">What it carries; null when its originator gave it.</param>
    /// <param name="received">When it was stored.</param>
    public static Epoch? DueOf(ReleaseDecision decision, CarriedTerms? terms, Epoch received)
    {
        // Beyond the clock's end is for ever.
        Epoch? due = decision.Retention is { } kept && kept.Ticks <= (long.MaxValue - received.NanosecondsSinceJ2000) / 100 ? received.Plus(kept) : null;
        return terms?.KeepUntil is { } until && (due is not { } own || until < own) ? until : due;
    }

    /// <summary>Whether an agreement is over and wants what was received under it deleted. One that was superseded lives on in its successor.</summary>
    public static bool WantsDeletion(Agreement agreement, AgreementState state, Epoch now)
        => agreement.Terms.AfterEnd == AfterEnd.Delete
            && (state is AgreementState.Revoked or AgreementState.Expired || (state != AgreementState.Superseded && now >= agreement.Terms.ValidUntil));
}
