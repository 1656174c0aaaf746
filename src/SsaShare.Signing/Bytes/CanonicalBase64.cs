using System.Diagnostics.CodeAnalysis;

namespace SsaShare.Signing;

/// <summary>Standard base64 (RFC 4648 section 4) of which each byte string has exactly one accepted text.</summary>
public static class CanonicalBase64
{
    /// <summary>Decodes padded base64 without white space and without stray bits in the last character.</summary>
    /// <returns>False for anything else.</returns>
    public static bool TryDecode([NotNullWhen(true)] string? text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        if (text is null || text.Length % 4 != 0)
        {
            return false;
        }

        var buffer = new byte[text.Length / 4 * 3];
        if (!Convert.TryFromBase64String(text, buffer, out int written)
            || !Convert.ToBase64String(buffer, 0, written).Equals(text, StringComparison.Ordinal))
        {
            return false;
        }

        bytes = buffer[..written];
        return true;
    }

    /// <summary>Decodes either alphabet of RFC 4648, padded or not, as DSSE asks of a verifier.</summary>
    internal static bool TryDecodeEitherAlphabet(string text, [NotNullWhen(true)] out byte[]? bytes)
    {
        string standard = text.Replace('-', '+').Replace('_', '/');
        int missing = standard.EndsWith('=') ? 0 : (4 - standard.Length % 4) % 4;
        return TryDecode(standard + new string('=', missing), out bytes);
    }
}
