using System.Formats.Asn1;
using System.Security.Cryptography;

namespace SsaShare.Signing;

/// <summary>What stands in a key file: PKCS#8 in PEM, plain or encrypted, perhaps after a certificate.</summary>
internal static class KeyText
{
    private const string PlainLabel = "PRIVATE KEY", EncryptedLabel = "ENCRYPTED PRIVATE KEY";

    // The platform names no algorithm for bare secrets; HMAC-SHA-256 is what they are for.
    private const string SecretOid = "1.2.840.113549.2.9";

    public static bool IsEncrypted(string text) => Find(text, out _) == EncryptedLabel;

    /// <summary>The key in PEM, encrypted where there is a passphrase.</summary>
    public static string Write(ReadOnlySpan<byte> pkcs8, Passphrase? passphrase) => passphrase is null
        ? PemEncoding.WriteString(PlainLabel, pkcs8) + "\n"
        : PemEncoding.WriteString(EncryptedLabel, Pbes2.Encrypt(pkcs8, passphrase.Utf8)) + "\n";

    /// <summary>The PKCS#8 bytes of the key in a text. The caller wipes them.</summary>
    /// <exception cref="CryptographicException">There is none, or it is encrypted and the passphrase is missing or wrong.</exception>
    public static byte[] ReadPkcs8(string text, Passphrase? passphrase)
    {
        string label = Find(text, out Range base64);
        byte[] der = Convert.FromBase64String(text[base64]);
        return label == PlainLabel ? der : Pbes2.Decrypt(der, (passphrase ?? throw new CryptographicException(
            "It is encrypted and no passphrase is given. Name a file with it by the setting Keys:PassphraseFile (in the environment SSA_KEYS__PASSPHRASEFILE).")).Utf8);
    }

    /// <summary>The text with its key encrypted in another way, and all else in it as it is.</summary>
    public static string Rewrite(string text, ReadOnlySpan<byte> pkcs8, Passphrase? passphrase)
    {
        string label = Find(text, out Range base64);
        string end = $"-----END {label}-----";
        int from = text.LastIndexOf($"-----BEGIN {label}-----", base64.Start.Value, StringComparison.Ordinal);
        int to = text.IndexOf(end, base64.End.Value, StringComparison.Ordinal) + end.Length;
        return text[..from] + Write(pkcs8, passphrase).TrimEnd('\n') + text[to..];
    }

    /// <summary>A bare secret as PKCS#8, so that it is encrypted as keys are.</summary>
    public static byte[] WrapSecret(ReadOnlySpan<byte> secret)
    {
        var der = new AsnWriter(AsnEncodingRules.DER);
        using (der.PushSequence())
        {
            der.WriteInteger(0);
            using (der.PushSequence())
            {
                der.WriteObjectIdentifier(SecretOid);
                der.WriteNull();
            }

            der.WriteOctetString(secret);
        }

        return der.Encode();
    }

    /// <returns>Null when the key is not a bare secret.</returns>
    public static byte[]? UnwrapSecret(byte[] pkcs8)
    {
        try
        {
            AsnReader info = new AsnReader(pkcs8, AsnEncodingRules.DER).ReadSequence();
            info.ReadInteger();
            return info.ReadSequence().ReadObjectIdentifier() == SecretOid ? info.ReadOctetString() : null;
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    private static string Find(string text, out Range base64)
    {
        int from = 0;
        while (PemEncoding.TryFind(text.AsSpan(from), out PemFields fields))
        {
            string label = text.AsSpan(from)[fields.Label].ToString();
            if (label is PlainLabel or EncryptedLabel)
            {
                base64 = (fields.Base64Data.Start.Value + from)..(fields.Base64Data.End.Value + from);
                return label;
            }

            from += fields.Location.End.Value;
        }

        throw new CryptographicException($"No '{PlainLabel}' or '{EncryptedLabel}' in PEM form.");
    }
}
