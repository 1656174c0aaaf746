using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Storage;

/// <summary>The node's log. Entries of the exchange are appended by the transactions that make them true.</summary>
internal sealed class NodeLogStore(NodeDatabase database) : INodeLog
{
    public async Task<long> AppendAsync(IReadOnlyList<LogEvent> events, CancellationToken cancellationToken)
    {
        if (events.Count == 0) throw new ArgumentException("There is nothing to append.", nameof(events));
        return await database.WriteAsync(async transaction =>
        {
            await transaction.LockHeadAsync(cancellationToken);
            long first = transaction.Log(events[0]);
            foreach (var logEvent in events.Skip(1)) transaction.Log(logEvent);
            await transaction.CommitAsync(cancellationToken);
            return first;
        }, cancellationToken);
    }

    public async Task<LogHead> GetHeadAsync(CancellationToken cancellationToken)
    {
        await using var db = database.Read();
        return ToHead(await db.Set<HeadRow>().SingleAsync(cancellationToken));
    }

    public async Task<IReadOnlyDictionary<MerkleNode, Hash256>> GetNodesAsync(IReadOnlyCollection<MerkleNode> nodes, CancellationToken cancellationToken)
    {
        await using var db = database.Read();
        return await GetNodesAsync(db, nodes, cancellationToken);
    }

    public async Task SaveCheckpointAsync(LogHead head, string note, CancellationToken cancellationToken)
        => await database.WriteAsync(async transaction =>
        {
            // The head's lock keeps the sizes growing when several checkpoints are signed at once.
            await transaction.LockHeadAsync(cancellationToken);
            if (await RootAtAsync(transaction.Db, head.Size, cancellationToken) != head.Root)
                throw new InvalidOperationException($"The root is not this log's at size {head.Size}: the checkpoint is not kept.");
            if (await transaction.Db.Set<LogCheckpointRow>().AnyAsync(row => row.Size >= head.Size, cancellationToken)) return false;
            transaction.Db.Add(new LogCheckpointRow { Size = head.Size, Root = head.Root.ToArray(), Note = note });
            await transaction.CommitAsync(cancellationToken);
            return true;
        }, cancellationToken);

    public async Task<(LogHead Head, string Note)?> GetCheckpointAsync(CancellationToken cancellationToken)
    {
        await using var db = database.Read();
        var row = await db.Set<LogCheckpointRow>().OrderByDescending(checkpoint => checkpoint.Size).FirstOrDefaultAsync(cancellationToken);
        return row is null ? null : (new LogHead(row.Size, new Hash256(row.Root)), row.Note);
    }

    public async IAsyncEnumerable<LogEntry> ReadAsync(long fromIndex, long toIndexExclusive, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var db = database.Read();
        var rows = db.Set<LogEntryRow>().Where(row => row.Index >= fromIndex && row.Index < toIndexExclusive).OrderBy(row => row.Index).AsAsyncEnumerable();
        await foreach (var row in rows.WithCancellation(cancellationToken))
            yield return new LogEntry(row.Index, new LogEvent(row.Kind, row.Body), row.Salt, new Epoch(row.TimeNs));
    }

    private static async Task<IReadOnlyDictionary<MerkleNode, Hash256>> GetNodesAsync(NodeDbContext db, IReadOnlyCollection<MerkleNode> nodes, CancellationToken cancellationToken)
    {
        short[] levels = [.. nodes.Select(node => (short)node.Level)];
        long[] indices = [.. nodes.Select(node => node.Index)];
        var rows = await db.Set<LogNodeRow>()
            .FromSql($"SELECT n.level, n.index, n.hash FROM log_node n JOIN unnest({levels}, {indices}) AS wanted(level, index) ON (n.level, n.index) = (wanted.level, wanted.index)")
            .AsNoTracking().ToListAsync(cancellationToken);
        var hashes = new Dictionary<MerkleNode, Hash256>(rows.Count);
        foreach (var row in rows) hashes[new MerkleNode(row.Level, row.Index)] = new Hash256(row.Hash);
        foreach (var node in nodes)
            if (!hashes.ContainsKey(node)) throw new ArgumentOutOfRangeException(nameof(nodes), node, "Not a complete subtree of the committed tree.");
        return hashes;
    }

    private static async Task<Hash256> RootAtAsync(NodeDbContext db, long size, CancellationToken cancellationToken)
    {
        var hashes = await GetNodesAsync(db, [.. new MerkleRange(0, size).CompleteSubtrees()], cancellationToken);
        return MerkleTree.Root(size, node => hashes[node]);
    }

    private static LogHead ToHead(HeadRow row)
        => CompactRange.TryRead(row.LogFrontier, out var log) ? new LogHead(log.Size, log.Root) : throw new InvalidDataException("The head's log frontier is not one.");
}
