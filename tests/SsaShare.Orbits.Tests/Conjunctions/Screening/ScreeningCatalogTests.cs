using System.Globalization;
using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

/// <summary>Published catalogs with known approaches.</summary>
public sealed class ScreeningCatalogTests
{
    private const string Catalog2024 = "catalogs/2024-11-01/celestrak_on_orbit_20241101.csv.gz";

    /// <summary>Listed: those found by the official SGP4 and an exhaustive search, faster than 10 m/s.</summary>
    [Fact]
    public void Screen_FirstHourOf2024November_AllListedAndNoneBesides()
    {
        ScreenedObject[] objects = [.. ElementTable.Read(Catalog2024).Select(set => new ScreenedElements(long.Parse(set.ObjectTag!, CultureInfo.InvariantCulture), set))];
        var listed = ReferenceData.Lines("catalogs/2024-11-01/truth_first_hour_5km.csv").Skip(1).Select(line => line.Split(',')).ToList();
        var report = Scene.Screen(objects, Scene.Options(1, 5));
        var ours = report.Approaches.ToLookup(one => (one.Id1, one.Id2));
        var (seconds, km, kmPerS) = (new List<double>(), new List<double>(), new List<double>());
        var told = new HashSet<CloseApproach>();
        foreach (string[] words in listed)
        {
            var pair = (long.Parse(words[0], CultureInfo.InvariantCulture), long.Parse(words[1], CultureInfo.InvariantCulture));
            double[] numbers = [.. words[2..].Select(word => double.Parse(word, CultureInfo.InvariantCulture))];
            var own = ours[pair].MinBy(one => Math.Abs(one.Tca.SecondsSince(Scene.Start) - numbers[0]));
            Assert.True(own != default, $"{pair} at {numbers[0]} s is missed.");
            told.Add(own);
            seconds.Add(Math.Abs(own.Tca.SecondsSince(Scene.Start) - numbers[0]));
            km.Add(Math.Abs(own.MissKm - numbers[1]));
            kmPerS.Add(Math.Abs(own.RelativeSpeedKmPerS - numbers[2]));
        }
        string what = $"Screening, catalog of 2024-11-01, {objects.Length} objects, first hour, 5 km, {listed.Count} approaches";
        Figure.Say(what + ", missed", "exhaustive search with the official SGP4", "number", listed.Count - told.Count, "");
        Figure.Quantiles(what + ", time (listed to 0.1 ms)", "exhaustive search with the official SGP4", seconds.Select(s => 1e3 * s), "ms");
        Figure.Quantiles(what + ", distance (listed to 1 cm)", "exhaustive search with the official SGP4", km.Select(s => 1e3 * s), "m");
        Assert.Equal(1_013, told.Count);
        Assert.InRange(seconds.Max(), 0, 0.000_06);
        Assert.InRange(km.Max(), 0, 0.000_006);
        Assert.InRange(kmPerS.Max(), 0, 0.000_006);
        Assert.DoesNotContain(report.Approaches, one => !told.Contains(one) && one.RelativeSpeedKmPerS >= 0.01);
        Assert.All(report.Approaches, one => Assert.True(one.IsCoMoving == one.RelativeSpeedKmPerS < 0.01));
        // The space station with what is docked to it.
        Assert.Contains(report.CoMovingGroups(), group => group.Contains(25_544) && group.Contains(49_044));
        Assert.All(report.Issues, issue => Assert.NotEmpty(issue.Detail));
    }

    /// <summary>Of the real catalog, every pair of some hundreds at every step.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Screen_SomeOfTheCatalog_FindsWhatBruteForceFinds(int seed)
    {
        var random = new Random(seed);
        ScreenedObject[] some = [.. ElementTable.Read(Catalog2024).ToArray().OrderBy(_ => random.Next()).Take(500).Select(set => new ScreenedElements(long.Parse(set.ObjectTag!, CultureInfo.InvariantCulture), set))];
        var report = Scene.Screen(some, Scene.Options(6, 60));
        ScreeningCompletenessTests.AssertSame(new BruteForce(Scene.Start, 6 * 3_600).Find([.. some.Cast<ScreenedElements>()], 60.01), report, 60);
        Assert.True(report.Approaches.Count > 100);
    }

    /// <summary>
    /// Listed by another program that interpolates between distant states: a test of completeness. Nearly all of its times are good to 0.5 s and its distances to 0.75 km; the distances at SGP4's own closest
    /// approach are up to 4.5 km from the others.
    /// </summary>
    [Fact]
    public void Screen_2013October_AllListed()
    {
        ScreenedObject[] objects = [.. ElementLines.Read(ReferenceData.Lines("catalogs/2013-10-23-lidtke/spaceTrack3LEs_23_10_2013.txt.gz")).Select(set => new ScreenedElements(long.Parse(set.ObjectTag!, CultureInfo.InvariantCulture), set))];
        var start = Testing.At("2013-10-23T03:58:00Z");
        var report = Scene.Screen(objects, new ScreeningOptions(start, Testing.At("2013-10-23T05:08:40Z"), ScreeningVolume.Sphere(24.6)));
        var ours = report.Approaches.ToLookup(one => (one.Id1, one.Id2));
        var (seconds, km, missed) = (new List<double>(), new List<double>(), new List<string>());
        int good = 0;
        foreach (string line in ReferenceData.Lines("catalogs/2013-10-23-lidtke/allOnALlFiniteCovarianceTest"))
        {
            string[] words = line.Split(',');
            if (words.Length < 8 || !long.TryParse(words[0], CultureInfo.InvariantCulture, out long first)) continue;
            long second = long.Parse(words[1], CultureInfo.InvariantCulture);
            double[] clock = [.. words[2].Split(' ')[1].Split(':').Select(part => double.Parse(part, CultureInfo.InvariantCulture))];
            double at = clock[0] * 3_600 + clock[1] * 60 + clock[2] - (3 * 3_600 + 58 * 60), distance = double.Parse(words[3], CultureInfo.InvariantCulture);
            var near = ours[(Math.Min(first, second), Math.Max(first, second))].Where(one => IsMeant(one, at)).ToList();
            if (near.Count == 0) missed.Add(line);
            else if (!near[0].IsCoMoving)
            {
                seconds.Add(Math.Abs(near[0].Tca.SecondsSince(start) - at));
                km.Add(Math.Abs(near[0].MissKm - distance));
            }
            if (near.Exists(one => Math.Abs(one.Tca.SecondsSince(start) - at) < 0.5 && Math.Abs(one.MissKm - distance) < 0.75)) good++;
        }
        string what = $"Screening, catalog of 2013-10-23, {objects.Length} objects, 70 minutes, 20 km, 8107 approaches";
        Figure.Say(what + ", missed", "published list, interpolated", "number", missed.Count, "");
        Figure.Say(what + ", beyond 0.5 s or 0.75 km", "published list, interpolated", "number", 8_107 - good, "");
        Figure.Quantiles(what + ", time", "published list, interpolated", seconds, "s");
        Figure.Quantiles(what + ", distance", "published list, interpolated", km, "km");
        Assert.True(missed.Count == 0, $"{missed.Count}: {string.Join('\n', missed.Take(12))}");
        Assert.InRange(good, 8_040, 8_107);
        Assert.InRange(seconds.Order().ElementAt(seconds.Count / 2), 0, 0.02);
        Assert.InRange(km.Order().ElementAt(km.Count / 2), 0, 0.03);

        // A slow pair is told once for its whole stay.
        bool IsMeant(CloseApproach one, double at)
            => Math.Abs(one.Tca.SecondsSince(start) - at) < 2 || (one.IsCoMoving && one.InsideFrom.SecondsSince(start) <= at && one.InsideTo.SecondsSince(start) >= at);
    }

    [Fact]
    public void Screen_Iridium33AndCosmos2251_FindsTheCollision()
    {
        ScreenedObject[] objects = [.. ElementLines.Read(ReferenceData.Lines("events/iridium33-cosmos2251.tle")).Select(set => new ScreenedElements(long.Parse(set.ObjectTag!, CultureInfo.InvariantCulture), set))];
        var report = Scene.Screen(objects, new ScreeningOptions(Testing.At("2009-02-10T00:00:00Z"), Testing.At("2009-02-11T00:00:00Z"), ScreeningVolume.Sphere(1)));
        var found = Assert.Single(report.Approaches);
        Assert.Equal((22_675, 24_946), (found.Id1, found.Id2));
        Figure.Say("Screening, Iridium 33 and Cosmos 2251, 2009-02-10, time", "as published (to 1 ms)", "", 1e3 * Math.Abs(found.Tca.SecondsSince(Testing.At("2009-02-10T16:55:59.796Z"))), "ms");
        Assert.InRange(found.Tca.SecondsSince(Testing.At("2009-02-10T16:55:59.796Z")), -0.001, 0.001);
        Assert.Equal(0.698, found.MissKm, 0.0006);
        Assert.Equal(11.6472, found.RelativeSpeedKmPerS, 0.00006);
        Assert.Empty(report.Issues);
    }
}
