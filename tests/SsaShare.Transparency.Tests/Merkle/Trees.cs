using System.Globalization;
using System.Text;
using SsaShare.Signing;

namespace SsaShare.Transparency.Tests.Merkle;

/// <summary>Leaves for tests, and RFC 6962 section 2.1 written down as it stands there: the reference for the faster code.</summary>
internal static class Trees
{
    public static Hash256[] Leaves(int count)
        => [.. Enumerable.Range(0, count).Select(i => MerkleHash.Leaf(Encoding.ASCII.GetBytes(i.ToString(CultureInfo.InvariantCulture))))];

    public static Hash256 ReferenceRoot(ReadOnlySpan<Hash256> leaves)
    {
        if (leaves.Length < 2)
        {
            return leaves.IsEmpty ? Hash256.Of([]) : leaves[0];
        }

        int split = 1;
        while (split * 2 < leaves.Length)
        {
            split *= 2;
        }

        return Hash256.Of([0x01, .. ReferenceRoot(leaves[..split]).ToArray(), .. ReferenceRoot(leaves[split..]).ToArray()]);
    }

    /// <summary>RFC 9162 section 2.1.3.1.</summary>
    public static List<Hash256> ReferencePath(int index, ReadOnlySpan<Hash256> leaves)
    {
        if (leaves.Length == 1)
        {
            return [];
        }

        int split = 1;
        while (split * 2 < leaves.Length)
        {
            split *= 2;
        }

        return index < split
            ? [.. ReferencePath(index, leaves[..split]), ReferenceRoot(leaves[split..])]
            : [.. ReferencePath(index - split, leaves[split..]), ReferenceRoot(leaves[..split])];
    }

    /// <summary>RFC 9162 section 2.1.4.1; <paramref name="isWhole"/> is its "b".</summary>
    public static List<Hash256> ReferenceConsistency(int oldSize, ReadOnlySpan<Hash256> leaves, bool isWhole = true)
    {
        if (oldSize == leaves.Length)
        {
            return isWhole ? [] : [ReferenceRoot(leaves)];
        }

        int split = 1;
        while (split * 2 < leaves.Length)
        {
            split *= 2;
        }

        return oldSize <= split
            ? [.. ReferenceConsistency(oldSize, leaves[..split], isWhole), ReferenceRoot(leaves[split..])]
            : [.. ReferenceConsistency(oldSize - split, leaves[split..], isWhole: false), ReferenceRoot(leaves[..split])];
    }

    /// <summary>A store of complete subtrees, filled by appending; asking for any other node fails the test.</summary>
    public static MerkleNodeReader Store(ReadOnlySpan<Hash256> leaves)
    {
        var range = new CompactRange();
        var stored = new List<PlacedHash>();
        foreach (Hash256 leaf in leaves)
        {
            range.Append(leaf, stored);
        }

        Dictionary<MerkleNode, Hash256> nodes = stored.ToDictionary(placed => placed.Node, placed => placed.Hash);
        return node => nodes[node];
    }
}
