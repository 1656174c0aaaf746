using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

public class EarthOrientationCoverageTests
{
    private const double MetresPerRad = 6_378_137;

    [Fact]
    public void Warning_MeasuredSpan_IsNone()
        => Assert.Null(EarthOrientation.Default.Warning(Testing.At("1996-12-01T00:00:00"), Testing.At("1996-12-14T00:00:00")));

    [Fact]
    public void Warning_BeyondTheTable_StatesTheLossInMetres()
    {
        var table = EarthOrientation.Default;
        string? warning = table.Warning(Testing.At("2016-03-20T00:00:00"), Testing.At("2016-04-22T00:00:00"));
        Assert.Equal("Earth orientation on 2016-04-22 is extrapolated: the table goes from 1995-01-01 to 2016-03-23. Positions relative to the rotating Earth err by up to 13 m on the ground "
            + "and 83 m in geostationary orbit (95 %). Load a current file of Earth orientation.", warning);
        Assert.Contains("UT1 is taken for UTC", table.Warning(Testing.At("2026-01-01T00:00:00"), Testing.At("2026-01-02T00:00:00")), StringComparison.Ordinal);
        Assert.Contains("with a gap", table.Warning(Testing.At("1997-01-01T00:00:00"), Testing.At("2016-02-01T00:00:00")), StringComparison.Ordinal);
    }

    [Fact]
    public void Extended_EveryInstantSince1972_HasAnAnswer()
    {
        var table = EarthOrientation.Default.Extended();
        foreach (string utc in new[] { "1972-01-01T00:00:00", "1994-06-01T00:00:00", "2005-01-01T00:00:00", "2017-01-01T00:00:00", "2100-01-01T00:00:00" })
        {
            var epoch = Testing.At(utc);
            Assert.True(table.Covers(epoch));
            Assert.True(TimeScales.TryUt1MinusUtc(epoch, table, out double seconds));
            Assert.InRange(seconds, -0.9, 0.9);
            Assert.NotEqual(OrientationQuality.Measured, table.LossAt(epoch).Quality);
        }
        Assert.False(table.Covers(new Epoch(-1_000_000_000_000_000_000)));
        Assert.Throws<ArgumentOutOfRangeException>(() => table.At(new Epoch(-1_000_000_000_000_000_000)));
        // Within its days the table is the same.
        var inside = Testing.At("1996-03-04T05:06:07");
        Assert.Equal(EarthOrientation.Default.At(inside), table.At(inside));
    }

    /// <summary>Each day left out of the published series and interpolated from its neighbours: what interpolation costs at twice the step.</summary>
    [Fact]
    public void At_BetweenDays_InterpolatesToMillimetres()
    {
        var all = EarthOrientationFile.All;
        var errors = new List<double>();
        for (int mjd = 58_000; mjd < 60_000; mjd++)
        {
            Assert.True(EarthOrientation.TryMidnight(mjd, out var midnight));
            // Four days around, two apart, by the fourth difference: the cubic errs by 3/128 of it per step doubled.
            double Value(int days) => all.At(midnight.PlusSeconds(days * 86_400)).Ut1MinusTaiSeconds;
            double atStepTwo = (-Value(-3) + 9 * Value(-1) + 9 * Value(1) - Value(3)) / 16 - Value(0);
            errors.Add(Math.Abs(atStepTwo) / 16 * 465);
        }
        Figure.Quantiles("UT1 interpolated between days, on the ground", "each day left out, 2017 to 2023", errors.Select(e => e * 1e3), "mm");
        Assert.InRange(errors.Max(), 0, 0.005);
    }

    /// <summary>The stated losses hold: the series cut off at many days and carried on, against what came.</summary>
    [Fact]
    public void LossAt_ExtrapolatedDays_CoversNineteenOfTwenty()
    {
        var all = EarthOrientationFile.All;
        foreach (int ahead in new[] { 1, 7, 30, 90, 180, 365, 700, 1_500 })
        {
            var errors = new List<double>();
            OrientationLoss loss = default;
            for (int last = 49_600; last + ahead < 60_680; last += 37)
            {
                var cut = Cut(all, last - 370, last).Extended();
                Assert.True(EarthOrientation.TryMidnight(last + ahead, out var then));
                var (expected, actual) = (all.At(then), cut.At(then));
                double pole = Math.Sqrt(Math.Pow(expected.PoleXRad - actual.PoleXRad, 2) + Math.Pow(expected.PoleYRad - actual.PoleYRad, 2)) * MetresPerRad;
                errors.Add(Math.Sqrt(pole * pole + Math.Pow((expected.Ut1MinusTaiSeconds - actual.Ut1MinusTaiSeconds) * 465.1, 2)));
                loss = cut.LossAt(then);
            }
            errors.Sort();
            string what = $"Earth orientation {ahead} days beyond its table, on the ground";
            Figure.Quantiles(what, "the table of later days, 1994 to 2024", errors, "m");
            Figure.Say(what, "the table of later days, 1994 to 2024", "the warning states", loss.GroundMetres, "m");
            double inside = errors.Count(error => error <= loss.GroundMetres) / (double)errors.Count;
            Assert.InRange(inside, 0.945, 1);
            Assert.InRange(loss.GroundMetres, 0, 2.5 * errors[(int)(0.95 * errors.Count)]);
        }
    }

    private static EarthOrientation Cut(EarthOrientation all, int first, int last)
    {
        var text = new System.Text.StringBuilder();
        const double Arcsecond = Math.PI / 648_000;
        for (int mjd = first; mjd <= last; mjd++)
        {
            Assert.True(EarthOrientation.TryMidnight(mjd, out var midnight) && TimeScales.TryTaiMinusUtc(midnight, out _));
            var values = all.At(midnight);
            TimeScales.TryTaiMinusUtc(midnight, out int taiMinusUtc);
            text.AppendLine(System.Globalization.CultureInfo.InvariantCulture, $"{mjd} {values.PoleXRad / Arcsecond:R} {values.PoleYRad / Arcsecond:R} {values.Ut1MinusTaiSeconds + taiMinusUtc:R} 0 0");
        }
        return EarthOrientation.Parse(text.ToString());
    }
}
