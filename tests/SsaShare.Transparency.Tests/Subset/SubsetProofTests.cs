using FsCheck;
using FsCheck.Fluent;
using SsaShare.Signing;
using SsaShare.Transparency.Tests.Merkle;

namespace SsaShare.Transparency.Tests.Subset;

public class SubsetProofTests
{
    private static readonly Hash256[] Leaves = Trees.Leaves(400);

    /// <summary>A tree size and two sets of indices, the second within the first.</summary>
    private static readonly Arbitrary<(int Size, int[] Held, int[] Kept)> Cases = (
        from size in Gen.Choose(0, Leaves.Length)
        from heldPerMille in Gen.Elements(0, 5, 100, 500, 950, 1_000)
        from keptPerMille in Gen.Elements(0, 100, 500, 1_000)
        from seed in Gen.Choose(0, int.MaxValue)
        select Case(size, heldPerMille, keptPerMille, seed)).ToArbitrary();

    [Fact]
    public void TryComputeRoot_AnySubset_IsTheTreesRoot() => Prop.ForAll(Cases, test =>
    {
        ReadOnlySpan<Hash256> tree = Leaves.AsSpan(0, test.Size);
        return SubsetProof.Create(tree, test.Held).TryComputeRoot(At(test.Held), out Hash256 root) && root == Trees.ReferenceRoot(tree);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void TryNarrow_AnySmallerSubset_IsTheOriginatorsOwnProof() => Prop.ForAll(Cases, test =>
    {
        ReadOnlySpan<Hash256> tree = Leaves.AsSpan(0, test.Size);
        SubsetProof expected = SubsetProof.Create(tree, test.Kept);
        return SubsetProof.Create(tree, test.Held).TryNarrow(At(test.Held), [.. test.Kept.Select(index => (long)index)], out SubsetProof? narrowed)
            && narrowed!.TreeSize == expected.TreeSize
            && narrowed.Hashes.SequenceEqual(expected.Hashes)
            && narrowed.Verify(At(test.Kept), Trees.ReferenceRoot(tree));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Verify_AnythingChanged_IsRefused() => Prop.ForAll(Cases, test =>
    {
        ReadOnlySpan<Hash256> tree = Leaves.AsSpan(0, test.Size);
        Hash256 root = Trees.ReferenceRoot(tree);
        SubsetProof proof = SubsetProof.Create(tree, test.Held);
        LeafAt[] held = At(test.Held);
        bool refused = !new SubsetProof(test.Size, proof.Hashes.Append(root)).Verify(held, root)
            && !new SubsetProof(test.Size, [.. proof.Hashes.Skip(1)]).Verify(held, root) | proof.Hashes.Count == 0
            && !proof.Verify(held.AsSpan(held.Length == 0 ? 0 : 1), root) | held.Length == 0
            && !proof.Verify([.. held, .. held], root) | held.Length == 0;
        for (int i = 0; i < held.Length; i++)
        {
            LeafAt[] changed = [.. held];
            changed[i] = changed[i] with { Hash = Hash256.Of([9]) };
            refused &= !proof.Verify(changed, root);
        }

        return refused;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Create_EveryLeafReleased_NeedsNoHash()
        => Assert.Empty(SubsetProof.Create(Leaves, [.. Enumerable.Range(0, Leaves.Length)]).Hashes);

    [Fact]
    public void Create_NoLeafReleased_IsTheRoot()
        => Assert.Equal([Trees.ReferenceRoot(Leaves)], SubsetProof.Create(Leaves, []).Hashes);

    [Fact]
    public void Create_OneLeafReleased_IsItsInclusionProofLeftToRight()
    {
        SubsetProof proof = SubsetProof.Create(Leaves, [5]);
        Assert.Equal(InclusionProof.Create(5, Leaves.Length, Trees.Store(Leaves)).Order(ByHex), proof.Hashes.Order(ByHex));
        Assert.True(proof.Verify([new LeafAt(5, Leaves[5])], Trees.ReferenceRoot(Leaves)));
    }

    [Fact]
    public void Create_IndicesThatDoNotRiseOrAreOutside_Throws()
    {
        Assert.Throws<ArgumentException>(() => SubsetProof.Create(Leaves, [3, 3]));
        Assert.Throws<ArgumentException>(() => SubsetProof.Create(Leaves, [3, 2]));
        Assert.Throws<ArgumentException>(() => SubsetProof.Create(Leaves, [-1]));
        Assert.Throws<ArgumentException>(() => SubsetProof.Create(Leaves, [Leaves.Length]));
    }

    [Fact]
    public void TryNarrow_IndexNotHeld_IsRefused()
    {
        SubsetProof proof = SubsetProof.Create(Leaves, [1, 5]);
        Assert.False(proof.TryNarrow(At([1, 5]), [2], out _));
        Assert.False(proof.TryNarrow(At([1, 5]), [5, 1], out _));
        Assert.False(proof.TryNarrow(At([1]), [1], out _));
        Assert.True(proof.TryNarrow(At([1, 5]), [5], out _));
    }

    [Fact]
    public void TryComputeRoot_RandomSizesIndicesAndHashes_NeverThrows()
    {
        var random = new Random(20_261_122);
        for (int i = 0; i < 20_000; i++)
        {
            long size = random.NextInt64(long.MaxValue) >> random.Next(63);
            LeafAt[] leaves = [.. Enumerable.Range(0, random.Next(6)).Select(_ => new LeafAt(random.NextInt64(long.MaxValue) >> random.Next(63), Leaves[0])).OrderBy(leaf => leaf.Index)];
            var proof = new SubsetProof(size, Leaves[..random.Next(200)]);
            Assert.False(proof.Verify(leaves, Hash256.Of([1])));
        }
    }

    [Fact]
    public void TryComputeRoot_SameHashAtAnotherIndex_IsRefused()
    {
        SubsetProof proof = SubsetProof.Create(Leaves.AsSpan(0, 2), [0]);
        Assert.True(proof.Verify([new LeafAt(0, Leaves[0])], MerkleTree.Root(Leaves.AsSpan(0, 2))));
        Assert.False(proof.Verify([new LeafAt(1, Leaves[0])], MerkleTree.Root(Leaves.AsSpan(0, 2))));
    }

    private static Comparer<Hash256> ByHex => Comparer<Hash256>.Create((a, b) => string.CompareOrdinal(a.ToString(), b.ToString()));

    private static LeafAt[] At(int[] indices) => [.. indices.Select(index => new LeafAt(index, Leaves[index]))];

    private static (int Size, int[] Held, int[] Kept) Case(int size, int heldPerMille, int keptPerMille, int seed)
    {
        var random = new Random(seed);
        int[] held = [.. Enumerable.Range(0, size).Where(_ => random.Next(1_000) < heldPerMille)];
        return (size, held, [.. held.Where(_ => random.Next(1_000) < keptPerMille)]);
    }
}
