using SsaShare.Tests;

namespace SsaShare.Formats.Tests;

public sealed class EphemerisTimeTests
{
    [Theory]
    [InlineData(EphemerisTimeSystem.Utc, "2016-12-31T23:59:59.25", "2016-12-31T23:59:59.250Z")]
    [InlineData(EphemerisTimeSystem.Utc, "2016-12-31T23:59:60.25", "2016-12-31T23:59:60.250Z")]
    [InlineData(EphemerisTimeSystem.Glonass, "2017-01-01T00:00:00", "2017-01-01T00:00:00Z")]
    [InlineData(EphemerisTimeSystem.Gps, "2017-01-01T00:00:18", "2017-01-01T00:00:00Z")]
    [InlineData(EphemerisTimeSystem.Galileo, "2017-01-01T00:00:17", "2016-12-31T23:59:60Z")]
    [InlineData(EphemerisTimeSystem.BeiDou, "2017-01-01T00:00:04", "2017-01-01T00:00:00Z")]
    [InlineData(EphemerisTimeSystem.Tai, "2017-01-01T00:00:37", "2017-01-01T00:00:00Z")]
    [InlineData(EphemerisTimeSystem.Tt, "2017-01-01T00:01:09.184", "2017-01-01T00:00:00Z")]
    public void TryToEpoch_OfEachClock_IsTheInstantAndBack(EphemerisTimeSystem system, string text, string utc)
    {
        Assert.Null(EphemerisTime.TryParse(text, system, out var time));
        Assert.Equal(text, time.ToString());
        Assert.True(time.TryToEpoch(system, out var epoch));
        Assert.Equal(utc, epoch.ToString());
        Assert.True(EphemerisTime.TryFromEpoch(epoch, system, out var back));
        Assert.Equal(time, back);
    }

    [Theory]
    [InlineData("2018-164T00:14:42.5", "2018-06-13T00:14:42.5")]
    [InlineData("2018-06-13T00:14:42.500Z", "2018-06-13T00:14:42.5")]
    [InlineData("2018-06-13T00:14:42.123456789012345678", "2018-06-13T00:14:42.123456789012345678")]
    public void TryParse_BothForms_KeepEveryDigit(string text, string expected)
    {
        Assert.Null(EphemerisTime.TryParse(text, EphemerisTimeSystem.Utc, out var time));
        Assert.Equal(expected, time.ToString());
    }

    [Theory]
    [InlineData("2018-06-31T00:00:00")]
    [InlineData("2018-366T00:00:00")]
    [InlineData("2018-06-13T24:00:00")]
    [InlineData("2018-06-13T23:59:60")]
    [InlineData("2018-06-13")]
    [InlineData("2018-06-13T00:00:0x")]
    [InlineData("")]
    public void TryParse_WhatIsNoTime_SaysWhy(string text) => Assert.NotNull(EphemerisTime.TryParse(text, EphemerisTimeSystem.Utc, out _));

    [Theory]
    [InlineData(EphemerisTimeSystem.Tdb)]
    [InlineData(EphemerisTimeSystem.Ut1)]
    [InlineData(EphemerisTimeSystem.Unspecified)]
    public void TryToEpoch_OfAClockWithoutAWholeOfSeconds_IsRefused(EphemerisTimeSystem system) => Assert.False(new EphemerisTime(60_000, 0).TryToEpoch(system, out _));

    [Fact]
    public void TryAdd_AndSecondsSince_UndoEachOther()
    {
        var random = new Random(42);
        EphemerisTimeSystem[] systems = [EphemerisTimeSystem.Utc, EphemerisTimeSystem.Gps, EphemerisTimeSystem.Tdb];
        for (int i = 0; i < 100 * Nightly.PropertyCases; i++)
        {
            var system = systems[i % systems.Length];
            // Around the leap seconds of 2015 and 2016, and before 1972.
            var time = new EphemerisTime((i % 7 == 0 ? 40_000 : 57_000) + random.Next(900), random.NextInt64(86_400_000_000_000) / 1_000_000_000m);
            decimal seconds = random.NextInt64(-100_000_000_000_000_000, 100_000_000_000_000_000) / 1_000_000_000m;
            Assert.True(time.TryAdd(seconds, system, out var later));
            Assert.Equal(seconds, later.SecondsSince(time, system));
            Assert.True(later.TryAdd(-seconds, system, out var back));
            Assert.Equal(time, back);
        }
    }

    [Fact]
    public void TryConvert_ThereAndBack_LosesNothing()
    {
        var random = new Random(43);
        EphemerisTimeSystem[] systems = [EphemerisTimeSystem.Utc, EphemerisTimeSystem.Gps, EphemerisTimeSystem.Tai, EphemerisTimeSystem.BeiDou, EphemerisTimeSystem.Tt];
        for (int i = 0; i < 100 * Nightly.PropertyCases; i++)
        {
            var (from, to) = (systems[random.Next(systems.Length)], systems[random.Next(systems.Length)]);
            var time = new EphemerisTime(57_000 + random.Next(900), random.NextInt64(86_400_000_000_000_000) / 1_000_000_000_000m);
            Assert.True(time.TryConvert(from, to, out var other));
            Assert.True(other.TryConvert(to, from, out var back));
            Assert.Equal(time, back);
            Assert.InRange(other.SecondOfDay, 0, 86_401);
        }
    }
}
