using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

public class Wgs84Tests
{
    /// <summary>Vallado, example 7-1: site at 39.007 N, 104.883 W, 2.187 km.</summary>
    [Fact]
    public void ToItrf_ValladoSite_Within60Metres()
    {
        var km = Wgs84.ToItrfKm(new Geodetic(39.007 * Testing.RadPerDegree, -104.883 * Testing.RadPerDegree, 2.187));
        // Printed with the ellipsoid of EGM-96, whose radius is 0.7 m less.
        Testing.Near(new Vector3d(-1275.1219, -4797.9890, 3994.2975), km, 1e-3);
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(89.9999, 45, 0.1)]
    [InlineData(-90, 0, 0)]
    [InlineData(21.572, -158.267, 0.3002)]
    [InlineData(-45, 179.9, 800)]
    [InlineData(10, -120, 35_786)]
    [InlineData(44, 5, -1_000)]
    [InlineData(47, 5, 3_000)]
    [InlineData(-50, 1, 20_000)]
    [InlineData(28, 100, 400_000)]
    public void ToGeodetic_OfPlace_ReturnsIt(double latitude, double longitude, double height)
    {
        var place = new Geodetic(latitude * Testing.RadPerDegree, longitude * Testing.RadPerDegree, height);
        var km = Wgs84.ToItrfKm(place);
        var back = Wgs84.ToGeodetic(km);
        Testing.Near(km, Wgs84.ToItrfKm(back), 1e-9);
        Assert.Equal(height, back.HeightKm, 1e-8);
    }

    [Fact]
    public void ItrfToEastNorthUp_UpOfPlace_IsTheNormal()
    {
        var place = new Geodetic(0.7, -1.2, 0);
        var higher = Wgs84.ToItrfKm(place with { HeightKm = 1 }) - Wgs84.ToItrfKm(place);
        Testing.Near(new Vector3d(0, 0, 1), Wgs84.ItrfToEastNorthUp(place) * higher, 1e-9);
    }
}
