using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>A JSON document's exact bytes with one signature over them and the context of their kind.</summary>
public sealed record SignedDocument(ReadOnlyMemory<byte> Payload, KeyId KeyId, ReadOnlyMemory<byte> Signature)
{
    /// <summary>SHA-256 of the payload: how other documents refer to this one.</summary>
    public Hash256 Id => Hash256.Of(Payload.Span);

    public static SignedDocument Sign(SigningKey key, ContextLabel context, byte[] payload)
        => new(payload, key.Id, key.Sign(context, payload));

    /// <summary>Whether <paramref name="key"/> made this signature for a document of this kind.</summary>
    public bool Verify(VerificationKey key, ContextLabel context)
        => KeyId == key.Id && key.Verify(context, Payload.Span, Signature.Span);

    /// <summary>Payload, key and signature in one: what the log keeps of a signed document.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(new Envelope(Payload.ToArray(), KeyId.ToString(), Signature.ToArray()), DocumentJson.Strict);

    /// <summary>Reads what <see cref="ToJson"/> writes. Total; the signature is not verified.</summary>
    public static bool TryParse(ReadOnlySpan<byte> json, [NotNullWhen(true)] out SignedDocument? document)
    {
        document = null;
        if (json.Length > 2 * DocumentJson.LongestBytes) return false;
        try
        {
            if (JsonSerializer.Deserialize<Envelope>(json, DocumentJson.Strict) is { } read && Signing.KeyId.TryParse(read.KeyId, out var keyId))
                document = new SignedDocument(read.Payload, keyId, read.Signature);
        }
        catch (JsonException)
        {
            return false;
        }
        return document is not null;
    }

    private sealed record Envelope(byte[] Payload, string KeyId, byte[] Signature);
}
