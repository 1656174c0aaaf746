using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

/// <summary>Bad input is refused or screened, and told: never missed in silence.</summary>
public sealed class ScreeningInputTests
{
    private static readonly ScreenedElements[] Good = [.. Scene.Crowd(31, 120).Cast<ScreenedElements>()];
    private static readonly ScreeningOptions Options = Scene.Options(2, 30);

    [Fact]
    public void Screen_SenselessElements_ToldAndTheRestScreened()
    {
        ScreenedObject[] bad =
        [
            new ScreenedElements(1, Good[0].Elements with { MeanAnomalyRad = double.NaN }), new ScreenedElements(2, Good[0].Elements with { BStarPerEarthRadii = double.PositiveInfinity }),
            new ScreenedElements(3, Good[0].Elements with { MeanMotionRevPerDay = 0 }), new ScreenedElements(4, Good[0].Elements with { Eccentricity = 1 }),
        ];
        var report = Scene.Screen([.. bad, .. Good], Options);
        Assert.Equal(Scene.Screen(Good, Options).Approaches, report.Approaches);
        Assert.Equal([1L, 2, 3, 4], report.Issues.Where(issue => issue.Kind == ScreeningIssueKind.Malformed).Select(issue => issue.Id));
        Assert.All(report.Issues.Where(issue => issue.Id < 5), issue => Assert.True(issue.IsLoss));
    }

    [Fact]
    public void Screen_GivenTwice_OnceScreenedAndTold()
    {
        var report = Scene.Screen([.. Good, Good[3], Good[3]], Options);
        Assert.Equal(Scene.Screen(Good, Options).Approaches, report.Approaches);
        Assert.Equal(2, report.Issues.Count(issue => issue.Id == Good[3].Id && issue is { Kind: ScreeningIssueKind.Duplicate, IsLoss: false }));
    }

    [Fact]
    public void Screen_TwoEpochs_NearestTakenOrRefused()
    {
        var old = new ScreenedElements(Good[0].Id, Good[0].Elements with { Epoch = Good[0].Elements.Epoch.PlusSeconds(-40 * 86_400) });
        var taken = Scene.Screen([old, .. Good], Options);
        Assert.Same(Good[0], taken.Objects[Good[0].Id]);
        Assert.Contains(taken.Issues, issue => issue.Id == Good[0].Id && issue.Kind == ScreeningIssueKind.OtherLeftOut && issue.Detail.Contains(old.Elements.Epoch.ToString(), StringComparison.Ordinal));
        var refused = Scene.Screen([old, .. Good], Options with { TwoEpochs = TwoEpochs.Refuse });
        Assert.DoesNotContain(Good[0].Id, refused.Objects.Keys);
        Assert.Contains(refused.Issues, issue => issue.Id == Good[0].Id && issue is { Kind: ScreeningIssueKind.SeveralRefused, IsLoss: true });
        Assert.DoesNotContain(refused.Approaches, one => one.Id1 == Good[0].Id || one.Id2 == Good[0].Id);
    }

    [Fact]
    public void Screen_YearOldElements_ScreenedAndMarked()
    {
        // At the same place a year earlier as it is now: then it has approaches.
        var now = Good.First(one => Scene.Screen(Good, Options).Approaches.Any(found => found.Id1 == one.Id));
        var old = new ScreenedElements(7, now.Elements with { Epoch = now.Elements.Epoch.PlusSeconds(-400 * 86_400.0), BStarPerEarthRadii = 0 });
        var report = Scene.Screen([.. Good, old], Options);
        Assert.Contains(report.Issues, issue => issue.Id == 7 && issue is { Kind: ScreeningIssueKind.Stale, IsLoss: false });
        Assert.All(report.Approaches.Where(one => one.Id1 == 7), one => Assert.True(one.Traits.HasFlag(CloseApproachTraits.StaleElements)));
        Assert.All(report.Approaches.Where(one => one.Id1 != 7), one => Assert.False(one.Traits.HasFlag(CloseApproachTraits.StaleElements)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(24)]
    public void Screen_DecaysInTheSpan_ScreenedUntilThenAndTold(int stride)
    {
        // Sinks through the ground after some revolutions.
        var falling = new ScreenedElements(9, Good[0].Elements with { Epoch = Scene.Start, MeanMotionRevPerDay = 16.4, Eccentricity = 0.0005, BStarPerEarthRadii = 0.02 });
        var satellite = new Sgp4Propagator(falling.Elements);
        double lastS = Enumerable.Range(0, 24 * 360).Select(i => i * 10.0).TakeWhile(s => satellite.Propagate(Scene.Start.PlusSeconds(s)).IsValid).Last();
        Assert.InRange(lastS, 600, 80_000);
        // One that meets it shortly before.
        var shadow = new ScreenedElements(10, falling.Elements with { InclinationRad = falling.Elements.InclinationRad + 0.3 });
        var options = Scene.Options(24, 30);
        var report = Scene.Strided([falling, shadow, .. Good.Take(20)], options, stride);
        var issue = Assert.Single(report.Issues, issue => issue.Id == 9);
        Assert.Equal((ScreeningIssueKind.NoState, true), (issue.Kind, issue.IsLoss));
        Assert.Contains("Not screened around", issue.Detail, StringComparison.Ordinal);
        Assert.InRange(issue.From.SecondsSince(Scene.Start), lastS - 20, lastS + 10);
        Assert.Equal(options.End, issue.To);
        ScreeningCompletenessTests.AssertSame(new BruteForce(Scene.Start, lastS - 30).Find([falling, shadow], 30.01), Cut(report, lastS - 30), 30);
        Assert.Equal(Scene.Strided([falling, shadow, .. Good.Take(20)], options, 1).Approaches, report.Approaches);

        static ScreeningReport Cut(ScreeningReport report, double seconds)
            => new(report.Options, report.Objects, [.. report.Approaches.Where(one => one.Id2 == 10 && one.Tca.SecondsSince(Scene.Start) < seconds)], report.Issues, report.Work);
    }

    /// <summary>Far beyond the Moon at any speed, or with bounds that say nothing: looked around for once, not cell by cell.</summary>
    [Fact]
    public void Screen_MotionsWithoutMeasure_EndAndHideNothing()
    {
        ScreenedObject[] wild = [.. Enumerable.Range(0, 5).Select(i => new ScreenedEphemeris(20 + i, new Rushing(Math.Pow(1_000, i + 1))))];
        var report = Scene.Screen([.. Good, .. wild], Options);
        Assert.Equal(Scene.Screen(Good, Options).Approaches, report.Approaches.Where(one => one.Id1 > 100));
        Assert.InRange(report.Work.PairsTested, 1, (long)report.Work.Windows * 125 * 125);
    }

    private sealed class Rushing(double kmPerS) : IScreenedMotion
    {
        public Epoch First => Options.Start;
        public Epoch Last => Options.End;
        public double AccelerationBeyondGravityKmPerS2 => kmPerS;
        public double VelocityStepKmPerS => kmPerS;

        public void At(Epoch epoch, out Vector3d positionKm, out Vector3d velocityKmPerS)
            => (positionKm, velocityKmPerS) = (new Vector3d(50_000 + kmPerS * epoch.SecondsSince(First), 1_000, 0), new Vector3d(kmPerS, 0, 0));
    }

    [Fact]
    public void Screen_UnknownPrimary_Told()
    {
        var report = Scene.Screen(Good, Options with { Primaries = new HashSet<long> { 123_456_789 } });
        Assert.Empty(report.Approaches);
        Assert.Contains(report.Issues, issue => issue is { Id: 123_456_789, Kind: ScreeningIssueKind.UnknownPrimary, IsLoss: true });
    }

    [Fact]
    public void Screen_NothingOrOne_Empty()
    {
        Assert.Empty(Scene.Screen([], Options).Approaches);
        Assert.Empty(Scene.Screen([Good[0]], Options).Approaches);
    }

    [Fact]
    public void Options_SenselessSpan_Throws()
    {
        var sphere = ScreeningVolume.Sphere(5);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ScreeningOptions(Scene.Start, Scene.Start, sphere));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ScreeningOptions(Scene.Start, Scene.Start.PlusSeconds(32 * 86_400), sphere));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ScreeningOptions(new Epoch(-1_400_000_000L * 1_000_000_000), new Epoch(-1_399_990_000L * 1_000_000_000), sphere));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ScreeningOptions(new Epoch(long.MinValue), new Epoch(long.MaxValue), sphere));
    }

    [Fact]
    public void Screen_Cancelled_Stops()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => ConjunctionScreener.Screen(Good, Options, cancellationToken: source.Token));
    }
}
