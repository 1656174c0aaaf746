namespace SsaShare.Cli.Tests.Running;

public sealed class SinceOptionTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("2026-11-22T06:30:00Z", "2026-11-22T06:30:00Z")]
    [InlineData("2026-11-22T06:30:00", "2026-11-22T06:30:00Z")]
    [InlineData("2026-11-22", "2026-11-22T00:00:00Z")]
    [InlineData("90s", "2026-11-22T11:58:30Z")]
    [InlineData("30min", "2026-11-22T11:30:00Z")]
    [InlineData("24h", "2026-11-21T12:00:00Z")]
    [InlineData("7d", "2026-11-15T12:00:00Z")]
    [InlineData("0d", "2026-11-22T12:00:00Z")]
    public void TryParse_OfATime_GivesIt(string text, string expected)
    {
        Assert.True(SinceOption.TryParse(text, Now, out var since));
        Assert.Equal(expected, since.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("24")]
    [InlineData("h")]
    [InlineData("-1h")]
    [InlineData("1 h")]
    [InlineData("5m")]
    [InlineData("99999999999d")]
    [InlineData("2000000d")]
    [InlineData("2026-13-01")]
    [InlineData("2026-11-22T25:00:00Z")]
    [InlineData("2026-11-22T06:30:00+02:00")]
    public void TryParse_OfAnythingElse_IsNone(string text) => Assert.False(SinceOption.TryParse(text, Now, out _));
}
