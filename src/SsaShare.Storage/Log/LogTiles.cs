using System.Runtime.InteropServices;
using Npgsql;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Storage;

/// <summary>
/// Reads the tree. Full tiles are stored; the one at the right edge of each level is put together from what lies under it: entries at
/// level 0, roots of full tiles above. So nothing of the tree is ever rewritten, and what is read is what is committed.
/// </summary>
internal static class LogTiles
{
    /// <summary>Levels of tiles, and levels of the tree in one.</summary>
    private const int LevelsMax = 8, Height = 8;

    private const int Width = TilePath.FullWidth;

    /// <summary>What one round trip asks for: at most 512 KB.</summary>
    private const int TilesAtOnce = 64;

    private const string Beyond = "Not a complete subtree of the committed tree.";

    private const string LeavesSql = """
        SELECT coalesce(
            (SELECT substring(hashes FROM 32 * $2 + 1 FOR 32 * $3) FROM log_tile WHERE level = 0 AND index = $1),
            (SELECT string_agg(sha256('\x00' || commitment), '' ORDER BY index) FROM log_entry WHERE index >= 256 * $1 + $2 AND index < 256 * $1 + $2 + $3))
        """;

    private const string RootsSql = """
        SELECT coalesce(
            (SELECT substring(hashes FROM 32 * $2 + 1 FOR 32 * $3) FROM log_tile WHERE level = $4 AND index = $1),
            (SELECT string_agg(root, '' ORDER BY index) FROM log_tile WHERE level = $4 - 1 AND index >= 256 * $1 + $2 AND index < 256 * $1 + $2 + $3))
        """;

    private const string EntriesSql = "SELECT string_agg('\\x0020' || commitment, '' ORDER BY index) FROM log_entry WHERE index >= 256 * $1 AND index < 256 * $1 + $2";

    /// <summary>The first hashes of a tile; null when the committed tree has not that many.</summary>
    public static async Task<byte[]?> ReadAsync(NpgsqlConnection connection, int level, long index, int width, CancellationToken cancellationToken)
        => IsPossible(level, index) ? (await ReadAsync(connection, [new Wanted(level, index, 0, width)], cancellationToken))[0] : null;

    /// <summary>The first entries of a bundle; null when the committed log has not that many.</summary>
    public static async Task<byte[]?> ReadEntriesAsync(NpgsqlConnection connection, long index, int width, CancellationToken cancellationToken)
    {
        if (!IsPossible(0, index)) return null;
        await using var command = new NpgsqlCommand(EntriesSql, connection) { Parameters = { new() { Value = index }, new() { Value = width } } };
        return await command.ExecuteScalarAsync(cancellationToken) is byte[] bundle && bundle.Length == width * (sizeof(ushort) + Hash256.Size) ? bundle : null;
    }

    /// <summary>Hashes of complete subtrees; those of one tile are read together.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is not within the committed tree.</exception>
    public static async Task<IReadOnlyDictionary<MerkleNode, Hash256>> ReadNodesAsync(NpgsqlConnection connection, IReadOnlyCollection<MerkleNode> nodes, CancellationToken cancellationToken)
    {
        var places = nodes.Distinct().ToDictionary(node => node, node => Place.Of(node) ?? throw new ArgumentOutOfRangeException(nameof(nodes), node, Beyond));
        var hashes = new Dictionary<MerkleNode, Hash256>(places.Count);
        foreach (var tiles in places.GroupBy(pair => (pair.Value.Level, pair.Value.Tile)).Chunk(TilesAtOnce))
        {
            Wanted[] wanted = [.. tiles.Select(tile => new Wanted(tile.Key.Level, tile.Key.Tile, tile.Min(pair => pair.Value.Start), tile.Max(pair => pair.Value.End)))];
            byte[]?[] read = await ReadAsync(connection, wanted, cancellationToken);
            for (int i = 0; i < read.Length; i++)
                foreach (var (node, place) in tiles[i])
                {
                    if (read[i] is not { } tile) throw new ArgumentOutOfRangeException(nameof(nodes), node, Beyond);
                    hashes[node] = MerkleTree.Root(MemoryMarshal.Cast<byte, Hash256>(tile)[(place.Start - wanted[i].Start)..(place.End - wanted[i].Start)]);
                }
        }
        return hashes;
    }

    /// <summary>Root of the tree of the first entries.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The committed tree is smaller.</exception>
    public static async Task<Hash256> RootAsync(NpgsqlConnection connection, long size, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        var hashes = await ReadNodesAsync(connection, [.. new MerkleRange(0, size).CompleteSubtrees()], cancellationToken);
        return MerkleTree.Root(size, node => hashes[node]);
    }

    private static async Task<byte[]?[]> ReadAsync(NpgsqlConnection connection, IReadOnlyList<Wanted> tiles, CancellationToken cancellationToken)
    {
        if (tiles.Count == 0) return [];
        await using var batch = new NpgsqlBatch(connection);
        foreach (var tile in tiles)
        {
            var command = new NpgsqlBatchCommand(tile.Level == 0 ? LeavesSql : RootsSql) { Parameters = { new() { Value = tile.Index }, new() { Value = tile.Start }, new() { Value = tile.Length } } };
            if (tile.Level > 0) command.Parameters.Add(new() { Value = tile.Level });
            batch.BatchCommands.Add(command);
        }
        var read = new byte[]?[tiles.Count];
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        for (int i = 0; i < read.Length; i++)
        {
            await reader.ReadAsync(cancellationToken);
            byte[]? hashes = reader.IsDBNull(0) ? null : reader.GetFieldValue<byte[]>(0);
            read[i] = hashes?.Length == tiles[i].Length * Hash256.Size ? hashes : null;
            await reader.NextResultAsync(cancellationToken);
        }
        return read;
    }

    private static bool IsPossible(int level, long index) => level is >= 0 and < LevelsMax && index is >= 0 and < long.MaxValue / Width;

    /// <summary>Some hashes of a tile.</summary>
    private readonly record struct Wanted(int Level, long Index, int Start, int End)
    {
        public int Length => End - Start;
    }

    /// <summary>Which hashes of which tile a subtree's hash is computed from.</summary>
    private readonly record struct Place(int Level, long Tile, int Start, int End)
    {
        public static Place? Of(MerkleNode node)
        {
            if (node.Level is < 0 or >= LevelsMax * Height || node.Index < 0 || node.Index > long.MaxValue >> node.Level) return null;
            int hashes = 1 << (node.Level % Height);
            long first = node.Index * hashes;
            int start = (int)(first % Width);
            return new Place(node.Level / Height, first / Width, start, start + hashes);
        }
    }
}
