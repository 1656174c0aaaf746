using SsaShare.Signing;

namespace SsaShare.Transparency;

/// <summary>Proof that a tree, or a subtree, is part of a larger tree of the same log.</summary>
/// <remarks>RFC 9162 section 2.1.4, and its generalisation to subtrees, draft-ietf-plants-merkle-tree-certs section 4.4.</remarks>
public static class ConsistencyProof
{
    /// <summary>The proof's subtrees in order. Storage reads <see cref="MerkleRange.CompleteSubtrees"/> of all of them at once.</summary>
    /// <param name="oldSize">Leaves of the older tree, 1 or more.</param>
    /// <param name="newSize">Leaves of the newer tree, not fewer.</param>
    public static IReadOnlyList<MerkleRange> Ranges(long oldSize, long newSize) => Ranges(new MerkleRange(0, oldSize), newSize);

    /// <summary>The proof's subtrees in order.</summary>
    /// <param name="subtree">The subtree that is shown to be part of the tree.</param>
    /// <param name="treeSize">Leaves of the tree, not fewer than the subtree's end.</param>
    public static IReadOnlyList<MerkleRange> Ranges(MerkleRange subtree, long treeSize)
    {
        if (!subtree.IsSubtree || subtree.End > treeSize)
        {
            throw new ArgumentException($"Leaves {subtree.Start} to {subtree.End} are not a subtree of {treeSize} leaves.", nameof(subtree));
        }

        var ranges = new List<MerkleRange>();
        MerkleRange sought = subtree, here = new(0, treeSize);
        bool isKnownToVerifier = true;
        while (sought != here)
        {
            long middle = here.Start + MerkleRange.Split(here.Length);
            var left = here with { End = middle };
            var right = here with { Start = middle };
            if (sought.End <= middle)
            {
                ranges.Add(right);
                here = left;
            }
            else
            {
                ranges.Add(left);
                here = right;
                if (sought.Start < middle)
                {
                    sought = sought with { Start = middle };
                    isKnownToVerifier = false;
                }
            }
        }

        if (!isKnownToVerifier)
        {
            ranges.Add(sought);
        }

        ranges.Reverse();
        return ranges;
    }

    /// <summary>Makes the proof from the newer tree's stored complete subtrees.</summary>
    public static Hash256[] Create(long oldSize, long newSize, MerkleNodeReader nodes)
        => Create(new MerkleRange(0, oldSize), newSize, nodes);

    /// <summary>Makes the proof from the tree's stored complete subtrees.</summary>
    public static Hash256[] Create(MerkleRange subtree, long treeSize, MerkleNodeReader nodes)
        => [.. Ranges(subtree, treeSize).Select(range => range.Hash(nodes))];

    /// <summary>Whether the newer tree begins with the older one. Any input gives an answer; an old size of 0 gives "no", because it shows nothing.</summary>
    public static bool Verify(long oldSize, long newSize, Hash256 oldRoot, Hash256 newRoot, ReadOnlySpan<Hash256> proof)
        => oldSize > 0 && Verify(new MerkleRange(0, oldSize), newSize, oldRoot, newRoot, proof);

    /// <summary>Whether the subtree with this hash is part of the tree with this root. Any input gives an answer.</summary>
    /// <remarks>A subtree without leaves is part of every tree, whatever the root: its hash is <see cref="MerkleHash.EmptyRoot"/> and its proof empty.</remarks>
    public static bool Verify(MerkleRange subtree, long treeSize, Hash256 subtreeHash, Hash256 root, ReadOnlySpan<Hash256> proof)
    {
        if (subtree.Start >= 0 && subtree.Start == subtree.End && subtree.End <= treeSize)
        {
            return proof.IsEmpty && subtreeHash == MerkleHash.EmptyRoot;
        }

        if (!subtree.IsSubtree || subtree.End > treeSize)
        {
            return false;
        }

        // first, last: the subtree's ends; end: the tree's last leaf. All climb together from the leaves to the top.
        long first = subtree.Start, last = subtree.End - 1, end = treeSize - 1;
        while (first != last && (last == end || (last & 1) == 1))
        {
            (first, last, end) = (first >> 1, last >> 1, end >> 1);
        }

        if (first != last && proof.IsEmpty)
        {
            return false;
        }

        Hash256 asSubtree = first == last ? subtreeHash : proof[0];
        Hash256 asTree = asSubtree;
        foreach (Hash256 sibling in first == last ? proof : proof[1..])
        {
            if (end == 0)
            {
                return false;
            }

            if ((last & 1) == 1 || last == end)
            {
                asSubtree = first < last ? MerkleHash.Node(sibling, asSubtree) : asSubtree;
                asTree = MerkleHash.Node(sibling, asTree);
                while ((last & 1) == 0)
                {
                    (first, last, end) = (first >> 1, last >> 1, end >> 1);
                }
            }
            else
            {
                asTree = MerkleHash.Node(asTree, sibling);
            }

            (first, last, end) = (first >> 1, last >> 1, end >> 1);
        }

        return end == 0 && asSubtree == subtreeHash && asTree == root;
    }
}
