using Google.Protobuf;
using SsaShare.Exchange;
using SsaShare.Signing;
using V1 = SsaShare.Protocol.Common.V1;

namespace SsaShare.Protocol;

/// <summary>Signed documents and hashes.</summary>
public static class DocumentMapper
{
    public static V1.SignedDocument ToWire(this SignedDocument document) => new()
    {
        Payload = UnsafeByteOperations.UnsafeWrap(document.Payload),
        KeyId = document.KeyId.Value.ToWire(),
        Signature = UnsafeByteOperations.UnsafeWrap(document.Signature),
    };

    /// <returns>Null when the document is absent or its key id is not 32 bytes.</returns>
    public static SignedDocument? TryRead(V1.SignedDocument? wire)
        => wire is not null && Hash256.TryCreate(wire.KeyId.Span, out var keyId) ? new SignedDocument(wire.Payload.Memory, new KeyId(keyId), wire.Signature.Memory) : null;

    public static ByteString ToWire(this Hash256 hash) => UnsafeByteOperations.UnsafeWrap(hash.ToArray());
}
