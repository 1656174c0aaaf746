using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

public class TopocentricFrameTests
{
    private static readonly Geodetic Place = new(39.007 * Testing.RadPerDegree, -104.883 * Testing.RadPerDegree, 2.187);
    private static readonly TopocentricFrame Site = new(Place);
    private static readonly CartesianState Seen = new(Testing.LowOrbit.Epoch, Frame.Itrf, Wgs84.ToItrfKm(Place) + new Vector3d(300, -700, 900), new Vector3d(2, -5, 4));

    [Fact]
    public void ToLookAngles_ThereAndBack_ReturnsTheState()
    {
        var back = Site.FromLookAngles(Seen.Epoch, Site.ToLookAngles(Seen));
        Testing.Near(Seen.PositionKm, back.PositionKm, 1e-10);
        Testing.Near(Seen.VelocityKmPerS, back.VelocityKmPerS, 1e-13);
        var again = Site.FromEastNorthUp(Seen.Epoch, Site.ToEastNorthUp(Seen));
        Testing.Near(Seen.PositionKm, again.PositionKm, 1e-10);
    }

    [Fact]
    public void ToLookAngles_Rates_AreTheSlopesOfTheAngles()
    {
        LookAngles at(double seconds) => Site.ToLookAngles(new CartesianState(Seen.Epoch, Frame.Itrf, Seen.PositionKm + seconds * Seen.VelocityKmPerS, Seen.VelocityKmPerS));
        var (before, now, after) = (at(-0.1), at(0), at(0.1));
        Assert.Equal((after.RangeKm - before.RangeKm) / 0.2, now.RangeRateKmPerS, 1e-7);
        Assert.Equal((after.AzimuthRad - before.AzimuthRad) / 0.2, now.AzimuthRateRadPerS, 1e-9);
        Assert.Equal((after.ElevationRad - before.ElevationRad) / 0.2, now.ElevationRateRadPerS, 1e-9);
    }

    [Fact]
    public void ToLookAngles_AgreesWithTheSensorSite()
    {
        var (here, there) = (Site.ToLookAngles(Seen), new SensorSite(Place).Measure(Seen));
        Assert.Equal(there.AzimuthRad, here.AzimuthRad, 1e-14);
        Assert.Equal(there.ElevationRad, here.ElevationRad, 1e-14);
        Assert.Equal(there.RangeRateKmPerS, here.RangeRateKmPerS, 1e-14);
    }

    [Fact]
    public void ToSouthEastZenith_OfAPointNorthAndUp_HasItsSigns()
    {
        var (enu, sez) = (Site.ToEastNorthUp(Seen), Site.ToSouthEastZenith(Seen));
        Testing.Near(new Vector3d(-enu.PositionKm.Y, enu.PositionKm.X, enu.PositionKm.Z), sez.PositionKm, 1e-12);
        var higher = new CartesianState(Seen.Epoch, Frame.Itrf, Wgs84.ToItrfKm(Place with { HeightKm = 102.187 }), Vector3d.Zero);
        Testing.Near(new Vector3d(0, 0, 100), Site.ToSouthEastZenith(higher).PositionKm, 1e-9);
        Assert.Throws<ArgumentException>(() => Site.ToSouthEastZenith(Testing.LowOrbit));
    }
}
