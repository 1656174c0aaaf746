using System.Collections.Immutable;
using SsaShare.Domain;

namespace SsaShare.Agreements;

internal sealed partial class AgreementReader
{
    private readonly HashSet<ClauseId> _clauseIds = [];
    private readonly List<(DocumentNode Node, string Name)> _windows = [];

    private ImmutableArray<T> ReadClauses<T>(DocumentNode node, Func<DocumentNode, T?> read)
        where T : Clause
    {
        if (Items(node, "clauses") is not { } items) return [];
        var clauses = ImmutableArray.CreateBuilder<T>(items.Length);
        foreach (var item in items)
        {
            if (read(item) is not { } clause) continue;
            if (!_clauseIds.Add(clause.Id)) _issues.Add(item, $"A clause '{clause.Id}' was given before.");
            if (_clauseIds.Count == DocumentLimits.ClausesMax + 1) _issues.Add(item, $"An agreement has at most {DocumentLimits.ClausesMax} clauses.");
            if (_clauseIds.Count > DocumentLimits.ClausesMax) break;
            clauses.Add(clause);
        }
        return clauses.ToImmutable();
    }

    private Prohibition? ReadProhibition(DocumentNode node)
    {
        if (Fields.Of(node, "a prohibition", Words.Prohibition, _issues) is not { } fields || ReadName<ClauseId>(fields, "clause", ClauseId.TryParse) is not { } id) return null;
        var prohibition = new Prohibition { Id = id, AboveLevel = Level(fields, Words.AboveLevel), DerivedProductsFor = Partners(fields, Words.DerivedProductsFor, partiesOnly: false) };
        prohibition = ReadSelectors(fields, prohibition, out _);
        if (prohibition.DerivedProductsFor.IsAny) NoteWindow(fields, prohibition);
        return prohibition;
    }

    /// <summary>What every clause may say.</summary>
    /// <param name="fields">Of the clause.</param>
    /// <param name="clause">The clause so far.</param>
    /// <param name="purposes">The field that names them; null when left out.</param>
    private T ReadSelectors<T>(Fields fields, T clause, out DocumentNode? purposes)
        where T : Clause
    {
        purposes = fields.Find(Words.Purposes);
        clause = clause with
        {
            From = Partners(fields, Words.From, partiesOnly: true),
            To = Partners(fields, Words.To, partiesOnly: true),
            FromTiers = Select(fields, Words.FromTiers, WordReader(Vocabulary.Tiers)),
            ToTiers = Select(fields, Words.ToTiers, WordReader(Vocabulary.Tiers)),
            Originators = Partners(fields, Words.Originators, partiesOnly: false),
            RecordClasses = Select(fields, Words.RecordClasses, WordReader(Vocabulary.RecordClasses)),
            Sensors = Select<SensorId>(fields, Words.Sensors, TryReadSensor),
            Objects = Select<ObjectTag>(fields, Words.Objects, TryReadObject),
            ObjectLists = Select<ObjectListId>(fields, Words.ObjectLists, TryReadListName),
            OwnerNations = Select<NationCode>(fields, Words.OwnerNations, TryReadOwner),
            ProtectedAssetsOf = Select<PartnerId>(fields, Words.ProtectedAssetsOf, TryReadProtector),
            Regimes = Select(fields, Words.Regimes, WordReader(Vocabulary.Regimes)),
            DataModes = Modes(fields),
            Purposes = purposes is null ? Purposes.Any : ReadPurposes(purposes),
        };
        CheckTier(fields, clause.From, clause.FromTiers, Words.FromTiers, Words.From);
        CheckTier(fields, clause.To, clause.ToTiers, Words.ToTiers, Words.To);
        var (epochFrom, epochUntil) = Window(fields, Words.EpochFrom, Words.EpochUntil);
        var (validFrom, validUntil) = Window(fields, Words.ValidFrom, Words.ValidUntil);
        if (validFrom < _validFrom) _issues.Add(fields.Find(Words.ValidFrom)!, $"'{Words.ValidFrom}' of the clause is before that of the agreement.");
        if (validUntil > _validUntil) _issues.Add(fields.Find(Words.ValidUntil)!, $"'{Words.ValidUntil}' of the clause is after that of the agreement.");
        return clause with { EpochFrom = epochFrom, EpochUntil = epochUntil, ValidFrom = validFrom, ValidUntil = validUntil };
    }

    /// <summary>Keeps where a clause holds for a part of the agreement's time only. Prohibitions about derived products are of no concern: those go out in no lane.</summary>
    private void NoteWindow(Fields fields, Clause clause)
    {
        if (clause.ValidFrom > _validFrom) _windows.Add((fields.Find(Words.ValidFrom)!, Words.ValidFrom));
        if (clause.ValidUntil < _validUntil) _windows.Add((fields.Find(Words.ValidUntil)!, Words.ValidUntil));
    }

    /// <summary>
    /// Reports windows of clauses beside grants of different delays. What was given when it was published is not given again when a longer delay
    /// is over; with a window that opens or closes in between, nobody could tell afterwards whether it was.
    /// </summary>
    private void CheckWindowsAgree(ImmutableArray<Grant> grants)
    {
        if (grants.Select(grant => grant.Delay).Distinct().Count() <= 1) return;
        foreach (var (node, name) in _windows)
            _issues.Add(node, $"'{name}' of a clause cannot stand beside grants of different delays. Give all grants the same '{Words.Delay}', or put the clause into an agreement of its own.");
    }

    /// <summary>Reports tiers that no party named has, so that the clause would be about nobody.</summary>
    private void CheckTier(Fields fields, Selector<PartnerId> named, Selector<CapabilityTier> tiers, string tierName, string name)
    {
        if (tiers.IsAny || _parties.Any(party => named.Passes(party.Partner) && tiers.Passes(party.Tier))) return;
        _issues.Add(fields.Find(tierName)!, named.IsAny ? $"No party has a tier of '{tierName}'." : $"No party of '{name}' has a tier of '{tierName}'.");
    }

    private (Epoch? From, Epoch? Until) Window(Fields fields, string fromName, string untilName)
    {
        var from = fields.Find(fromName) is { } fromNode ? ReadTime(fromNode) : null;
        var until = fields.Find(untilName) is { } untilNode ? ReadTime(untilNode) : null;
        if (until <= from) _issues.Add(fields.Find(untilName)!, $"'{untilName}' is not after '{fromName}'.");
        return (from, until);
    }

    private Selector<PartnerId> Partners(Fields fields, string name, bool partiesOnly)
        => Select<PartnerId>(fields, name, partiesOnly ? TryReadPartyName : TryReadPartner);

    private Selector<DataMode> Modes(Fields fields)
    {
        var modes = Select(fields, Words.DataModes, WordReader(Vocabulary.DataModes));
        foreach (var mode in modes.Values)
            if (!_dataModes.Contains(mode))
                _issues.Add(fields.Find(Words.DataModes)!, $"The agreement is not about {Vocabulary.DataModes.WordOf(mode)} data: see its '{Words.DataModes}'.");
        return modes;
    }

    private HandlingLevel? Level(Fields fields, string name)
        => fields.Find(name) is { } node && WordReader(Vocabulary.Levels)(node, out var level) ? level : null;

    private Purposes ReadPurposes(DocumentNode node)
    {
        var purposes = Purposes.None;
        foreach (var purpose in ReadList<Purposes>(node, Words.Purposes, WordReader(Vocabulary.Purposes))) purposes |= purpose;
        return purposes;
    }
}
