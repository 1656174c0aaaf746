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

    /// <summary>Whether an agreement is over and wants what was received under it deleted. One that was superseded lives on in its successor: what that one says when it is over counts.</summary>
    /// <param name="agreement">Which.</param>
    /// <param name="state">Where it stands.</param>
    /// <param name="now">The time.</param>
    /// <param name="successors">Agreements with all their signatures, by that which they supersede.</param>
    public static bool WantsDeletion(Agreement agreement, AgreementState state, Epoch now, ILookup<AgreementId?, (Agreement Agreement, AgreementState State)> successors)
    {
        if (state != AgreementState.Superseded) return agreement.Terms.AfterEnd == AfterEnd.Delete && (state is AgreementState.Revoked or AgreementState.Expired || now >= agreement.Terms.ValidUntil);
        // One that was revoked before its time may be among several: while one of them is not over, nothing is deleted.
        var next = successors[agreement.Id].Where(one => one.Agreement.Terms.ValidFrom <= now).ToList();
        return next.Count > 0 && next.TrueForAll(one => WantsDeletion(one.Agreement, one.State, now, successors));
    }
}
