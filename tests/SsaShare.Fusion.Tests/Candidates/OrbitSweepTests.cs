using System.Diagnostics;
using SsaShare.Domain;

namespace SsaShare.Fusion.Tests.Candidates;

public sealed class OrbitSweepTests
{
    [Fact]
    public void Find_AHundredThousandOrbits_GivesWhatOneByOneGives()
    {
        const int count = 100_000;
        var random = new Random(2);
        var sweep = new OrbitSweep();
        var orbits = Enumerable.Range(0, count).Select(_ => (Normal: Direction(random), LogN: -6.8 + 0.2 * random.NextDouble(), Plane: 0.01 * random.NextDouble(), Energy: 0.01 * random.NextDouble())).ToList();
        foreach (var one in orbits) sweep.Add(one.Normal, one.LogN, one.Plane, one.Energy);
        var found = new List<int>();
        for (int i = 0; i < 20; i++)
        {
            var one = orbits[i];
            sweep.Find(one.Normal, one.LogN, one.Plane, one.Energy, 4, found);
            // A hair inside, for single precision.
            var expected = Enumerable.Range(0, count).Where(k => (orbits[k].Normal - one.Normal).Norm <= 3.9999 * (orbits[k].Plane + one.Plane) && Math.Abs(orbits[k].LogN - one.LogN) <= 3.9999 * (orbits[k].Energy + one.Energy));
            Assert.Empty(expected.Except(found));
            Assert.Contains(i, found);
            Assert.True(found.Count < 0.01 * count);
        }
        double best = double.PositiveInfinity;
        for (int round = 0; round < 20; round++)
        {
            long from = Stopwatch.GetTimestamp();
            for (int i = 0; i < 20; i++) sweep.Find(orbits[i].Normal, orbits[i].LogN, orbits[i].Plane, orbits[i].Energy, 4, found);
            best = Math.Min(best, Stopwatch.GetElapsedTime(from).TotalMicroseconds / 20);
        }
        Figure.Say("sweep of waiting orbits", "100,000 of them, this machine beside other work", "time of one tracklet, least of rounds", best, "us");
        sweep.RemoveAt(0);
        Assert.Equal(count - 1, sweep.Count);
        sweep.Find(orbits[^1].Normal, orbits[^1].LogN, 1e-6, 1e-6, 4, found);
        Assert.Contains(0, found);
    }

    private static Vector3d Direction(Random random)
    {
        double z = 2 * random.NextDouble() - 1, angle = Math.Tau * random.NextDouble(), flat = Math.Sqrt(1 - z * z);
        return new Vector3d(flat * Math.Cos(angle), flat * Math.Sin(angle), z);
    }
}
