using SsaShare.Domain;
using SsaShare.Tests;

namespace SsaShare.Orbits.Tests;

/// <summary>Element sets, ephemerides and followed states screened together.</summary>
public sealed class MixedScreeningTests
{
    /// <summary>Ephemerides cut from element sets, in their place: the approaches of brute force, within the interpolation's error.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(12)]
    public void Screen_EphemeridesAmongElements_AsBruteForce(int stride)
    {
        ScreenedElements[] objects = [.. Scene.Crowd(51, 150).Cast<ScreenedElements>()];
        var options = Scene.Options(3, 25);
        ScreenedObject[] mixed = [.. objects.Select((one, i) => i % 4 == 0 && Cut(one.Elements, options) is { } motion ? motion.ToScreened(one.Id) : one)];
        Assert.True(mixed.OfType<ScreenedEphemeris>().Count() > 25);
        var found = Scene.Strided(mixed, options, stride).Approaches.Where(one => !one.Traits.HasFlag(CloseApproachTraits.AtEdge)).ToList();
        var expected = new BruteForce(options.Start, 3 * 3_600).Find(objects, 25);
        double largestKm = 0;
        foreach (var one in expected)
        {
            // At the very edge of the volume the interpolation's error decides.
            if (one.Km > 24.999) continue;
            var same = Assert.Single(found, other => (other.Id1, other.Id2) == (one.Id1, one.Id2) && Math.Abs(other.Tca.SecondsSince(options.Start) - one.Seconds) < 0.05);
            largestKm = Math.Max(largestKm, Math.Abs(same.MissKm - one.Km));
        }
        Assert.Contains(expected, one => mixed.OfType<ScreenedEphemeris>().Any(ephemeris => ephemeris.Id == one.Id1));
        Assert.True(expected.Count(one => one.Km <= 24.999) >= found.Count(one => one.MissKm <= 24.998), $"{expected.Count} {found.Count}");
        Figure.Say("approaches of ephemerides (points 60 s apart) among element sets, miss distance", "brute force over the elements", "max", largestKm * 1e3, "m");
        Assert.InRange(largestKm, 0, 1e-3);
    }

    /// <summary>A gap that no knot of a long stride sees is told, and what lies outside of it found.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(12)]
    public void Screen_GapInAnEphemeris_IsToldAndTheRestScreened(int stride)
    {
        ScreenedElements[] objects = [.. Scene.Crowd(51, 150).Cast<ScreenedElements>()];
        var options = Scene.Options(3, 25);
        var whole = Scene.Strided(objects, options, 1);
        var meeting = whole.Approaches.First(one => one.RelativeSpeedKmPerS > 1 && one.Tca.SecondsSince(options.Start) is > 3_000 and < 9_000 && Cut(objects.First(other => other.Id == one.Id1).Elements, options) is not null);
        var elements = objects.First(one => one.Id == meeting.Id1).Elements;
        Epoch from = meeting.Tca.PlusSeconds(-10), to = meeting.Tca.PlusSeconds(10);
        var motion = Cut(elements, options, from, to)!;
        ScreenedObject[] mixed = [motion.ToScreened(meeting.Id1), .. objects.Where(one => one.Id != meeting.Id1)];
        var report = Scene.Strided(mixed, options, stride);
        var issue = Assert.Single(report.Issues, one => one.Id == meeting.Id1);
        Assert.Equal(ScreeningIssueKind.NoState, issue.Kind);
        Assert.InRange(from.SecondsSince(issue.From), 0, 8.1);
        Assert.InRange(issue.To.SecondsSince(to), 0, 8.1);
        Assert.DoesNotContain(report.Approaches, one => one.Id1 == meeting.Id1 && one.Id2 == meeting.Id2 && Math.Abs(one.Tca.SecondsSince(meeting.Tca)) < 9);
        var others = whole.Approaches.Where(one => (one.Id1 == meeting.Id1 || one.Id2 == meeting.Id1) && one.MissKm < 24.99 && !one.IsCoMoving && (one.Tca < issue.From || one.Tca > issue.To)).ToList();
        Assert.All(others, one => Assert.Contains(report.Approaches, other => (other.Id1, other.Id2) == (one.Id1, one.Id2) && Math.Abs(other.Tca.SecondsSince(one.Tca)) < 0.05));
    }

    /// <summary>Two orbits that meet; a burn half a revolution before moves the approach to where the flown orbit has it.</summary>
    [Fact]
    public void Screen_ABurnIsPlanned_ApproachIsThatOfTheFlownOrbit()
    {
        var options = Scene.Options(3, 30);
        var meeting = options.Start.PlusSeconds(6_000);
        var state = new KeplerianElements(7_000, 0.001, 1.2, 0.3, 0.4, 0.5).ToState(meeting, Frame.Gcrf);
        var other = new CartesianState(meeting, Frame.Gcrf, state.PositionKm + new Vector3d(0.3, -0.2, 0.1), Math.Cos(0.8) * state.VelocityKmPerS + Math.Sin(0.8) * state.PositionKm.Unit().Cross(state.VelocityKmPerS));
        var burn = new FiniteManeuver(options.Start.PlusSeconds(3_000), options.Start.PlusSeconds(3_120), ManeuverAxes.Rtn, new Vector3d(0, 0.002, 0));
        var fixedOne = Motion(other, [], options);
        var free = Assert.Single(Screened(Motion(state, [], options), fixedOne, options), one => Math.Abs(one.Tca.SecondsSince(meeting)) < 20);
        Assert.InRange(free.MissKm, 0, 0.4);

        // The operator's state of before the burn, which the free flight leads to the meeting.
        var earlier = Motion(state, [], options).StateAt(options.Start);
        var flown = PropagatedMotion.Of(Followed.Propagator, new OrbitState("1", earlier, null), Followed.Surface, [burn], options.Start, options.End).Motion!;
        var moved = Screened(flown, fixedOne, options).MinBy(one => Math.Abs(one.Tca.SecondsSince(meeting)));
        var (at, km) = Least(flown, fixedOne, meeting);
        Assert.Equal(at, moved.Tca.SecondsSince(options.Start), 1e-3);
        Assert.Equal(km, moved.MissKm, 1e-5);
        Assert.InRange(Math.Abs(moved.Tca.SecondsSince(free.Tca)), 0.3, 20);
        Assert.True(moved.MissKm > 2 * free.MissKm);
    }

    /// <summary>The states and covariances that a message takes are those of the approach that was found.</summary>
    [Fact]
    public void States_AtTheApproach_AreAsFarApartAsItsMissDistance()
    {
        ScreenedElements[] objects = [.. Scene.Crowd(51, 60).Cast<ScreenedElements>()];
        var options = Scene.Options(3, 25);
        var motions = objects.ToDictionary(one => one.Id, (Func<ScreenedElements, IUncertainMotion>)(one => one.Id % 2 == 0 && Cut(one.Elements, options) is { } cut ? cut : new ElementSetMotion(one.Elements, AssumedUncertainty.ElementSets)));
        var report = Scene.Screen(motions.Select(one => one.Value.ToScreened(one.Key)), options);
        Assert.NotEmpty(report.Approaches);
        foreach (var one in report.Approaches)
        {
            CartesianState first = motions[one.Id1].StateAt(one.Tca), second = motions[one.Id2].StateAt(one.Tca);
            Assert.Equal(one.MissKm, first.PositionKm.DistanceTo(second.PositionKm), 1e-6);
            Assert.True(motions[one.Id1].UncertaintyAt(one.Tca) is { Covariance.PositionSigmaKm: > 0.1, Origin: CovarianceOrigin.Default });
        }
    }

    private static IReadOnlyList<CloseApproach> Screened(UncertainEphemeris first, UncertainEphemeris second, ScreeningOptions options)
        => Scene.Screen([first.ToScreened(1), second.ToScreened(2)], options).Approaches;

    private static UncertainEphemeris Motion(CartesianState state, OrbitManeuver[] plan, ScreeningOptions options)
        => PropagatedMotion.Of(Followed.Propagator, new OrbitState("1", state, null), Followed.Surface, plan, options.Start, options.End).Motion!;

    /// <summary>Golden section around an instant.</summary>
    private static (double Seconds, double Km) Least(UncertainEphemeris a, UncertainEphemeris b, Epoch around)
    {
        double low = -30, high = 30, ratio = (Math.Sqrt(5) - 1) / 2;
        while (high - low > 1e-5)
        {
            double left = high - ratio * (high - low), right = low + ratio * (high - low);
            if (Km(left) < Km(right)) high = right;
            else low = left;
        }
        return (around.SecondsSince(Followed.Start) + low, Km(low));

        double Km(double s) => a.StateAt(around.PlusSeconds(s)).PositionKm.DistanceTo(b.StateAt(around.PlusSeconds(s)).PositionKm);
    }

    /// <summary>Points a minute apart around the span, with or without a gap; null where SGP4 has no state.</summary>
    private static UncertainEphemeris? Cut(ElementSet elements, ScreeningOptions options, Epoch? gapFrom = null, Epoch? gapTo = null)
    {
        var whole = new ElementSetMotion(elements, null);
        var nodes = new List<EphemerisNode>();
        for (var at = options.Start.PlusSeconds(-300); at <= options.End.PlusSeconds(300); at = at.PlusSeconds(60))
        {
            if (!whole.Covers(at)) return null;
            var state = whole.StateAt(at);
            nodes.Add(new EphemerisNode(at, state.PositionKm, state.VelocityKmPerS));
        }
        var stretch = new EphemerisStretch(nodes);
        EphemerisStretch[] parts = gapFrom is null ? [stretch] : [stretch with { UsableTo = gapFrom }, stretch with { UsableFrom = gapTo }];
        var found = EphemerisMotion.Of(parts, AssumedUncertainty.ElementSets);
        return found.Losses.Count == (gapFrom is null ? 0 : 1) ? found.Motion : null;
    }
}
