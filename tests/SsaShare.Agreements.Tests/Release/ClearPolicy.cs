using SsaShare.Domain;

namespace SsaShare.Agreements.Tests;

/// <summary>The meaning of the clauses written out plainly, clause by clause: what the compiled form must equal. Of original records.</summary>
internal static class ClearPolicy
{
    /// <summary>Forms from the finest, for each class of the profiles of <see cref="Arbitrary"/>; other classes have none but the first.</summary>
    private static readonly Dictionary<RecordClass, string[]> FinestFirst = new()
    {
        [RecordClass.Observation] = ["full", "fine", "middle", "coarse"],
        [RecordClass.OrbitState] = ["full", "middle", "far", "coarse"],
    };

    /// <summary>The uses that the clauses leave a recipient in a form; gates (state, validity, parties, label) are not looked at.</summary>
    public static Purposes Uses(Agreement agreement, RecordFacts facts, ReleaseForm form, PartnerId provider, PartnerId recipient, PartnerId? derivedReader, Epoch now, TimeSpan age)
        => InForm(agreement, facts, form, provider, recipient, derivedReader, now, age)
            & ~FinerForms(agreement, facts.Class, form).Aggregate(Purposes.None, (uses, finer) => uses | InForm(agreement, facts, finer, provider, recipient, derivedReader, now, age));

    /// <summary>As <see cref="Uses"/>, whatever finer forms give.</summary>
    public static Purposes InForm(Agreement agreement, RecordFacts facts, ReleaseForm form, PartnerId provider, PartnerId recipient, PartnerId? derivedReader, Epoch now, TimeSpan age)
    {
        if (!FinestFirst.GetValueOrDefault(facts.Class, ["full"]).Contains(form.ToString())) return Purposes.None;
        var uses = Purposes.None;
        foreach (var grant in agreement.Terms.Grants)
        {
            bool derived = derivedReader is null || grant.DerivedProductsFor.Values.Contains(derivedReader.Value);
            if (grant.Form == form && grant.Delay <= age && derived && Grants(agreement, grant, facts, provider, recipient, now)) uses |= grant.Purposes;
        }
        foreach (var prohibition in agreement.Terms.Prohibitions)
        {
            bool derived = prohibition.DerivedProductsFor.IsAny || (derivedReader is not null && prohibition.DerivedProductsFor.Values.Contains(derivedReader.Value));
            if (derived && Prohibits(agreement, prohibition, facts, provider, recipient, now)) uses &= ~prohibition.Purposes;
        }
        return derivedReader is null ? uses : uses & Purposes.Fusion;
    }

    /// <summary>The most hops that a grant in full allows from the relay to the next holder for a use that no prohibition takes; 0 when none.</summary>
    public static int Hops(Agreement agreement, RecordFacts facts, PartnerId provider, PartnerId relay, PartnerId next, Epoch now)
    {
        var prohibited = agreement.Terms.Prohibitions
            .Where(one => one.DerivedProductsFor.IsAny && (Prohibits(agreement, one, facts, provider, relay, now) || Prohibits(agreement, one, facts, provider, next, now) || Prohibits(agreement, one, facts, relay, next, now)))
            .Aggregate(Purposes.None, (uses, one) => uses | one.Purposes);
        return agreement.Terms.Grants
            .Where(grant => grant.Form.IsFull && Grants(agreement, grant, facts, provider, relay, now) && (grant.Purposes & ~prohibited) != Purposes.None)
            .Where(grant => grant.Onward == OnwardAudience.Public
                || (grant.Onward == OnwardAudience.Named && grant.OnwardTo.Values.Contains(next))
                || (grant.Onward == OnwardAudience.SameTier && TierOf(agreement, next) is { } tier && tier == TierOf(agreement, relay)))
            .Select(grant => grant.OnwardHops).DefaultIfEmpty(0).Max();
    }

    private static IEnumerable<ReleaseForm> FinerForms(Agreement agreement, RecordClass recordClass, ReleaseForm form)
    {
        string[] order = FinestFirst.GetValueOrDefault(recordClass, ["full"]);
        return agreement.Forms.Where(other => Array.IndexOf(order, other.ToString()) is >= 0 and var place && place < Array.IndexOf(order, form.ToString()));
    }

    private static bool Grants(Agreement agreement, Grant grant, RecordFacts facts, PartnerId provider, PartnerId recipient, Epoch now)
        => (grant.Originators.IsAny ? facts.Originator == provider : grant.Originators.Values.Contains(facts.Originator))
            && (grant.MaxLevel is null || facts.Label.Level <= grant.MaxLevel)
            && Covers(agreement, grant, facts, provider, recipient, now, unknown: false);

    private static bool Prohibits(Agreement agreement, Prohibition prohibition, RecordFacts facts, PartnerId provider, PartnerId recipient, Epoch now)
        => (prohibition.Originators.IsAny || prohibition.Originators.Values.Contains(facts.Originator))
            && (prohibition.AboveLevel is null || facts.Label.Level > prohibition.AboveLevel)
            && Covers(agreement, prohibition, facts, provider, recipient, now, unknown: true);

    private static bool Covers(Agreement agreement, Clause clause, RecordFacts facts, PartnerId provider, PartnerId recipient, Epoch now, bool unknown)
        => (clause.From.IsAny || clause.From.Values.Contains(provider))
            && (clause.To.IsAny || clause.To.Values.Contains(recipient))
            && (clause.FromTiers.IsAny || (TierOf(agreement, provider) is { } from && clause.FromTiers.Values.Contains(from)))
            && (clause.ToTiers.IsAny || (TierOf(agreement, recipient) is { } to && clause.ToTiers.Values.Contains(to)))
            && (clause.RecordClasses.IsAny || clause.RecordClasses.Values.Contains(facts.Class))
            && (clause.DataModes.IsAny || clause.DataModes.Values.Contains(facts.Label.Mode))
            && (clause.EpochFrom is null || facts.Epoch >= clause.EpochFrom) && (clause.EpochUntil is null || facts.Epoch < clause.EpochUntil)
            && (clause.ValidFrom is null || now >= clause.ValidFrom) && (clause.ValidUntil is null || now < clause.ValidUntil)
            && (clause.Sensors.IsAny || (facts.Sensor is { } sensor ? clause.Sensors.Values.Contains(sensor) : unknown))
            && (clause.Regimes.IsAny || (facts.Regime != OrbitalRegime.Unspecified ? clause.Regimes.Values.Contains(facts.Regime) : unknown))
            && (Objects(agreement, clause) is not { } objects || Names(objects, facts.Objects, unknown));

    /// <summary>A grant must name every object of the record, a prohibition (for which what is unknown counts) any one; an object goes by any of its names.</summary>
    private static bool Names(HashSet<ObjectTag> wanted, ObjectTags objects, bool unknown)
    {
        var each = (objects.Text ?? "").Split('\n').Select(names => names.Split('\t').Where(name => ObjectTag.TryParse(name, out _)).ToList())
            .Select(names => names.Count == 0 ? unknown : names.Any(name => ObjectTag.TryParse(name, out var tag) && wanted.Contains(tag)));
        return unknown ? each.Any(named => named) : each.All(named => named);
    }

    /// <summary>Null when the clause says nothing about objects.</summary>
    private static HashSet<ObjectTag>? Objects(Agreement agreement, Clause clause)
    {
        if (clause.Objects.IsAny && clause.ObjectLists.IsAny && clause.OwnerNations.IsAny && clause.ProtectedAssetsOf.IsAny) return null;
        var objects = clause.Objects.Values.ToHashSet();
        foreach (var id in clause.ObjectLists.Values) objects.UnionWith(agreement.Terms.ObjectLists.Single(list => list.Id == id).Objects);
        foreach (var nation in clause.OwnerNations.Values)
            foreach (var list in agreement.Terms.ObjectLists.Where(list => list.OwnerNation == nation)) objects.UnionWith(list.Objects);
        foreach (var party in clause.ProtectedAssetsOf.Values)
            foreach (var list in agreement.Terms.ObjectLists.Where(list => list.ProtectedBy == party)) objects.UnionWith(list.Objects);
        return objects;
    }

    private static CapabilityTier? TierOf(Agreement agreement, PartnerId partner) => agreement.Parties.SingleOrDefault(party => party.Partner == partner)?.Tier;
}
