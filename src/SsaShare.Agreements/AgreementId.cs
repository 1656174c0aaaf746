using System.Diagnostics.CodeAnalysis;
using SsaShare.Signing;

namespace SsaShare.Agreements;

/// <summary>Names an agreement: SHA-256 of its exact payload bytes.</summary>
public readonly record struct AgreementId(Hash256 Value)
{
    public static AgreementId Of(ReadOnlySpan<byte> payload) => new(Hash256.Of(payload));

    /// <summary>Reads 64 hexadecimal digits.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out AgreementId id)
    {
        bool parsed = Hash256.TryParseHex(text, out Hash256 value);
        id = new AgreementId(value);
        return parsed;
    }

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public override string ToString() => Value.ToString();
}
