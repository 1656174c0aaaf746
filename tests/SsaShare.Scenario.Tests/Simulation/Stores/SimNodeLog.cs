using System.Runtime.CompilerServices;
using SsaShare.Exchange;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Scenario.Tests.Simulation;

/// <summary>The log of a simulated node.</summary>
internal sealed class SimNodeLog(SimDatabase database, TimeProvider time) : INodeLog
{
    public Task<long> AppendAsync(IReadOnlyList<LogEvent> events, CancellationToken cancellationToken)
        => database.WriteAsync(time, async transaction =>
        {
            await transaction.LockHeadAsync(cancellationToken);
            long first = events.Select(transaction.Log).ToList()[0];
            await transaction.CommitAsync(cancellationToken);
            return first;
        }, cancellationToken);

    public Task<LogHead> GetHeadAsync(CancellationToken cancellationToken) => database.ReadAsync(tables => tables.Log.Head, cancellationToken);

    public Task<IReadOnlyDictionary<MerkleNode, Hash256>> GetNodesAsync(IReadOnlyCollection<MerkleNode> nodes, CancellationToken cancellationToken)
        => database.ReadAsync<IReadOnlyDictionary<MerkleNode, Hash256>>(tables => nodes.Distinct().ToDictionary(node => node, node => tables.Log.Nodes.TryGetValue(node, out var hash) ? hash
            : throw new ArgumentOutOfRangeException(nameof(nodes), node, "Not within the committed tree.")), cancellationToken);

    public Task<Hash256> GetRootAsync(long size, CancellationToken cancellationToken) => database.ReadAsync(tables => tables.Log.Root(size), cancellationToken);

    public Task<ReadOnlyMemory<byte>?> ReadTileAsync(int tileLevel, long index, int width, CancellationToken cancellationToken) => throw new NotSupportedException("Nobody reads tiles here.");

    public Task<ReadOnlyMemory<byte>?> ReadEntryBundleAsync(long index, int width, CancellationToken cancellationToken) => throw new NotSupportedException("Nobody reads bundles here.");

    public Task SaveCheckpointAsync(LogHead head, string note, CancellationToken cancellationToken)
        => database.WriteAsync(time, async transaction =>
        {
            await transaction.LockHeadAsync(cancellationToken);
            if (transaction.Tables.Log.Root(head.Size) != head.Root) throw new InvalidOperationException($"The root is not this log's at size {head.Size}: the checkpoint is not kept.");
            if (transaction.Tables.Checkpoints.Any(kept => kept.Head.Size >= head.Size)) return false;
            transaction.Write(tables => tables.Checkpoints.Add((head, note)));
            await transaction.CommitAsync(cancellationToken);
            return true;
        }, cancellationToken);

    public Task<(LogHead Head, string Note)?> GetCheckpointAsync(CancellationToken cancellationToken)
        => database.ReadAsync(tables => tables.Checkpoints.Count == 0 ? ((LogHead, string)?)null : tables.Checkpoints.MaxBy(kept => kept.Head.Size), cancellationToken);

    public async IAsyncEnumerable<LogEntry> ReadAsync(long fromIndex, long toIndexExclusive, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var entry in await database.ReadAsync(tables => tables.Log.Entries[(int)fromIndex..(int)toIndexExclusive], cancellationToken)) yield return entry;
    }
}
