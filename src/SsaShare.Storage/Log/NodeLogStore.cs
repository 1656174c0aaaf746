using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Storage;

/// <summary>The node's log. Entries of the exchange are appended by the transactions that make them true.</summary>
internal sealed class NodeLogStore(NodeDatabase database) : INodeLog
{
    private const string SaveCheckpointSql = "INSERT INTO log_checkpoint (size, root, note) SELECT $1, $2, $3 WHERE NOT EXISTS (SELECT FROM log_checkpoint WHERE size >= $1)";

    private readonly AppendQueue _appends = new(database);

    public Task<long> AppendAsync(IReadOnlyList<LogEvent> events, CancellationToken cancellationToken)
        => events.Count > 0 ? _appends.AppendAsync(events, cancellationToken) : throw new ArgumentException("There is nothing to append.", nameof(events));

    public async Task<LogHead> GetHeadAsync(CancellationToken cancellationToken) => LogEdge.ReadHead(await database.AskAsync<byte[]>("SELECT log_frontier FROM head", cancellationToken));

    public async Task<IReadOnlyDictionary<MerkleNode, Hash256>> GetNodesAsync(IReadOnlyCollection<MerkleNode> nodes, CancellationToken cancellationToken)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
        return await LogTiles.ReadNodesAsync(connection, nodes, cancellationToken);
    }

    public async Task<Hash256> GetRootAsync(long size, CancellationToken cancellationToken)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
        return await LogTiles.RootAsync(connection, size, cancellationToken);
    }

    public async Task<ReadOnlyMemory<byte>?> ReadTileAsync(int tileLevel, long index, int width, CancellationToken cancellationToken)
    {
        CheckTile(tileLevel, index, width);
        await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
        return OrNull(await LogTiles.ReadAsync(connection, tileLevel, index, width, cancellationToken));
    }

    public async Task<ReadOnlyMemory<byte>?> ReadEntryBundleAsync(long index, int width, CancellationToken cancellationToken)
    {
        CheckTile(0, index, width);
        await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
        return OrNull(await LogTiles.ReadEntriesAsync(connection, index, width, cancellationToken));
    }

    public async Task SaveCheckpointAsync(LogHead head, string note, CancellationToken cancellationToken)
        => await database.WriteAsync(async transaction =>
        {
            // The head's lock keeps the sizes growing when several checkpoints are signed at once.
            await transaction.LockHeadAsync(cancellationToken);
            var committed = transaction.CommittedLog;
            var root = committed.Size == head.Size ? committed.Root : await LogTiles.RootAsync(transaction.Connection, head.Size, cancellationToken);
            if (root != head.Root) throw new InvalidOperationException($"The root is not this log's at size {head.Size}: the checkpoint is not kept.");
            await using var command = new NpgsqlCommand(SaveCheckpointSql, transaction.Connection)
            {
                Parameters = { new() { Value = head.Size }, new() { Value = head.Root.ToArray() }, new() { Value = note } },
            };
            if (await command.ExecuteNonQueryAsync(cancellationToken) == 0) return false;
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
        await using var command = database.Source.CreateCommand($"SELECT {LogEntryReader.Columns} FROM log_entry WHERE index >= $1 AND index < $2 ORDER BY index");
        command.Parameters.Add(new() { Value = fromIndex });
        command.Parameters.Add(new() { Value = toIndexExclusive });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) yield return LogEntryReader.Read(reader);
    }

    /// <summary>A conversion by itself would make empty memory of null.</summary>
    private static ReadOnlyMemory<byte>? OrNull(byte[]? bytes) => bytes is null ? (ReadOnlyMemory<byte>?)null : bytes;

    private static void CheckTile(int level, long index, int width)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(level);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, TilePath.FullWidth);
    }
}
