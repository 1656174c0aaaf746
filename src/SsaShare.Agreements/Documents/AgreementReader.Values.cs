using System.Collections.Immutable;
using System.Globalization;
using SsaShare.Domain;

namespace SsaShare.Agreements;

internal sealed partial class AgreementReader
{
    /// <summary>Reads one value; reports why when it cannot.</summary>
    private delegate bool ValueReader<T>(DocumentNode node, out T value);

    private delegate bool HashParser<T>(string? text, out T value);

    private Selector<T> Select<T>(Fields fields, string name, ValueReader<T> read)
        => fields.Find(name) is { } node && ReadList(node, name, read) is { IsEmpty: false } values ? new Selector<T>(values) : default;

    /// <summary>A list of different values, at least one.</summary>
    private ImmutableArray<T> ReadList<T>(DocumentNode node, string name, ValueReader<T> read)
    {
        if (Items(node, name) is not { } items) return [];
        var values = ImmutableArray.CreateBuilder<T>(items.Length);
        var seen = new HashSet<T>();
        foreach (var item in items)
        {
            if (!read(item, out var value)) continue;
            if (seen.Add(value)) values.Add(value);
            else _issues.Add(item, $"'{Show.Text(Text(item) ?? "")}' is listed twice in '{name}'.");
        }
        return values.ToImmutable();
    }

    private ImmutableArray<DocumentNode>? Items(DocumentNode node, string name)
    {
        switch (node)
        {
            case SequenceNode { Items.IsEmpty: false } sequence:
                return sequence.Items;
            case SequenceNode:
                _issues.Add(node, $"'{name}' is empty. A field that is left out means any.");
                return null;
            case ScalarNode scalar:
                _issues.Add(node, $"Expected a list: '[{Show.Text(scalar.Text)}]'.");
                return null;
            default:
                _issues.Add(node, $"Expected '{name}' as a list.");
                return null;
        }
    }

    private string? Text(DocumentNode node)
    {
        if (node is ScalarNode { Text.Length: > 0 } scalar) return scalar.Text;
        _issues.Add(node, "Expected a text.");
        return null;
    }

    private string? ReadTitle(DocumentNode node)
    {
        if (Text(node) is not { } text) return null;
        string? fault = text.Length > DocumentLimits.TitleCharactersMax ? $"A title has at most {DocumentLimits.TitleCharactersMax} characters." : LookAlike.WhyMisleading(text);
        if (fault is null) return text;
        _issues.Add(node, fault);
        return null;
    }

    private Epoch? ReadTime(DocumentNode node)
    {
        if (Text(node) is not { } text) return null;
        if (text.EndsWith('Z') && Utc.TryParse(text, out var epoch)) return epoch;
        _issues.Add(node, $"'{Show.Text(text)}' is not a UTC time such as 2026-01-01T00:00:00Z.");
        return null;
    }

    private AgreementId? ReadAgreementId(DocumentNode node)
        => TryReadHash<AgreementId>(node, "agreement id", AgreementId.TryParse, out var id) ? id : null;

    private bool TryReadHash<T>(DocumentNode node, string noun, HashParser<T> parse, out T value)
    {
        value = default!;
        if (Text(node) is not { } text) return false;
        if (parse(text, out value)) return true;
        _issues.Add(node, $"'{Show.Text(text)}' is not a {noun}: 64 hexadecimal digits.");
        return false;
    }

    private T Word<T>(Fields fields, string name, Vocabulary<T> vocabulary)
        where T : struct, Enum
        => fields.Find(name) is { } node && WordReader(vocabulary)(node, out var value) ? value : default;

    private TimeSpan? Span(Fields fields, string name)
    {
        if (fields.Find(name) is not { } node || Text(node) is not { } text) return null;
        if (DurationText.TryParse(text, out var duration, out string fault)) return duration;
        _issues.Add(node, fault + LookAlike.Hint(text));
        return null;
    }

    private long? Whole(Fields fields, string name, long least, long most)
    {
        if (fields.Find(name) is not { } node || Text(node) is not { } text) return null;
        bool digits = text.Length <= 16 && !text.AsSpan().ContainsAnyExceptInRange('0', '9') && (text.Length == 1 || text[0] != '0');
        if (digits && long.Parse(text, CultureInfo.InvariantCulture) is var value && value >= least && value <= most) return value;
        _issues.Add(node, $"'{Show.Text(text)}' is not a whole number from {least} to {most}, written with digits only.");
        return null;
    }

    private ValueReader<T> WordReader<T>(Vocabulary<T> vocabulary)
        where T : struct, Enum
        => (DocumentNode node, out T value) =>
        {
            value = default;
            if (Text(node) is not { } text) return false;
            if (vocabulary.TryParse(text, out value)) return true;
            _issues.AddUnknown((ScalarNode)node, vocabulary.Noun, vocabulary.Words);
            return false;
        };

    private bool TryReadSensor(DocumentNode node, out SensorId sensor)
    {
        sensor = default;
        if (Text(node) is not { } text) return false;
        if (SensorId.TryParse(text, out sensor)) return true;
        _issues.Add(node, $"'{Show.Text(text)}' is not a sensor id: 1 to 64 of A-Z, a-z, 0-9, '-', '_' and '.'.{LookAlike.Hint(text)}");
        return false;
    }

    private bool TryReadObject(DocumentNode node, out ObjectTag tag)
    {
        tag = default;
        if (Text(node) is not { } text) return false;
        if (ObjectTag.TryParse(text, out tag)) return true;
        _issues.Add(node, $"'{Show.Text(text)}' is not an object: a NORAD id or a tag of 1 to 64 printable ASCII characters.{LookAlike.Hint(text)}");
        return false;
    }
}
