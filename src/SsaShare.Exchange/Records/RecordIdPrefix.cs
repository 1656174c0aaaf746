using System.Diagnostics.CodeAnalysis;
using SsaShare.Domain;

namespace SsaShare.Exchange;

/// <summary>A record's id as people type it: all 64 hexadecimal digits, or the first 8 or more.</summary>
public sealed record RecordIdPrefix
{
    /// <summary>Fewest digits taken: fewer would name several records soon.</summary>
    public const int DigitsMin = 8;

    private RecordIdPrefix(string digits) => Digits = digits;

    /// <summary>Lower case.</summary>
    public string Digits { get; }

    /// <summary>The least id that begins so.</summary>
    public RecordId First => Filled('0');

    /// <summary>The greatest id that begins so.</summary>
    public RecordId Last => Filled('f');

    /// <summary>Total: any text is a prefix or none.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out RecordIdPrefix? prefix)
    {
        bool ok = text is { Length: >= DigitsMin and <= 2 * RecordId.Size } && text.All(char.IsAsciiHexDigit);
        prefix = ok ? new RecordIdPrefix(text!.ToLowerInvariant()) : null;
        return ok;
    }

    public override string ToString() => Digits;

    private RecordId Filled(char digit) => new(Convert.FromHexString(Digits.PadRight(2 * RecordId.Size, digit)));
}
