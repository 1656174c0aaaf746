using System.Numerics;
using SsaShare.Domain;

namespace SsaShare.Agreements;

public static partial class ReleasePolicy
{
    /// <summary>
    /// May <paramref name="relay"/>, to which the provider released the record, pass it on to <paramref name="next"/>? Another agreement, between
    /// those two, must release it as well; originator control is decided there.
    /// </summary>
    /// <param name="facts">The record at hand. What degrading hid of it (its tag, its exact epoch) helps no grant.</param>
    /// <param name="form">The form in which the relay has it: that of the facts, or in full if it was degraded under another agreement.</param>
    /// <param name="agreement">The agreement under which the relay has it, its signatures verified.</param>
    /// <param name="state">Where the agreement stands at the relay.</param>
    /// <param name="provider">The party that released it to the relay.</param>
    /// <param name="relay">The party that would pass it on.</param>
    /// <param name="next">Who would receive it; need not be a party.</param>
    /// <param name="now">The time of passing on.</param>
    /// <param name="age">
    /// Time since the originator published the record. Null takes every delay as over: a use or an audience whose grant is delayed is then open to a recipient
    /// who has the record early by another grant, so pass it where it is known.
    /// </param>
    /// <remarks>A prohibition binds where it holds for the relay, and also where it keeps the record from <paramref name="next"/>.</remarks>
    public static OnwardDecision DecideOnward(
        in RecordFacts facts, ReleaseForm form, Agreement agreement, AgreementState state, PartnerId provider, PartnerId relay, PartnerId next, Epoch now, TimeSpan? age = null)
    {
        var compiled = agreement.Compiled;
        var reason = compiled.Closed(state, provider, relay, now);
        if (reason == WithholdReason.None) reason = compiled.Marked(facts, provider, relay);
        if (reason == WithholdReason.None && (next == default || next == relay)) reason = WithholdReason.RecipientNotParty;
        if (reason == WithholdReason.None && !CompiledAgreement.MaySee(facts, next)) reason = WithholdReason.NotReleasableTo;
        if (reason == WithholdReason.None) reason = compiled.WhyNotIn(facts, form);
        int index = reason == WithholdReason.None ? compiled.Forms.IndexOf(form) : -1;
        if (index < 0) return OnwardDecision.Refused(reason == WithholdReason.None ? WithholdReason.NotGranted : reason);
        var question = compiled.Ask(facts, index, provider, relay, now, Vouched.SomeUse);
        var prohibited = ProhibitedOnward(facts, question, compiled, next);
        if (prohibited.Purposes == Purposes.Any) return OnwardDecision.Refused(WithholdReason.Prohibited, prohibited.First);

        var grants = compiled.Grants;
        Span<ulong> granting = stackalloc ulong[grants.Words], possible = stackalloc ulong[grants.Words];
        grants.Cover(facts, question, grants.All, granting, possible);
        And(granting, compiled.Forms.Ever(index), granting);
        int delay = compiled.Forms.DelayIndex(age ?? TimeSpan.MaxValue);
        Span<ulong> due = stackalloc ulong[grants.Words];
        if (delay >= 0) And(granting, compiled.Forms.Due(index, delay), due);
        var decision = MostHops(due, compiled, prohibited, relay, next);
        return !decision.IsAllowed && MostHops(granting, compiled, prohibited, relay, next).IsAllowed ? OnwardDecision.Refused(WithholdReason.NotYetDue) : decision;
    }

    private static OnwardDecision MostHops(ReadOnlySpan<ulong> granting, CompiledAgreement compiled, ClauseMatch prohibited, PartnerId relay, PartnerId next)
    {
        Grant? best = null;
        var why = WithholdReason.NotGranted;
        bool usesLeft = true;
        for (int w = 0; w < granting.Length; w++)
            for (ulong left = granting[w]; left != 0; left &= left - 1)
            {
                var grant = (Grant)compiled.Grants[w * 64 + BitOperations.TrailingZeroCount(left)];
                var refusal = compiled.WhyNotOnward(grant, relay, next);
                if (refusal > why) why = refusal;
                if (refusal != WithholdReason.None) continue;
                if ((grant.Purposes & ~prohibited.Purposes) == Purposes.None) usesLeft = false;
                else if (best is null || grant.OnwardHops > best.OnwardHops) best = grant;
            }
        if (best is not null) return OnwardDecision.Allowed(best, best.Purposes & ~prohibited.Purposes);
        return usesLeft ? OnwardDecision.Refused(why) : OnwardDecision.Refused(WithholdReason.Prohibited, prohibited.First);
    }

    /// <summary>The uses that prohibitions take, or could take, away from the relay or from the next holder.</summary>
    private static ClauseMatch ProhibitedOnward(in RecordFacts facts, in ReleaseQuestion question, CompiledAgreement compiled, PartnerId next)
    {
        var prohibitions = compiled.Prohibitions;
        Span<ulong> sure = stackalloc ulong[prohibitions.Words], possible = stackalloc ulong[prohibitions.Words], any = stackalloc ulong[prohibitions.Words];
        prohibitions.Cover(facts, question, prohibitions.NotDerivedOnly, sure, any);
        // The provider has not decided anything about the next holder.
        var fromProvider = question with { Recipient = next, Vouched = Vouched.Nothing };
        prohibitions.Cover(facts, fromProvider, prohibitions.NotDerivedOnly, sure, possible);
        Or(any, possible);
        prohibitions.Cover(facts, fromProvider with { Provider = question.Recipient }, prohibitions.NotDerivedOnly, sure, possible);
        Or(any, possible);
        return prohibitions.Match(any, Purposes.Any);
    }

    private static void Or(Span<ulong> result, ReadOnlySpan<ulong> more)
    {
        for (int w = 0; w < result.Length; w++) result[w] |= more[w];
    }
}
