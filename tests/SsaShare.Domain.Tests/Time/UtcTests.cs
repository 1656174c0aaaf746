using FsCheck;
using FsCheck.Fluent;

namespace SsaShare.Domain.Tests;

public sealed class UtcTests
{
    [Theory]
    [InlineData("2000-01-01T11:58:55.816Z", 0)]
    [InlineData("2000-01-01T12:00:00", 64_184_000_000)]
    [InlineData("1972-01-01T00:00:00", -883_655_957_816_000_000)]
    [InlineData("2017-01-01T00:00:00", 536_500_869_184_000_000)]
    public void Parse_KnownInstants_AreTheirNanoseconds(string text, long nanoseconds)
    {
        Assert.True(Utc.TryParse(text, out var epoch));
        Assert.Equal(nanoseconds, epoch.NanosecondsSinceJ2000);
    }

    [Fact]
    public void Format_J2000_IsItsUtc() => Assert.Equal("2000-01-01T11:58:55.816Z", Epoch.J2000.ToString());

    [Theory]
    [InlineData("1998-12-31T23:59:59", "1998-12-31T23:59:60")]
    [InlineData("1998-12-31T23:59:60", "1999-01-01T00:00:00")]
    [InlineData("2016-12-31T23:59:60", "2017-01-01T00:00:00")]
    [InlineData("1972-06-30T23:59:60", "1972-07-01T00:00:00")]
    [InlineData("1999-12-31T23:59:59", "2000-01-01T00:00:00")]
    public void Parse_NeighbouringSeconds_AreOneSecondApart(string before, string after)
    {
        Assert.True(Utc.TryParse(before, out var first));
        Assert.True(Utc.TryParse(after, out var second));
        Assert.Equal(1.0, second.SecondsSince(first));
    }

    [Theory]
    [InlineData("1998-12-31T23:59:60Z")]
    [InlineData("1998-12-31T23:59:60.5Z", "1998-12-31T23:59:60.500Z")]
    [InlineData("1998-12-31T23:59:60.999999999Z")]
    [InlineData("2024-060T12:00:00", "2024-02-29T12:00:00Z")]
    [InlineData("2024-366T00:00:00", "2024-12-31T00:00:00Z")]
    [InlineData("2023-365T23:59:59.123456", "2023-12-31T23:59:59.123456Z")]
    [InlineData(" 2024-02-29T12:00:00.1234567891 ", "2024-02-29T12:00:00.123456789Z")]
    public void Format_OfParsed_IsTheSameInstant(string text, string? expected = null)
    {
        Assert.True(Utc.TryParse(text, out var epoch));
        Assert.Equal(expected ?? text, epoch.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("T")]
    [InlineData("2024-02-30T00:00:00")]
    [InlineData("2023-366T00:00:00")]
    [InlineData("2023-000T00:00:00")]
    [InlineData("2024-01-01T24:00:00")]
    [InlineData("2024-01-01T00:60:00")]
    [InlineData("1999-12-31T23:59:60")]
    [InlineData("1998-12-31T22:59:60")]
    [InlineData("1998-12-31T23:59:61")]
    [InlineData("1971-12-31T00:00:00")]
    [InlineData("2292-01-01T00:00:00")]
    [InlineData("2024-01-01T00:00:00.")]
    [InlineData("2024-01-01T00:00:00.x")]
    [InlineData("2024-01-01 00:00:00")]
    [InlineData("+024-01-01T00:00:00")]
    public void Parse_NoTime_IsRefused(string text) => Assert.False(Utc.TryParse(text, out _));

    [Fact]
    public void Format_BeforeUtcHadLeapSeconds_SaysTt() => Assert.EndsWith(" TT", new Epoch(-900_000_000_000_000_000).ToString(), StringComparison.Ordinal);

    [Fact]
    public void Parse_OfFormatted_IsTheEpoch()
        => Prop.ForAll(Nanoseconds().ToArbitrary(), nanoseconds =>
            Utc.TryParse(new Epoch(nanoseconds).ToString(), out var parsed) && parsed == new Epoch(nanoseconds)).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000).WithQuietOnSuccess(true));

    [Fact]
    public void ToDateTime_OfFromDateTime_IsTheTime()
        => Prop.ForAll(Gen.Choose(0, int.MaxValue).Select(n => new DateTimeOffset(1972, 1, 1, 0, 0, 0, TimeSpan.Zero).AddTicks(n * 46_000_000L)).ToArbitrary(), time =>
            Utc.ToDateTime(Utc.FromDateTime(time)) == time).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000).WithQuietOnSuccess(true));

    [Fact]
    public void ToDateTime_InsideALeapSecond_StaysInTheOldDay()
    {
        Assert.True(Utc.TryParse("1998-12-31T23:59:60.5", out var epoch));
        Assert.Equal(new DateTimeOffset(1998, 12, 31, 23, 59, 59, TimeSpan.Zero).AddTicks(TimeSpan.TicksPerSecond - 1), Utc.ToDateTime(epoch));
    }

    [Fact]
    public void Conversions_OutsideTheirRange_Throw()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Utc.FromDateTime(new DateTimeOffset(1971, 12, 31, 0, 0, 0, TimeSpan.Zero)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Utc.ToDateTime(new Epoch(-900_000_000_000_000_000)));
    }

    /// <summary>From 1972 to 2068, and every second time within two seconds of a leap second.</summary>
    private static Gen<long> Nanoseconds()
    {
        long[] leaps = [.. new[] { "1972-07-01", "1981-07-01", "1999-01-01", "2006-01-01", "2012-07-01", "2017-01-01" }.Select(day =>
        {
            Assert.True(Utc.TryParse($"{day}T00:00:00", out var epoch));
            return epoch.NanosecondsSinceJ2000;
        })];
        var anywhere = from second in Gen.Choose(-883_655_957, int.MaxValue) from rest in Gen.Choose(0, 999_999_999) select second * 1_000_000_000L + rest;
        var nearLeap = from leap in Gen.Elements(leaps) from milliseconds in Gen.Choose(-2_000, 2_000) from rest in Gen.Choose(0, 999_999) select leap + milliseconds * 1_000_000L + rest;
        return Gen.OneOf(anywhere, nearLeap);
    }
}
