namespace SsaShare.Orbits.Tests;

public class EarthOrientationTests
{
    [Fact]
    public void At_AcrossLeapSecond_Ut1MinusTaiHasNoStep()
    {
        // 1995-12-31 ended with a leap second: UT1-UTC steps by one second there, UT1-TAI goes on.
        var before = EarthOrientation.Default.At(Testing.At("1995-12-31T18:00:00"));
        var after = EarthOrientation.Default.At(Testing.At("1996-01-01T06:00:00"));
        Assert.InRange(Math.Abs(after.Ut1MinusTaiSeconds - before.Ut1MinusTaiSeconds), 0.0005, 0.003);
    }

    [Fact]
    public void At_MidnightOfDay_GivesTheFiguresOfTheTable()
    {
        var table = EarthOrientation.Parse("50431 0.1 0.2 -0.3 0.0001 0.0002\n50432 0.2 0.4 -0.302 0.0003 0.0004\n");
        const double rad = Math.PI / 648_000;
        var values = table.At(Testing.At("1996-12-14T00:00:00"));
        Assert.Equal(0.1 * rad, values.PoleXRad, 1e-15);
        Assert.Equal(-0.3 - 30, values.Ut1MinusTaiSeconds, 1e-9);
        Assert.Equal(0.002, values.ExcessDaySeconds, 1e-9);
        var noon = table.At(Testing.At("1996-12-14T12:00:00"));
        Assert.Equal(0.3 * rad, noon.PoleYRad, 1e-15);
        Assert.Equal(-30.301, noon.Ut1MinusTaiSeconds, 1e-9);
    }

    [Fact]
    public void At_OutsideTable_Refuses()
    {
        var outside = Testing.At("2010-01-01T00:00:00");
        Assert.False(EarthOrientation.Default.Covers(outside));
        Assert.Throws<ArgumentOutOfRangeException>(() => EarthOrientation.Default.At(outside));
    }

    [Fact]
    public void Covers_GapOfDays_IsNotBridged()
    {
        var table = EarthOrientation.Parse("50431 0 0 0 0 0\n50432 0 0 0 0 0\n50440 0 0 0 0 0\n");
        Assert.True(table.Covers(Testing.At("1996-12-14T12:00:00")));
        Assert.False(table.Covers(Testing.At("1996-12-18T12:00:00")));
        Assert.False(table.Covers(Testing.At("1996-12-13T23:59:59")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("50431 0 0 0 0 0")]
    [InlineData("50431 0 0 0 0\n50432 0 0 0 0")]
    [InlineData("50432 0 0 0 0 0\n50431 0 0 0 0 0")]
    [InlineData("50431 0 0 0 0 0\n50431 0 0 0 0 0")]
    [InlineData("50431 0 0 x 0 0\n50432 0 0 0 0 0")]
    [InlineData("50431 0 0 NaN 0 0\n50432 0 0 0 0 0")]
    [InlineData("40000 0 0 0 0 0\n40001 0 0 0 0 0")]
    public void Parse_DamagedTable_Refuses(string text) => Assert.Throws<FormatException>(() => EarthOrientation.Parse(text));
}
