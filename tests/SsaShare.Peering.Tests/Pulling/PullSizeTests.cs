namespace SsaShare.Peering.Tests;

public sealed class PullSizeTests
{
    [Fact]
    public void WasTooMuch_AgainAndAgain_HalvesDownToOne()
    {
        var size = new PullSize(10);
        Assert.Equal([5, 2, 1, 1], Enumerable.Range(0, 4).Select(_ =>
        {
            size.WasTooMuch();
            return size.Now;
        }));
    }

    [Fact]
    public void WasTaken_AgainAndAgain_GrowsBackToTheMost()
    {
        var size = new PullSize(5_000);
        size.WasTooMuch();
        size.WasTaken();
        Assert.Equal(2_812, size.Now);
        for (int i = 0; i < 8; i++) size.WasTaken();
        Assert.Equal(5_000, size.Now);
    }
}
