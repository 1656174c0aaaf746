using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

public class SubdailyTidesTests
{
    private const double MicroarcsecondsPerRad = 180 / Math.PI * 3.6e9;

    /// <summary>Test case of the IERS routine ORTHO_EOP (MJD 47100), which writes the same model in orthogonal weights; both differ by a few microarcseconds.</summary>
    [Fact]
    public void At_TestCaseOfTheConventions_WithinThreeMicroarcseconds()
    {
        var (x, y, ut1) = SubdailyTides.At(new Epoch((47_100 * 2L - 103_089) * TimeScales.NanosecondsPerDay / 2));
        double pole = Math.Max(Math.Abs(x * MicroarcsecondsPerRad + 162.8386373279636530), Math.Abs(y * MicroarcsecondsPerRad - 117.7907525842668974));
        double time = Math.Abs(ut1 * 1e6 + 23.39092370609808214);
        Figure.Say("daily tides in the Earth's rotation, pole", "the IERS routine's value for one day", "max", pole, "µas");
        Figure.Say("daily tides in the Earth's rotation, UT1", "the IERS routine's value for one day", "", time, "µs");
        Assert.InRange(pole, 0, 3.0);
        Assert.InRange(time, 0, 0.2);
    }

    /// <summary>The turn by which tides move ITRF, 2007-10-20 to 22: an independent program (Orekit, ITRFProviderTest) gives 0.064 to 0.613 mas, with libration.</summary>
    [Fact]
    public void At_ThreeDays_HasThePublishedSmallestAndLargestTurn()
    {
        var (smallest, largest) = (double.MaxValue, 0.0);
        for (int minute = 0; minute < 3 * 1_440; minute++)
        {
            var (x, y, ut1) = SubdailyTides.At(Testing.At("2007-10-20T00:00:00").PlusSeconds(60 * minute));
            double turn = Math.Sqrt(x * x + y * y + Math.Pow(ut1 * EarthRotation.NominalRateRadPerS, 2)) * MicroarcsecondsPerRad / 1_000;
            (smallest, largest) = (Math.Min(smallest, turn), Math.Max(largest, turn));
        }
        Figure.Say("turn by daily tides, three days of 2007, smallest and largest", "Orekit's tests: 0.064 and 0.613 mas, with libration", "max", Math.Max(Math.Abs(smallest - 0.064), Math.Abs(largest - 0.613)), "mas");
        Assert.Equal(0.064, smallest, 0.002);
        Assert.Equal(0.613, largest, 0.002);
    }

    [Fact]
    public void NodeSeries_OfTides_InterpolatesToHundredthsOfAMillimetre()
    {
        var series = new NodeSeries(1_800_000_000_000, SubdailyTides.At);
        var random = new Random(3);
        for (int i = 0; i < 500; i++)
        {
            var epoch = Testing.At("1996-01-01T00:00:00").PlusSeconds(random.NextDouble() * 3e7);
            var (expected, actual) = (SubdailyTides.At(epoch), series.At(epoch));
            Assert.Equal(expected.PoleXRad * 6.4e9, actual.A * 6.4e9, 0.01);
            Assert.Equal(expected.PoleYRad * 6.4e9, actual.B * 6.4e9, 0.01);
            Assert.Equal(expected.Ut1Seconds * 465e3, actual.C * 465e3, 0.01);
        }
        // Before J2000.0 the nodes are counted downwards, and an instant on a node is that node.
        var node = new Epoch(-1_800_000_000_000 * 77);
        Assert.Equal(SubdailyTides.At(node).PoleXRad, series.At(node).A);
    }
}
