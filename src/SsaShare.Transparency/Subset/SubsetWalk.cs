using SsaShare.Signing;

namespace SsaShare.Transparency;

/// <summary>One pass over a tree of which some leaves and the hashes of the gaps are known: gives the root and, if asked, a narrower proof.</summary>
internal ref struct SubsetWalk
{
    private readonly ReadOnlySpan<LeafAt> _held;
    private readonly ReadOnlySpan<long> _keep;
    private readonly IReadOnlyList<Hash256> _gaps;
    private readonly List<Hash256>? _kept;
    private int _gap;

    private SubsetWalk(SubsetProof proof, ReadOnlySpan<LeafAt> held, ReadOnlySpan<long> keep, List<Hash256>? kept)
    {
        _held = held;
        _keep = keep;
        _gaps = proof.Hashes;
        _kept = kept;
    }

    /// <param name="proof">Tree size and hashes of the gaps; not trusted.</param>
    /// <param name="held">Known leaves; not trusted.</param>
    /// <param name="keep">Indices that stay known; only looked at with <paramref name="kept"/>.</param>
    /// <param name="kept">Takes the hashes of the narrower proof; null when only the root is wanted.</param>
    /// <param name="root">The root that leaves and gaps lead to.</param>
    public static bool TryRun(SubsetProof proof, ReadOnlySpan<LeafAt> held, ReadOnlySpan<long> keep, List<Hash256>? kept, out Hash256 root)
    {
        root = MerkleHash.EmptyRoot;
        if (!Rise(held, proof.TreeSize) || !AreHeld(keep, held))
        {
            return false;
        }

        if (proof.TreeSize == 0)
        {
            return proof.Hashes.Count == 0;
        }

        var walk = new SubsetWalk(proof, held, keep, kept);
        return walk.TryHash(new MerkleRange(0, proof.TreeSize), 0, held.Length, 0, keep.Length, isInGap: false, out root)
            && walk._gap == walk._gaps.Count;
    }

    /// <param name="here">The subtree.</param>
    /// <param name="heldFrom">First held leaf in it.</param>
    /// <param name="heldTo">After its last held leaf.</param>
    /// <param name="keepFrom">First kept index in it.</param>
    /// <param name="keepTo">After its last kept index.</param>
    /// <param name="isInGap">Whether a subtree above is already a gap of the narrower proof.</param>
    /// <param name="hash">The subtree's hash.</param>
    private bool TryHash(MerkleRange here, int heldFrom, int heldTo, int keepFrom, int keepTo, bool isInGap, out Hash256 hash)
    {
        bool isGap = keepFrom == keepTo;
        if (!TryHashHere(here, heldFrom, heldTo, keepFrom, keepTo, isInGap || isGap, out hash))
        {
            return false;
        }

        if (isGap && !isInGap)
        {
            _kept?.Add(hash);
        }

        return true;
    }

    private bool TryHashHere(MerkleRange here, int heldFrom, int heldTo, int keepFrom, int keepTo, bool isInGap, out Hash256 hash)
    {
        hash = default;
        if (heldFrom == heldTo)
        {
            if (_gap == _gaps.Count)
            {
                return false;
            }

            hash = _gaps[_gap++];
            return true;
        }

        if (here.Length == 1)
        {
            hash = _held[heldFrom].Hash;
            return true;
        }

        long middle = here.Start + MerkleRange.Split(here.Length);
        int heldMiddle = heldFrom, keepMiddle = keepFrom;
        while (heldMiddle < heldTo && _held[heldMiddle].Index < middle)
        {
            heldMiddle++;
        }

        while (keepMiddle < keepTo && _keep[keepMiddle] < middle)
        {
            keepMiddle++;
        }

        if (!TryHash(here with { End = middle }, heldFrom, heldMiddle, keepFrom, keepMiddle, isInGap, out Hash256 left)
            || !TryHash(here with { Start = middle }, heldMiddle, heldTo, keepMiddle, keepTo, isInGap, out Hash256 right))
        {
            return false;
        }

        hash = MerkleHash.Node(left, right);
        return true;
    }

    private static bool Rise(ReadOnlySpan<LeafAt> leaves, long treeSize)
    {
        long previous = -1;
        foreach (LeafAt leaf in leaves)
        {
            if (leaf.Index <= previous || leaf.Index >= treeSize)
            {
                return false;
            }

            previous = leaf.Index;
        }

        return true;
    }

    private static bool AreHeld(ReadOnlySpan<long> keep, ReadOnlySpan<LeafAt> held)
    {
        int at = 0;
        foreach (long index in keep)
        {
            while (at < held.Length && held[at].Index < index)
            {
                at++;
            }

            if (at == held.Length || held[at].Index != index)
            {
                return false;
            }

            at++;
        }

        return true;
    }
}
