using System.Diagnostics.CodeAnalysis;

namespace SsaShare.Agreements;

/// <summary>
/// An object as people tag it: a NORAD id or a partner's own tag; 1 to 64 printable ASCII characters, no space at either end.
/// </summary>
/// <remarks>Numbers are one object however many leading zeros they carry: "07734" is 7734. Letters are compared without regard to case.</remarks>
public readonly record struct ObjectTag
{
    private const int LengthMax = 64;
    private readonly string? _value;

    private ObjectTag(string value) => _value = value;

    /// <summary>Without leading zeros if it is a number; otherwise as written.</summary>
    public string Value => _value ?? throw new InvalidOperationException("A default ObjectTag tags nothing.");

    public static bool TryParse([NotNullWhen(true)] string? text, out ObjectTag tag)
    {
        bool ok = text is { Length: >= 1 and <= LengthMax } && text[0] != ' ' && text[^1] != ' ' && text.All(c => c is >= ' ' and <= '~');
        tag = ok ? new ObjectTag(Normalise(text).ToString()) : default;
        return ok;
    }

    public bool Equals(ObjectTag other) => string.Equals(_value, other._value, StringComparison.OrdinalIgnoreCase);
    public override int GetHashCode() => _value is null ? 0 : StringComparer.OrdinalIgnoreCase.GetHashCode(_value);
    public override string ToString() => _value ?? "(none)";

    /// <summary>The part of <paramref name="text"/> that identifies the object; allocates nothing.</summary>
    internal static ReadOnlySpan<char> Normalise(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (text.ContainsAnyExceptInRange('0', '9')) return text;
        var digits = text.TrimStart('0');
        return digits.IsEmpty && !text.IsEmpty ? text[..1] : digits;
    }
}
