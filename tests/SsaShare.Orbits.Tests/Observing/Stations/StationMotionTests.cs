using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

public class StationMotionTests
{
    private static readonly Geodetic Place = new(0.7, 0.3, 0.2);
    private static readonly Epoch Day = Testing.At("1996-12-15T14:55:00");

    private static Vector3d MovedKm(StationMotion motion)
    {
        var attitude = EarthRotation.Default.At(Day);
        Vector3d at(StationMotion? how) => attitude.GcrfToItrf * new SensorSite(Place, how).At(Day, EarthRotation.Default, AnalyticSolarSystem.Instance).PositionKm;
        return at(motion) - at(null);
    }

    [Fact]
    public void At_TenYearsAfterTheReference_HasMovedTenTimesTheVelocity()
    {
        var velocity = new Vector3d(-0.0468e-3, 0.0084e-3, 0.0509e-3);
        Testing.Near(10 * velocity, MovedKm(new StationMotion { VelocityKmPerYear = velocity, ReferenceEpoch = Day.PlusSeconds(-3_652.5 * 86_400) }), 1e-9);
    }

    [Fact]
    public void At_SolidTide_StaysUnderHalfAMetre()
        => Assert.InRange(MovedKm(new StationMotion { SolidTide = true }).Norm * 1e3, 0.005, 0.45);

    /// <summary>IERS Conventions (2010), equation 7.26, in the words below it: up to 25 mm upwards and 7 mm across for a wander of 0.8".</summary>
    [Fact]
    public void PoleTide_WanderOfFourFifthsOfASecond_LiftsBy25Millimetres()
    {
        const double arcsecond = Math.PI / 648_000;
        var at = Epoch.J2000;
        var place = new Geodetic(Math.PI / 4, 0, 0);
        // Along the meridian of the station, from the secular pole of 2000.0.
        var moved = PoleTide.DisplacementKm(place, at, (0.055 + 0.8) * arcsecond, 0.3205 * arcsecond);
        var local = Wgs84.ItrfToEastNorthUp(place) * moved * 1e6;
        Assert.Equal(-33 * 0.8, local.Z, 1e-6);
        Assert.Equal(0, local.Y, 1e-6);
        Assert.Equal(0, local.X, 1e-6);
        // A quarter of the way around, the ground moves sideways instead.
        var east = Wgs84.ItrfToEastNorthUp(place with { LongitudeRad = Math.PI / 2 }) * PoleTide.DisplacementKm(place with { LongitudeRad = Math.PI / 2 }, at, (0.055 + 0.8) * arcsecond, 0.3205 * arcsecond) * 1e6;
        Assert.Equal(9 * Math.Sqrt(0.5) * 0.8, east.X, 1e-6);
        Assert.Equal(0, east.Z, 1e-6);
    }
}
