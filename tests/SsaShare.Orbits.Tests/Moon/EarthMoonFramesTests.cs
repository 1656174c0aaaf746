using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

public class EarthMoonFramesTests
{
    private static readonly EarthMoonFrames Frames = new(AnalyticSolarSystem.Instance);
    private static readonly Epoch Time = Testing.At("2016-02-03T04:05:06");
    private static readonly CartesianState Cislunar = new(Time, Frame.Gcrf, new Vector3d(-210_000, 150_000, 31_000), new Vector3d(0.4, -0.7, 0.2));

    [Fact]
    public void ToRotating_EarthAndMoon_RestOnTheFirstAxis()
    {
        var axes = Frames.AxesAt(Time);
        var moon = AnalyticSolarSystem.Instance.Geocentric(CelestialBody.Moon, Time);
        var (earthPosition, earthVelocity) = Frames.ToNormalized(Frames.ToRotating(new CartesianState(Time, Frame.Gcrf, Vector3d.Zero, Vector3d.Zero)));
        var (moonPosition, moonVelocity) = Frames.ToNormalized(Frames.ToRotating(new CartesianState(Time, Frame.Gcrf, moon.PositionKm, moon.VelocityKmPerS)));
        Testing.Near(new Vector3d(-EarthMoonFrames.MoonMassShare, 0, 0), earthPosition, 1e-12);
        Testing.Near(new Vector3d(1 - EarthMoonFrames.MoonMassShare, 0, 0), moonPosition, 1e-12);
        Testing.Near(Vector3d.Zero, earthVelocity, 1e-12);
        Testing.Near(Vector3d.Zero, moonVelocity, 1e-12);
        Assert.Equal(0.01215058, EarthMoonFrames.MoonMassShare, 1e-8);
        Assert.InRange(axes.DistanceKm, 356_000, 407_000);
        Assert.InRange(Math.Tau / axes.AngularVelocityRadPerS.Z / 86_400, 22, 33);
    }

    [Fact]
    public void ToRotating_ThereAndBack_ReturnsTheState()
    {
        var rotating = Frames.ToRotating(Cislunar);
        foreach (var back in new[] { Frames.ToGcrf(rotating), Frames.ToGcrf(Frames.ToMoonCentered(Cislunar)), normalized() })
        {
            Testing.Near(Cislunar.PositionKm, back.PositionKm, 1e-9);
            Testing.Near(Cislunar.VelocityKmPerS, back.VelocityKmPerS, 1e-14);
        }
        Assert.Throws<ArgumentException>(() => Frames.ToRotating(new CartesianState(Time, Frame.Itrf, Vector3d.Zero, Vector3d.Zero)));
        Assert.Throws<ArgumentException>(() => Frames.ToMoonCentered(new CartesianState(Time, Frame.Itrf, Vector3d.Zero, Vector3d.Zero)));

        CartesianState normalized()
        {
            var (position, velocity) = Frames.ToNormalized(rotating);
            return Frames.ToGcrf(Frames.FromNormalized(Time, position, velocity));
        }
    }

    [Fact]
    public void ToRotating_VelocityOfACoastingObject_IsTheSlopeOfItsPosition()
    {
        var frames = new EarthMoonFrames(JplSlice.Ephemeris);
        CartesianState at(double seconds) => new(Time.PlusSeconds(seconds), Frame.Gcrf, Cislunar.PositionKm + seconds * Cislunar.VelocityKmPerS, Cislunar.VelocityKmPerS);
        Testing.Near((frames.ToRotating(at(30)).PositionKm - frames.ToRotating(at(-30)).PositionKm) / 60, frames.ToRotating(at(0)).VelocityKmPerS, 2e-9);
        Testing.Near((frames.ToMoonCentered(at(30)).PositionKm - frames.ToMoonCentered(at(-30)).PositionKm) / 60, frames.ToMoonCentered(at(0)).VelocityKmPerS, 2e-9);
    }

    [Fact]
    public void AxesAt_EdgeOfTheEphemeris_StillAnswers()
    {
        var ephemeris = JplSlice.Ephemeris;
        Assert.True(TimeScales.TryFromJulianDate(new JulianDate(ephemeris.FirstJulianDateTdb, 0), TimeScale.Tdb, out var first));
        var frames = new EarthMoonFrames(ephemeris);
        var edge = first.PlusSeconds(1e-6);
        Assert.True(frames.Covers(edge));
        var (atEdge, inside) = (frames.AxesAt(edge), frames.AxesAt(edge.PlusSeconds(120)));
        Testing.Near(inside.AngularVelocityRadPerS, atEdge.AngularVelocityRadPerS, 2e-10);
    }
}
