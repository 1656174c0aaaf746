using System.Text;
using SsaShare.Domain;

namespace SsaShare.Exchange.Tests;

/// <summary>Bundles of a part of a test node's log, chosen as a real node chooses.</summary>
internal static class ScopedExport
{
    public static async Task<string> ExportAsync(this TestNode node, EvidenceScope scope, Func<LogEntry, bool>? leaveOut = null, IReadOnlyList<(long Size, EvidencePart Part)>? stamps = null, string? checkpoint = null)
    {
        var selection = new EvidenceSelection(scope);
        foreach (var entry in node.Entries) selection.Take(entry);
        var indices = selection.Indices.Where(index => leaveOut is null || !leaveOut(node.Entries[(int)index]));
        var parts = new EvidenceComposer(node.LogSize, node.GetNodesAsync).ComposeAsync(indices.Select(index => node.Entries[(int)index]).ToAsyncEnumerable(), stamps ?? [], selection.Sizes, CancellationToken.None);
        var text = new StringBuilder();
        await foreach (byte[] line in EvidenceBundle.WriteAsync(new EvidenceHead(node.Card.ToJson(), checkpoint ?? node.Checkpoint(), scope, node.Now), parts, CancellationToken.None))
            text.Append(Encoding.UTF8.GetString(line));
        return text.ToString();
    }

    /// <summary>Scopes that ask for this and that of a history.</summary>
    public static IEnumerable<EvidenceScope> Scopes(TestHistory history, TestPartner of, Random random)
    {
        var (peer, run) = (history.Partners[random.Next(3)].Node.Partner, history.Runs[random.Next(history.Runs.Count)]);
        Epoch first = of.Node.Entries[0].Time, last = of.Node.Entries[^1].Time;
        Epoch from = first.PlusSeconds(random.NextDouble() * last.SecondsSince(first)), until = from.PlusSeconds(random.NextDouble() * last.SecondsSince(from));
        yield return new EvidenceScope(Peer: peer);
        yield return new EvidenceScope(Agreement: run.Agreement.Id);
        yield return new EvidenceScope(from, until);
        yield return new EvidenceScope(from, Peer: peer, Agreement: run.Agreement.Id);
        var published = history.Partners.SelectMany(partner => partner.Published).ToList();
        if (published.Count > 0) yield return new EvidenceScope(Record: new RecordPlace(published[random.Next(published.Count)].Document.Id, 0));
    }
}
