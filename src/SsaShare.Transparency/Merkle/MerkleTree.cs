using System.Buffers;
using SsaShare.Signing;

namespace SsaShare.Transparency;

/// <summary>Roots of trees whose leaf hashes, or complete subtrees, are at hand.</summary>
public static class MerkleTree
{
    /// <summary>Root over leaf hashes, RFC 6962 section 2.1; linear in time.</summary>
    public static Hash256 Root(ReadOnlySpan<Hash256> leafHashes)
    {
        if (leafHashes.IsEmpty)
        {
            return MerkleHash.EmptyRoot;
        }

        Hash256[] rented = ArrayPool<Hash256>.Shared.Rent(leafHashes.Length);
        Span<Hash256> level = rented.AsSpan(0, leafHashes.Length);
        leafHashes.CopyTo(level);
        while (level.Length > 1)
        {
            // Pairing neighbours and carrying an odd last one up gives the same tree as splitting at powers of two.
            for (int pair = 0; pair < level.Length / 2; pair++)
            {
                level[pair] = MerkleHash.Node(level[2 * pair], level[2 * pair + 1]);
            }

            if (level.Length % 2 == 1)
            {
                level[level.Length / 2] = level[^1];
            }

            level = level[..((level.Length + 1) / 2)];
        }

        Hash256 root = level[0];
        ArrayPool<Hash256>.Shared.Return(rented);
        return root;
    }

    /// <summary>Root of a tree of <paramref name="size"/> leaves from its stored complete subtrees; reads at most 63 of them.</summary>
    /// <param name="size">Number of leaves, 0 or more.</param>
    /// <param name="nodes">Fetches a complete subtree's hash.</param>
    public static Hash256 Root(long size, MerkleNodeReader nodes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        return size == 0 ? MerkleHash.EmptyRoot : new MerkleRange(0, size).Hash(nodes);
    }

    /// <summary>Joins complete subtrees of falling size, the smallest first.</summary>
    internal static Hash256 FoldFromRight(ReadOnlySpan<Hash256> subtrees)
    {
        Hash256 hash = subtrees[^1];
        for (int i = subtrees.Length - 2; i >= 0; i--)
        {
            hash = MerkleHash.Node(subtrees[i], hash);
        }

        return hash;
    }
}
