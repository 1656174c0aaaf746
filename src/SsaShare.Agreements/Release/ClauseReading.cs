using System.Collections.Immutable;
using System.Globalization;
using SsaShare.Domain;

namespace SsaShare.Agreements;

/// <summary>Reads clauses one by one against one record, in the words of the agreement.</summary>
internal sealed class ClauseReading(Agreement agreement, RecordFacts facts, PartnerId provider, PartnerId reader, Epoch now, TimeSpan age)
{
    private const string NotStated = "not stated";

    public ClauseExplanation Of(Clause clause)
    {
        ImmutableArray<SelectorVerdict> verdicts = [.. Selectors(clause).OfType<SelectorVerdict>()];
        bool fails = verdicts.Any(verdict => verdict.Verdict == Verdict.Fails), passes = verdicts.All(verdict => verdict.Verdict == Verdict.Passes);
        if (clause is not Grant grant)
            return new ClauseExplanation(clause.Id, false, ReleaseForm.Full, clause.Purposes, verdicts, fails ? ClauseEffect.None : passes ? ClauseEffect.HoldsBack : ClauseEffect.CouldHoldBack);
        var due = new SelectorVerdict(Words.Delay, grant.Delay <= age ? Verdict.Passes : Verdict.Fails, age == TimeSpan.MaxValue ? "any age" : $"published {age} ago", Duration(grant.Delay));
        if (grant.Delay > TimeSpan.Zero) verdicts = verdicts.Add(due);
        return new ClauseExplanation(clause.Id, true, grant.Form, clause.Purposes, verdicts, !passes ? ClauseEffect.None : due.Verdict == Verdict.Passes ? ClauseEffect.Grants : ClauseEffect.GrantsLater);
    }

    private IEnumerable<SelectorVerdict?> Selectors(Clause clause)
    {
        yield return Listed(Words.From, clause.From, provider, partner => partner.Value);
        yield return Listed(Words.FromTiers, clause.FromTiers, TierOf(provider), Vocabulary.Tiers.WordOf);
        yield return Listed(Words.To, clause.To, reader, partner => partner.Value);
        yield return Listed(Words.ToTiers, clause.ToTiers, TierOf(reader), Vocabulary.Tiers.WordOf);
        yield return clause is Grant && clause.Originators.IsAny
            ? new SelectorVerdict(Words.Originators, facts.Originator == provider ? Verdict.Passes : Verdict.Fails, $"{facts.Originator}", "the provider's own")
            : Listed(Words.Originators, clause.Originators, facts.Originator, partner => partner.Value);
        yield return Listed(Words.RecordClasses, clause.RecordClasses, facts.Class, Vocabulary.RecordClasses.WordOf);
        yield return Reach(clause);
        yield return Listed(Words.Sensors, clause.Sensors, facts.Sensor, sensor => sensor.Value);
        yield return Objects(clause);
        yield return RegimeHidden && !clause.Regimes.IsAny ? Decided(clause, Words.Regimes) : Listed(Words.Regimes, clause.Regimes, facts.Regime == OrbitalRegime.Unspecified ? null : facts.Regime, Vocabulary.Regimes.WordOf);
        yield return Listed(Words.DataModes, clause.DataModes, facts.Label?.Mode, Vocabulary.DataModes.WordOf);
        yield return Level(clause);
        yield return EpochHidden(clause) ? Decided(clause, "epoch") : Window("epoch", facts.Epoch, clause.EpochFrom, clause.EpochUntil);
        yield return Window("validity", now, clause.ValidFrom, clause.ValidUntil);
        if (clause is Prohibition && !clause.DerivedProductsFor.IsAny)
            yield return new SelectorVerdict(Words.DerivedProductsFor, Verdict.Fails, "the record itself", "derived products only");
    }

    private static SelectorVerdict? Listed<T>(string field, Selector<T> selector, T? stated, Func<T, string> word)
        where T : struct
        => selector.IsAny ? null : new SelectorVerdict(
            field, stated is not { } value ? Verdict.Unknown : selector.Passes(value) ? Verdict.Passes : Verdict.Fails, stated?.ToString() ?? NotStated, Some(selector.Values.Select(word)));

    private SelectorVerdict? Reach(Clause clause)
    {
        if (clause is not Grant { Form.Profile: { } id } || agreement.Profile(id) is not { } profile) return null;
        var classes = ProfileReach.Classes.Where(one => ProfileReach.Reaches(profile, one)).Select(Vocabulary.RecordClasses.WordOf);
        return new SelectorVerdict(Words.Degradation, ProfileReach.Reaches(profile, facts.Class) ? Verdict.Passes : Verdict.Fails, $"{facts.Class}", $"{id} of {string.Join(", ", classes)}");
    }

    /// <summary>Objects, lists, nations and protectors are one set.</summary>
    private SelectorVerdict? Objects(Clause clause)
    {
        if (ObjectIndex.IsLeftOut(clause)) return null;
        var lists = agreement.Terms.ObjectLists.Where(list => ObjectIndex.Names(clause, list)).ToList();
        string wanted = string.Join(" or ", new[] { Some(clause.Objects.Values.Select(tag => tag.Value)), Some(lists.Select(list => $"list {list.Id}")) }.Where(text => text.Length > 0));
        if (TagHidden) return Decided(clause, Words.Objects);
        if (facts.Objects.Text is not { } text) return new SelectorVerdict(Words.Objects, Verdict.Unknown, NotStated, wanted);
        var each = text.Split(ObjectTags.BetweenObjects).Select(names => Named(names.Split(ObjectTags.BetweenNames))).ToList();
        // A grant must name every object, a prohibition any one.
        var decisive = clause is Grant ? Verdict.Fails : Verdict.Passes;
        var verdict = each.Contains(decisive) ? decisive : each.Contains(Verdict.Unknown) ? Verdict.Unknown : each[0];
        return new SelectorVerdict(Words.Objects, verdict, $"{facts.Objects}", wanted);

        Verdict Named(string[] names)
        {
            string[] known = [.. names.Select(name => ObjectTag.Normalise(name).ToString()).Where(name => name.Length > 0)];
            if (known.Length == 0) return Verdict.Unknown;
            return known.Any(name => ObjectTag.TryParse(name, out var tag) && (clause.Objects.Values.Contains(tag) || lists.Any(list => list.Objects.Contains(tag)))) ? Verdict.Passes : Verdict.Fails;
        }
    }

    private SelectorVerdict? Level(Clause clause)
    {
        var level = facts.Label?.Level ?? HandlingLevel.Unspecified;
        return clause switch
        {
            Grant { MaxLevel: { } most } => new SelectorVerdict(Words.MaxLevel, level <= most ? Verdict.Passes : Verdict.Fails, $"{level}", Vocabulary.Levels.WordOf(most)),
            Prohibition { AboveLevel: { } above } => new SelectorVerdict(Words.AboveLevel, level > above ? Verdict.Passes : Verdict.Fails, $"{level}", Vocabulary.Levels.WordOf(above)),
            _ => null,
        };
    }

    private static SelectorVerdict? Window(string field, Epoch instant, Epoch? from, Epoch? until)
        => from is null && until is null ? null : new SelectorVerdict(
            field, !(instant < from) && !(instant >= until) ? Verdict.Passes : Verdict.Fails, $"{instant}", $"{(from is null ? "" : $"from {from} ")}{(until is null ? "" : $"until {until}")}".Trim());

    /// <summary>What the profile hid of a record that was degraded under this agreement: its provider has decided.</summary>
    private static SelectorVerdict Decided(Clause clause, string field)
        => new(field, clause is Grant ? Verdict.Passes : Verdict.Fails, "hidden by the profile", "as its provider decided");

    private bool TagHidden => facts is { TagRemoved: true, Objects: { AreSeveral: false } } && ObjectTag.Normalise(facts.Objects.Text).IsEmpty && OwnProfile?.Removes(RemovedField.ObjectTag) == true;

    private bool RegimeHidden => OwnProfile is not null && facts.Class is (RecordClass.OrbitState or RecordClass.ElementSet);

    private bool EpochHidden(Clause clause)
    {
        double slackS = (OwnProfile?.Figures.EpochStepS ?? 0) * FormIndex.EpochSlackSteps;
        return slackS > 0 && new[] { clause.EpochFrom, clause.EpochUntil }.OfType<Epoch>().Any(edge => Math.Abs(facts.Epoch.SecondsSince(edge)) <= slackS);
    }

    private DegradationProfile? OwnProfile
        => facts.Form.Profile is { } id && (facts.DegradedUnder is not { } under || under == agreement.Id) ? agreement.Profile(id) : null;

    private CapabilityTier? TierOf(PartnerId partner) => agreement.Parties.FirstOrDefault(party => party.Partner == partner)?.Tier;

    private static string Duration(TimeSpan delay) => delay > TimeSpan.Zero ? $"at least {Agreements.DurationText.Format(delay)}" : "none";

    private static string Some(IEnumerable<string> words)
    {
        var list = words.ToList();
        return list.Count <= 8 ? string.Join(", ", list) : string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", list.Take(8))} and {list.Count - 8} more");
    }
}
