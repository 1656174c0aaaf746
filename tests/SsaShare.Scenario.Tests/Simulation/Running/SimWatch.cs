using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Scenario.Tests.Simulation;

/// <summary>What must hold, seen from outside: after each commit, and when everything is quiet.</summary>
internal sealed class SimWatch
{
    private readonly IReadOnlyList<SimNode> _nodes;
    private readonly IReadOnlyList<SimGrant> _grants;

    public SimWatch(IReadOnlyList<SimNode> nodes, IReadOnlyList<SimGrant> grants)
    {
        (_nodes, _grants) = (nodes, grants);
        foreach (var node in nodes)
        {
            var last = (Position: 0L, Arrival: 0L, Log: 0L);
            var inboxes = new Dictionary<StreamKey, SimInboxRow>();
            node.Database.Committed = tables =>
            {
                var now = (tables.FeedPosition, tables.Arrival, tables.Log.Head.Size);
                if (now.FeedPosition < last.Position || now.Arrival < last.Arrival || now.Size < last.Log) Wrong ??= $"{node.Partner}: numbers went back from {last} to {now}.";
                last = now;
                foreach (var (key, row) in tables.Inboxes)
                {
                    if (inboxes.TryGetValue(key, out var before) && !ReferenceEquals(before, row)) Compare(node, before, row);
                    inboxes[key] = row;
                }
            };
        }
    }

    /// <summary>The first thing that did not hold.</summary>
    public string? Wrong { get; private set; }

    /// <summary>What is granted and published and not there yet; null when all is.</summary>
    public string? Missing()
    {
        foreach (var grant in _grants)
        {
            var there = Came(grant).ToHashSet();
            var origin = Node(grant.Originator);
            var missing = origin.Database.Tables.Own.SelectMany(row => row.Slice.Records).Select(one => one.Record)
                .FirstOrDefault(record => record.Label.Parsed.Mode == DataMode.Real && !there.Contains(record.Id));
            if (missing is not null) return $"Record {missing.Facts.ObjectTag} of '{grant.Originator}' has not come from '{grant.From}' to '{grant.To}'.";
        }
        return null;
    }

    /// <summary>When nothing is under way any more.</summary>
    public string? Final()
        => _nodes.Select(Stored).Concat(_nodes.Select(Checkpoints)).Concat(_nodes.Select(OnlyWhatIsGranted)).Concat(_nodes.Select(Accusations)).Concat(_grants.Select(Once)).Concat(_nodes.Select(Receipts)).FirstOrDefault(wrong => wrong is not null);

    private SimNode Node(PartnerId partner) => _nodes.Single(node => node.Partner == partner);

    private void Compare(SimNode node, SimInboxRow before, SimInboxRow after)
    {
        foreach (var (lane, position) in before.State.Positions.All)
            if (after.State.Positions.Of(lane) < position) Wrong ??= $"{node.Partner}: the cursor went back from {before.State.Positions} to {after.State.Positions}.";
        if (after.State.LogSizeMin < before.State.LogSizeMin) Wrong ??= $"{node.Partner}: a provider's log went back from {before.State.LogSizeMin} to {after.State.LogSizeMin}.";
    }

    private IEnumerable<RecordId> Came(SimGrant grant)
        => Node(grant.To).Database.Tables.Received.Where(row => (row.Agreement, row.Provider) == (grant.Agreement, grant.From))
            .SelectMany(row => row.Slice.Records).Where(one => one.Record.Facts.Originator == grant.Originator).Select(one => one.Record.Id);

    private string? Once(SimGrant grant)
        => Came(grant).GroupBy(id => id).FirstOrDefault(same => same.Count() > 1) is { } twice ? $"A record came {twice.Count()} times from '{grant.From}' to '{grant.To}' under one agreement." : null;

    private static string? Stored(SimNode node)
    {
        var tables = node.Database.Tables;
        var own = tables.Own.OrderBy(row => row.Position).ToList();
        if (own.Where((row, i) => row.Position != i + 1).Any() || own.Count != tables.FeedPosition) return $"{node.Partner}: positions in the feed are not dense.";
        if (tables.Publications.Where((row, i) => row.Arrival != i + 1).Any()) return $"{node.Partner}: arrivals are not dense or not in the order of commits.";
        if (tables.Records.Any(record => record.Value != 1)) return $"{node.Partner}: a record is stored {tables.Records.Values.Max()} times.";
        var ids = own.SelectMany(row => row.Slice.Records).Select(one => one.Record.Id).ToList();
        if (ids.Count != ids.Distinct().Count()) return $"{node.Partner}: a record is in two publications.";
        return node.Acknowledged.IsSubsetOf(ids) ? null : $"{node.Partner}: a record that was acknowledged is lost.";
    }

    private string? OnlyWhatIsGranted(SimNode node)
    {
        foreach (var row in node.Database.Tables.Received)
        foreach (var one in row.Slice.Records)
        {
            if (one.Record.Label.Parsed.Mode != DataMode.Real) return $"{node.Partner}: holds an exercise record of '{one.Record.Facts.Originator}'.";
            if (!_grants.Contains(new SimGrant(row.Agreement!.Value, row.Provider!.Value, node.Partner, one.Record.Facts.Originator))) return $"{node.Partner}: a record of '{one.Record.Facts.Originator}' came from '{row.Provider}' without a grant.";
        }
        return null;
    }

    /// <summary>Everybody is honest here: whoever is held guilty is so for faults of the network or of a store.</summary>
    private static string? Accusations(SimNode node)
        => node.Database.Tables.Log.Entries.FirstOrDefault(entry => entry.Event.Kind is LogKinds.Equivocation or LogKinds.CheckpointConflict or LogKinds.CheckpointUnproven) is { } entry
            ? $"{node.Partner}: holds an honest peer guilty: {entry.Event.Kind} {System.Text.Encoding.UTF8.GetString(entry.Event.Body.Span)}" : null;

    /// <summary>Every checkpoint that a node has signed is of the log that it has now.</summary>
    private string? Checkpoints(SimNode node)
    {
        var log = node.Database.Tables.Log;
        foreach (string note in Notes(node))
        {
            if (!Checkpoint.TryOpen(System.Text.Encoding.UTF8.GetBytes(note), node.Identity.LogSigner.Verifier, out var checkpoint, out string? fault)) return $"{node.Partner}: {fault}";
            if (checkpoint.Size > log.Head.Size || log.Root(checkpoint.Size) != checkpoint.Root) return $"{node.Partner}: the checkpoint for {checkpoint.Size} entries is not of its log.";
        }
        return null;
    }

    private IEnumerable<string> Notes(SimNode node)
        => node.Database.Tables.Checkpoints.Select(kept => kept.Note)
            .Concat(_nodes.SelectMany(other => other.Database.Tables.ManifestsReceived.Values).Select(kept => Read(kept.Manifest)).Where(manifest => manifest.Provider == node.Partner).Select(manifest => manifest.Checkpoint));

    /// <summary>Every receipt that a provider holds was signed for exactly what it issued, and the receiver keeps the same; none has stayed with its receiver.</summary>
    private string? Receipts(SimNode node)
    {
        var tables = node.Database.Tables;
        foreach (var (id, receipt) in tables.ReceiptsReceived)
        {
            if (!tables.ManifestsIssued.TryGetValue(id, out var issued)) return $"{node.Partner}: holds a receipt for a manifest that it did not issue.";
            if (!Node(issued.Document.Receiver).Database.Tables.ManifestsReceived.TryGetValue(id, out var kept) || kept.Receipt.Id != receipt.Id) return $"{node.Partner}: holds a receipt that its receiver does not.";
        }
        foreach (var (id, kept) in tables.ManifestsReceived)
        {
            var manifest = Read(kept.Manifest);
            if (!Node(manifest.Provider).Database.Tables.ManifestsIssued.ContainsKey(id)) return $"{node.Partner}: holds a manifest that its provider does not know.";
            if (!DocumentJson.TryRead<ReceiptDocument>(kept.Receipt.Payload.Span, DocumentContexts.Receipt, out var receipt) || (receipt.ItemCount, receipt.ItemRoot) != (manifest.ItemCount, manifest.ItemRoot))
                return $"{node.Partner}: a receipt does not say what its manifest does.";
            if (!Node(manifest.Provider).Database.Tables.ReceiptsReceived.ContainsKey(id)) return $"{node.Partner}: the receipt for positions {manifest.AfterPosition} to {manifest.ToPosition} has not come to '{manifest.Provider}'.";
        }
        return null;
    }

    private static ManifestDocument Read(SignedDocument signed)
        => DocumentJson.TryRead<ManifestDocument>(signed.Payload.Span, DocumentContexts.Manifest, out var manifest) ? manifest : throw new InvalidDataException("A kept manifest is not one.");
}
