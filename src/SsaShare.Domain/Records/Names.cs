using System.Diagnostics.CodeAnalysis;

namespace SsaShare.Domain;

/// <summary>A partner in the federation: 2 to 32 of a-z, 0-9 and '-', beginning with a letter, not ending in '-'.</summary>
public readonly record struct PartnerId
{
    private readonly string? _value;

    private PartnerId(string value) => _value = value;

    public string Value => _value ?? throw new InvalidOperationException("A default PartnerId names nobody.");

    /// <exception cref="FormatException">The text is not a partner id.</exception>
    public static PartnerId Parse(string text)
        => TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is not a partner id: 2 to 32 of a-z, 0-9 and '-', beginning with a letter.");

    public static bool TryParse([NotNullWhen(true)] string? text, out PartnerId id)
    {
        id = NameRule.Matches(text, 32, lower: true) && text.Length >= 2 ? new PartnerId(text) : default;
        return id._value is not null;
    }

    public override string ToString() => _value ?? "(none)";
}

/// <summary>A sensor, unique within its owner: 1 to 64 of A-Z, a-z, 0-9, '-', '_' and '.'; as CCSDS TDM PARTICIPANT names.</summary>
public readonly record struct SensorId
{
    private readonly string? _value;

    private SensorId(string value) => _value = value;

    public string Value => _value ?? throw new InvalidOperationException("A default SensorId names no sensor.");

    /// <exception cref="FormatException">The text is not a sensor id.</exception>
    public static SensorId Parse(string text)
        => TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is not a sensor id: 1 to 64 of A-Z, a-z, 0-9, '-', '_' and '.'.");

    public static bool TryParse([NotNullWhen(true)] string? text, out SensorId id)
    {
        id = NameRule.Matches(text, 64, lower: false) ? new SensorId(text) : default;
        return id._value is not null;
    }

    public override string ToString() => _value ?? "(none)";
}

internal static class NameRule
{
    public static bool Matches([NotNullWhen(true)] string? text, int most, bool lower)
    {
        if (string.IsNullOrEmpty(text) || text.Length > most) return false;
        if (lower && (!char.IsAsciiLetterLower(text[0]) || text[^1] == '-')) return false;
        foreach (char c in text)
        {
            bool ok = char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-' || (!lower && (char.IsAsciiLetterUpper(c) || c is '_' or '.'));
            if (!ok) return false;
        }
        return true;
    }
}
