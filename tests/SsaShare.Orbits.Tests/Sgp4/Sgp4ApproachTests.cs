using System.Globalization;
using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

/// <summary>Close approaches that the official C++ finds in a catalog: our states at the same instants are as far apart and as fast.</summary>
public sealed class Sgp4ApproachTests
{
    [Fact]
    public void Propagate_CatalogAtKnownApproaches_GivesTheirDistanceAndSpeed()
    {
        var satellites = ElementTable.Read("catalogs/2024-11-01/celestrak_on_orbit_20241101.csv.gz").ToDictionary(set => set.ObjectTag!, set => new Sgp4Propagator(set));
        var start = Testing.At("2024-11-01T00:00:00Z");
        int approaches = 0;
        double worstKm = 0, worstKmPerS = 0;
        foreach (string line in ReferenceData.Lines("catalogs/2024-11-01/truth_first_hour_5km.csv").Skip(1))
        {
            string[] words = line.Split(',');
            double[] numbers = [.. words[2..].Select(word => double.Parse(word, CultureInfo.InvariantCulture))];
            var at = start.PlusSeconds(numbers[0]);
            var (a, b) = (satellites[words[0]].Propagate(at), satellites[words[1]].Propagate(at));
            worstKm = Math.Max(worstKm, Math.Abs(a.PositionKm.DistanceTo(b.PositionKm) - numbers[1]));
            worstKmPerS = Math.Max(worstKmPerS, Math.Abs((a.VelocityKmPerS - b.VelocityKmPerS).Norm - numbers[2]));
            approaches++;
        }
        string what = $"SGP4, {approaches} approaches of 2024-11-01, 00:00 to 01:00 UTC";
        Figure.Say(what + ", distance", "the official program", "max", worstKm, "km");
        Figure.Say(what + ", speed", "the official program", "max", worstKmPerS, "km/s");
        Assert.True(approaches > 1_000);
        // Printed to 1e-5; the instants to 1e-4 s.
        Assert.InRange(worstKm, 0, 1.5e-5);
        Assert.InRange(worstKmPerS, 0, 1e-5);
    }
}
