using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

public class ShadowTests
{
    private static readonly Vector3d Sun = new(149_600_000, 0, 0), Pole = new(0, 0, 1), FarMoon = new(0, 0, 380_000);

    [Theory]
    [InlineData(7_000, 0, 0, 1)]
    [InlineData(-7_000, 0, 0, 0)]
    [InlineData(-7_000, 6_500, 0, 1)]
    [InlineData(0, 7_000, 0, 1)]
    [InlineData(-42_164, 0, 0, 0)]
    [InlineData(-42_164, 6_800, 0, 1)]
    public void PastEarth_DayAndNight_IsAllOrNothing(double x, double y, double z, double expected)
        => Assert.Equal(expected, Shadow.PastEarth(new Vector3d(x, y, z), Sun, Pole), 1e-15);

    /// <summary>Cones through the limbs of Sun and Earth: where they cut a plane behind the Earth, penumbra and umbra end.</summary>
    [Theory]
    [InlineData(7_000)]
    [InlineData(42_164)]
    [InlineData(380_000)]
    public void Margins_AcrossTheShadow_ChangeSignOnTheCones(double behind)
    {
        double sunAngle = (Shadow.SunRadiusKm + Wgs84.EquatorialRadiusKm) / 149_600_000, umbraAngle = (Shadow.SunRadiusKm - Wgs84.EquatorialRadiusKm) / 149_600_000;
        double outer = Wgs84.EquatorialRadiusKm / Math.Cos(Math.Asin(sunAngle)) + behind * Math.Tan(Math.Asin(sunAngle));
        double inner = Wgs84.EquatorialRadiusKm / Math.Cos(Math.Asin(umbraAngle)) - behind * Math.Tan(Math.Asin(umbraAngle));
        (double Penumbra, double Umbra, double Light) at(double y)
        {
            var place = new Vector3d(-behind, y, 0);
            Shadow.Margins(place, Sun, FarMoon, Pole, out double penumbra, out double umbra);
            return (penumbra, umbra, Shadow.PastEarth(place, Sun, Pole));
        }
        Assert.True(at(outer + 0.02) is { Penumbra: > 0, Umbra: > 0, Light: 1 });
        Assert.True(at(outer - 0.02) is { Penumbra: < 0, Umbra: > 0, Light: > 0.99 and < 1 });
        Assert.True(at(inner + 0.02) is { Penumbra: < 0, Umbra: > 0, Light: > 0 and < 0.01 });
        Assert.True(at(inner - 0.02) is { Penumbra: < 0, Umbra: < 0, Light: 0 });
        // Half way, the limb of the Earth runs through the middle of the Sun; it is flatter the closer.
        Assert.Equal(0.5, at((outer + inner) / 2).Light, 0.01 + 0.15 * behind / 380_000);
    }

    [Fact]
    public void PastEarth_ThroughThePenumbra_FallsSteadily()
    {
        double before = 1;
        for (double y = 6_700; y > 6_000; y -= 0.5)
        {
            double light = Shadow.PastEarth(new Vector3d(-42_164, y, 0), Sun, Pole);
            Assert.InRange(light, 0, before);
            Assert.InRange(before - light, 0, 0.003);
            before = light;
        }
        Assert.Equal(0, before);
    }

    /// <summary>The polar radius is 21.4 km smaller.</summary>
    [Fact]
    public void PastEarth_BehindThePole_LightReachesLower()
    {
        double edge(Vector3d direction)
        {
            double low = 6_000, high = 6_700;
            for (int i = 0; i < 50; i++)
            {
                double middle = 0.5 * (low + high);
                if (Shadow.PastEarth(new Vector3d(-7_000, 0, 0) + middle * direction, Sun, Pole) < 0.5) low = middle;
                else high = middle;
            }
            return low;
        }
        Assert.Equal(21.385, edge(new(0, 1, 0)) - edge(new(0, 0, 1)), 0.1);
    }

    /// <summary>Too small to cover the Sun from afar: a ring is left.</summary>
    [Fact]
    public void PastMoon_InLineWithTheSun_LeavesARingOrNothing()
    {
        var moon = new Vector3d(380_000, 0, 0);
        Assert.Equal(0, Shadow.PastMoon(moon - new Vector3d(360_000, 0, 0), Sun, moon));
        double ring = Shadow.PastMoon(moon - new Vector3d(400_000, 0, 0), Sun, moon);
        double moonAngle = Math.Asin(Shadow.MoonRadiusKm / 400_000), sunAngle = Math.Asin(Shadow.SunRadiusKm / (149_600_000 + 20_000));
        Assert.Equal(1 - moonAngle * moonAngle / (sunAngle * sunAngle), ring, 1e-12);
        Assert.Equal(1, Shadow.PastMoon(moon + new Vector3d(10_000, 0, 0), Sun, moon));
        Shadow.Margins(moon - new Vector3d(360_000, 0, 0), Sun, moon, Pole, out double penumbra, out double umbra);
        Assert.True(penumbra < 0 && umbra < 0);
    }
}
