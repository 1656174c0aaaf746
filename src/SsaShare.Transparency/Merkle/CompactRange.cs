using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.InteropServices;
using SsaShare.Signing;

namespace SsaShare.Transparency;

/// <summary>The right edge of a growing tree: at most 63 hashes, enough to append and to give the root.</summary>
/// <remarks>Owned by one thread at a time.</remarks>
public sealed class CompactRange
{
    private const int SizeBytes = sizeof(long);

    // Complete subtrees of falling size, one for each bit set in Size, the largest first.
    private readonly List<Hash256> _subtrees;

    private CompactRange(long size, List<Hash256> subtrees)
    {
        Size = size;
        _subtrees = subtrees;
    }

    /// <summary>The tree without leaves.</summary>
    public CompactRange()
        : this(0, [])
    {
    }

    /// <summary>Number of leaves appended.</summary>
    public long Size { get; private set; }

    /// <summary>The complete subtrees, left to right.</summary>
    public IReadOnlyList<Hash256> Subtrees => _subtrees;

    /// <summary>Root over the leaves so far.</summary>
    public Hash256 Root => Size == 0 ? MerkleHash.EmptyRoot : MerkleTree.FoldFromRight(CollectionsMarshal.AsSpan(_subtrees));

    /// <summary>Appends a leaf.</summary>
    /// <param name="leafHash">See <see cref="MerkleHash.Leaf"/>.</param>
    /// <param name="completed">Takes the leaf and every subtree that it completes, in that order: what a log stores.</param>
    /// <returns>The leaf's index.</returns>
    public long Append(Hash256 leafHash, ICollection<PlacedHash>? completed = null)
    {
        long index = Size;
        AppendSubtree(0, leafHash, completed);
        return index;
    }

    /// <summary>Appends the 2^<paramref name="level"/> leaves of a complete subtree of which only the hash is known.</summary>
    /// <param name="level">0 for a leaf; the size must be a multiple of 2^level.</param>
    /// <param name="hash">The subtree's.</param>
    /// <param name="completed">Takes it and every subtree that it completes, in that order.</param>
    /// <exception cref="ArgumentOutOfRangeException">No subtree of that level begins where this range ends.</exception>
    public void AppendSubtree(int level, Hash256 hash, ICollection<PlacedHash>? completed = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(level);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, 62);
        if ((Size & ((1L << level) - 1)) != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(level), level, $"No complete subtree of that level begins at {Size}.");
        }

        long size = checked(Size + (1L << level)), index = Size >> level;
        completed?.Add(new PlacedHash(new MerkleNode(level, index), hash));
        int joins = BitOperations.TrailingZeroCount(~index);
        for (int join = 1; join <= joins; join++)
        {
            hash = MerkleHash.Node(_subtrees[^1], hash);
            _subtrees.RemoveAt(_subtrees.Count - 1);
            completed?.Add(new PlacedHash(new MerkleNode(level + join, index >> join), hash));
        }

        _subtrees.Add(hash);
        Size = size;
    }

    /// <summary>An independent copy.</summary>
    public CompactRange Clone() => new(Size, [.. _subtrees]);

    /// <summary>The state in bytes: the size, 8 bytes big-endian, then the subtrees of 32 bytes.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[SizeBytes + _subtrees.Count * Hash256.Size];
        BinaryPrimitives.WriteInt64BigEndian(bytes, Size);
        for (int i = 0; i < _subtrees.Count; i++)
        {
            _subtrees[i].CopyTo(bytes.AsSpan(SizeBytes + i * Hash256.Size));
        }

        return bytes;
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote; false for anything of another length or sign.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out CompactRange? range)
    {
        range = null;
        long size = bytes.Length >= SizeBytes ? BinaryPrimitives.ReadInt64BigEndian(bytes) : -1;
        if (size < 0 || bytes.Length != SizeBytes + BitOperations.PopCount((ulong)size) * Hash256.Size)
        {
            return false;
        }

        var subtrees = new List<Hash256>(MemoryMarshal.Cast<byte, Hash256>(bytes[SizeBytes..]).ToArray());
        range = new CompactRange(size, subtrees);
        return true;
    }

    /// <summary>The right edge of a stored tree.</summary>
    /// <param name="size">Number of leaves, 0 or more.</param>
    /// <param name="nodes">Fetches a complete subtree's hash.</param>
    public static CompactRange Load(long size, MerkleNodeReader nodes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        return new CompactRange(size, [.. new MerkleRange(0, size).CompleteSubtrees().Select(node => nodes(node))]);
    }
}
