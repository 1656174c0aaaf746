using System.Collections;

namespace SsaShare.Formats;

/// <summary>A value that only its format knows: kept as its text.</summary>
/// <param name="Key">Begins with the format's name: CPF_SIC, SP3_DATA_USED, STK_BlockingFactor.</param>
public readonly record struct EphemerisField(string Key, string Value);

/// <summary>Values that only their format knows, in the file's order. Immutable; equal when their content is.</summary>
public sealed class EphemerisFields : IReadOnlyList<EphemerisField>, IEquatable<EphemerisFields>
{
    private readonly EphemerisField[] _fields;

    /// <param name="fields">Copied.</param>
    public EphemerisFields(IEnumerable<EphemerisField> fields) => _fields = [.. fields];

    public static EphemerisFields None { get; } = new([]);

    public int Count => _fields.Length;

    public EphemerisField this[int index] => _fields[index];

    /// <summary>The first value of that key, or null.</summary>
    public string? this[string key]
    {
        get
        {
            foreach (var field in _fields)
                if (field.Key == key) return field.Value;
            return null;
        }
    }

    public EphemerisFields Plus(string key, string value) => new([.. _fields, new EphemerisField(key, value)]);

    /// <summary>All but those of that key.</summary>
    public EphemerisFields Without(string key) => this[key] is null ? this : new(_fields.Where(field => field.Key != key));

    public bool Equals(EphemerisFields? other) => other is not null && _fields.AsSpan().SequenceEqual(other._fields);

    public override bool Equals(object? obj) => Equals(obj as EphemerisFields);

    public override int GetHashCode() => _fields.Length == 0 ? 0 : HashCode.Combine(_fields.Length, _fields[0], _fields[^1]);

    public override string ToString() => string.Join(", ", _fields.Select(field => $"{field.Key} = {field.Value}"));

    public IEnumerator<EphemerisField> GetEnumerator() => ((IEnumerable<EphemerisField>)_fields).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
