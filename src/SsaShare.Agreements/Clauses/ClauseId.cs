using System.Diagnostics.CodeAnalysis;

namespace SsaShare.Agreements;

/// <summary>A clause's name, unique within its agreement: 1 to 64 of a-z, 0-9 and '-', beginning with a letter.</summary>
public readonly record struct ClauseId : IComparable<ClauseId>
{
    private readonly string? _value;

    private ClauseId(string value) => _value = value;

    public string Value => _value ?? throw new InvalidOperationException("A default ClauseId names no clause.");

    public static bool TryParse([NotNullWhen(true)] string? text, out ClauseId id)
    {
        bool ok = text is { Length: >= 1 and <= 64 } && char.IsAsciiLetterLower(text[0])
            && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
        id = ok ? new ClauseId(text!) : default;
        return ok;
    }

    public int CompareTo(ClauseId other) => string.CompareOrdinal(_value, other._value);
    public static bool operator <(ClauseId left, ClauseId right) => left.CompareTo(right) < 0;
    public static bool operator >(ClauseId left, ClauseId right) => left.CompareTo(right) > 0;
    public static bool operator <=(ClauseId left, ClauseId right) => left.CompareTo(right) <= 0;
    public static bool operator >=(ClauseId left, ClauseId right) => left.CompareTo(right) >= 0;

    public override string ToString() => _value ?? "(none)";
}
