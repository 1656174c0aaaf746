using SsaShare.Signing;

namespace SsaShare.Transparency;

/// <summary>Shows some leaves of a tree under its root, and of the others no more than that they are there.</summary>
/// <remarks>
/// The hashes are those of the largest subtrees that hold no released leaf, left to right: one list for one set of indices. A
/// holder can leave leaves out of what it passes on (<see cref="TryNarrow"/>) and its receiver still checks against the same root.
/// </remarks>
public sealed class SubsetProof
{
    private readonly Hash256[] _hashes;

    /// <param name="treeSize">Leaves of the whole tree, 0 or more.</param>
    /// <param name="hashes">The subtree hashes in order.</param>
    public SubsetProof(long treeSize, IEnumerable<Hash256> hashes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(treeSize);
        TreeSize = treeSize;
        _hashes = [.. hashes];
    }

    /// <summary>Leaves of the whole tree.</summary>
    public long TreeSize { get; }

    /// <summary>The hashes of the largest subtrees without a released leaf, left to right.</summary>
    public IReadOnlyList<Hash256> Hashes => _hashes;

    /// <summary>Makes the proof from all leaf hashes; linear in their number.</summary>
    /// <param name="leafHashes">All leaves.</param>
    /// <param name="released">Indices of the leaves that the receiver gets, rising, each once.</param>
    /// <exception cref="ArgumentException">The indices do not rise, or one is not in the tree.</exception>
    public static SubsetProof Create(ReadOnlySpan<Hash256> leafHashes, ReadOnlySpan<int> released)
    {
        var hashes = new List<Hash256>();
        for (int i = 0; i < released.Length; i++)
        {
            if (released[i] < 0 || released[i] >= leafHashes.Length || (i > 0 && released[i] <= released[i - 1]))
            {
                throw new ArgumentException($"The index {released[i]} does not rise within {leafHashes.Length} leaves.", nameof(released));
            }
        }

        if (!leafHashes.IsEmpty)
        {
            Collect(leafHashes, start: 0, released, hashes);
        }

        return new SubsetProof(leafHashes.Length, hashes);
    }

    /// <summary>Computes the root from the released leaves; false when leaves and proof do not fit each other.</summary>
    /// <param name="released">The released leaves, indices rising, each once.</param>
    /// <param name="root">The root to compare with a signed one.</param>
    public bool TryComputeRoot(ReadOnlySpan<LeafAt> released, out Hash256 root)
        => SubsetWalk.TryRun(this, released, keep: [], kept: null, out root);

    /// <summary>Whether the released leaves and this proof lead to <paramref name="root"/>. Any input gives an answer.</summary>
    public bool Verify(ReadOnlySpan<LeafAt> released, Hash256 root) => TryComputeRoot(released, out Hash256 computed) && computed == root;

    /// <summary>Makes, without the other leaves, the proof for fewer leaves under the same root.</summary>
    /// <param name="held">The leaves that this proof releases, indices rising, each once.</param>
    /// <param name="keep">Indices of the leaves to pass on: some of the held ones, rising, each once.</param>
    /// <param name="narrowed">Equal to the proof that the originator would have made for these indices.</param>
    /// <returns>False when the held leaves and this proof do not fit each other, or an index to keep is not held.</returns>
    public bool TryNarrow(ReadOnlySpan<LeafAt> held, ReadOnlySpan<long> keep, out SubsetProof? narrowed)
    {
        var hashes = new List<Hash256>();
        bool done = SubsetWalk.TryRun(this, held, keep, hashes, out _);
        narrowed = done ? new SubsetProof(TreeSize, hashes) : null;
        return done;
    }

    private static void Collect(ReadOnlySpan<Hash256> leaves, int start, ReadOnlySpan<int> released, List<Hash256> hashes)
    {
        if (released.IsEmpty)
        {
            hashes.Add(MerkleTree.Root(leaves));
        }
        else if (leaves.Length > 1)
        {
            int split = (int)MerkleRange.Split(leaves.Length);
            int toLeft = released.BinarySearch(start + split) is var found && found < 0 ? ~found : found;
            Collect(leaves[..split], start, released[..toLeft], hashes);
            Collect(leaves[split..], start + split, released[toLeft..], hashes);
        }
    }
}
