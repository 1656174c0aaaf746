using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace SsaShare.Signing;

/// <summary>DSSE envelope to and from its JSON form.</summary>
internal static class DsseEnvelopeJson
{
    // Base64 of the longest payload, and room for signatures and white space.
    private const int MaxBytes = DsseEnvelope.MaxPayloadBytes / 3 * 4 + 65_536;
    private const int MaxSignatureBytes = 8_192;

    public static byte[] Write(DsseEnvelope envelope)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteBase64String("payload"u8, envelope.Payload.Span);
            json.WriteString("payloadType"u8, envelope.PayloadType);
            json.WriteStartArray("signatures"u8);
            foreach (DsseSignature signature in envelope.Signatures)
            {
                json.WriteStartObject();
                json.WriteString("keyid"u8, signature.KeyHint);
                json.WriteBase64String("sig"u8, signature.Signature.Span);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    public static bool TryRead(ReadOnlySpan<byte> json, [NotNullWhen(true)] out DsseEnvelope? envelope, [NotNullWhen(false)] out string? fault)
        => StrictJson.TryRead(json, MaxBytes, Read, out envelope, out fault);

    private static DsseEnvelope Read(JsonElement root)
    {
        byte[] payload = Bytes(root, "payload");
        JsonElement signatures = root.Field("signatures", JsonValueKind.Array);
        return signatures.GetArrayLength() > DsseEnvelope.MaxSignatures
            ? throw new FormatException($"More than {DsseEnvelope.MaxSignatures} signatures.")
            : DsseEnvelope.FromJson(root.Text("payloadType"), payload, [.. signatures.EnumerateArray().Select(ReadSignature)]);
    }

    private static DsseSignature ReadSignature(JsonElement element)
    {
        byte[] signature = Bytes(element, "sig");
        string hint = element.TryGetProperty("keyid", out JsonElement keyId) && keyId.ValueKind != JsonValueKind.Null
            ? element.Text("keyid")
            : "";
        return signature.Length > MaxSignatureBytes || hint.Length > 200
            ? throw new FormatException("A signature or its key id is too long.")
            : new DsseSignature(hint, signature);
    }

    private static byte[] Bytes(JsonElement parent, string name)
        => CanonicalBase64.TryDecodeEitherAlphabet(parent.Text(name), out byte[]? bytes)
            ? bytes
            : throw new FormatException($"Field '{name}' is not base64.");
}
