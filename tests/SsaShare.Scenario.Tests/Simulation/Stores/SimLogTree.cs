using SsaShare.Exchange;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Scenario.Tests.Simulation;

/// <summary>Entries of a log with the hashes of all complete subtrees.</summary>
internal sealed class SimLogTree
{
    private readonly CompactRange _edge = new();
    private readonly List<PlacedHash> _completed = [];

    public List<LogEntry> Entries { get; } = [];

    public Dictionary<MerkleNode, Hash256> Nodes { get; } = [];

    public LogHead Head => new(_edge.Size, _edge.Root);

    public void Append(LogEntry entry)
    {
        if (entry.Index != Entries.Count) throw new InvalidOperationException($"Entry {entry.Index} would stand at {Entries.Count}.");
        Entries.Add(entry);
        _completed.Clear();
        _edge.Append(entry.LeafHash, _completed);
        foreach (var (node, hash) in _completed) Nodes.Add(node, hash);
    }

    public Hash256 Root(long size)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, _edge.Size);
        return size == _edge.Size ? _edge.Root : CompactRange.Load(size, node => Nodes[node]).Root;
    }
}
