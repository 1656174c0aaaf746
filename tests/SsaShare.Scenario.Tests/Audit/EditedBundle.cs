using System.Text;
using SsaShare.Exchange;
using SsaShare.Peering;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Scenario.Tests.Audit;

/// <summary>A bundle of a whole log in the hands of somebody who has the node's own keys: any entry is changed, and all is signed anew.</summary>
internal sealed class EditedBundle
{
    private readonly EvidenceHead _head;

    private EditedBundle(EvidenceHead head, List<LogEntry> entries) => (_head, Entries) = (head, entries);

    public List<LogEntry> Entries { get; }

    public static async Task<EditedBundle> ReadAsync(string path)
    {
        EvidenceHead? head = null;
        var entries = new List<LogEntry>();
        await foreach (string line in File.ReadLinesAsync(path))
        {
            byte[] bytes = Encoding.UTF8.GetBytes(line);
            if (head is null) Assert.True(EvidenceLineReader.TryReadHead(bytes, out head));
            else
            {
                Assert.True(EvidenceLineReader.TryRead(bytes, out var part));
                if (part is EvidencePart.Entry { Revealed: var entry }) entries.Add(entry);
            }
        }
        Assert.NotNull(head);
        Assert.True(head.Scope.IsWhole);
        return new EditedBundle(head, entries);
    }

    public int Find(string kind, Func<LogEntry, bool>? which = null)
    {
        int found = Entries.FindIndex(entry => entry.Event.Kind == kind && which?.Invoke(entry) is not false);
        Assert.True(found >= 0, $"the log has no such entry of kind '{kind}'");
        return found;
    }

    /// <summary>The first manifest of a kind that has items, by its id.</summary>
    public Hash256 FindManifest(string kind)
    {
        string items = kind == LogKinds.ManifestIssued ? LogKinds.ItemsIssued : LogKinds.ItemsReceived;
        return Items(Entries[Find(items)]).Manifest;
    }

    public static ManifestItems Items(LogEntry entry)
    {
        Assert.True(ManifestItems.TryParse(entry.Event.Body.Span, out var items));
        return items;
    }

    /// <summary>Whether an entry is a manifest, or about it.</summary>
    public static bool IsAbout(LogEntry entry, Hash256 manifest)
        => ManifestItems.TryParse(entry.Event.Body.Span, out var items) ? items.Manifest == manifest
            : WithheldEvent.TryParse(entry.Event.Body.Span, out var withheld) ? withheld.Manifest == manifest
            : SignedDocument.TryParse(entry.Event.Body.Span, out var signed) && (signed.Id == manifest
                || (DocumentJson.TryRead<ReceiptDocument>(signed.Payload.Span, DocumentContexts.Receipt, out var receipt) && receipt.Manifest == manifest));

    public void Replace(int at, byte[] body) => Entries[at] = Entries[at] with { Event = Entries[at].Event with { Body = body } };

    /// <summary>Writes it with a checkpoint that the node's own log key signs over what it is now; nobody cosigns that.</summary>
    public async Task WriteAsync(string path, NodeIdentity signer)
    {
        LogEntry[] entries = [.. Entries.Select((entry, index) => entry with { Index = index })];
        var checkpoint = new Checkpoint(signer.LogSigner.Name, entries.Length, MerkleTree.Root([.. entries.Select(entry => entry.LeafHash)]));
        await using var file = File.Create(path);
        await file.WriteAsync(EvidenceBundle.Line(_head with { Checkpoint = checkpoint.Sign(signer.LogSigner).ToString() }));
        foreach (var entry in entries) await file.WriteAsync(EvidenceBundle.Line(new EvidencePart.Entry(entry)));
    }
}
