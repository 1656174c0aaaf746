using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

/// <summary>Volumes of single objects, spheres and boxes.</summary>
public sealed class ScreeningVolumeTests
{
    private static readonly ScreenedObject[] Objects = Scene.Crowd(21, 260);
    private static readonly ScreeningReport Within40 = Scene.Screen(Objects, Scene.Options(4, 40));

    [Fact]
    public void Screen_OwnSpheres_TheLargerOwnOneOfAPairCounts()
    {
        var own = new Dictionary<long, double> { [Objects[0].Id] = 40, [Objects[2].Id] = 25, [Objects[4].Id] = 1, [Objects[6].Id] = 33 };
        var report = Scene.Screen([.. Objects.Select(one => own.TryGetValue(one.Id, out double km) ? one with { Volume = ScreeningVolume.Sphere(km) } : one)], Scene.Options(4, 10));
        var expected = Within40.Approaches.Where(one => one.MissKm <= Math.Max(own.GetValueOrDefault(one.Id1), own.GetValueOrDefault(one.Id2)) || (!own.ContainsKey(one.Id1) && !own.ContainsKey(one.Id2) && one.MissKm <= 10));
        Assert.Equal(expected.Select(Key), report.Approaches.Select(Key));
        Assert.Contains(report.Approaches, one => one.MissKm > 12);
    }

    [Fact]
    public void Screen_Box_ThoseWhoseWayEntersIt()
    {
        var box = ScreeningVolume.Box(2, 25, 25);
        var report = Scene.Screen(Objects, new ScreeningOptions(Scene.Start, Scene.Start.PlusSeconds(4 * 3_600), box));
        var elements = Objects.Cast<ScreenedElements>().ToDictionary(one => one.Id, one => new Sgp4Propagator(one.Elements));
        int enteredAway = 0;
        foreach (var one in Within40.Approaches.Where(one => one.MissKm <= box.RadiusKm && !one.IsCoMoving))
        {
            var (margin, atTca) = Deepest(elements[one.Id1], elements[one.Id2], one);
            bool told = report.Approaches.Any(own => Key(own) == Key(one));
            // Within the step of this check of a face both answers are right.
            if (Math.Abs(margin) > 0.01) Assert.True(told == margin < 0, $"{one}: {margin} km beyond the box, told {told}.");
            if (told && atTca > 0.01) enteredAway++;
        }
        Assert.NotEmpty(report.Approaches);
        Assert.True(enteredAway > 0, "None enters the box away from its closest approach: nothing is shown.");

        // How far the way stays outside of both boxes; below 0 inside.
        (double Least, double AtTca) Deepest(Sgp4Propagator a, Sgp4Propagator b, CloseApproach one)
        {
            double reach = 40 / one.RelativeSpeedKmPerS, least = double.MaxValue;
            for (double s = -reach; s <= reach; s += reach / 4_000) least = Math.Min(least, Outside(a, b, one.Tca.PlusSeconds(s)));
            return (least, Outside(a, b, one.Tca));
        }

        double Outside(Sgp4Propagator a, Sgp4Propagator b, Epoch at)
        {
            var (p, q) = (a.Propagate(at), b.Propagate(at));
            return Math.Min(OutsideOf(p, q), OutsideOf(q, p));
        }

        double OutsideOf(Sgp4State owner, Sgp4State other)
        {
            var frame = LocalOrbitFrame.Of(new CartesianState(Epoch.J2000, Frame.Teme, owner.PositionKm, owner.VelocityKmPerS), LocalOrbitAxes.Rtn);
            var rtn = frame.FromInertial * (other.PositionKm - owner.PositionKm);
            return Math.Max(Math.Abs(rtn.X) - 2, Math.Max(Math.Abs(rtn.Y), Math.Abs(rtn.Z)) - 25);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(201)]
    [InlineData(double.NaN)]
    public void Sphere_SenselessRadius_Throws(double km) => Assert.Throws<ArgumentOutOfRangeException>(() => ScreeningVolume.Sphere(km));

    [Fact]
    public void Screen_InsideFromAndTo_AreWhereTheDistanceIsTheRadius()
    {
        var elements = Objects.Cast<ScreenedElements>().ToDictionary(one => one.Id, one => new Sgp4Propagator(one.Elements));
        foreach (var one in Within40.Approaches.Where(one => one.RelativeSpeedKmPerS > 0.1))
            foreach (var at in (Epoch[])[one.InsideFrom, one.InsideTo])
                if (at > Within40.Options.Start && at < Within40.Options.End)
                    Assert.Equal(40, elements[one.Id1].Propagate(at).PositionKm.DistanceTo(elements[one.Id2].Propagate(at).PositionKm), 0.01 * one.RelativeSpeedKmPerS + 0.2);
    }

    private static (long, long, long) Key(CloseApproach one) => (one.Id1, one.Id2, one.Tca.NanosecondsSinceJ2000 / 1_000_000);
}
