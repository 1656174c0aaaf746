using System.Runtime.InteropServices;
using Npgsql;
using NpgsqlTypes;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Storage;

/// <summary>Writes each tile once, when its last hash is known. What of it was written before is read back then: once in 256 entries.</summary>
/// <param name="size">Entries of the tree before.</param>
internal sealed class LogTileWriter(long size)
{
    private const int Width = TilePath.FullWidth, Height = 8, Levels = 8;

    /// <summary>By level of tiles: its hashes since the last time, in order. Those above level 0 are roots of tiles.</summary>
    private readonly List<Hash256>[] _hashes = [.. Enumerable.Range(0, Levels).Select(_ => new List<Hash256>())];

    private long _written = size, _size = size;

    /// <param name="completed">A leaf and the subtrees that it completes, as <see cref="CompactRange.Append"/> gives them.</param>
    public void Add(IReadOnlyList<PlacedHash> completed)
    {
        for (int level = 0; level < completed.Count; level += Height) _hashes[level / Height].Add(completed[level].Hash);
        _size++;
    }

    /// <summary>Writes the tiles that became full since the last time.</summary>
    public async Task WriteAsync(NpgsqlBatch batch, CancellationToken cancellationToken)
    {
        var tiles = new List<LogTileRow>();
        // Where a level has no new tile, those above it have none either.
        for (int level = 0; level + 1 < Levels && _hashes[level + 1].Count > 0; level++)
        {
            long first = _written >> (Height * (level + 1));
            List<Hash256> hashes = [.. await ReadEdgeAsync(batch.Connection!, level, first, cancellationToken), .. _hashes[level]];
            tiles.AddRange(_hashes[level + 1].Select((root, tile) => new LogTileRow
            {
                Level = (short)level,
                Index = first + tile,
                Hashes = MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(hashes).Slice(tile * Width, Width)).ToArray(),
                Root = root.ToArray(),
            }));
        }
        foreach (var hashes in _hashes) hashes.Clear();
        _written = _size;
        if (tiles.Count > 0) batch.BatchCommands.Add(Insert(tiles));
    }

    /// <summary>The hashes of a tile that was not full yet.</summary>
    private async Task<Hash256[]> ReadEdgeAsync(NpgsqlConnection connection, int level, long tile, CancellationToken cancellationToken)
    {
        int width = (int)((_written >> (Height * level)) % Width);
        if (width == 0) return [];
        byte[] edge = await LogTiles.ReadAsync(connection, level, tile, width, cancellationToken) ?? throw new InvalidDataException($"The log's tree has {_written} entries, and tile {tile} of level {level} lacks some of {width} hashes.");
        return MemoryMarshal.Cast<byte, Hash256>(edge).ToArray();
    }

    private static NpgsqlBatchCommand Insert(IReadOnlyList<LogTileRow> tiles)
    {
        var command = new NpgsqlBatchCommand("INSERT INTO log_tile (level, index, hashes, root) SELECT * FROM unnest($1, $2, $3, $4)");
        Add(NpgsqlDbType.Smallint, tile => tile.Level);
        Add(NpgsqlDbType.Bigint, tile => tile.Index);
        Add(NpgsqlDbType.Bytea, tile => tile.Hashes);
        Add(NpgsqlDbType.Bytea, tile => tile.Root);
        return command;

        void Add<T>(NpgsqlDbType type, Func<LogTileRow, T> column)
            => command.Parameters.Add(new NpgsqlParameter<T[]> { TypedValue = [.. tiles.Select(column)], NpgsqlDbType = NpgsqlDbType.Array | type });
    }
}
