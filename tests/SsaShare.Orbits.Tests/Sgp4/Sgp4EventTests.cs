using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

public sealed class Sgp4EventTests
{
    /// <summary>The first collision of two satellites: known time, distance and speed of the approach by SGP4.</summary>
    [Fact]
    public void Propagate_Iridium33AndCosmos2251_MeetAsPublished()
    {
        var sets = ElementLines.Read(ReferenceData.Lines("events/iridium33-cosmos2251.tle")).ToArray();
        Assert.Equal(2, sets.Length);
        var (first, second) = (new Sgp4Propagator(sets[0]), new Sgp4Propagator(sets[1]));

        // Golden section between 20 s before and after; the distance has one minimum there.
        var start = Testing.At("2009-02-10T16:55:40Z");
        double low = 0, high = 40;
        double ratio = (Math.Sqrt(5) - 1) / 2;
        while (high - low > 1e-5)
        {
            double left = high - ratio * (high - low), right = low + ratio * (high - low);
            if (Between(left).DistanceKm < Between(right).DistanceKm) high = right;
            else low = left;
        }
        var (distance, speed) = Between(low);
        Figure.Say("SGP4, Iridium 33 and Cosmos 2251, 2009-02-10, time", "as published (to 1 ms)", "", 1e3 * Math.Abs(Testing.At("2009-02-10T16:55:59.796Z").SecondsSince(start.PlusSeconds(low))), "ms");
        Figure.Say("SGP4, Iridium 33 and Cosmos 2251, 2009-02-10, distance", "as published (0.698 km)", "", 1e3 * Math.Abs(distance - 0.698), "m");
        Assert.InRange(Testing.At("2009-02-10T16:55:59.796Z").SecondsSince(start.PlusSeconds(low)), -0.001, 0.001);
        Assert.Equal(0.698, distance, 0.0006);
        Assert.Equal(11.6472, speed, 0.00006);

        (double DistanceKm, double KmPerS) Between(double seconds)
        {
            var at = start.PlusSeconds(seconds);
            var (a, b) = (first.Propagate(at), second.Propagate(at));
            return (a.PositionKm.DistanceTo(b.PositionKm), (a.VelocityKmPerS - b.VelocityKmPerS).Norm);
        }
    }
}
