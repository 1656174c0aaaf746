using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

public class PointMassPullTests
{
    private static readonly Vector3d Moon = new(-200_000, 310_000, 90_000);

    [Theory]
    [InlineData(7_000, 200, -300)]
    [InlineData(-42_000, 3_000, 10)]
    [InlineData(-190_000, 305_000, 91_000)]
    [InlineData(500_000, 0, 0)]
    public void Acceleration_AnyDistance_IsTheDifferenceOfTwoPulls(double x, double y, double z)
    {
        var place = new Vector3d(x, y, z);
        var (to, mu) = (Moon - place, 4_902.8);
        var naive = mu * (to / Math.Pow(to.Norm, 3) - Moon / Math.Pow(Moon.Norm, 3));
        Testing.Near(naive, PointMassPull.Acceleration(place, Moon, mu), 1e-13 * mu / to.NormSquared + 1e-14 * mu / Moon.NormSquared);
    }

    /// <summary>An object a metre from the centre of the Earth: the difference of two pulls would have lost nine digits.</summary>
    [Fact]
    public void Acceleration_NearTheCenter_KeepsItsDigits()
    {
        var place = new Vector3d(3e-4, -5e-4, 8e-4);
        var linear = PointMassPull.Gradient(Vector3d.Zero, Moon, 4_902.8) * place;
        Testing.Near(linear, PointMassPull.Acceleration(place, Moon, 4_902.8), 1e-8 * linear.Norm);
    }

    [Fact]
    public void Gradient_ByPosition_IsTheSlopeOfTheAcceleration()
    {
        var place = new Vector3d(20_000, -35_000, 5_000);
        var gradient = PointMassPull.Gradient(place, Moon, 4_902.8);
        Vector3d slope(Vector3d axis) => (PointMassPull.Acceleration(place + 10 * axis, Moon, 4_902.8) - PointMassPull.Acceleration(place - 10 * axis, Moon, 4_902.8)) / 20;
        Testing.Near(slope(new(1, 0, 0)), gradient.Row0, 1e-8 * gradient.Row0.Norm);
        Testing.Near(slope(new(0, 1, 0)), gradient.Row1, 1e-8 * gradient.Row1.Norm);
        Testing.Near(slope(new(0, 0, 1)), gradient.Row2, 1e-8 * gradient.Row2.Norm);
    }

    [Fact]
    public void Planets_InGeostationaryOrbit_PullAsTheirPointMassesDo()
    {
        var (epoch, place) = (Testing.At("2016-02-13T16:00:00"), new Vector3d(30_000, 28_000, 1_000));
        Vector3d direct = default;
        foreach (var (body, mu) in new[] { (CelestialBody.Venus, 324_858.592), (CelestialBody.Jupiter, 126_712_764.8), (CelestialBody.Mars, 42_828.375), (CelestialBody.Saturn, 37_940_585.2), (CelestialBody.Mercury, 22_031.78) })
            direct += PointMassPull.Acceleration(place, AnalyticSolarSystem.Instance.PositionKm(body, epoch), mu);
        var actual = new PlanetaryPull(AnalyticSolarSystem.Instance).GradientPerS2(epoch) * place;
        Assert.InRange(direct.Norm, 1e-15, 1e-12);
        Testing.Near(direct, actual, 3e-3 * direct.Norm);
    }

    [Fact]
    public void Planets_ByMeanElementsAndByEphemeris_PullAlike()
    {
        var epoch = Testing.At("2016-02-13T16:00:00");
        Matrix3 series = new PlanetaryPull(AnalyticSolarSystem.Instance).GradientPerS2(epoch), ephemeris = new PlanetaryPull(JplSlice.Ephemeris).GradientPerS2(epoch);
        Testing.Near(ephemeris.Row0, series.Row0, 5e-3 * ephemeris.Row0.Norm);
    }
}
