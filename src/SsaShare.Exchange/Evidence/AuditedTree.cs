using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Exchange;

/// <summary>The tree of a log as a bundle fills it, left to right: leaves of what is shown, hashes of complete subtrees for what is hidden. 33 bytes for each are kept.</summary>
internal sealed class AuditedTree
{
    private readonly CompactRange _edge = new();
    private readonly List<Hash256> _hashes = [];
    private readonly List<byte> _levels = [];

    /// <summary>Entries covered so far.</summary>
    public long Size => _edge.Size;

    public Hash256 Root => _edge.Root;

    /// <summary>Entries of which only a hash is here.</summary>
    public long HiddenEntries { get; private set; }

    public void Append(Hash256 leaf) => Append(0, leaf);

    /// <returns>False when the subtree does not begin where the tree ends.</returns>
    public bool TryHide(PlacedHash subtree)
    {
        if (subtree.Node.Index << subtree.Node.Level != Size) return false;
        HiddenEntries += 1L << subtree.Node.Level;
        Append(subtree.Node.Level, subtree.Hash);
        return true;
    }

    /// <summary>Roots of this tree's beginnings.</summary>
    /// <param name="sizes">Rising, none above <see cref="Size"/>.</param>
    /// <returns>For each its root; null where the size lies within a hidden subtree.</returns>
    public IEnumerable<(long Size, Hash256? Root)> RootsAt(IEnumerable<long> sizes)
    {
        var edge = new CompactRange();
        int next = 0;
        foreach (long size in sizes)
        {
            while (edge.Size < size && edge.Size + (1L << _levels[next]) <= size) edge.AppendSubtree(_levels[next], _hashes[next++]);
            yield return (size, edge.Size == size ? edge.Root : null);
        }
    }

    /// <summary>Root of the first entries; null when that size lies within a hidden subtree, or above this one's.</summary>
    public Hash256? RootAt(long size) => size <= Size ? RootsAt([size]).Single().Root : null;

    /// <summary>The first place where two trees have different hashes of the same entries; null where none is seen, also because one hides what the other shows.</summary>
    public long? FirstDifference(AuditedTree other)
    {
        long here = 0, there = 0;
        for (int i = 0, j = 0; i < _hashes.Count && j < other._hashes.Count;)
        {
            if (here == there && _levels[i] == other._levels[j] && _hashes[i] != other._hashes[j]) return here;
            bool isBehind = here + (1L << _levels[i]) <= there + (1L << other._levels[j]), isAhead = there + (1L << other._levels[j]) <= here + (1L << _levels[i]);
            if (isBehind) here += 1L << _levels[i++];
            if (isAhead) there += 1L << other._levels[j++];
        }
        return null;
    }

    private void Append(int level, Hash256 hash)
    {
        _edge.AppendSubtree(level, hash);
        _hashes.Add(hash);
        _levels.Add((byte)level);
    }
}
