using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

public class TidalCoefficientsTests
{
    private static readonly Epoch Time = Testing.At("1996-12-15T02:24:03");

    /// <summary>Potential of the tide of one degree with one Love number, whose slope is the acceleration: k GM (R²/(d r))ⁿ R/(d r) Pn(cos).</summary>
    [Theory]
    [InlineData(7_000, 500, 1_000)]
    [InlineData(-3_000, 6_000, -4_000)]
    public void Acceleration_ByTheConventions_IsThatOfSingleLoveNumbersToAFewPercent(double x, double y, double z)
    {
        var (gravity, attitude) = (GravityField.Default, EarthRotation.Default.At(Time));
        var place = new Vector3d(x, y, z);
        Vector3d sun = attitude.GcrfToItrf * AnalyticSolarSystem.Instance.PositionKm(CelestialBody.Sun, Time), moon = attitude.GcrfToItrf * AnalyticSolarSystem.Instance.PositionKm(CelestialBody.Moon, Time);
        var actual = new TidalCoefficients(gravity, EarthRotation.Default.Orientation, withOceans: false).AccelerationKmPerS2(Time, attitude.GcrfToItrf, place, sun, moon);
        double potential(Vector3d p)
        {
            double sum = 0;
            foreach (var (body, mu) in new[] { (sun, SunAndMoon.SunMuKm3PerS2), (moon, SunAndMoon.MoonMuKm3PerS2) })
            {
                double r = p.Norm, d = body.Norm, cos = p.Dot(body) / (r * d), k = gravity.RadiusKm * gravity.RadiusKm / (d * r);
                sum += mu / gravity.RadiusKm * (0.301 * k * k * k * (1.5 * cos * cos - 0.5) + 0.093 * k * k * k * k * (2.5 * cos * cos - 1.5) * cos);
            }
            return sum;
        }
        double slope(Vector3d axis) => (potential(place + axis) - potential(place - axis)) / 2;
        var expected = new Vector3d(slope(new(1, 0, 0)), slope(new(0, 1, 0)), slope(new(0, 0, 1)));
        Assert.InRange(expected.Norm, 1e-11, 1e-9);
        Testing.Near(expected, actual, 0.06 * expected.Norm);
    }

    /// <summary>K1 stands still against sidereal time, 470.9e-12; the others come and go about it.</summary>
    [Fact]
    public void Frequencies_OverEighteenYears_AreAsLargeAsTheirTables()
    {
        double most = 0, mean = 0, zonal = 0;
        for (int i = 0; i < 2_000; i++)
        {
            var (c20, real, imaginary) = TidalFrequencies.At(Epoch.J2000.PlusSeconds(i * 3.4 * 86_400));
            most = Math.Max(most, Math.Sqrt(real * real + imaginary * imaginary));
            mean += real / 2_000;
            zonal = Math.Max(zonal, Math.Abs(c20));
        }
        Assert.Equal(470.9e-12, mean, 3e-12);
        Assert.InRange(most, 560e-12, 630e-12);
        Assert.InRange(zonal, 15e-12, 40e-12);
    }

    /// <summary>No jump where interpolated parts begin anew, nor where sidereal time passes a full turn.</summary>
    [Fact]
    public void Acceleration_EveryMinuteOfADay_IsSmooth()
    {
        var tides = new TidalCoefficients(GravityField.Default, EarthRotation.Default.Orientation);
        Vector3d at(Epoch epoch)
        {
            var turn = EarthRotation.Default.At(epoch).GcrfToItrf;
            return tides.AccelerationKmPerS2(epoch, turn, new Vector3d(7_000, 0, 1_000), turn * AnalyticSolarSystem.Instance.PositionKm(CelestialBody.Sun, epoch), turn * AnalyticSolarSystem.Instance.PositionKm(CelestialBody.Moon, epoch));
        }
        for (int minute = 0; minute < 1_440; minute += 7)
        {
            var epoch = Time.PlusSeconds(minute * 60);
            var bend = at(epoch.PlusSeconds(60)) - 2 * at(epoch) + at(epoch.PlusSeconds(-60));
            Assert.InRange(bend.Norm, 0, 4e-4 * at(epoch).Norm);
        }
    }
}
