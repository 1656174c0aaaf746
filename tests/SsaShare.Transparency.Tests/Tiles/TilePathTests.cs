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
}
