using System.Diagnostics.CodeAnalysis;

namespace SsaShare.Signing;

/// <summary>Names a node card: SHA-256 of its payload bytes.</summary>
public readonly record struct NodeCardId(Hash256 Value)
{
    /// <summary>Reads 64 hexadecimal digits.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out NodeCardId id)
    {
        bool parsed = Hash256.TryParseHex(text, out Hash256 value);
        id = new NodeCardId(value);
        return parsed;
    }

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public override string ToString() => Value.ToString();
}
