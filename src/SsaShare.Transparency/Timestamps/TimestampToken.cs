using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;

namespace SsaShare.Transparency;

/// <summary>A time-stamp authority's word that some bytes existed at a time (RFC 3161). Immutable.</summary>
public sealed class TimestampToken
{
    /// <summary>Longest token read, bytes: a token with a chain of certificates has some thousand.</summary>
    public const int MaxBytes = 65_536;

    private static readonly Oid TimeStamping = new("1.3.6.1.5.5.7.3.8");

    private readonly Rfc3161TimestampToken _token;
    private readonly byte[] _bytes;

    private TimestampToken(Rfc3161TimestampToken token, byte[] bytes)
    {
        _token = token;
        _bytes = bytes;
    }

    /// <summary>The authority's time, UTC. Worth what the authority is worth: see <see cref="TryVerify"/>.</summary>
    public DateTimeOffset Time => _token.TokenInfo.Timestamp.ToUniversalTime();

    /// <summary>How far off the authority says its time may be; null when it does not say.</summary>
    public TimeSpan? Accuracy => _token.TokenInfo.AccuracyInMicroseconds is { } microseconds ? TimeSpan.FromMicroseconds(microseconds) : null;

    /// <summary>DER of the token (ContentInfo with SignedData).</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>Reads a token; its signature is not yet verified. Any input gives an answer.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> der, [NotNullWhen(true)] out TimestampToken? token)
    {
        token = null;
        if (der.Length > MaxBytes)
        {
            return false;
        }

        try
        {
            if (Rfc3161TimestampToken.TryDecode(der, out Rfc3161TimestampToken? read, out int length) && length == der.Length)
            {
                token = new TimestampToken(read, der.ToArray());
            }
        }
        catch (CryptographicException)
        {
            // The reader refuses some malformed tokens in this way: foreign input, not a failure of ours.
        }

        return token is not null;
    }

    /// <summary>Verifies that an authority which a trusted root vouches for stamped exactly these bytes.</summary>
    /// <param name="stamped">What was stamped.</param>
    /// <param name="roots">Roots that the caller trusts for time; others, and the machine's own, count for nothing.</param>
    /// <param name="authority">Subject of the authority's certificate.</param>
    /// <param name="fault">Why it does not hold.</param>
    /// <remarks>Certificates are judged at the time of the stamp. Revocation is not looked up: that needs a network.</remarks>
    public bool TryVerify(ReadOnlySpan<byte> stamped, X509Certificate2Collection roots, [NotNullWhen(true)] out string? authority, [NotNullWhen(false)] out string? fault)
    {
        authority = null;
        try
        {
            if (_token.TokenInfo.HashAlgorithmId.Value is not ("2.16.840.1.101.3.4.2.1" or "2.16.840.1.101.3.4.2.2" or "2.16.840.1.101.3.4.2.3"))
            {
                fault = "The time-stamp is over a hash that is not SHA-2.";
                return false;
            }

            if (!_token.VerifySignatureForData(stamped, out X509Certificate2? certificate) || certificate is null)
            {
                fault = "The time-stamp is of other bytes, or its signature is wrong, or it carries no certificate of its signer.";
                return false;
            }

            using (certificate)
            {
                fault = CheckChain(certificate, roots);
                authority = fault is null ? certificate.Subject : null;
            }
        }
        catch (CryptographicException e)
        {
            fault = $"The time-stamp cannot be checked: {e.Message}";
        }

        return fault is null && authority is not null;
    }

    private string? CheckChain(X509Certificate2 certificate, X509Certificate2Collection roots)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(roots);
        chain.ChainPolicy.ExtraStore.AddRange(_token.AsSignedCms().Certificates);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ApplicationPolicy.Add(TimeStamping);
        chain.ChainPolicy.VerificationTime = Time.UtcDateTime;
        return chain.Build(certificate)
            ? null
            : $"No trusted root vouches for the authority '{certificate.Subject}' at {Time:yyyy-MM-dd'T'HH:mm:ss'Z'}: {string.Join("; ", chain.ChainStatus.Select(status => status.StatusInformation.Trim()))}";
    }
}
