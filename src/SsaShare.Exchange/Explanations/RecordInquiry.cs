using SsaShare.Agreements;
using SsaShare.Domain;

namespace SsaShare.Exchange;

/// <summary>Asks agreements about one record for one reader, as this node itself decides. Pure.</summary>
/// <param name="self">This node's partner.</param>
/// <param name="reader">Who would receive the record, or be shown what is derived from it.</param>
/// <param name="now">The time of release.</param>
/// <param name="degrader">Makes what a profile leaves, if anything.</param>
public sealed class RecordInquiry(PartnerId self, PartnerId reader, Epoch now, IRecordDegrader degrader)
{
    /// <summary>May this node release the record to the reader now, in each of the agreement's forms? Another's record goes on as it is held and is not degraded again.</summary>
    public AgreementAnswer Release(FoundRecord way, Agreement agreement, AgreementState state)
    {
        var facts = way.Record.Record.Facts;
        IEnumerable<ReleaseForm> forms = way.Provider is null ? agreement.Forms : [ReleaseForm.Full];
        var clauses = ReleasePolicy.Explain(facts, agreement, state, self, reader, now, PublishedAge.At(now, way.Published)).Clauses;
        return new AgreementAnswer(agreement, state, AgreementQuestion.Release, way, [.. forms.Select(form => Answer(Decide(way, form, agreement, state), way))], clauses);
    }

    /// <summary>May this node pass the record on to the reader, under the agreement by which it came? Another agreement, with the reader, must release it as well.</summary>
    /// <exception cref="ArgumentException">The record is this node's own.</exception>
    public AgreementAnswer Onward(FoundRecord way, Agreement agreement, AgreementState state)
    {
        var (form, provider) = (FormUnder(way, agreement), ProviderOf(way));
        var decision = ReleasePolicy.DecideOnward(way.Record.Record.Facts, form, agreement, state, provider, self, reader, now, PublishedAge.At(now, way.Published));
        var held = new HeldUnder(provider, agreement, state, way.Record.Terms?.Parsed, way.Published, way.Published);
        var terms = OnwardRelease.Allow(way.Record.Record.Facts, held, self, reader, now, out var reason);
        if (reader == provider || reader == way.Record.Record.Facts.Originator) (terms, reason) = (null, WithholdReason.RecipientHasIt);
        var answer = way.IsClosed ? Closed(form)
            : terms is null ? new FormAnswer(form, false, decision.IsAllowed ? null : decision.Clause, Purposes.None, reason)
            : new FormAnswer(form, true, decision.Clause, terms.Purposes, WithholdReason.None) { Retention = decision.Retention, HopsMax = terms.HopsLeft + 1, Audience = decision.Audience };
        return new AgreementAnswer(agreement, state, AgreementQuestion.Onward, way, [answer], new SourceClauses(agreement, state, way.Record.Record.Facts, provider, self, reader, now, PublishedAge.At(now, way.Published)).Onward());
    }

    /// <summary>May products derived from the record be shown to the reader, under the agreement by which it came?</summary>
    /// <exception cref="ArgumentException">The record is this node's own.</exception>
    public AgreementAnswer Derived(FoundRecord way, Agreement agreement, AgreementState state)
    {
        var (provider, age) = (ProviderOf(way), PublishedAge.At(now, way.Published));
        var decision = ReleasePolicy.DecideDerived(way.Record.Record.Facts, FormUnder(way, agreement), agreement, state, provider, self, reader, now, age);
        // What was passed on is also bound by what those before let it be used for.
        if (decision.IsReleased && way.Record.Terms?.Parsed.AllowsDerivedFor(reader) == false) decision = ReleaseDecision.Withheld(WithholdReason.DerivedProductsNotGranted, null, decision.Form);
        return new AgreementAnswer(agreement, state, AgreementQuestion.Derived, way, [way.IsClosed ? Closed(decision.Form) : Answer(decision, way)], new SourceClauses(agreement, state, way.Record.Record.Facts, provider, self, reader, now, age).Derived());
    }

    /// <summary>As a pull finds it: what a profile leaves must be something, and released itself.</summary>
    private ReleaseDecision Decide(FoundRecord way, ReleaseForm form, Agreement agreement, AgreementState state)
    {
        if (way.IsClosed) return ReleaseDecision.Withheld(WithholdReason.Noticed, null, form);
        var age = PublishedAge.At(now, way.Published);
        var decision = ReleasePolicy.Decide(way.Record.Record.Facts, form, agreement, state, self, reader, now, age);
        if (!decision.IsReleased || form.Profile is not { } id || agreement.Profile(id) is not { } profile) return decision;
        return degrader.Degrade(way.Record, profile, agreement.Id, self, reader) is { } degraded
            && ReleasePolicy.Decide(degraded.Facts, form, agreement, state, self, reader, now, age).IsReleased ? decision : ReleaseDecision.Withheld(WithholdReason.NothingLeftToGive, null, form);
    }

    private static FormAnswer Answer(ReleaseDecision decision, FoundRecord way)
        => new(decision.Form, decision.IsReleased, decision.Clause, decision.Purposes, decision.Reason)
        {
            Retention = decision.Retention,
            Due = decision.DueAfter is { } after ? PublishedAge.Reached(way.Published, after) : null,
        };

    private static FormAnswer Closed(ReleaseForm form) => new(form, false, null, Purposes.None, WithholdReason.Noticed);

    /// <summary>In which form this node has the record under the agreement; one that was degraded under another agreement counts as an original.</summary>
    private static ReleaseForm FormUnder(FoundRecord way, Agreement agreement)
        => OnwardRelease.FormUnder(way.Record.Record.Facts, agreement);

    private static PartnerId ProviderOf(FoundRecord way) => way.Provider ?? throw new ArgumentException("The record is this node's own; it came by no agreement.", nameof(way));
}
