using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Scenario.Tests;

/// <summary>What is signed: receipts and checkpoints.</summary>
internal sealed partial class Invariants
{
    /// <summary>Receipts that others have signed for this provider and that it has not.</summary>
    private async Task<int> PendingReceiptsAsync(ScenarioNode provider)
    {
        var signed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var reader in Nodes.Where(reader => reader != provider))
            signed.UnionWith(await reader.ColumnAsync<string>($"SELECT encode(r.manifest, 'hex') FROM receipt_issued r JOIN manifest_received m ON m.id = r.manifest WHERE m.provider = '{provider.Partner}'"));
        signed.ExceptWith(await provider.ColumnAsync<string>("SELECT encode(manifest, 'hex') FROM receipt_received"));
        return signed.Count;
    }

    /// <summary>Every receipt is for a manifest that the provider signed, signed by the receiver whose it is, and the same at both.</summary>
    private async Task<List<string>> FaultsInReceiptsAsync()
    {
        var faults = new List<string>();
        var byPartner = Nodes.ToDictionary(node => node.Partner);
        var issued = new Dictionary<Hash256, ReceiptDocument>();
        foreach (var node in Nodes)
            await foreach (var (partner, manifest, receipt) in ReadAsync(node, "manifest_received", "provider", "receipt_issued"))
                if (Open(faults, byPartner[partner], manifest, node, receipt) is { } document) issued[document.Manifest] = document;
        foreach (var node in Nodes)
            await foreach (var (partner, manifest, receipt) in ReadAsync(node, "manifest_issued", "receiver", "receipt_received"))
                if (Open(faults, node, manifest, byPartner[partner], receipt) is { } document && issued.GetValueOrDefault(manifest.Id) != document)
                    faults.Add($"{node.Partner} has a receipt of {partner} that {partner} has not: {manifest.Id}");
        return faults;
    }

    /// <summary>Both signatures hold, and the receipt says what the manifest lists.</summary>
    private static ReceiptDocument? Open(List<string> faults, ScenarioNode provider, SignedDocument manifest, ScenarioNode receiver, SignedDocument receipt)
    {
        if (manifest.Verify(provider.Card.Card.SigningKey, DocumentContexts.Manifest) && receipt.Verify(receiver.Card.Card.SigningKey, DocumentContexts.Receipt)
            && DocumentJson.TryRead<ManifestDocument>(manifest.Payload.Span, DocumentContexts.Manifest, out var given)
            && DocumentJson.TryRead<ReceiptDocument>(receipt.Payload.Span, DocumentContexts.Receipt, out var taken)
            && (taken.Manifest, taken.Receiver, taken.ItemCount, taken.ItemRoot) == (manifest.Id, given.Receiver, given.ItemCount, given.ItemRoot))
            return taken;
        faults.Add($"The receipt of {receiver.Partner} for {provider.Partner}'s manifest {manifest.Id} proves nothing.");
        return null;
    }

    private static async IAsyncEnumerable<(PartnerId Partner, SignedDocument Manifest, SignedDocument Receipt)> ReadAsync(ScenarioNode node, string manifests, string partner, string receipts)
    {
        await using var command = node.Database!.CreateCommand($"SELECT m.{partner}, m.document, m.key_id, m.signature, r.document, r.key_id, r.signature FROM {manifests} m JOIN {receipts} r ON r.manifest = m.id");
        await using var row = await command.ExecuteReaderAsync();
        while (await row.ReadAsync()) yield return (PartnerId.Parse(row.GetString(0)), Signed(1), Signed(4));

        SignedDocument Signed(int at) => new(row.GetFieldValue<byte[]>(at), new KeyId(new Hash256(row.GetFieldValue<byte[]>(at + 1))), row.GetFieldValue<byte[]>(at + 2));
    }

    /// <summary>Every checkpoint of every log, wherever it is kept, is true of the log as it is now; nobody holds a conflict.</summary>
    private async Task<List<string>> FaultsInCheckpointsAsync()
    {
        var faults = new List<string>();
        foreach (var owner in Nodes)
        {
            var roots = await RootsAsync(owner);
            foreach (var holder in Nodes)
            {
                string sql = holder == owner ? "SELECT size, root FROM log_checkpoint" : $"SELECT size, root FROM held_checkpoint WHERE origin = '{owner.Card.Card.LogKey.Name}'";
                await using var command = holder.Database!.CreateCommand(sql);
                await using var row = await command.ExecuteReaderAsync();
                while (await row.ReadAsync())
                    if (row.GetInt64(0) >= roots.Count || roots[(int)row.GetInt64(0)] != new Hash256(row.GetFieldValue<byte[]>(1)))
                        faults.Add($"{holder.Partner} holds a checkpoint of {owner.Partner} over {row.GetInt64(0)} entries that is not true of its {roots.Count - 1}.");
            }
            if (await owner.ScalarAsync<long>("SELECT count(*) FROM log_conflict") is var conflicts and > 0) faults.Add($"{owner.Partner} holds {conflicts} conflicts.");
        }
        return faults;
    }

    /// <summary>The log's root at every size, hashed anew from its entries.</summary>
    private static async Task<List<Hash256>> RootsAsync(ScenarioNode node)
    {
        var tree = new CompactRange();
        var roots = new List<Hash256> { tree.Root };
        await using var command = node.Database!.CreateCommand("SELECT index, kind, body, salt, time_ns FROM log_entry ORDER BY index");
        await using var row = await command.ExecuteReaderAsync();
        while (await row.ReadAsync())
        {
            Assert.Equal(tree.Size, row.GetInt64(0));
            tree.Append(new LogEntry(row.GetInt64(0), new LogEvent(row.GetString(1), row.GetFieldValue<byte[]>(2)), row.GetFieldValue<byte[]>(3), new Epoch(row.GetInt64(4))).LeafHash);
            roots.Add(tree.Root);
        }
        return roots;
    }
}
