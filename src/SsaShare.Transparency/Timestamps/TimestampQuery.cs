using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;

namespace SsaShare.Transparency;

/// <summary>One question to a time-stamp authority, and the answer to it (RFC 3161 section 2.4).</summary>
public sealed class TimestampQuery
{
    /// <summary>Media types of a question and of an answer, RFC 3161 section 3.4.</summary>
    public const string MediaType = "application/timestamp-query", AnswerMediaType = "application/timestamp-reply";

    private readonly Rfc3161TimestampRequest _request;

    private TimestampQuery(Rfc3161TimestampRequest request) => _request = request;

    /// <summary>Asks for these bytes' SHA-256, with a nonce of 16 random bytes, and for the authority's certificate.</summary>
    public static TimestampQuery For(ReadOnlySpan<byte> stamped)
        => new(Rfc3161TimestampRequest.CreateFromData(stamped, HashAlgorithmName.SHA256, nonce: RandomNumberGenerator.GetBytes(16), requestSignerCertificates: true));

    /// <summary>DER of the question.</summary>
    public byte[] ToBytes() => _request.Encode();

    /// <summary>Reads the answer to this question. Any input gives an answer.</summary>
    /// <param name="answer">DER of the authority's TimeStampResp.</param>
    /// <param name="token">A token for these bytes and this nonce, signed by the certificate that it carries; whose that is, <see cref="TimestampToken.TryVerify"/> tells.</param>
    /// <param name="fault">Why there is none.</param>
    public bool TryTakeAnswer(ReadOnlyMemory<byte> answer, [NotNullWhen(true)] out TimestampToken? token, [NotNullWhen(false)] out string? fault)
    {
        token = null;
        try
        {
            Rfc3161TimestampToken read = _request.ProcessResponse(answer, out _);
            fault = TimestampToken.TryParse(read.AsSignedCms().Encode(), out token) ? null : "The time-stamp cannot be read.";
        }
        catch (CryptographicException e)
        {
            fault = $"The authority's answer is not a time-stamp for this question: {e.Message}";
        }

        return fault is null && token is not null;
    }
}
