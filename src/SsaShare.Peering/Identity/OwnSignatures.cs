using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Peering;

/// <summary>
/// Signs again what this node signed between a compromise and the revocation: such dates belong to the new key, so peers refuse the old
/// signature. The payload, and with it the id by which logs and other documents name it, stays.
/// </summary>
public static class OwnSignatures
{
    /// <returns>The same document, or the same payload signed by the key in use.</returns>
    public static SignedDocument Renew<T>(this NodeIdentity identity, SignedDocument document, ContextLabel context)
        where T : class, ITypedDocument
    {
        if (!identity.Keys.IsRevoked(document.KeyId) || identity.Keys.EverKey(document.KeyId) is not { } old || !document.Verify(old, context)) return document;
        if (!DocumentJson.TryRead<T>(document.Payload.Span, context, out var read) || DocumentDates.Of(read) is not { } date) return document;
        var at = Utc.ToDateTime(date);
        return identity.Keys.SigningKey(old.Id, at) is null && identity.Keys.SigningKey(identity.SigningKey.Id, at) is not null
            ? SignedDocument.Sign(identity.SigningKey, context, document.Payload.ToArray())
            : document;
    }

    /// <summary>Own publications among those of an answer; others' are as their originators signed them.</summary>
    public static IReadOnlyList<PublicationSlice> Renew(this NodeIdentity identity, IReadOnlyList<PublicationSlice> slices)
        => identity.Keys.Events.Any(change => change.Action == KeyAction.Revoke)
            ? [.. slices.Select(slice => slice with { Document = identity.Renew<PublicationDocument>(slice.Document, DocumentContexts.Publication) })]
            : slices;
}
