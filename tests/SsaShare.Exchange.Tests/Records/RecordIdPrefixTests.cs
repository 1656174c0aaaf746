namespace SsaShare.Exchange.Tests;

public sealed class RecordIdPrefixTests
{
    [Theory]
    [InlineData("0123456", false)]
    [InlineData("01234567", true)]
    [InlineData("0123456g", false)]
    [InlineData("0123456７", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void TryParse_OfText_TakesEightDigitsOrMore(string? text, bool isOne)
    {
        Assert.Equal(isOne, RecordIdPrefix.TryParse(text, out var prefix));
        Assert.Equal(isOne, prefix is not null);
    }

    [Fact]
    public void TryParse_OfMoreThanAWholeId_IsNone()
    {
        Assert.True(RecordIdPrefix.TryParse(new string('a', 64), out _));
        Assert.False(RecordIdPrefix.TryParse(new string('a', 65), out _));
    }

    [Fact]
    public void Bounds_OfAnOddPrefix_HoldEveryIdThatBeginsSo()
    {
        Assert.True(RecordIdPrefix.TryParse("ABCDEF012", out var prefix));
        Assert.Equal($"abcdef012{new string('0', 55)}", prefix.First.ToString());
        Assert.Equal($"abcdef012{new string('f', 55)}", prefix.Last.ToString());
    }
}
