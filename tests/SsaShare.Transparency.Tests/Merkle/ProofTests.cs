using SsaShare.Signing;

namespace SsaShare.Transparency.Tests.Merkle;

public class ProofTests
{
    private const int LargestSize = 70;
    private static readonly Hash256[] Leaves = Trees.Leaves(LargestSize);
    private static readonly MerkleNodeReader Store = Trees.Store(Leaves);

    [Fact]
    public void Inclusion_EveryLeafOfEverySize_IsTheDefinitionsPathAndVerifies()
    {
        for (int size = 1; size <= LargestSize; size++)
        for (int index = 0; index < size; index++)
        {
            Hash256 root = Trees.ReferenceRoot(Leaves.AsSpan(0, size));
            Hash256[] proof = InclusionProof.Create(index, size, Store);
            Assert.Equal(Trees.ReferencePath(index, Leaves.AsSpan(0, size)), proof);
            Assert.True(InclusionProof.Verify(index, size, Leaves[index], proof, root));
            Assert.False(InclusionProof.Verify(index, size, Leaves[(index + 1) % LargestSize], proof, root));
            Assert.False(InclusionProof.Verify(index, size, Leaves[index], [.. proof, root], root));
            Assert.False(InclusionProof.Verify(index ^ 1, size, Leaves[index], proof, root) && size > 1);
        }
    }

    [Fact]
    public void Consistency_EveryPairOfSizes_IsTheDefinitionsProofAndVerifies()
    {
        for (int newSize = 1; newSize <= LargestSize; newSize++)
        for (int oldSize = 1; oldSize <= newSize; oldSize++)
        {
            Hash256 oldRoot = Trees.ReferenceRoot(Leaves.AsSpan(0, oldSize)), newRoot = Trees.ReferenceRoot(Leaves.AsSpan(0, newSize));
            Hash256[] proof = ConsistencyProof.Create(oldSize, newSize, Store);
            Assert.Equal(Trees.ReferenceConsistency(oldSize, Leaves.AsSpan(0, newSize)), proof);
            Assert.True(ConsistencyProof.Verify(oldSize, newSize, oldRoot, newRoot, proof));
            Assert.False(ConsistencyProof.Verify(oldSize, newSize, Leaves[5], newRoot, proof) && oldRoot != Leaves[5]);
            Assert.False(ConsistencyProof.Verify(oldSize, newSize, oldRoot, Hash256.Of([1]), proof));
            Assert.False(ConsistencyProof.Verify(oldSize, newSize, oldRoot, newRoot, [.. proof, newRoot]));
        }
    }

    [Fact]
    public void Consistency_EverySubtreeOfEverySize_Verifies()
    {
        for (int size = 1; size <= LargestSize; size++)
        for (int start = 0; start < size; start++)
        for (int end = start + 1; end <= size; end++)
        {
            var subtree = new MerkleRange(start, end);
            if (subtree.IsSubtree)
            {
                Hash256 subtreeHash = Trees.ReferenceRoot(Leaves.AsSpan(start, end - start)), root = Trees.ReferenceRoot(Leaves.AsSpan(0, size));
                Hash256[] proof = ConsistencyProof.Create(subtree, size, Store);
                Assert.True(ConsistencyProof.Verify(subtree, size, subtreeHash, root, proof), $"{start} to {end} of {size}");
                Assert.False(ConsistencyProof.Verify(subtree, size, Hash256.Of([1]), root, proof));
                Assert.False(ConsistencyProof.Verify(subtree, size, subtreeHash, Hash256.Of([1]), proof));
            }
        }
    }

    /// <summary>The second leaf, passed off as the only leaf of a smaller tree, with a step more than such a tree has.</summary>
    [Fact]
    public void Verify_ProofClimbsAboveTheTree_IsRefused()
    {
        Hash256 root = Trees.ReferenceRoot(Leaves.AsSpan(0, 2));
        Assert.False(InclusionProof.Verify(0, 1, Leaves[1], [Leaves[0]], root));
        Assert.False(InclusionProof.TryComputeRoot(0, 1, Leaves[1], [Leaves[0]], out _));
        Assert.False(ConsistencyProof.Verify(1, 1, root, root, [Leaves[0]]));
        Assert.False(ConsistencyProof.Verify(new MerkleRange(1, 2), 2, Leaves[1], MerkleHash.Node(Leaves[2], root), [Leaves[0], Leaves[2]]));
    }

    [Fact]
    public void Ranges_OfAProof_NeedOnlyStoredNodes()
    {
        List<MerkleNode> asked = [];
        Hash256[] proof = InclusionProof.Create(3, LargestSize, node =>
        {
            asked.Add(node);
            return Store(node);
        });
        Assert.Equal(InclusionProof.Ranges(3, LargestSize).SelectMany(range => range.CompleteSubtrees()), asked);
        Assert.NotEmpty(proof);
    }

    [Fact]
    public void Ranges_ArgumentsOutsideTheTree_Throw()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => InclusionProof.Ranges(5, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => InclusionProof.Ranges(-1, 5));
        Assert.Throws<ArgumentException>(() => ConsistencyProof.Ranges(0, 5));
        Assert.Throws<ArgumentException>(() => ConsistencyProof.Ranges(6, 5));
        Assert.Throws<ArgumentException>(() => ConsistencyProof.Ranges(new MerkleRange(1, 3), 5));
    }

    [Fact]
    public void Verify_RandomNumbersAndHashes_NeverThrowsNeverVerifies()
    {
        var random = new Random(20_261_122);
        for (int i = 0; i < 20_000; i++)
        {
            Hash256[] proof = [.. Enumerable.Range(0, random.Next(70)).Select(_ => Leaves[random.Next(LargestSize)])];
            long a = Number(random), b = Number(random), c = Number(random);
            Assert.False(InclusionProof.Verify(a, b, Leaves[0], proof, Hash256.Of([1])));
            Assert.False(ConsistencyProof.Verify(a, b, Leaves[0], Hash256.Of([1]), proof));
            Assert.False(ConsistencyProof.Verify(new MerkleRange(a, b), c, Leaves[0], Hash256.Of([1]), proof));
            Assert.False(InclusionProof.Verify(a, new MerkleRange(b, c), Leaves[0], proof, Hash256.Of([1])));
        }
    }

    private static long Number(Random random) => random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64);
}
