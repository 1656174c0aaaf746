using System.Runtime.InteropServices;
using SsaShare.Signing;

namespace SsaShare.Transparency;

/// <summary>The tiles of a tree of one size. Nothing that is read here is verified: proofs made of it must be.</summary>
/// <param name="source">Where the tiles are.</param>
/// <param name="size">Leaves of the tree, of a signed checkpoint.</param>
public sealed class TiledTree(ITileSource source, long size)
{
    private const int TileHeight = 8;

    public long Size { get; } = size;

    /// <summary>Hashes of a level in the whole tree, each over 256^level leaves.</summary>
    public static long HashesAt(int tileLevel, long size) => tileLevel <= TilePath.MaxLevel ? size >> (tileLevel * TileHeight) : 0;

    /// <summary>The tile or bundle at a place, as wide as it is in this tree.</summary>
    /// <param name="tileLevel">0 to 7; null for a bundle.</param>
    /// <param name="index">From 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is none in this tree.</exception>
    public TileAddress AddressOf(int? tileLevel, long index)
    {
        long rest = HashesAt(tileLevel ?? 0, Size) - index * TilePath.FullWidth;
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfLessThan(rest, 1, nameof(index));
        return new TileAddress(tileLevel, index, (int)long.Min(rest, TilePath.FullWidth));
    }

    /// <summary>Reads a tile of hashes.</summary>
    /// <exception cref="TileException">It is missing or not of its length.</exception>
    public async Task<Hash256[]> ReadTileAsync(int tileLevel, long index, CancellationToken cancellationToken)
    {
        TileAddress address = AddressOf(tileLevel, index);
        (byte[] bytes, TileAddress found) = await ReadAsync(address, TilePath.FullWidth * Hash256.Size, cancellationToken).ConfigureAwait(false);
        return bytes.Length == found.Width * Hash256.Size
            ? MemoryMarshal.Cast<byte, Hash256>(bytes)[..address.Width].ToArray()
            : throw new TileException(found.ToString(), $"has {bytes.Length} bytes; {found.Width} hashes are {found.Width * Hash256.Size}.");
    }

    /// <summary>Reads the entries under a tile of level 0.</summary>
    /// <exception cref="TileException">The bundle is missing or malformed.</exception>
    public async Task<IReadOnlyList<ReadOnlyMemory<byte>>> ReadEntriesAsync(long index, CancellationToken cancellationToken)
    {
        TileAddress address = AddressOf(tileLevel: null, index);
        (byte[] bytes, TileAddress found) = await ReadAsync(address, EntryBundle.BytesMax, cancellationToken).ConfigureAwait(false);
        return EntryBundle.TryRead(bytes, found.Width, out IReadOnlyList<ReadOnlyMemory<byte>>? entries)
            ? [.. entries.Take(address.Width)]
            : throw new TileException(found.ToString(), $"is not a bundle of exactly {found.Width} entries with their lengths.");
    }

    /// <summary>Reads the tiles that hold these complete subtrees.</summary>
    /// <exception cref="TileException">One is missing or malformed.</exception>
    public async Task<MerkleNodeReader> LoadAsync(IEnumerable<MerkleNode> nodes, CancellationToken cancellationToken)
    {
        var tiles = new Dictionary<(int Level, long Index), Hash256[]>();
        foreach ((int Level, long Index) place in nodes.Select(TileOf).Distinct())
        {
            tiles[place] = await ReadTileAsync(place.Level, place.Index, cancellationToken).ConfigureAwait(false);
        }

        return node => MerkleTree.Root(tiles[TileOf(node)].AsSpan((int)(FirstHash(node) % TilePath.FullWidth), 1 << (node.Level % TileHeight)));
    }

    private static (int Level, long Index) TileOf(MerkleNode node) => (node.Level / TileHeight, FirstHash(node) / TilePath.FullWidth);

    /// <summary>The first of the level's hashes that the subtree is made of.</summary>
    private static long FirstHash(MerkleNode node) => node.Index << (node.Level % TileHeight);

    /// <summary>A partial tile may have been removed once the full one is there (C2SP tlog-tiles, "Partial Tiles").</summary>
    private async Task<(byte[] Bytes, TileAddress Found)> ReadAsync(TileAddress address, int bytesMax, CancellationToken cancellationToken)
    {
        byte[]? bytes = await source.ReadAsync(address.ToString(), bytesMax, cancellationToken).ConfigureAwait(false);
        if (bytes is null && !address.IsFull)
        {
            TileAddress full = address with { Width = TilePath.FullWidth };
            byte[]? instead = await source.ReadAsync(full.ToString(), bytesMax, cancellationToken).ConfigureAwait(false);
            (bytes, address) = instead is null ? (bytes, address) : (instead, full);
        }

        return bytes is null
            ? throw new TileException(address.ToString(), "is not there: the log does not show all that it has signed.")
            : (bytes, address);
    }
}
