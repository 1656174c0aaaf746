using System.Globalization;
using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

/// <summary>A catalog as it lies forgotten: screened where its elements still describe orbits, refused by name where they do not, and in a time like that of a fresh one.</summary>
public sealed class ScreeningStaleTests
{
    private static readonly Epoch Later = Scene.Start.PlusSeconds(425 * 86_400.0);

    [Theory]
    [InlineData(1)]
    [InlineData(24)]
    public void Screen_GeneratedCatalog14MonthsOld_FindsWhatBruteForceFindsAndNamesTheRest(int stride)
    {
        var random = new Random(8);
        ScreenedElements[] objects =
        [
            .. Scene.Crowd(41, 400).Cast<ScreenedElements>(),
            .. Enumerable.Range(0, 60).Select(i => new ScreenedElements(10 + i, Scene.InShell(random) with { BStarPerEarthRadii = (i % 2 == 0 ? 0.02 : -0.02) * random.NextDouble(), MeanMotionRevPerDay = 15 + random.NextDouble() })),
        ];
        var options = new ScreeningOptions(Later, Later.PlusSeconds(2 * 3_600), ScreeningVolume.Sphere(30));
        var report = Scene.Strided(objects, options, stride);
        var lost = report.Issues.Where(issue => issue.IsLoss).Select(issue => issue.Id).ToHashSet();
        ScreenedElements[] sound = [.. objects.Where(one => !lost.Contains(one.Id))];
        ScreeningCompletenessTests.AssertSame(new BruteForce(Later, 2 * 3_600).Find(sound, 30.01), Of(report, lost), 30);
        Assert.True(report.Approaches.Count > 30, $"{report.Approaches.Count} approaches say little.");
        Assert.InRange(sound.Length, 250, 440);

        // Whatever moves as no orbit does is refused by name, with its age and what to do; never screened in silence.
        var absurd = objects.Where(one => new Sgp4Propagator(one.Elements).Propagate(Later) is { IsValid: true } state && state.PositionKm.Norm > 1.6 * 6_378.135 / Math.Pow(one.Elements.MeanMotionRevPerDay / 17, 2.0 / 3) * (1 + one.Elements.Eccentricity)).ToList();
        Assert.NotEmpty(absurd);
        Assert.All(absurd, one => Assert.Contains(report.Issues, issue => issue.Id == one.Id && issue is { Kind: ScreeningIssueKind.BeyondModel, IsLoss: true }));
        Assert.All(report.Issues.Where(issue => issue.Kind == ScreeningIssueKind.BeyondModel), issue =>
        {
            Assert.Contains("42", issue.Detail, StringComparison.Ordinal);
            Assert.Contains("Screen newer elements", issue.Detail, StringComparison.Ordinal);
        });
        Assert.All(objects, one => Assert.Contains(report.Issues, issue => issue.Id == one.Id && issue.Kind == ScreeningIssueKind.Stale));
    }

    [Fact]
    public void Rescreen_OldCatalogSomeRenewed_SameAsAllAnew()
    {
        var objects = Scene.Crowd(42, 300);
        var options = new ScreeningOptions(Later, Later.PlusSeconds(2 * 3_600), ScreeningVolume.Sphere(30));
        var former = Scene.Screen(objects, options);
        ScreenedObject[] now = [.. objects.Select((one, i) => i % 40 == 0 ? new ScreenedElements(one.Id, ((ScreenedElements)one).Elements with { Epoch = Later }) : one)];
        var (quick, anew) = (ConjunctionScreener.Rescreen(former, now, options), Scene.Screen(now, options));
        Assert.Equal(anew.Approaches, quick.Approaches);
        Assert.Equal(anew.Issues, quick.Issues);
    }

    /// <summary>26,834 objects whose elements are 14 months old.</summary>
    [Fact]
    public void Screen_Catalog14MonthsLater_EndsAndNamesWhatIsNoOrbit()
    {
        ScreenedObject[] objects = [.. ElementTable.Read("catalogs/2024-11-01/celestrak_on_orbit_20241101.csv.gz").Select(set => new ScreenedElements(long.Parse(set.ObjectTag!, CultureInfo.InvariantCulture), set))];
        var fresh = Scene.Screen(objects, Scene.Options(1, 5));
        var old = Scene.Screen(objects, new ScreeningOptions(Later, Later.PlusSeconds(3_600), ScreeningVolume.Sphere(5)));
        // Work, not time: what it takes follows from the number of states and of pairs.
        Assert.InRange(old.Work.PairsTested, 0, 2 * fresh.Work.PairsTested);
        Assert.InRange(old.Work.States, 0, 6 * fresh.Work.States);
        int refused = old.Issues.Count(issue => issue.Kind == ScreeningIssueKind.BeyondModel), without = old.Issues.Count(issue => issue.Kind == ScreeningIssueKind.NoState);
        string what = $"Screening, catalog of 2024-11-01, {objects.Length} objects, one hour 425 days later, 5 km";
        Figure.Say(what + ", objects refused: drag terms describe no orbit any more", "SGP4", "number", refused, "");
        Figure.Say(what + ", objects refused: SGP4 has no state", "SGP4", "number", without, "");
        Figure.Say(what + ", approaches of the others", "SGP4", "number", old.Approaches.Count, "");
        Assert.InRange(refused, 1_000, 2_000);
        Assert.InRange(without, 100, 500);
        Assert.InRange(old.Approaches.Count, 800, 1_500);
        Assert.All(old.Approaches, one => Assert.True(one.Traits.HasFlag(CloseApproachTraits.StaleElements)));
    }

    private static ScreeningReport Of(ScreeningReport report, HashSet<long> lost)
        => new(report.Options, report.Objects, [.. report.Approaches.Where(one => !lost.Contains(one.Id1) && !lost.Contains(one.Id2))], report.Issues, report.Work);
}
