using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography.X509Certificates;

namespace SsaShare.Signing;

/// <summary>Pins a TLS key: SHA-256 of the certificate's SubjectPublicKeyInfo (RFC 7469 section 2.4), so it outlives a renewal with the same key.</summary>
public readonly record struct SpkiPin(Hash256 Value)
{
    public static SpkiPin Of(X509Certificate2 certificate) => new(Hash256.Of(certificate.PublicKey.ExportSubjectPublicKeyInfo()));

    /// <summary>Reads 64 hexadecimal digits.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out SpkiPin pin)
    {
        bool parsed = Hash256.TryParseHex(text, out Hash256 value);
        pin = new SpkiPin(value);
        return parsed;
    }

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public override string ToString() => Value.ToString();
}
