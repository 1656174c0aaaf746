using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

public class OceanTidesTests
{
    private static readonly Epoch Time = Testing.At("1996-12-15T02:20:00");
    private static readonly HarmonicTables Tables = new(OceanTides.Degree);

    /// <summary>A node is computed, a place between nodes interpolated: by another set of nodes it comes out the same.</summary>
    [Fact]
    public void Add_BetweenNodes_IsTheSmoothCourseOfTheNodes()
    {
        var oceans = new OceanTides(Tables, EarthOrientation.Default);
        double[] at(double seconds) => Coefficients(oceans, Time.PlusSeconds(seconds));
        // Nodes are ten minutes of TAI apart, so these five are nodes wherever they begin.
        double start = -(Time.NanosecondsSinceJ2000 % 600_000_000_000) * 1e-9;
        double[] a = at(start - 1_200), b = at(start - 600), middle = at(start), d = at(start + 600), e = at(start + 1_200), between = at(start + 300);
        for (int i = 0; i < middle.Length; i++)
        {
            Assert.Equal(middle[i], (-a[i] + 4 * b[i] + 4 * d[i] - e[i]) / 6, 2e-14);
            // By fourth order over the outer nodes too.
            Assert.Equal(between[i], (3 * a[i] - 20 * b[i] + 90 * middle[i] + 60 * d[i] - 5 * e[i]) / 128, 2e-14);
        }
    }

    /// <summary>M2 of degree and order 2 is the largest, 60e-11 by its line of the table; with S2, N2 and K2 it reaches twice that at spring tide.</summary>
    [Fact]
    public void Add_OverAMonth_IsAsLargeAsPublished()
    {
        var oceans = new OceanTides(Tables, EarthOrientation.Default);
        double most = 0;
        for (int hour = 0; hour < 720; hour++) most = Math.Max(most, Math.Abs(Coefficients(oceans, Time.PlusSeconds(3_600 * hour))[Tables.Index(2, 2)]));
        Assert.InRange(most, 6e-10, 1.5e-9);
    }

    [Fact]
    public void Acceleration_WithAndWithoutOceans_DiffersByATenthOfTheSolidTide()
    {
        var solid = new TidalCoefficients(GravityField.Default, EarthOrientation.Default, withOceans: false);
        var both = new TidalCoefficients(GravityField.Default, EarthOrientation.Default);
        double oceans = 0, earth = 0;
        for (int hour = 0; hour < 48; hour++)
        {
            var epoch = Time.PlusSeconds(3_600 * hour);
            var turn = EarthRotation.Default.At(epoch).GcrfToItrf;
            Vector3d sun = turn * AnalyticSolarSystem.Instance.PositionKm(CelestialBody.Sun, epoch), moon = turn * AnalyticSolarSystem.Instance.PositionKm(CelestialBody.Moon, epoch);
            Vector3d alone = solid.AccelerationKmPerS2(epoch, turn, new Vector3d(4_000, -5_000, 3_000), sun, moon), together = both.AccelerationKmPerS2(epoch, turn, new Vector3d(4_000, -5_000, 3_000), sun, moon);
            (oceans, earth) = (oceans + (together - alone).NormSquared, earth + alone.NormSquared);
        }
        Assert.InRange(Math.Sqrt(oceans / earth), 0.03, 0.3);
    }

    private static double[] Coefficients(OceanTides oceans, Epoch epoch)
    {
        double[] c = new double[Tables.Size], s = new double[Tables.Size];
        oceans.Add(epoch, c, s);
        return c;
    }
}
