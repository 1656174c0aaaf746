using SsaShare.Domain;

namespace SsaShare.Agreements;

public static partial class ReleasePolicy
{
    /// <summary>May <paramref name="recipient"/> use the record, released to it by the provider, in a derived product shown to <paramref name="reader"/>?</summary>
    /// <param name="facts">The record at hand. What degrading hid of it (its tag, its exact epoch) helps no grant of derived products.</param>
    /// <param name="form">The form in which it was released: that of the facts, or in full if it was degraded under another agreement.</param>
    /// <param name="agreement">The agreement under which the recipient has it, its signatures verified.</param>
    /// <param name="state">Where the agreement stands at the recipient.</param>
    /// <param name="provider">The party that released it.</param>
    /// <param name="recipient">The party that composes the product, such as the fusion service.</param>
    /// <param name="reader">Who is shown the product; need not be a party.</param>
    /// <param name="now">The time of showing.</param>
    /// <param name="age">
    /// Time since the originator published the record. Null takes every delay as over: a use or an audience whose grant is delayed is then open to a recipient
    /// who has the record early by another grant, so pass it where it is known.
    /// </param>
    public static ReleaseDecision DecideDerived(
        in RecordFacts facts, ReleaseForm form, Agreement agreement, AgreementState state, PartnerId provider, PartnerId recipient, PartnerId reader, Epoch now, TimeSpan? age = null)
    {
        var compiled = agreement.Compiled;
        var reason = compiled.Closed(state, provider, recipient, now);
        if (reason == WithholdReason.None) reason = compiled.Marked(facts, provider, recipient);
        if (reason == WithholdReason.None && (reader == default || !CompiledAgreement.MaySee(facts, reader))) reason = WithholdReason.NotReleasableTo;
        if (reason == WithholdReason.None) reason = compiled.WhyNotIn(facts, form);
        int index = reason == WithholdReason.None ? compiled.Forms.IndexOf(form) : -1;
        if (index < 0) return ReleaseDecision.Withheld(reason == WithholdReason.None ? WithholdReason.NotGranted : reason, null, form);
        var question = compiled.Ask(facts, index, provider, recipient, now, Vouched.SomeUse);
        var grants = compiled.Grants;
        var decision = Weigh(facts, question, compiled, index, age ?? TimeSpan.MaxValue, grants.DerivedFor(reader), compiled.Prohibitions.DerivedFor(reader), Purposes.Fusion);
        return decision.Reason == WithholdReason.NotGranted ? ReleaseDecision.Withheld(WhyNotDerived(facts, question, compiled, index), null, form) : decision;
    }

    private static WithholdReason WhyNotDerived(in RecordFacts facts, in ReleaseQuestion question, CompiledAgreement compiled, int form)
    {
        var grants = compiled.Grants;
        Span<ulong> sure = stackalloc ulong[grants.Words], possible = stackalloc ulong[grants.Words];
        grants.Cover(facts, question, grants.All, sure, possible);
        var uses = grants.Match(And(sure, compiled.Forms.Ever(form), sure), Purposes.Any).Purposes;
        return uses == Purposes.None ? WithholdReason.NotGranted
            : uses.HasFlag(Purposes.Fusion) ? WithholdReason.DerivedProductsNotGranted
            : WithholdReason.NotGrantedForFusion;
    }
}
