using SsaShare.Signing;

namespace SsaShare.Transparency;

/// <summary>Proof that a leaf stands at an index of a tree, RFC 9162 section 2.1.3.</summary>
public static class InclusionProof
{
    /// <summary>The proof's subtrees, nearest the leaf first. Storage reads <see cref="MerkleRange.CompleteSubtrees"/> of all of them at once.</summary>
    /// <param name="leafIndex">From 0, below <paramref name="treeSize"/>.</param>
    /// <param name="treeSize">Number of leaves.</param>
    public static IReadOnlyList<MerkleRange> Ranges(long leafIndex, long treeSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(leafIndex);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(leafIndex, treeSize);
        var ranges = new List<MerkleRange>();
        long start = 0, end = treeSize;
        while (end - start > 1)
        {
            long middle = start + MerkleRange.Split(end - start);
            bool isLeft = leafIndex < middle;
            ranges.Add(isLeft ? new MerkleRange(middle, end) : new MerkleRange(start, middle));
            (start, end) = isLeft ? (start, middle) : (middle, end);
        }

        ranges.Reverse();
        return ranges;
    }

    /// <summary>Makes the proof from stored complete subtrees.</summary>
    /// <param name="leafIndex">From 0, below <paramref name="treeSize"/>.</param>
    /// <param name="treeSize">Number of leaves.</param>
    /// <param name="nodes">Fetches a complete subtree's hash.</param>
    public static Hash256[] Create(long leafIndex, long treeSize, MerkleNodeReader nodes)
        => [.. Ranges(leafIndex, treeSize).Select(range => range.Hash(nodes))];

    /// <summary>Computes the root that the proof leads to; false when no tree has such a proof.</summary>
    public static bool TryComputeRoot(long leafIndex, long treeSize, Hash256 leafHash, ReadOnlySpan<Hash256> proof, out Hash256 root)
    {
        root = leafHash;
        if (leafIndex < 0 || leafIndex >= treeSize)
        {
            return false;
        }

        long node = leafIndex, last = treeSize - 1;
        foreach (Hash256 sibling in proof)
        {
            if (last == 0)
            {
                return false;
            }

            if ((node & 1) == 1 || node == last)
            {
                root = MerkleHash.Node(sibling, root);
                while ((node & 1) == 0 && node != 0)
                {
                    node >>= 1;
                    last >>= 1;
                }
            }
            else
            {
                root = MerkleHash.Node(root, sibling);
            }

            node >>= 1;
            last >>= 1;
        }

        return last == 0;
    }

    /// <summary>Whether the proof shows the leaf under the root. Any input gives an answer.</summary>
    public static bool Verify(long leafIndex, long treeSize, Hash256 leafHash, ReadOnlySpan<Hash256> proof, Hash256 root)
        => TryComputeRoot(leafIndex, treeSize, leafHash, proof, out Hash256 computed) && computed == root;

    /// <summary>Whether the proof shows the leaf under the hash of a subtree; the index counts in the whole tree.</summary>
    public static bool Verify(long leafIndex, MerkleRange subtree, Hash256 leafHash, ReadOnlySpan<Hash256> proof, Hash256 subtreeHash)
        => subtree.IsSubtree && leafIndex >= subtree.Start
            && Verify(leafIndex - subtree.Start, subtree.Length, leafHash, proof, subtreeHash);
}
