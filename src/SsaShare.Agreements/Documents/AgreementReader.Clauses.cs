using System.Collections.Immutable;
using SsaShare.Domain;

namespace SsaShare.Agreements;

internal sealed partial class AgreementReader
{
    private readonly HashSet<ClauseId> _clauseIds = [];

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
            clauses.Add(clause);
        }
        return clauses.ToImmutable();
    }

    private Grant? ReadGrant(DocumentNode node)
    {
        if (Fields.Of(node, "a grant", Words.Grant, _issues) is not { } fields || ReadId(fields) is not { } id) return null;
        var purposes = ReadPurposes(fields);
        var derived = Partners(fields, Words.DerivedProductsFor, partiesOnly: false);
        if (!derived.IsAny && !purposes.HasFlag(Purposes.Fusion))
            _issues.Add(fields.Find(Words.DerivedProductsFor)!, $"'{Words.DerivedProductsFor}' needs the purpose 'fusion'.");
        return new Grant
        {
            Id = id,
            From = Partners(fields, Words.From, partiesOnly: true),
            To = Partners(fields, Words.To, partiesOnly: true),
            Originators = Partners(fields, Words.Originators, partiesOnly: false),
            RecordClasses = Select(fields, Words.RecordClasses, WordReader(Vocabulary.RecordClasses)),
            Sensors = Select<SensorId>(fields, Words.Sensors, TryReadSensor),
            Objects = Select<ObjectTag>(fields, Words.Objects, TryReadObject),
            Regimes = Select(fields, Words.Regimes, WordReader(Vocabulary.Regimes)),
            DataModes = Modes(fields),
            MaxLevel = Level(fields, Words.MaxLevel),
            Purposes = purposes,
            DerivedProductsFor = derived,
        };
    }

    private Prohibition? ReadProhibition(DocumentNode node)
        => Fields.Of(node, "a prohibition", Words.Prohibition, _issues) is not { } fields || ReadId(fields) is not { } id ? null : new Prohibition
        {
            Id = id,
            From = Partners(fields, Words.From, partiesOnly: true),
            To = Partners(fields, Words.To, partiesOnly: true),
            Originators = Partners(fields, Words.Originators, partiesOnly: false),
            RecordClasses = Select(fields, Words.RecordClasses, WordReader(Vocabulary.RecordClasses)),
            Sensors = Select<SensorId>(fields, Words.Sensors, TryReadSensor),
            Objects = Select<ObjectTag>(fields, Words.Objects, TryReadObject),
            Regimes = Select(fields, Words.Regimes, WordReader(Vocabulary.Regimes)),
            DataModes = Modes(fields),
            AboveLevel = Level(fields, Words.AboveLevel),
            Purposes = ReadPurposes(fields),
            DerivedProductsFor = Partners(fields, Words.DerivedProductsFor, partiesOnly: false),
        };

    private ClauseId? ReadId(Fields fields)
    {
        if (fields.Need(Words.Id) is not { } node || Text(node) is not { } text) return null;
        if (ClauseId.TryParse(text, out var id)) return id;
        _issues.Add(node, $"'{Show.Text(text)}' is not a clause id: 1 to 64 of a-z, 0-9 and '-', beginning with a letter.");
        return null;
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

    private Purposes ReadPurposes(Fields fields)
    {
        if (fields.Find(Words.Purposes) is not { } node) return Purposes.Any;
        var purposes = Purposes.None;
        foreach (var purpose in ReadList<Purposes>(node, Words.Purposes, WordReader(Vocabulary.Purposes))) purposes |= purpose;
        return purposes;
    }
}
