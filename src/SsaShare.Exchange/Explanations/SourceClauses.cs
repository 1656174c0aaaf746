using System.Collections.Immutable;
using SsaShare.Agreements;
using SsaShare.Domain;

namespace SsaShare.Exchange;

/// <summary>
/// The clauses of the agreement by which a record came, read for what is done with it next: passed on to a reader, or used in products for a
/// reader. What the clauses say of the release itself is read as between its provider and this node.
/// </summary>
/// <param name="agreement">By which the record came.</param>
/// <param name="state">Where it stands here.</param>
/// <param name="facts">The record.</param>
/// <param name="provider">Who gave it.</param>
/// <param name="holder">This node's partner.</param>
/// <param name="reader">Who would get it next, or be shown the product.</param>
/// <param name="now">The time of that.</param>
/// <param name="age">Time since the originator published the record; null takes every delay as over.</param>
internal sealed class SourceClauses(Agreement agreement, AgreementState state, RecordFacts facts, PartnerId provider, PartnerId holder, PartnerId reader, Epoch now, TimeSpan? age = null)
{
    private const string OnwardField = "onward", DerivedField = "derived_products_for", PurposesField = "purposes";

    /// <summary>A grant says besides to whom the record may be passed on; a prohibition counts where it binds any of those on the way.</summary>
    public IReadOnlyList<ClauseExplanation> Onward()
    {
        var read = Read(provider, holder);
        var others = new[] { Read(provider, reader), Read(holder, reader) };
        return [.. read.Select((clause, i) => clause.IsGrant ? With(clause, Onward(GrantOf(clause))) : others.Select(other => other[i]).Prepend(clause).FirstOrDefault(one => one.Effect != ClauseEffect.None) ?? clause)];
    }

    /// <summary>A grant says besides for which uses and for whom products may be derived; a prohibition may be about such products alone.</summary>
    public IReadOnlyList<ClauseExplanation> Derived() => [.. Read(provider, holder).Select(clause => clause.IsGrant
        ? With(clause, Fusion(clause), Derived(GrantOf(clause).DerivedProductsFor, "nobody"))
        : ProhibitionOf(clause).DerivedProductsFor is { IsAny: false } readers ? With(Without(clause, DerivedField), Derived(readers, "")) : clause)];

    private ImmutableArray<ClauseExplanation> Read(PartnerId from, PartnerId to) => ReleasePolicy.Explain(facts, agreement, state, from, to, now, age ?? TimeSpan.MaxValue).Clauses;

    private SelectorVerdict Onward(Grant grant)
    {
        var (passes, wanted) = grant.Onward switch
        {
            OnwardAudience.Named => (grant.OnwardTo.Passes(reader), string.Join(", ", grant.OnwardTo.Values)),
            OnwardAudience.SameTier => (TierOf(reader) is { } tier && tier == TierOf(holder), $"parties of the tier of {holder}"),
            OnwardAudience.Public => (true, "anyone"),
            _ => (false, "nobody"),
        };
        return new SelectorVerdict(OnwardField, passes ? Verdict.Passes : Verdict.Fails, reader.Value, wanted);
    }

    private static SelectorVerdict Fusion(ClauseExplanation clause)
        => new(PurposesField, clause.Purposes.HasFlag(Purposes.Fusion) ? Verdict.Passes : Verdict.Fails, "derived products", "fusion");

    private SelectorVerdict Derived(Selector<PartnerId> readers, string leftOut)
        => new(DerivedField, readers.Values.Contains(reader) ? Verdict.Passes : Verdict.Fails, reader.Value, readers.IsAny ? leftOut : string.Join(", ", readers.Values));

    private static ClauseExplanation Without(ClauseExplanation clause, string field) => clause with { Selectors = [.. clause.Selectors.Where(selector => selector.Field != field)] };

    private static ClauseExplanation With(ClauseExplanation clause, params ReadOnlySpan<SelectorVerdict> more)
    {
        ImmutableArray<SelectorVerdict> selectors = [.. clause.Selectors, .. more];
        bool fails = selectors.Any(selector => selector.Verdict == Verdict.Fails), passes = selectors.All(selector => selector.Verdict == Verdict.Passes);
        var effect = clause.IsGrant ? (passes ? ClauseEffect.Grants : ClauseEffect.None) : fails ? ClauseEffect.None : passes ? ClauseEffect.HoldsBack : ClauseEffect.CouldHoldBack;
        return clause with { Selectors = selectors, Effect = effect };
    }

    private Grant GrantOf(ClauseExplanation clause) => agreement.Terms.Grants.Single(grant => grant.Id == clause.Clause);
    private Prohibition ProhibitionOf(ClauseExplanation clause) => agreement.Terms.Prohibitions.Single(prohibition => prohibition.Id == clause.Clause);
    private CapabilityTier? TierOf(PartnerId partner) => agreement.Parties.FirstOrDefault(party => party.Partner == partner)?.Tier;
}
