using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

/// <summary>Many objects with one orbit are told as a group, in a time that grows with their number and not with its square.</summary>
public sealed class SameOrbitsTests
{
    private static readonly ScreenedElements[] Others = [.. Scene.Crowd(51, 200).Cast<ScreenedElements>()];
    private static readonly ScreeningOptions Options = Scene.Options(1, 30);

    [Fact]
    public void Screen_TenThousandCopies_OneGroupAndItsApproachesOnce()
    {
        var report = Scene.Screen([.. Others, .. Copies(10_000)], Options);
        var group = Assert.Single(report.CoMovingGroups(), one => one.Contains(100_000));
        Assert.Equal(Enumerable.Range(100_000, 10_000).Select(id => (long)id), group);
        var named = report.Issues.Where(issue => issue.Kind == ScreeningIssueKind.SameOrbit).ToList();
        Assert.Equal(9_998, named.Count);
        Assert.All(named, issue => Assert.Contains("10000 objects hold the elements of 100000", issue.Detail, StringComparison.Ordinal));
        // To the others each of the two stands for all: as if it were alone.
        var alone = Scene.Screen([.. Others, .. Copies(1)], Options);
        Assert.Equal(alone.Approaches.Where(one => one.Id2 == 100_000 || one.Id2 < 100_000), report.Approaches.Where(one => one.Id2 == 100_000 || one.Id2 < 100_000));
        Assert.Equal(alone.Approaches.Where(one => one.Id2 == 100_000).Select(one => (one.Id1, one.Tca, one.MissKm)), report.Approaches.Where(one => one.Id1 < 100_000 && one.Id2 == 100_001).Select(one => (one.Id1, one.Tca, one.MissKm)));
        Assert.InRange(report.Work.PairsTested, 0, 2 * alone.Work.PairsTested + 10_000);
    }

    /// <summary>What one object alone approaches, each of twenty equal ones does: two groups that cross each other included.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Screen_CopiesApproachOthers_EveryOneIsTold(bool hasBodies)
    {
        ScreenedElements[] copies = Copies(20), crossing = [.. Copies(20).Select(one => one with { Id = one.Id + 1_000, Elements = one.Elements with { InclinationRad = 1.31 } })];
        if (hasBodies)
        {
            // Of three bodies, two of them in both groups and one among the others.
            copies = [.. copies.Select((one, i) => one with { Body = i % 3 })];
            crossing = [.. crossing.Select((one, i) => one with { Body = i % 2 })];
        }
        ScreenedElements[] others = [.. Others.Select((one, i) => hasBodies ? one with { Body = i < 100 ? 0 : 100 + i } : one)];
        var report = Scene.Screen([.. others, .. copies, .. crossing], Options);
        var expected = new HashSet<(long, long, Epoch, double)>();
        foreach (var copy in copies)
        {
            // Alone with each of the others, in numbers too small for a group.
            foreach (var some in crossing.Chunk(10)) expected.UnionWith(Rows(Scene.Screen([.. others, copy, .. some], Options)));
        }
        Assert.Contains(expected, one => one.Item1 is >= 100_000 and < 101_000 && one.Item2 >= 101_000);
        Assert.Contains(expected, one => one.Item1 < 100_000 && one.Item2 is >= 100_000 and < 101_000);
        // Within a group each is told with one that stands for all.
        expected.RemoveWhere(one => one.Item1 >= 101_000);
        var told = Rows(report).Where(one => !(one.Item1 >= 101_000) && !(one.Item1 >= 100_000 && one.Item2 < 101_000)).ToList();
        Assert.Equal(expected.Order(), told.Order());
        Assert.Equal(told.Count, told.Distinct().Count());

        static IEnumerable<(long, long, Epoch, double)> Rows(ScreeningReport of) => of.Approaches.Select(one => (one.Id1, one.Id2, one.Tca, one.MissKm));
    }

    [Fact]
    public void Screen_MoreThanCanBeTold_EachIsALoss()
    {
        ScreenedElements[] copies = Copies(1_500), crossing = [.. Copies(1_500).Select(one => one with { Id = one.Id + 10_000, Elements = one.Elements with { InclinationRad = 1.31 } })];
        var report = Scene.Screen([.. copies, .. crossing], Options);
        Assert.Equal(2 * 1_498, report.Issues.Count(issue => issue is { Kind: ScreeningIssueKind.SameOrbitUntold, IsLoss: true }));
        Assert.InRange(report.Approaches.Count, 4, 100);
    }

    /// <summary>Not the same digits, but within metres: a quarter of a million pairs that would all be followed.</summary>
    [Fact]
    public void Screen_ThousandsOfNearlyOneOrbit_RefusedWithTheReason()
    {
        ScreenedElements[] cloud = [.. Copies(700).Select((one, i) => one with { Elements = one.Elements with { MeanAnomalyRad = one.Elements.MeanAnomalyRad + 1e-9 * i } })];
        var refusal = Assert.Throws<CrowdedScreeningException>(() => Scene.Screen(cloud, Options));
        Assert.Contains("200,000 pairs move together", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Screen_FewCopies_EveryPairTold()
    {
        var report = Scene.Screen(Copies(SameOrbits.Most), Options);
        Assert.Equal(SameOrbits.Most * (SameOrbits.Most - 1) / 2, report.Approaches.Count);
        Assert.All(report.Approaches, one => Assert.True(one.IsCoMoving && one.MissKm == 0));
        Assert.Empty(report.Issues);
    }

    [Theory]
    [InlineData(0, 40)]
    [InlineData(25, 40)]
    [InlineData(1, 39)]
    [InlineData(0, 41)]
    [InlineData(2, 17)]
    public void Rescreen_GroupChanges_SameAsAllAnew(int from, int to)
    {
        ScreenedElements[] copies = Copies(40);
        var former = Scene.Screen([.. Others, .. copies], Options);
        ScreenedElements[] now = [.. Others, .. Copies(to).Skip(from)];
        var (quick, anew) = (ConjunctionScreener.Rescreen(former, now, Options), Scene.Screen(now, Options));
        Assert.Equal(anew.Approaches, quick.Approaches);
        Assert.Equal(anew.Issues, quick.Issues);
        Assert.Equal(former.Approaches, ConjunctionScreener.Rescreen(quick, [.. Others, .. copies], Options).Approaches);
    }

    [Fact]
    public void Screen_OneCopyIsPrimary_ItsApproachesAreTold()
    {
        var copies = Copies(40);
        var report = Scene.Screen([.. Others, .. copies], Options with { Primaries = new HashSet<long> { 100_030 } });
        var alone = Scene.Screen([.. Others, copies[30]], Options);
        Assert.Equal(alone.Approaches.Where(one => one.Id2 == 100_030), report.Approaches.Where(one => one.Id1 < 100_000));
        Assert.Contains(report.Approaches, one => one is { Id1: 100_000, Id2: 100_030, IsCoMoving: true });
    }

    /// <summary>Of an object that has approaches to others.</summary>
    private static ScreenedElements[] Copies(int count) => [.. Enumerable.Range(0, count).Select(i => new ScreenedElements(100_000 + i, Others[0].Elements with { ObjectTag = $"{i}", InclinationRad = 1.3 }))];
}
