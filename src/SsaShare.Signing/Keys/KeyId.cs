using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace SsaShare.Signing;

/// <summary>Names a public key: SHA-256 over the algorithm's name, a newline and the public key bytes.</summary>
public readonly record struct KeyId(Hash256 Value)
{
    internal static KeyId Of(SignatureAlgorithm algorithm, ReadOnlySpan<byte> publicKey)
        => new(Hash256.Of([.. Encoding.ASCII.GetBytes(algorithm.Name()), (byte)'\n', .. publicKey]));

    /// <summary>Reads 64 hexadecimal digits.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out KeyId id)
    {
        bool parsed = Hash256.TryParseHex(text, out Hash256 value);
        id = new KeyId(value);
        return parsed;
    }

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public override string ToString() => Value.ToString();
}
