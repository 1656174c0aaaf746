using SsaShare.Domain;

namespace SsaShare.Agreements;

/// <summary>
/// Who may have which record under an agreement: pure, total, the same answer from the same inputs. Default deny; a prohibition
/// takes uses away from whatever is granted; what is not known of a record never helps to release it.
/// </summary>
public static class ReleasePolicy
{
    /// <summary>May <paramref name="provider"/> release the record to <paramref name="reader"/> now?</summary>
    /// <param name="facts">The record.</param>
    /// <param name="agreement">The agreement, its signatures verified.</param>
    /// <param name="state">Where the agreement stands at the provider.</param>
    /// <param name="provider">The party that would release it: its originator, or a party that passes it on.</param>
    /// <param name="reader">The party that would receive it.</param>
    /// <param name="now">The time of release.</param>
    public static ReleaseDecision Decide(in RecordFacts facts, Agreement agreement, AgreementState state, PartnerId provider, PartnerId reader, Epoch now)
    {
        var compiled = agreement.Compiled;
        var reason = compiled.Closed(state, provider, reader, now);
        if (reason == WithholdReason.None) reason = compiled.Marked(facts, provider, reader);
        if (reason != WithholdReason.None) return ReleaseDecision.Withheld(reason);
        return Weigh(facts, compiled, provider, reader, compiled.Grants.All, compiled.Prohibitions.NotDerivedOnly, Purposes.Any);
    }

    /// <summary>May <paramref name="recipient"/> use the record, released to it by the provider, in a derived product shown to <paramref name="reader"/>?</summary>
    /// <param name="facts">The record.</param>
    /// <param name="agreement">The agreement under which the recipient has it, its signatures verified.</param>
    /// <param name="state">Where the agreement stands at the recipient.</param>
    /// <param name="provider">The party that released it.</param>
    /// <param name="recipient">The party that composes the product, such as the fusion service.</param>
    /// <param name="reader">Who is shown the product; need not be a party.</param>
    /// <param name="now">The time of showing.</param>
    public static ReleaseDecision DecideDerived(
        in RecordFacts facts, Agreement agreement, AgreementState state, PartnerId provider, PartnerId recipient, PartnerId reader, Epoch now)
    {
        var compiled = agreement.Compiled;
        var reason = compiled.Closed(state, provider, recipient, now);
        if (reason == WithholdReason.None) reason = compiled.Marked(facts, provider, recipient);
        if (reason == WithholdReason.None && (reader == default || !CompiledAgreement.MaySee(facts, reader))) reason = WithholdReason.NotReleasableTo;
        if (reason != WithholdReason.None) return ReleaseDecision.Withheld(reason);
        var grants = compiled.Grants;
        var decision = Weigh(facts, compiled, provider, recipient, grants.DerivedFor(reader), compiled.Prohibitions.DerivedFor(reader), Purposes.Fusion);
        return decision.Reason == WithholdReason.NotGranted ? ReleaseDecision.Withheld(WhyNotDerived(facts, grants, provider, recipient)) : decision;
    }

    private static WithholdReason WhyNotDerived(in RecordFacts facts, ClauseIndex grants, PartnerId provider, PartnerId recipient)
    {
        Span<ulong> sure = stackalloc ulong[grants.Words], possible = stackalloc ulong[grants.Words];
        grants.Cover(facts, provider, recipient, grants.All, sure, possible);
        var uses = grants.Match(sure, Purposes.Any).Purposes;
        return uses == Purposes.None ? WithholdReason.NotGranted
            : uses.HasFlag(Purposes.Fusion) ? WithholdReason.DerivedProductsNotGranted
            : WithholdReason.NotGrantedForFusion;
    }

    /// <summary>Why nothing at all is released now between these two; <see cref="WithholdReason.None"/> when the clauses decide.</summary>
    /// <param name="agreement">The agreement, its signatures verified.</param>
    /// <param name="state">Where it stands at the provider.</param>
    /// <param name="provider">The party that would release.</param>
    /// <param name="recipient">The party that would receive.</param>
    /// <param name="now">The time of release.</param>
    public static WithholdReason WhyClosed(Agreement agreement, AgreementState state, PartnerId provider, PartnerId recipient, Epoch now)
        => agreement.Compiled.Closed(state, provider, recipient, now);

    /// <summary>The uses granted, less those prohibited.</summary>
    private static ReleaseDecision Weigh(
        in RecordFacts facts, CompiledAgreement compiled, PartnerId provider, PartnerId recipient, ReadOnlySpan<ulong> amongGrants, ReadOnlySpan<ulong> amongProhibitions, Purposes wanted)
    {
        var (grants, prohibitions) = (compiled.Grants, compiled.Prohibitions);
        Span<ulong> holding = stackalloc ulong[prohibitions.Words], perhapsHolding = stackalloc ulong[prohibitions.Words];
        prohibitions.Cover(facts, provider, recipient, amongProhibitions, holding, perhapsHolding);
        var prohibited = prohibitions.Match(holding, wanted);
        if (prohibited.Purposes == wanted) return ReleaseDecision.Withheld(WithholdReason.Prohibited, prohibited.First);
        var perhaps = prohibitions.Match(perhapsHolding, wanted);
        if (perhaps.Purposes == wanted) return ReleaseDecision.Withheld(WithholdReason.PossiblyProhibited, perhaps.First);
        Span<ulong> granting = stackalloc ulong[grants.Words], perhapsGranting = stackalloc ulong[grants.Words];
        grants.Cover(facts, provider, recipient, amongGrants, granting, perhapsGranting);
        var granted = grants.Match(granting, wanted);
        if (granted.Purposes == Purposes.None) return ReleaseDecision.Withheld(WithholdReason.NotGranted);
        var left = grants.Match(granting, wanted & ~perhaps.Purposes);
        if (left.First is { } grant) return ReleaseDecision.Released(grant, left.Purposes);
        // Each granted use is prohibited, though not every use is: name a clause that takes one of them.
        return (granted.Purposes & ~prohibited.Purposes) == Purposes.None
            ? ReleaseDecision.Withheld(WithholdReason.Prohibited, prohibitions.Match(holding, granted.Purposes).First)
            : ReleaseDecision.Withheld(WithholdReason.PossiblyProhibited, prohibitions.Match(perhapsHolding, granted.Purposes).First);
    }
}
