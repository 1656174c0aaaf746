using SsaShare.Domain;

namespace SsaShare.Agreements;

public static partial class ReleasePolicy
{
    /// <summary>The uses granted in a form at an age, less those given in a finer one, less those prohibited.</summary>
    private static ReleaseDecision Weigh(
        in RecordFacts facts, in ReleaseQuestion question, CompiledAgreement compiled, int form, TimeSpan age, ReadOnlySpan<ulong> amongGrants, ReadOnlySpan<ulong> amongProhibitions, Purposes wanted)
    {
        var (grants, prohibitions, forms) = (compiled.Grants, compiled.Prohibitions, compiled.Forms);
        var asked = forms.Forms[form];
        Span<ulong> holding = stackalloc ulong[prohibitions.Words], perhapsHolding = stackalloc ulong[prohibitions.Words];
        prohibitions.Cover(facts, question, amongProhibitions, holding, perhapsHolding);
        var prohibited = prohibitions.Match(holding, wanted);
        if (prohibited.Purposes == wanted) return ReleaseDecision.Withheld(WithholdReason.Prohibited, prohibited.First, asked);
        var perhaps = prohibitions.Match(perhapsHolding, wanted);
        if (perhaps.Purposes == wanted) return ReleaseDecision.Withheld(WithholdReason.PossiblyProhibited, perhaps.First, asked);
        Span<ulong> granting = stackalloc ulong[grants.Words], perhapsGranting = stackalloc ulong[grants.Words], some = stackalloc ulong[grants.Words];
        grants.Cover(facts, question, amongGrants, granting, perhapsGranting);
        var allowed = wanted & ~perhaps.Purposes;
        // A record that is degraded already cannot be given in a finer form.
        bool finerExists = form > 0 && facts.Form.IsFull;
        int delay = forms.DelayIndex(age);
        if (delay >= 0)
        {
            var uses = finerExists ? allowed & ~grants.Match(And(granting, forms.Finer(facts.Class, form, delay), some), allowed).Purposes : allowed;
            var left = grants.Match(And(granting, forms.Due(form, delay), some), uses);
            if (left.First is { } grant) return ReleaseDecision.Released(grant, left.Purposes, asked, compiled.HasRetention ? grants.LongestRetention(some, uses) : null);
        }
        for (int later = delay + 1; later < forms.Delays.Length; later++)
        {
            var uses = finerExists ? allowed & ~grants.Match(And(granting, forms.Finer(facts.Class, form, later), some), allowed).Purposes : allowed;
            if (grants.Match(And(granting, forms.Due(form, later), some), uses).First is not null) return ReleaseDecision.NotYetDue(forms.Delays[later], asked);
        }
        var granted = grants.Match(And(granting, forms.Ever(form), some), wanted).Purposes;
        if (granted == Purposes.None) return ReleaseDecision.Withheld(WithholdReason.NotGranted, null, asked);
        if ((granted & allowed) != Purposes.None) return ReleaseDecision.Withheld(WithholdReason.GivenInFinerForm, null, asked);
        // Each granted use is prohibited, though not every use is: name a clause that takes one of them.
        return (granted & ~prohibited.Purposes) == Purposes.None
            ? ReleaseDecision.Withheld(WithholdReason.Prohibited, prohibitions.Match(holding, granted).First, asked)
            : ReleaseDecision.Withheld(WithholdReason.PossiblyProhibited, prohibitions.Match(perhapsHolding, granted).First, asked);
    }

    private static ReadOnlySpan<ulong> And(ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b, Span<ulong> result)
    {
        for (int w = 0; w < result.Length; w++) result[w] = a[w] & b[w];
        return result;
    }
}
