using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SsaShare.Signing;

namespace SsaShare.Transparency;

/// <summary>Verifier keys of witnesses that cosign with ML-DSA-44 (C2SP tlog-cosignature, type 0x06): known as such, so that a policy may name them, and not verified by.</summary>
internal static class MlDsaWitnessKey
{
    private const byte Type = 0x06;

    /// <summary>Type and public key (FIPS 204, table 2), bytes.</summary>
    private const int TypedBytes = 1 + 1_312;

    private const int TextMax = NoteKeyName.MaxLength + 1 + 8 + 1 + (TypedBytes + 2) / 3 * 4;

    /// <summary>Reads a verifier key text. Total.</summary>
    /// <returns>False when it is not of that type, or not well-formed.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out byte[]? publicKey)
    {
        publicKey = null;
        string[] parts = text.Length <= TextMax ? text.Split('+', 3) : [];
        if (parts.Length != 3
            || !NoteKeyName.IsValid(parts[0])
            || parts[1].Length != 8
            || !uint.TryParse(parts[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint hash)
            || !CanonicalBase64.TryDecode(parts[2], out byte[]? typed)
            || typed.Length != TypedBytes
            || typed[0] != Type
            || BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData([.. Encoding.UTF8.GetBytes(parts[0]), (byte)'\n', .. typed])) != hash)
        {
            return false;
        }

        publicKey = typed[1..];
        return true;
    }
}
