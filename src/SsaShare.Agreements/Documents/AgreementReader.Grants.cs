using System.Collections.Immutable;
using SsaShare.Domain;

namespace SsaShare.Agreements;

internal sealed partial class AgreementReader
{
    private readonly HashSet<TimeSpan> _delays = [];
    private readonly Dictionary<ProfileId, DocumentNode> _profilesUsed = [];

    private Grant? ReadGrant(DocumentNode node)
    {
        if (Fields.Of(node, "a grant", Words.Grant, _issues) is not { } fields || ReadName<ClauseId>(fields, "clause", ClauseId.TryParse) is not { } id) return null;
        var grant = ReadSelectors(fields, new Grant { Id = id, MaxLevel = Level(fields, Words.MaxLevel), DerivedProductsFor = Partners(fields, Words.DerivedProductsFor, partiesOnly: false) }, out var purposes);
        if (!grant.DerivedProductsFor.IsAny && !grant.Purposes.HasFlag(Purposes.Fusion))
            _issues.Add(fields.Find(Words.DerivedProductsFor)!, $"'{Words.DerivedProductsFor}' needs the purpose 'fusion'.");
        CheckProviders(fields, grant);
        grant = ReadOnward(fields, grant) with
        {
            Delay = Span(fields, Words.Delay) ?? TimeSpan.Zero,
            Retention = Span(fields, Words.Retention),
            Degradation = fields.Find(Words.Degradation) is { } degradation && TryReadProfileName(degradation, out var profile) ? profile : default,
        };
        if (grant.Delay > TimeSpan.Zero && _delays.Add(grant.Delay) && _delays.Count > DocumentLimits.DelaysMax)
            _issues.Add(fields.Find(Words.Delay)!, $"An agreement has at most {DocumentLimits.DelaysMax} different delays.");
        CheckDegradation(fields, grant, purposes is null);
        NoteWindow(fields, grant);
        return grant;
    }

    private void CheckProviders(Fields fields, Grant grant)
    {
        foreach (var partner in grant.From.Values)
            if (_parties.Any(party => party.Partner == partner && party.Tier == CapabilityTier.ReceiveOnly))
                _issues.Add(fields.Find(Words.From)!, $"'{partner}' only receives (its tier is receive_only), so it cannot provide.");
        if (grant.FromTiers.Values.Contains(CapabilityTier.ReceiveOnly))
            _issues.Add(fields.Find(Words.FromTiers)!, "A party whose tier is receive_only cannot provide.");
    }

    private Grant ReadOnward(Fields fields, Grant grant)
    {
        var audience = Word(fields, Words.Onward, Vocabulary.Audiences);
        var named = Partners(fields, Words.OnwardTo, partiesOnly: false);
        if (fields.Find(Words.OnwardTo) is { } namedNode && audience != OnwardAudience.Named) _issues.Add(namedNode, $"'{Words.OnwardTo}' needs '{Words.Onward}: named'.");
        if (fields.Find(Words.OnwardTo) is null && audience == OnwardAudience.Named) _issues.Add(fields.Find(Words.Onward)!, $"'{Words.Onward}: named' needs '{Words.OnwardTo}'.");
        long? hops = Whole(fields, Words.OnwardHops, 1, DocumentLimits.OnwardHopsMax);
        if (hops is not null && audience == OnwardAudience.None) _issues.Add(fields.Find(Words.OnwardHops)!, $"'{Words.OnwardHops}' needs '{Words.Onward}'.");
        return grant with { Onward = audience, OnwardTo = named, OnwardHops = (int)(hops ?? 1) };
    }

    private void CheckDegradation(Fields fields, Grant grant, bool everyPurpose)
    {
        if (fields.Find(Words.Degradation) is not { } node || FindProfile(grant.Degradation) is not { } profile) return;
        _profilesUsed.TryAdd(profile.Id, node);
        foreach (var one in grant.RecordClasses.Values)
            if (!ProfileReach.Reaches(profile, one))
                _issues.Add(node, $"Profile '{profile.Id}' hides nothing of records of class '{Vocabulary.RecordClasses.WordOf(one)}', so it cannot release them. Grant them in a clause of their own.");
        if (!grant.Purposes.HasFlag(Purposes.SafetyOfFlight)) return;
        string why = everyPurpose ? $" (left out, '{Words.Purposes}' include safety_of_flight)" : "";
        if (_minimum is null)
        {
            _issues.Add(node, $"A degraded release for safety_of_flight needs the agreement's '{Words.SafetyOfFlightMinimum}'{why}.");
            return;
        }
        foreach (var figure in profile.Figures.Exceeding(_minimum))
        {
            string most = _minimum[figure] is { } value ? $"at most {LadderText(value)}" : "not at all";
            _issues.Add(node, $"Profile '{profile.Id}' is below the safety-of-flight minimum: '{Vocabulary.Figures.WordOf(figure)}' may be degraded {most} for safety_of_flight{why}.");
        }
        if (profile.Removes(RemovedField.RangeRate))
            _issues.Add(node, $"Profile '{profile.Id}' is below the safety-of-flight minimum: it removes the range rate, which safety_of_flight needs{why}.");
    }

    /// <summary>
    /// Reports profiles by which one recipient could get records of one class from one provider in two forms of which neither is finer: together
    /// they would tell more than each says.
    /// </summary>
    private void CheckProfilesAgree(ImmutableArray<Grant> grants)
    {
        var used = _profiles.Where(profile => _profilesUsed.ContainsKey(profile.Id)).ToList();
        foreach (var recordClass in ProfileReach.Classes)
        {
            var ways = used.Where(profile => ProfileReach.Reaches(profile, recordClass)).ToDictionary(profile => profile.Id, profile => Ways(grants, profile.Id, recordClass));
            for (int a = 0; a < used.Count; a++)
                for (int b = a + 1; b < used.Count; b++)
                    if (ProfileReach.Compare(used[a], used[b], recordClass) is null && ways[used[a].Id].Overlaps(ways[used[b].Id]))
                        _issues.Add(_profilesUsed[used[b].Id], $"Profiles '{used[a].Id}' and '{used[b].Id}' each show something of records of class '{Vocabulary.RecordClasses.WordOf(recordClass)}' that the other hides, and one recipient could get both. Make one at least as coarse as the other in everything.");
        }
    }

    private HashSet<(PartnerId From, PartnerId To)> Ways(ImmutableArray<Grant> grants, ProfileId profile, RecordClass recordClass)
    {
        var ways = new HashSet<(PartnerId, PartnerId)>();
        foreach (var grant in grants)
            if (grant.Degradation == profile && grant.RecordClasses.Passes(recordClass))
                foreach (var from in _parties.Where(party => grant.From.Passes(party.Partner) && grant.FromTiers.Passes(party.Tier) && party.Tier != CapabilityTier.ReceiveOnly))
                    foreach (var to in _parties.Where(party => grant.To.Passes(party.Partner) && grant.ToTiers.Passes(party.Tier) && party.Partner != from.Partner))
                        ways.Add((from.Partner, to.Partner));
        return ways;
    }

    private static string LadderText(double value) => LadderStep.TryOf(value, out var step) ? step.ToString() : value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
