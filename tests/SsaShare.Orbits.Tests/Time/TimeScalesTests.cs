using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

public class TimeScalesTests
{
    /// <summary>ERFA test case of dtdb: 1992-10-13, with 2 µs of it belonging to the place on the ground.</summary>
    [Fact]
    public void TdbMinusTt_ErfaTestDate_WithinTenMicroseconds()
    {
        var epoch = new Epoch((long)Math.Round((2_448_939.5 + 0.123 - 2_451_545) * 86_400 * 1e9));
        Assert.Equal(-0.1280368005936998991e-2, TimeScales.TdbMinusTtSeconds(epoch), 1.2e-5);
    }

    /// <summary>IS-GPS: week 0 begins at 1980-01-06T00:00:00 UTC; week 1024 at 1999-08-21T23:59:47, week 2048 at 2019-04-06T23:59:42.</summary>
    [Theory]
    [InlineData("1980-01-06T00:00:00", 0, 0)]
    [InlineData("1999-08-21T23:59:47", 1_024, 0)]
    [InlineData("2019-04-06T23:59:42", 2_048, 0)]
    [InlineData("2019-04-06T23:59:41.999999999", 2_047, 604_799_999_999_999)]
    [InlineData("1980-01-05T23:59:59", -1, 604_799_000_000_000)]
    public void GpsTime_KnownWeeks_ThereAndBack(string utc, int week, long nanosecond)
    {
        var gps = GpsTime.FromEpoch(Testing.At(utc));
        Assert.Equal(new GpsTime(week, nanosecond), gps);
        Assert.True(gps.TryToEpoch(out var epoch));
        Assert.Equal(Testing.At(utc), epoch);
    }

    [Fact]
    public void GpsTime_OutOfRange_Refuses()
    {
        Assert.False(new GpsTime(100_000, 0).TryToEpoch(out _));
        Assert.False(new GpsTime(0, -1).TryToEpoch(out _));
        Assert.False(new GpsTime(0, 604_800_000_000_000).TryToEpoch(out _));
        foreach (long end in new[] { long.MinValue, long.MaxValue })
        {
            Assert.True(GpsTime.FromEpoch(new Epoch(end)).TryToEpoch(out var epoch));
            Assert.Equal(end, epoch.NanosecondsSinceJ2000);
        }
    }

    /// <summary>SOFA Time Scale and Calendar Tools, example of section 4: 2006-01-15T21:24:37.5 UTC.</summary>
    [Theory]
    [InlineData(TimeScale.Utc, 0.892100694)]
    [InlineData(TimeScale.Tai, 0.892482639)]
    [InlineData(TimeScale.Tt, 0.892855139)]
    [InlineData(TimeScale.Ut1, 0.892104561)]
    public void ToJulianDate_SofaExample_AgreesToPrintedDigits(TimeScale scale, double fraction)
    {
        var table = EarthOrientation.Parse("53750 0 0 0.3341 0 0\n53751 0 0 0.3341 0 0");
        var date = TimeScales.ToJulianDate(Testing.At("2006-01-15T21:24:37.5"), scale, table);
        Assert.Equal(2_453_750.5, date.Day);
        Assert.Equal(53_750, date.ModifiedDay);
        Assert.Equal(fraction, date.Fraction, 6e-10);
    }

    [Theory]
    [InlineData("2016-12-31T23:59:60.25")]
    [InlineData("1972-01-01T00:00:00")]
    [InlineData("2006-01-15T21:24:37.500000001")]
    [InlineData("2290-12-31T12:00:00")]
    public void JulianDate_ThereAndBack_WithinANanosecond(string utc)
    {
        var epoch = Testing.At(utc);
        foreach (var scale in new[] { TimeScale.Tai, TimeScale.Tt, TimeScale.Utc, TimeScale.Gps, TimeScale.Tdb })
        {
            Assert.True(TimeScales.TryFromJulianDate(TimeScales.ToJulianDate(epoch, scale), scale, out var back));
            Assert.InRange(Math.Abs(back.NanosecondsSinceJ2000 - epoch.NanosecondsSinceJ2000), 0, 1);
        }
    }

    [Fact]
    public void TaiMinusUtc_AroundALeapSecond_StepsAfterIt()
    {
        foreach (var (utc, expected) in new[] { ("2016-12-31T23:59:59", 36), ("2016-12-31T23:59:60.5", 36), ("2017-01-01T00:00:00", 37), ("1972-01-01T00:00:00", 10) })
        {
            Assert.True(TimeScales.TryTaiMinusUtc(Testing.At(utc), out int seconds));
            Assert.Equal(expected, seconds);
        }
        Assert.False(TimeScales.TryTaiMinusUtc(new Epoch(-1_000_000_000_000_000_000), out _));
    }

    [Fact]
    public void Ut1MinusUtc_OfTheTable_IsItsFigure()
    {
        Assert.True(TimeScales.TryUt1MinusUtc(Testing.At("1995-01-01T00:00:00"), EarthOrientation.Default, out double seconds));
        Assert.Equal(0.3986990, seconds, 1e-9);
        Assert.False(TimeScales.TryUt1MinusUtc(Testing.At("2010-01-01T00:00:00"), EarthOrientation.Default, out _));
    }

    [Fact]
    public void JulianDate_WithoutAnAnswer_Refuses()
    {
        var early = new Epoch(-1_000_000_000_000_000_000);
        Assert.Throws<ArgumentException>(() => TimeScales.ToJulianDate(early, TimeScale.Utc));
        Assert.Throws<ArgumentException>(() => TimeScales.ToJulianDate(Epoch.J2000, TimeScale.Ut1));
        Assert.Throws<ArgumentException>(() => TimeScales.ToJulianDate(Epoch.J2000, 0));
        Assert.False(TimeScales.TryFromJulianDate(new JulianDate(double.NaN, 0), TimeScale.Tt, out _));
        Assert.False(TimeScales.TryFromJulianDate(new JulianDate(2_451_544.5, double.PositiveInfinity), TimeScale.Tt, out _));
        Assert.False(TimeScales.TryFromJulianDate(new JulianDate(1e9, 0), TimeScale.Tt, out _));
        Assert.False(TimeScales.TryFromJulianDate(new JulianDate(2_400_000.5, 0), TimeScale.Utc, out _));
        Assert.False(TimeScales.TryFromJulianDate(new JulianDate(2_451_544.5, 0), TimeScale.Ut1, out _));
    }
}
