using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Exchange.Tests;

/// <summary>Makes an edited log consistent again: who has the node's keys signs every manifest anew, with checkpoints of the log as it is now. Receipts of others fit no more and are left out.</summary>
internal static class Forger
{
    /// <param name="error">By which times in manifests are changed.</param>
    public static void SignAnew(TestPartner partner, TimeSpan error = default)
    {
        var node = partner.Node;
        var ids = new Dictionary<Hash256, Hash256>();
        LogEntry[] entries = [.. node.Entries];
        node.Truncate(0);
        foreach (var entry in entries)
        {
            if (Edit(entry, node, ids, error) is not { } body) continue;
            node.Keep(entry with { Event = entry.Event with { Body = body } });
        }
    }

    private static byte[]? Edit(LogEntry entry, TestNode node, Dictionary<Hash256, Hash256> ids, TimeSpan error)
    {
        byte[] body = entry.Event.Body.ToArray();
        switch (entry.Event.Kind)
        {
            case LogKinds.ManifestIssued when SignedDocument.TryParse(body, out var signed) && DocumentJson.TryRead<ManifestDocument>(signed.Payload.Span, DocumentContexts.Manifest, out var manifest):
                var changed = manifest with { Checkpoint = node.Checkpoint(), Previous = manifest.Previous is { } previous ? ids.GetValueOrDefault(previous, previous) : null, Watermark = manifest.Watermark.Plus(error) };
                var anew = SignedDocument.Sign(node.Key, DocumentContexts.Manifest, DocumentJson.Write(changed));
                ids[signed.Id] = anew.Id;
                return anew.ToJson();
            case LogKinds.ItemsIssued when ManifestItems.TryParse(body, out var items): return (items with { Manifest = ids[items.Manifest] }).ToJson();
            case LogKinds.Withheld when WithheldEvent.TryParse(body, out var withheld): return (withheld with { Manifest = ids[withheld.Manifest] }).ToJson();
            case LogKinds.ReceiptReceived: return null;
            case LogKinds.AgreementTransition when SignedDocument.TryParse(body, out var signed) && SignedTransition.TryRead(signed, out var transition) && transition.Document.Party == node.Partner:
                return SignedTransition.Sign(node.Key, transition.Document with { Time = transition.Document.Time.Plus(error) }).Original.ToJson();
            default: return body;
        }
    }
}
