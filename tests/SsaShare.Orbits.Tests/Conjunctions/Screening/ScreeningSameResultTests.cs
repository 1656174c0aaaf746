namespace SsaShare.Orbits.Tests;

/// <summary>How the work is arranged changes nothing: not a bit.</summary>
public sealed class ScreeningSameResultTests
{
    private static readonly ScreenedObject[] Objects = Scene.Crowd(11, 400);
    private static readonly ScreeningOptions Options = Scene.Options(3, 15);
    private static readonly ScreeningReport Full = Scene.Strided(Objects, Options, 1);

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(12)]
    [InlineData(24)]
    [InlineData(48)]
    [InlineData(71)]
    public void Screen_KnotsFurtherApart_SameResult(int stride) => Assert.Equal(Full.Approaches, Scene.Strided(Objects, Options, stride).Approaches);

    [Fact]
    public void Screen_OtherThreadsAndOrder_SameResult()
    {
        ScreenedObject[] shuffled = [.. Objects];
        new Random(5).Shuffle(shuffled);
        Assert.Equal(Full.Approaches, Scene.Screen(shuffled, Options with { Threads = 1 }).Approaches);
        Assert.Equal(Full.Approaches, Scene.Screen(shuffled, Options with { Threads = 3 }).Approaches);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(350)]
    public void Screen_Primaries_TheirShareOfAll(int count)
    {
        HashSet<long> primaries = [.. Objects.Take(count).Select(one => one.Id)];
        var some = Scene.Screen(Objects, Options with { Primaries = primaries });
        Assert.Equal(Full.Approaches.Where(one => primaries.Contains(one.Id1) || primaries.Contains(one.Id2)), some.Approaches);
    }

    /// <summary>In one narrow shell: most of the others cannot meet them and are not propagated.</summary>
    [Fact]
    public void Screen_PrimariesInOneShell_OthersLeftOutAndNothingMissed()
    {
        ScreenedObject[] all = [.. Objects, .. Enumerable.Range(0, 400).Select(i => new ScreenedElements(50_000 + i, Scene.InShell(new Random(i)) with { MeanMotionRevPerDay = 12 + i * 0.005, InclinationRad = 0.01 + 0.005 * i }))];
        HashSet<long> primaries = [.. all.Where((one, i) => i < 400 && i % 2 == 0).Take(30).Select(one => one.Id)];
        var some = Scene.Screen(all, Options with { Primaries = primaries });
        var full = Scene.Screen(all, Options);
        Assert.Equal(full.Approaches.Where(one => primaries.Contains(one.Id1) || primaries.Contains(one.Id2)), some.Approaches);
        Assert.NotEmpty(some.Approaches);
        Assert.Equal(full.Issues, some.Issues);
        long knots = (some.Work.Windows / ScreeningRun.StrideFor(all.Length, primaries.Count)) + 2;
        Assert.InRange(some.Work.States, 1, knots * all.Length * 3 / 4);
    }

    [Fact]
    public void Screen_SpansThatFollowEachOther_ShareAndLoseNothing()
    {
        var middle = Options.Start.PlusSeconds(4_321.123456789);
        var first = Scene.Screen(Objects, new ScreeningOptions(Options.Start, middle, Options.Volume));
        var second = Scene.Screen(Objects, new ScreeningOptions(middle, Options.End, Options.Volume));
        // Windows lie otherwise, so that the last digits may differ.
        var both = first.Approaches.Concat(second.Approaches).Where(one => !one.IsCoMoving).ToList();
        var whole = Full.Approaches.Where(one => !one.IsCoMoving).ToList();
        Assert.Equal(whole.Select(one => (one.Id1, one.Id2)), both.Select(one => (one.Id1, one.Id2)));
        Assert.All(whole.Zip(both), pair => Assert.InRange(Math.Abs(pair.First.Tca.SecondsSince(pair.Second.Tca)), 0, 1e-6));
        Assert.All(whole.Zip(both), pair => Assert.Equal(pair.First.MissKm, pair.Second.MissKm, 1e-9));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(100)]
    public void Rescreen_SomeChangedAddedAndGone_SameAsAllAnew(int changes)
    {
        var random = new Random(changes);
        ScreenedObject[] now =
        [
            .. Objects.Skip(changes / 2).Select((one, i) => i < changes ? new ScreenedElements(one.Id, Scene.InShell(random)) : one),
            new ScreenedElements(5, Scene.InShell(random)),
        ];
        var quick = ConjunctionScreener.Rescreen(Full, now, Options);
        var anew = Scene.Screen(now, Options);
        Assert.Equal(anew.Approaches, quick.Approaches);
        Assert.Equal(anew.Issues, quick.Issues);
        Assert.True(quick.Work.PairsExamined < anew.Work.PairsExamined);
        Assert.Equal(quick.Approaches, ConjunctionScreener.Rescreen(quick, now, Options).Approaches);
    }

    [Fact]
    public void Rescreen_OtherQuestion_Throws()
    {
        Assert.Throws<ArgumentException>(() => ConjunctionScreener.Rescreen(Full, Objects, Scene.Options(3, 14)));
        Assert.Throws<ArgumentException>(() => ConjunctionScreener.Rescreen(Full, Objects, Options with { Primaries = new HashSet<long> { 1_000 } }));
    }
}
