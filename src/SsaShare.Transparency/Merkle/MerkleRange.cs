using System.Numerics;
using SsaShare.Signing;

namespace SsaShare.Transparency;

/// <summary>The leaves from <see cref="Start"/> up to, not including, <see cref="End"/>, where these form a subtree.</summary>
/// <remarks>
/// A range is a subtree when its start is a multiple of the smallest power of two that holds it (draft-ietf-plants-merkle-tree-certs
/// section 4). Every hash of an inclusion or consistency proof belongs to such a range.
/// </remarks>
public readonly record struct MerkleRange(long Start, long End)
{
    public long Length => End - Start;

    /// <summary>Whether the range is a subtree of some tree: not empty, and aligned.</summary>
    public bool IsSubtree
        => Start >= 0 && Start < End && (Start & ((long)BitOperations.RoundUpToPowerOf2((ulong)Length) - 1)) == 0;

    /// <summary>The complete subtrees that the range consists of, left to right, largest first.</summary>
    public IEnumerable<MerkleNode> CompleteSubtrees()
    {
        long start = Start;
        while (start < End)
        {
            int level = BitOperations.Log2((ulong)(End - start));
            yield return new MerkleNode(level, start >> level);
            start += 1L << level;
        }
    }

    /// <summary>The range's hash from those of its complete subtrees.</summary>
    /// <exception cref="InvalidOperationException">The range is not a subtree.</exception>
    public Hash256 Hash(MerkleNodeReader nodes)
    {
        if (!IsSubtree)
        {
            throw new InvalidOperationException($"Leaves {Start} to {End} are not a subtree.");
        }

        return MerkleTree.FoldFromRight([.. CompleteSubtrees().Select(node => nodes(node))]);
    }

    /// <summary>Where RFC 6962 splits <paramref name="leaves"/> (at least 2): the largest power of two below it.</summary>
    internal static long Split(long leaves) => 1L << BitOperations.Log2((ulong)(leaves - 1));
}
