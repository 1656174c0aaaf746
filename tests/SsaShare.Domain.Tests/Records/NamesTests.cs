namespace SsaShare.Domain.Tests;

public sealed class NamesTests
{
    [Theory]
    [InlineData("jp")]
    [InlineData("atlantic")]
    [InlineData("a2-b")]
    [InlineData("a1234567890123456789012345678901")]
    public void PartnerId_WellFormed_IsKept(string text) => Assert.Equal(text, PartnerId.Parse(text).Value);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("Atlantic")]
    [InlineData("1a")]
    [InlineData("-a")]
    [InlineData("a-")]
    [InlineData("a_b")]
    [InlineData("a b")]
    [InlineData("é1")]
    [InlineData("a12345678901234567890123456789012")]
    public void PartnerId_Malformed_IsRefused(string? text)
    {
        Assert.False(PartnerId.TryParse(text, out var id));
        Assert.Equal(default, id);
        if (text is not null) Assert.Throws<FormatException>(() => PartnerId.Parse(text));
    }

    [Theory]
    [InlineData("KAENA-POINT", true)]
    [InlineData("932", true)]
    [InlineData("a_b.c", true)]
    [InlineData("", false)]
    [InlineData("KAENA POINT", false)]
    [InlineData("a/b", false)]
    [InlineData("naïve", false)]
    public void SensorId_FollowsItsAlphabet(string text, bool ok) => Assert.Equal(ok, SensorId.TryParse(text, out _));

    [Fact]
    public void SensorId_LongerThan64_IsRefused()
    {
        Assert.True(SensorId.TryParse(new string('a', 64), out _));
        Assert.False(SensorId.TryParse(new string('a', 65), out _));
    }

    [Fact]
    public void Default_NamesNobody()
    {
        Assert.Throws<InvalidOperationException>(() => default(PartnerId).Value);
        Assert.Throws<InvalidOperationException>(() => default(SensorId).Value);
        Assert.Equal(("(none)", "(none)"), (default(PartnerId).ToString(), default(SensorId).ToString()));
    }
}
