using System.Collections.Immutable;
using SsaShare.Domain;

namespace SsaShare.Agreements;

/// <summary>What clauses refer to in their agreement, and what their selectors come to with it. Immutable.</summary>
internal sealed class ClauseScope(Agreement agreement)
{
    // Stands in a selector that nothing passes: no party is called so and no decision asks for it.
    private static readonly Selector<PartnerId> Nobody = Selector.Of(default(PartnerId));
    private static readonly Selector<RecordClass> NoClass = Selector.Of(RecordClass.Unspecified);

    public ImmutableArray<ObjectList> ObjectLists => agreement.Terms.ObjectLists;

    public Selector<PartnerId> Providers(Clause clause) => Within(clause.From, clause.FromTiers);

    public Selector<PartnerId> Recipients(Clause clause) => Within(clause.To, clause.ToTiers);

    /// <summary>The classes that a clause is about; of a degraded grant only those that its profile can degrade.</summary>
    public Selector<RecordClass> Classes(Clause clause)
    {
        if (clause is not Grant { Form.Profile: { } id }) return clause.RecordClasses;
        var profile = agreement.Profile(id);
        ImmutableArray<RecordClass> left = profile is null ? [] : [.. ProfileReach.Classes.Where(one => clause.RecordClasses.Passes(one) && ProfileReach.Reaches(profile, one))];
        return left.IsEmpty ? NoClass : new Selector<RecordClass>(left);
    }

    private Selector<PartnerId> Within(Selector<PartnerId> named, Selector<CapabilityTier> tiers)
    {
        if (tiers.IsAny) return named;
        ImmutableArray<PartnerId> left = [.. agreement.Parties.Where(party => named.Passes(party.Partner) && tiers.Passes(party.Tier)).Select(party => party.Partner)];
        return left.IsEmpty ? Nobody : new Selector<PartnerId>(left);
    }
}
