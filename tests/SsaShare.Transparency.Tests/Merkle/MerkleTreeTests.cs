using SsaShare.Signing;

namespace SsaShare.Transparency.Tests.Merkle;

public class MerkleTreeTests
{
    /// <summary>Entries and roots that Certificate Transparency implementations share as test vectors, for 0 to 8 entries.</summary>
    private static readonly string[] Entries = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];

    [Theory]
    [InlineData(0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData(1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")]
    [InlineData(2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125")]
    [InlineData(3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77")]
    [InlineData(4, "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7")]
    [InlineData(5, "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4")]
    [InlineData(6, "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef")]
    [InlineData(7, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c")]
    [InlineData(8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328")]
    public void Root_PublishedEntries_IsThePublishedRoot(int count, string root)
    {
        Hash256[] leaves = [.. Entries[..count].Select(entry => MerkleHash.Leaf(Convert.FromHexString(entry)))];
        var range = new CompactRange();
        Array.ForEach(leaves, leaf => range.Append(leaf));
        Assert.Equal(root, MerkleTree.Root(leaves).ToString());
        Assert.Equal(root, range.Root.ToString());
        Assert.Equal(root, MerkleTree.Root(count, Trees.Store(leaves)).ToString());
    }

    [Fact]
    public void Root_EverySizeUpTo300_IsThatOfTheDefinition()
    {
        Hash256[] leaves = Trees.Leaves(300);
        var range = new CompactRange();
        MerkleNodeReader store = Trees.Store(leaves);
        for (int size = 0; size <= leaves.Length; size++)
        {
            Hash256 expected = Trees.ReferenceRoot(leaves.AsSpan(0, size));
            Assert.Equal(expected, MerkleTree.Root(leaves.AsSpan(0, size)));
            Assert.Equal(expected, MerkleTree.Root(size, store));
            Assert.Equal(expected, range.Root);
            Assert.Equal(size, range.Size);
            if (size < leaves.Length)
            {
                Assert.Equal(size, range.Append(leaves[size]));
            }
        }
    }

    [Theory]
    [InlineData(1_022)]
    [InlineData(1_023)]
    [InlineData(1_024)]
    [InlineData(100_000)]
    public void Leaf_LongEntry_IsSha256OfZeroAndEntry(int length)
    {
        var entry = new byte[length];
        new Random(length).NextBytes(entry);
        Assert.Equal(Hash256.Of([0x00, .. entry]), MerkleHash.Leaf(entry));
    }

    [Fact]
    public void CompactRange_StoredAndRead_ContinuesTheSameTree()
    {
        Hash256[] leaves = Trees.Leaves(70);
        for (int size = 0; size < leaves.Length; size++)
        {
            var range = new CompactRange();
            Array.ForEach(leaves[..size], leaf => range.Append(leaf));
            Assert.True(CompactRange.TryRead(range.ToBytes(), out CompactRange? read));
            var loaded = CompactRange.Load(size, Trees.Store(leaves));
            Assert.Equal(range.Subtrees, read.Subtrees);
            Assert.Equal(range.Subtrees, loaded.Subtrees);
            Array.ForEach(leaves[size..], leaf => read.Append(leaf));
            Assert.Equal(MerkleTree.Root(leaves), read.Root);
        }
    }

    [Fact]
    public void CompactRange_Clone_IsIndependent()
    {
        var range = new CompactRange();
        range.Append(Hash256.Of([1]));
        CompactRange clone = range.Clone();
        clone.Append(Hash256.Of([2]));
        Assert.Equal((1L, Hash256.Of([1])), (range.Size, range.Root));
        Assert.Equal(2, clone.Size);
    }

    [Fact]
    public void CompactRange_BytesOfWrongLengthOrSign_AreRefused()
    {
        var range = new CompactRange();
        range.Append(Hash256.Of([1]));
        byte[] bytes = range.ToBytes();
        Assert.False(CompactRange.TryRead(bytes.AsSpan(1), out _));
        Assert.False(CompactRange.TryRead([.. bytes, 0], out _));
        Assert.False(CompactRange.TryRead([0xff, .. bytes[1..]], out _));
        Assert.False(CompactRange.TryRead([], out _));
    }

    [Fact]
    public void Append_Completed_NamesEachCompleteSubtreeOnce()
    {
        Hash256[] leaves = Trees.Leaves(64);
        MerkleNodeReader store = Trees.Store(leaves);
        for (int level = 0; level <= 6; level++)
        for (int index = 0; index < 64 >> level; index++)
        {
            Assert.Equal(Trees.ReferenceRoot(leaves.AsSpan(index << level, 1 << level)), store(new MerkleNode(level, index)));
        }
    }

    [Fact]
    public void IsSubtree_SmallRanges_AreAlignedToTheirSize()
    {
        Assert.True(new MerkleRange(4, 8).IsSubtree);
        Assert.True(new MerkleRange(4, 7).IsSubtree);
        Assert.True(new MerkleRange(0, 1_000_003).IsSubtree);
        Assert.True(new MerkleRange(0, long.MaxValue).IsSubtree);
        Assert.False(new MerkleRange(2, 5).IsSubtree);
        Assert.False(new MerkleRange(3, 5).IsSubtree);
        Assert.False(new MerkleRange(5, 5).IsSubtree);
        Assert.False(new MerkleRange(6, 5).IsSubtree);
        Assert.False(new MerkleRange(-2, 0).IsSubtree);
        Assert.False(new MerkleRange(1, long.MaxValue).IsSubtree);
    }
}
