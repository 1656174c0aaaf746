using System.Runtime.CompilerServices;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Node.Tests;

/// <summary>A log in memory. Restoring it to an earlier size is what a database from a backup looks like.</summary>
internal sealed class MemoryNodeLog : INodeLog
{
    private readonly List<LogEntry> _entries = [];

    public IReadOnlyList<LogEvent> Events => [.. _entries.Select(entry => entry.Event)];
    public List<(LogHead Head, string Note)> Checkpoints { get; } = [];

    /// <summary>Called before a checkpoint is saved.</summary>
    public Action<string> BeforeSaving { get; set; } = _ => { };

    public LogHead Head => new(_entries.Count, MerkleTree.Root([.. _entries.Select(entry => entry.LeafHash)]));

    public void Grow(params IReadOnlyList<string> bodies)
    {
        foreach (string body in bodies) Append(new LogEvent(LogKinds.Publication, System.Text.Encoding.UTF8.GetBytes(body)));
    }

    public void RestoreTo(int size) => _entries.RemoveRange(size, _entries.Count - size);

    public Task<long> AppendAsync(IReadOnlyList<LogEvent> events, CancellationToken cancellationToken)
    {
        long first = _entries.Count;
        foreach (var one in events) Append(one);
        return Task.FromResult(first);
    }

    public Task<LogHead> GetHeadAsync(CancellationToken cancellationToken) => Task.FromResult(Head);

    public Task<IReadOnlyDictionary<MerkleNode, Hash256>> GetNodesAsync(IReadOnlyCollection<MerkleNode> nodes, CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyDictionary<MerkleNode, Hash256>>(nodes.ToDictionary(node => node, node =>
        {
            int width = 1 << node.Level, start = (int)node.Index * width;
            ArgumentOutOfRangeException.ThrowIfGreaterThan(start + width, _entries.Count);
            return MerkleTree.Root([.. _entries.GetRange(start, width).Select(entry => entry.LeafHash)]);
        }));

    public Task<Hash256> GetRootAsync(long size, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, _entries.Count);
        return Task.FromResult(MerkleTree.Root([.. _entries.Take((int)size).Select(entry => entry.LeafHash)]));
    }

    public Task<ReadOnlyMemory<byte>?> ReadTileAsync(int tileLevel, long index, int width, CancellationToken cancellationToken)
    {
        long span = 1L << (8 * tileLevel), first = 256 * index;
        if ((first + width) * span > _entries.Count) return Task.FromResult<ReadOnlyMemory<byte>?>(null);
        var leaves = _entries.ConvertAll(entry => entry.LeafHash);
        return Task.FromResult<ReadOnlyMemory<byte>?>(Enumerable.Range(0, width)
            .SelectMany(i => MerkleTree.Root([.. leaves.GetRange((int)((first + i) * span), (int)span)]).ToArray()).ToArray());
    }

    public Task<ReadOnlyMemory<byte>?> ReadEntryBundleAsync(long index, int width, CancellationToken cancellationToken)
    {
        if (256 * index + width > _entries.Count) return Task.FromResult<ReadOnlyMemory<byte>?>(null);
        return Task.FromResult<ReadOnlyMemory<byte>?>(_entries.GetRange((int)(256 * index), width)
            .SelectMany(entry => (byte[])[0, Hash256.Size, .. entry.Commitment.Value.ToArray()]).ToArray());
    }

    public Task SaveCheckpointAsync(LogHead head, string note, CancellationToken cancellationToken)
    {
        BeforeSaving(note);
        Checkpoints.Add((head, note));
        return Task.CompletedTask;
    }

    public Task<(LogHead Head, string Note)?> GetCheckpointAsync(CancellationToken cancellationToken)
        => Task.FromResult(Checkpoints.Count == 0 ? null : ((LogHead, string)?)Checkpoints[^1]);

    public async IAsyncEnumerable<LogEntry> ReadAsync(long fromIndex, long toIndexExclusive, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var entry in _entries[(int)fromIndex..(int)toIndexExclusive]) yield return entry;
    }

    private void Append(LogEvent one) => _entries.Add(new LogEntry(_entries.Count, one, new byte[16], Epoch.J2000));
}
