using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

/// <summary>Slow pairs: docked, in formation, just deployed.</summary>
public sealed class CoMovingTests
{
    private static readonly ElementSet Orbit = new("0", Scene.Start, 15.2, 0.001, 0.9, 1, 2, 3, 1e-5, 0, 0);

    [Fact]
    public void Screen_TwoNamesForOneBody_OneStayOverTheSpan()
    {
        var options = Scene.Options(5, 5);
        var found = Assert.Single(Scene.Screen([new ScreenedElements(20, Orbit), new ScreenedElements(3, Orbit)], options).Approaches);
        Assert.Equal((3L, 20L, 0.0, 0.0), (found.Id1, found.Id2, found.MissKm, found.RelativeSpeedKmPerS));
        Assert.Equal((options.Start, options.End), (found.InsideFrom, found.InsideTo));
        Assert.True(found.IsCoMoving);
    }

    /// <summary>A relative ellipse of 1 x 2 km around a point 2.5 km ahead: always within 5 km.</summary>
    [Fact]
    public void Screen_Formation_TheNearestOfManyPassages()
    {
        var other = Orbit with { Eccentricity = 0.001 + 0.9 / 6_900, MeanAnomalyRad = 3 + 2.5 / 6_900 };
        var options = Scene.Options(8, 5);
        var found = Assert.Single(Scene.Screen([new ScreenedElements(1, Orbit), new ScreenedElements(2, other)], options).Approaches);
        var (a, b) = (new Sgp4Propagator(Orbit), new Sgp4Propagator(other));
        double least = Enumerable.Range(0, 8 * 3_600).Min(s => a.Propagate(Scene.Start.PlusSeconds(s)).PositionKm.DistanceTo(b.Propagate(Scene.Start.PlusSeconds(s)).PositionKm));
        Assert.True(found.IsCoMoving);
        Assert.Equal((options.Start, options.End), (found.InsideFrom, found.InsideTo));
        Assert.InRange(found.MissKm, least - 1e-5, least);
        Assert.InRange(least, 0.2, 2.5);
    }

    /// <summary>Drifts by: several stays, each told with its own nearest passage.</summary>
    [Fact]
    public void Screen_SlowDriftPast_EveryStayIsTold()
    {
        var other = Orbit with { MeanMotionRevPerDay = 15.2 + 2e-4, MeanAnomalyRad = 3 - 10.0 / 6_900, Eccentricity = 0.001 + 2.0 / 6_900 };
        var report = Scene.Screen([new ScreenedElements(1, Orbit), new ScreenedElements(2, other)], Scene.Options(24, 5));
        var (a, b) = (new Sgp4Propagator(Orbit), new Sgp4Propagator(other));
        int stays = 0;
        bool before = false;
        for (int s = 0; s < 86_400; s += 5)
        {
            var at = Scene.Start.PlusSeconds(s);
            bool inside = a.Propagate(at).PositionKm.DistanceTo(b.Propagate(at).PositionKm) <= 5;
            if (inside && !before) stays++;
            before = inside;
            if (inside) Assert.Contains(report.Approaches, one => one.InsideFrom <= at.PlusSeconds(0.01) && one.InsideTo >= at.PlusSeconds(-0.01));
        }
        Assert.True(stays > 2);
        Assert.Equal(stays, report.Approaches.Count);
        Assert.All(report.Approaches, one => Assert.True(one.IsCoMoving));
    }

    /// <summary>Planes 0.3 degrees apart: 41 m/s where they cross, and a quarter of an hour from there to 30 km.</summary>
    [Fact]
    public void Screen_SlowCrossings_EachFromWhereItEntersToWhereItLeaves()
    {
        var other = Orbit with { InclinationRad = 0.9 + 0.0054 };
        var options = Scene.Options(6, 30);
        var report = Scene.Screen([new ScreenedElements(1, Orbit), new ScreenedElements(2, other)], options);
        var (a, b) = (new Sgp4Propagator(Orbit), new Sgp4Propagator(other));
        Assert.InRange(report.Approaches.Count, 6, 8);
        foreach (var one in report.Approaches)
        {
            Assert.False(one.IsCoMoving);
            if (one.InsideFrom > options.Start) Assert.InRange(Km(one.InsideFrom), 29.99, 30.0001);
            if (one.InsideTo < options.End) Assert.InRange(Km(one.InsideTo), 29.99, 30.0001);
            Assert.InRange(one.InsideTo.SecondsSince(one.InsideFrom), 60, 2_000);
        }

        double Km(Epoch at) => a.Propagate(at).PositionKm.DistanceTo(b.Propagate(at).PositionKm);
    }

    /// <summary>Leaves the radius and comes back: the stay that enters the box is told, the others are not.</summary>
    [Fact]
    public void Screen_StaysInABox_OnlyThoseThatEnterIt()
    {
        var other = Orbit with { MeanMotionRevPerDay = 15.2 + 2e-4, MeanAnomalyRad = 3 - 10.0 / 6_900, Eccentricity = 0.001 + 2.0 / 6_900 };
        var box = ScreeningVolume.Box(0.3, 2.5, 4);
        ScreenedElements[] pair = [new(1, Orbit), new(2, other)];
        var stays = Scene.Screen(pair, new ScreeningOptions(Scene.Start, Scene.Start.PlusSeconds(86_400), ScreeningVolume.Sphere(box.RadiusKm))).Approaches;
        var told = Scene.Screen(pair, new ScreeningOptions(Scene.Start, Scene.Start.PlusSeconds(86_400), box)).Approaches;
        var (a, b) = (new Sgp4Propagator(Orbit), new Sgp4Propagator(other));
        var entering = stays.Where(stay => Enumerable.Range(0, (int)stay.InsideTo.SecondsSince(stay.InsideFrom)).Any(s => IsInside(stay.InsideFrom.PlusSeconds(s)))).ToList();
        Assert.Equal(entering, told);
        Assert.InRange(entering.Count, 1, stays.Count - 1);

        bool IsInside(Epoch at) => IsInsideOf(a.Propagate(at), b.Propagate(at)) || IsInsideOf(b.Propagate(at), a.Propagate(at));

        bool IsInsideOf(Sgp4State owner, Sgp4State one)
        {
            var frame = LocalOrbitFrame.Of(new CartesianState(Epoch.J2000, Frame.Teme, owner.PositionKm, owner.VelocityKmPerS), LocalOrbitAxes.Rtn);
            var rtn = frame.FromInertial * (one.PositionKm - owner.PositionKm);
            return Math.Abs(rtn.X) <= 0.3 && Math.Abs(rtn.Y) <= 2.5 && Math.Abs(rtn.Z) <= 4;
        }
    }

    [Fact]
    public void CoMovingGroups_TrainAndStrangers_OneGroup()
    {
        ScreenedObject[] train = [.. Enumerable.Range(0, 6).Select(i => new ScreenedElements(50 - i, Orbit with { MeanAnomalyRad = 3 + 4.0 * i / 6_900 }))];
        var report = Scene.Screen([.. train, .. Scene.Crowd(41, 50)], Scene.Options(3, 5));
        Assert.Equal([45L, 46, 47, 48, 49, 50], Assert.Single(report.CoMovingGroups()));
    }
}
