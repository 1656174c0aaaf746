using System.Collections;

namespace SsaShare.Formats;

/// <summary>A keyword that has no property of its own, as it was read.</summary>
/// <param name="Keyword">As in the file.</param>
/// <param name="Text">Null where the file says that there is none: null, or an empty text or cell.</param>
public readonly record struct FurtherField(string Keyword, string? Text)
{
    /// <summary>The text stands without quotes in JSON, as a number, true or false; no other format tells the two apart.</summary>
    public bool IsBare { get; init; }
}

/// <summary>Keywords that have no property of their own, in the file's order; equal when keywords and texts are, in any order.</summary>
public sealed class FurtherFields : IReadOnlyList<FurtherField>, IEquatable<FurtherFields>
{
    private readonly FurtherField[] _fields;

    public FurtherFields(IEnumerable<FurtherField> fields) => _fields = [.. fields];

    public static FurtherFields None { get; } = new([]);

    public int Count => _fields.Length;

    public FurtherField this[int index] => _fields[index];

    /// <returns>Null when the keyword is not there, or there without a text.</returns>
    public string? Find(string keyword)
    {
        foreach (var field in _fields)
            if (field.Keyword == keyword) return field.Text;
        return null;
    }

    public bool Equals(FurtherFields? other)
    {
        if (other is null || other.Count != Count) return false;
        if (Count == 0) return true;
        return Sorted(_fields).SequenceEqual(Sorted(other._fields));

        static IEnumerable<(string, string?)> Sorted(FurtherField[] fields) => fields.Select(field => (field.Keyword, field.Text)).OrderBy(field => field.Keyword, StringComparer.Ordinal);
    }

    public override bool Equals(object? obj) => Equals(obj as FurtherFields);

    public override int GetHashCode() => Count;

    public IEnumerator<FurtherField> GetEnumerator() => ((IEnumerable<FurtherField>)_fields).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
