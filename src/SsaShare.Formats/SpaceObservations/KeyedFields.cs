using System.Collections;

namespace SsaShare.Formats;

/// <summary>Names and what was written for them, in order. Immutable; equal when all names and texts are.</summary>
public sealed class KeyedFields : IReadOnlyList<KeyValuePair<string, string>>, IEquatable<KeyedFields>
{
    private readonly KeyValuePair<string, string>[] _fields;

    public KeyedFields(IEnumerable<KeyValuePair<string, string>> fields) => _fields = [.. fields];

    public static KeyedFields None { get; } = new([]);

    public int Count => _fields.Length;

    public KeyValuePair<string, string> this[int index] => _fields[index];

    /// <returns>Null when there is no such name.</returns>
    public string? Find(string name) => Array.Find(_fields, field => field.Key == name).Value;

    public bool Equals(KeyedFields? other) => other is not null && _fields.AsSpan().SequenceEqual(other._fields);

    public override bool Equals(object? obj) => Equals(obj as KeyedFields);

    public override int GetHashCode() => _fields.Length == 0 ? 0 : HashCode.Combine(_fields.Length, _fields[0].Key, _fields[^1].Value);

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, string>>)_fields).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
