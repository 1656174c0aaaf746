using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

public class TroposphereTests
{
    private static readonly Geodetic McDonald = new(30.67166667 * Testing.RadPerDegree, 0, 2.075);

    [Fact]
    public void RangeDelay_LowAndHigh_HasTheKnownSize()
    {
        var site = new Geodetic(0, 0, 0);
        Assert.Equal(0.00242, Troposphere.RangeDelayKm(Math.PI / 2, site), 1e-5);
        Assert.InRange(Troposphere.RangeDelayKm(5 * Testing.RadPerDegree, site), 0.020, 0.028);
        // Bennett's optical refraction at 10 degrees is 5.3 arc minutes.
        Assert.InRange(Troposphere.ElevationBendingRad(10 * Testing.RadPerDegree, site) / Testing.RadPerDegree * 60, 5.3, 7);
        Assert.True(Troposphere.RangeDelayKm(0.2, site with { HeightKm = 3 }) < Troposphere.RangeDelayKm(0.2, site));
    }

    /// <summary>The published tables of refraction go by the elevation that is seen: the bending at the geometric one is that at the seen one.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(30)]
    public void ElevationBending_AtTheGeometricElevation_IsBennettsAtTheSeenOne(double degrees)
    {
        double bending = Troposphere.ElevationBendingRad(degrees * Testing.RadPerDegree, new Geodetic(0, 0, 0)) / Testing.RadPerDegree, seen = degrees + bending;
        Assert.Equal(1.15 / 60 / Math.Tan((seen + 7.31 / (seen + 4.4)) * Testing.RadPerDegree), bending, 1e-3);
    }

    /// <summary>Saastamoinen: 2.3 m dry at 1013 hPa, and a wet part of decimetres in warm humid air.</summary>
    [Fact]
    public void RangeDelay_WithWeather_FollowsPressureAndHumidity()
    {
        double zenith(double pressure, double humidity) => Troposphere.RangeDelayKm(Math.PI / 2, new Geodetic(Math.PI / 4, 0, 0), new SurfaceWeather(pressure, 298, humidity));
        Assert.Equal(0.0022768e-3 * 1_013.25, zenith(1_013.25, 0), 2e-8);
        Assert.Equal(0.0022768e-3 * 20, zenith(1_013.25, 0) - zenith(993.25, 0), 1e-9);
        Assert.InRange((zenith(1_013.25, 100) - zenith(1_013.25, 0)) * 1e3, 0.25, 0.35);
    }

    /// <summary>The test case of the IERS routine FCUL_A (IERS Conventions (2010), chapter 9 software).</summary>
    [Fact]
    public void Mapping_CaseOfTheConventions_IsReproduced()
        => Assert.Equal(3.800243667312344087, LaserTroposphere.Mapping(15 * Testing.RadPerDegree, McDonald, 300.15), 1e-14);

    /// <summary>The test case of the IERS routine FCUL_ZD_HPA; its height is 2003.344 m, not the 2010.344 m that its header prints, with which it gives 4 µm more.</summary>
    [Fact]
    public void ZenithDelay_CaseOfTheConventions_IsReproduced()
    {
        double at(double heightKm) => LaserTroposphere.ZenithDelayM(McDonald with { HeightKm = heightKm }, 798.4188, 14.322, 0.532);
        Assert.Equal(1.935225924846803114, at(2.003344), 1e-9);
        Assert.Equal(1.935225924846803114, at(2.010344), 1e-5);
    }

    /// <summary>Vapour pressure of saturated air at 20 °C and 0 °C: 23.39 and 6.11 hPa, and 0.4 % more in air.</summary>
    [Theory]
    [InlineData(293.15, 23.39)]
    [InlineData(273.15, 6.112)]
    public void VapourPressure_Saturated_IsTheKnownOne(double temperatureK, double expectedHpa)
        => Assert.InRange(LaserTroposphere.VapourPressureHpa(new SurfaceWeather(1_013.25, temperatureK, 100)), expectedHpa * 1.002, expectedHpa * 1.006);

    [Fact]
    public void LaserRangeDelay_GreenLight_IsShorterThanRadioInWetAir()
    {
        var (site, weather) = (new Geodetic(0.7, 0, 0), new SurfaceWeather(1_013.25, 293, 60));
        double laser = LaserTroposphere.RangeDelayKm(0.5, site, weather, 0.532), radio = Troposphere.RangeDelayKm(0.5, site, weather);
        Assert.InRange(laser, 0.9 * radio, 1.1 * radio);
        Assert.True(LaserTroposphere.RangeDelayKm(0.5, site, weather, 0.355) > laser);
        Assert.True(LaserTroposphere.RangeDelayKm(0.5, site, weather, 1.064) < laser);
    }

    [Theory]
    [InlineData(0, 1_013.25, 288.15)]
    [InlineData(2, 795.0, 275.15)]
    [InlineData(8, 356.0, 236.15)]
    public void Standard_AtHeights_IsTheStandardAtmosphere(double heightKm, double pressureHpa, double temperatureK)
    {
        var weather = SurfaceWeather.Standard(heightKm);
        Assert.Equal(pressureHpa, weather.PressureHpa, 1.0);
        Assert.Equal(temperatureK, weather.TemperatureK, 1e-9);
    }
}
