namespace SsaShare.Transparency.Tests.Tiles;

public class TilePathTests
{
    /// <summary>1234067 is the example of C2SP tlog-tiles.</summary>
    [Theory]
    [InlineData(0, 0, 256, "tile/0/000")]
    [InlineData(0, 999, 256, "tile/0/999")]
    [InlineData(3, 1_000, 256, "tile/3/x001/000")]
    [InlineData(1, 1_234_067, 256, "tile/1/x001/x234/067")]
    [InlineData(0, 1_234_067, 57, "tile/0/x001/x234/067.p/57")]
    [InlineData(7, 5, 1, "tile/7/005.p/1")]
    public void Hashes_LevelIndexWidth_IsThisPath(int level, long index, int width, string path)
        => Assert.Equal(path, TilePath.Hashes(level, index, width));

    [Fact]
    public void Entries_IndexWidth_IsThisPath()
    {
        Assert.Equal("tile/entries/x001/234", TilePath.Entries(1_234));
        Assert.Equal("tile/entries/000.p/255", TilePath.Entries(0, 255));
    }

    [Theory]
    [InlineData(-1, 0, 1)]
    [InlineData(8, 0, 1)]
    [InlineData(0, -1, 1)]
    [InlineData(0, 0, 0)]
    [InlineData(0, 0, 257)]
    public void Hashes_OutsideItsRange_Throws(int level, long index, int width)
        => Assert.Throws<ArgumentOutOfRangeException>(() => TilePath.Hashes(level, index, width));

    [Fact]
    public void TryParse_EveryWrittenPath_IsItsAddress()
    {
        foreach (long index in new long[] { 0, 1, 999, 1_000, 1_234_067, 999_999_999, long.MaxValue >> 33 })
        {
            foreach (int width in new[] { 1, 44, 255, 256 })
            {
                Assert.True(TilePath.TryParse(TilePath.Hashes(3, index, width), out TileAddress tile));
                Assert.Equal(new TileAddress(3, index, width), tile);
                Assert.True(TilePath.TryParse(TilePath.Entries(index, width), out TileAddress bundle));
                Assert.Equal(new TileAddress(null, index, width), bundle);
            }
        }
    }

    [Theory]
    [InlineData(""), InlineData("tile"), InlineData("tile/"), InlineData("tile/0"), InlineData("tile/0/"), InlineData("/tile/0/000"), InlineData("tile/0/000/"), InlineData("tile//000")]
    [InlineData("tile/0/0"), InlineData("tile/0/0000"), InlineData("tile/0/x000"), InlineData("tile/0/001/000"), InlineData("tile/0/x000/001"), InlineData("tile/0/x001/x000"), InlineData("tile/0/ 01"), InlineData("tile/0/+01"), InlineData("tile/0/-01")]
    [InlineData("tile/8/000"), InlineData("tile/00/000"), InlineData("tile/-1/000"), InlineData("tile/Entries/000"), InlineData("tile/data/000"), InlineData("checkpoint")]
    [InlineData("tile/0/000.p/0"), InlineData("tile/0/000.p/256"), InlineData("tile/0/000.p/01"), InlineData("tile/0/000.p/"), InlineData("tile/0/000.p"), InlineData("tile/0/000.P/1"), InlineData("tile/0/000/.p/1"), InlineData("tile/0/x001.p/000.p/1")]
    [InlineData("tile/0/x009/x223/x372/x036/x854/x775/808"), InlineData("tile/0/x999/x999/x999/x999/x999/x999/999"), InlineData("tile/0/x036/x028/x797/x018/x963/967"), InlineData("tile/entries/x036/x028/x797/x018/x963/968.p/1"), InlineData("tile/7/127"), InlineData("tile/0/../000"), InlineData("tile/0/\u0660\u0660\u0660")]
    public void TryParse_AnyOtherPath_IsRefused(string path) => Assert.False(TilePath.TryParse(path, out _));

    /// <summary>The last tiles that a tree of less than 2^63 leaves can have.</summary>
    [Theory]
    [InlineData("tile/0/x036/x028/x797/x018/x963/967.p/255"), InlineData("tile/7/000.p/127")]
    public void TryParse_LastTileOfTheLargestTree_IsRead(string path) => Assert.True(TilePath.TryParse(path, out _));

    [Fact]
    public void TryParse_DamagedPaths_NeverThrowsAndIsWrittenTheSame()
    {
        byte[] valid = "tile/entries/x001/x234/067.p/44"u8.ToArray();
        foreach (byte[] damaged in Mutations.Of(valid, Nightly.FuzzInputs, seed: 41))
        {
            string path = System.Text.Encoding.Latin1.GetString(damaged);
            if (TilePath.TryParse(path, out TileAddress address))
            {
                Assert.Equal(path, address.ToString());
            }
        }
    }
}
