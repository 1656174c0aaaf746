using SsaShare.Signing.Tests;

namespace SsaShare.Transparency.Tests.Tiles;

public sealed class EntryBundleTests
{
    [Fact]
    public void TryRead_WrittenBundle_HasTheSameEntries()
    {
        byte[][] entries = [[], [1], [2, 3], new byte[EntryBundle.EntryBytesMax]];
        byte[] bundle = EntryBundle.Write([.. entries.Select(entry => (ReadOnlyMemory<byte>)entry)]);
        Assert.Equal([0, 0, 0, 1, 1, 0, 2, 2, 3, 0xff, 0xff], bundle[..11]);
        Assert.True(EntryBundle.TryRead(bundle, 4, out IReadOnlyList<ReadOnlyMemory<byte>>? read));
        Assert.Equal(entries, read.Select(entry => entry.ToArray()));
    }

    [Theory]
    [InlineData(3), InlineData(5)]
    public void TryRead_OtherCount_IsRefused(int count) => Assert.False(EntryBundle.TryRead(EntryBundle.Write([.. Enumerable.Repeat((ReadOnlyMemory<byte>)new byte[9], 4)]), count, out _));

    [Fact]
    public void TryRead_CutAnywhere_IsRefused()
    {
        byte[] bundle = EntryBundle.Write([.. Enumerable.Repeat((ReadOnlyMemory<byte>)new byte[3], 4)]);
        Assert.All(Enumerable.Range(0, bundle.Length), length => Assert.False(EntryBundle.TryRead(bundle.AsMemory(0, length), 4, out _)));
    }

    [Fact]
    public void Write_EntryTooLong_Throws() => Assert.Throws<ArgumentException>(() => EntryBundle.Write([new byte[EntryBundle.EntryBytesMax + 1]]));

    [Fact]
    public void TryRead_DamagedBundles_NeverThrowsAndReadsAllOrNothing()
    {
        byte[] valid = EntryBundle.Write([.. Enumerable.Range(0, 20).Select(length => (ReadOnlyMemory<byte>)new byte[length])]);
        foreach (byte[] damaged in Mutations.Of(valid, Nightly.FuzzInputs, seed: 31))
        {
            if (EntryBundle.TryRead(damaged, 20, out IReadOnlyList<ReadOnlyMemory<byte>>? entries))
            {
                Assert.Equal(damaged, EntryBundle.Write([.. entries]));
            }
        }
    }
}
