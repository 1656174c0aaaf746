using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

public class SunAndMoonTests
{
    private const double ObliquityRad = 23.43929111 * Testing.RadPerDegree;

    // General precession in longitude, degrees in a century.
    private const double PrecessionDegrees = 5029.097 / 3600;

    /// <summary>Meeus, Astronomical Algorithms, example 47.a: 1992-04-12 00:00 TD, ecliptic of date.</summary>
    [Fact]
    public void Moon_MeeusExample_WithinItsStatedError()
    {
        double t = -0.077221081451;
        var (longitude, latitude, km) = Ecliptic(SunAndMoon.MoonKm(t));
        Assert.Equal(133.162655 - PrecessionDegrees * t, longitude, 0.08);
        Assert.Equal(-3.229126, latitude, 0.08);
        Assert.Equal(368_409.7, km, 600.0);
    }

    /// <summary>Meeus, example 25.a: 1992-10-13 00:00 TD; true longitude of date and distance.</summary>
    [Fact]
    public void Sun_MeeusExample_WithinItsStatedError()
    {
        double t = -0.072183436;
        var (longitude, latitude, km) = Ecliptic(SunAndMoon.SunKm(t));
        Assert.Equal(199.90988 - PrecessionDegrees * t, longitude, 0.03);
        Assert.Equal(0, latitude, 0.01);
        Assert.Equal(0.99766 * 149_597_870.7, km, 150_000.0);
    }

    private static (double LongitudeDegrees, double LatitudeDegrees, double Km) Ecliptic(Vector3d equatorial)
    {
        var v = Matrix3.RotationX(ObliquityRad) * equatorial;
        double longitude = Math.Atan2(v.Y, v.X) / Testing.RadPerDegree;
        return (longitude < 0 ? longitude + 360 : longitude, Math.Asin(v.Z / v.Norm) / Testing.RadPerDegree, v.Norm);
    }
}
