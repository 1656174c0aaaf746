namespace SsaShare.Domain.Tests;

public class LeapSecondsTests
{
    [Fact]
    public void Last_IsThatOfTheBuiltInTable() => Assert.Equal((new DateOnly(2017, 1, 1), 37), LeapSeconds.Last);

    [Theory]
    [InlineData("2017-01-01", 38)]
    [InlineData("2016-07-01", 38)]
    [InlineData("2030-01-01", 37)]
    [InlineData("2030-01-01", 39)]
    [InlineData("2030-01-02", 38)]
    [InlineData("2292-01-01", 38)]
    public void TryAppend_NoStepForwardByASecond_Refuses(string day, int taiMinusUtc)
        => Assert.False(LeapSeconds.TryAppend(DateOnly.ParseExact(day, "yyyy-MM-dd"), taiMinusUtc));
}
