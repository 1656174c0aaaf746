using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

public class GravityTests
{
    private static readonly Vector3d Place = new(3_111.5, -5_240.25, 4_017.125);

    public static TheoryData<int, double, double, double> Places => new()
    {
        { 2, 3_111.5, -5_240.25, 4_017.125 }, { 3, -7_000, 10, -900 }, { 8, 26_000, 3_000, -1_000 }, { 17, 1, 2, 6_800 }, { 24, 0, 0, 7_000 },
        { 36, 3_111.5, -5_240.25, 4_017.125 }, { 70, -4_000, -3_000, -4_500 }, { 70, 0, 0, -6_700 }, { 70, 42_000, 100, 0 },
    };

    /// <summary>J2 to J6: the derivatives of the potential written out by the polynomials of Legendre.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void Acceleration_OneZonalOnly_EqualsTheClosedForm(int degree)
    {
        var field = OneTerm(degree, degree, 0, 1e-3 / Math.Sqrt(2 * degree + 1), 0);
        var a = new HarmonicGravity(field, degree).AccelerationKmPerS2(Place);
        double r = Place.Norm, mu = field.MuKm3PerS2, u = Place.Z / r;
        double p = degree switch
        {
            2 => 1.5 * u * u - 0.5,
            3 => (5 * u * u * u - 3 * u) / 2,
            4 => (35 * Math.Pow(u, 4) - 30 * u * u + 3) / 8,
            5 => (63 * Math.Pow(u, 5) - 70 * u * u * u + 15 * u) / 8,
            _ => (231 * Math.Pow(u, 6) - 315 * Math.Pow(u, 4) + 105 * u * u - 5) / 16,
        };
        double slope = degree switch
        {
            2 => 3 * u,
            3 => (15 * u * u - 3) / 2,
            4 => (140 * u * u * u - 60 * u) / 8,
            5 => (315 * Math.Pow(u, 4) - 210 * u * u + 15) / 8,
            _ => (1_386 * Math.Pow(u, 5) - 1_260 * u * u * u + 210 * u) / 16,
        };
        double size = 1e-3 * mu / (r * r) * Math.Pow(field.RadiusKm / r, degree);
        var up = Place / r;
        var expected = -mu / (r * r) * up + size * (-(degree + 1) * p * up + slope * (new Vector3d(0, 0, 1) - u * up));
        Testing.Near(expected, a, 1e-17);
    }

    /// <summary>Tesseral terms, written out in Cartesian coordinates: solid harmonics are polynomials over a power of the distance.</summary>
    [Theory]
    [InlineData(2, 2)]
    [InlineData(3, 1)]
    [InlineData(4, 3)]
    public void Acceleration_OneTesseralOnly_IsTheSlopeOfItsPotential(int n, int m)
    {
        var field = OneTerm(4, n, m, 0.7e-3, -0.4e-3);
        double factor = Math.Sqrt(2.0 * (2 * n + 1) * Enumerable.Range(n - m + 1, 2 * m).Aggregate(1.0, (product, k) => product / k));
        double potential(Vector3d p)
        {
            double r = p.Norm, u = p.Z / r, cos = Math.Sqrt(1 - u * u), longitude = Math.Atan2(p.Y, p.X);
            double legendre = (n, m) switch { (2, 2) => 3 * cos * cos, (3, 1) => cos * (15 * u * u - 3) / 2, _ => 105 * cos * cos * cos * u };
            double angular = factor * legendre * (0.7e-3 * Math.Cos(m * longitude) - 0.4e-3 * Math.Sin(m * longitude));
            return field.MuKm3PerS2 / r * (1 + Math.Pow(field.RadiusKm / r, n) * angular);
        }
        Testing.Near(Slope(potential), new HarmonicGravity(field, 4).AccelerationKmPerS2(Place), 1e-11);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Gradient_AllOverTheGlobe_IsTheSlopeOfTheAcceleration(int degree, double x, double y, double z)
    {
        var (gravity, place) = (new HarmonicGravity(GravityField.Default, degree), new Vector3d(x, y, z));
        var gradient = gravity.GradientPerS2(place);
        double size = GravityField.Default.MuKm3PerS2 / Math.Pow(place.Norm, 3);
        for (int i = 0; i < 3; i++)
        {
            var axis = new Vector3d(i == 0 ? 1 : 0, i == 1 ? 1 : 0, i == 2 ? 1 : 0);
            Vector3d difference(double h) => (gravity.AccelerationKmPerS2(place + h * axis) - gravity.AccelerationKmPerS2(place - h * axis)) / (2 * h);
            // Richardson's extrapolation removes the error of the second order.
            Testing.Near((4 * difference(place.Norm / 5_000) - difference(place.Norm / 2_500)) / 3, new Vector3d(gradient[0, i], gradient[1, i], gradient[2, i]), 2e-11 * size);
        }
        Assert.Equal(0, (gradient.M00 + gradient.M11 + gradient.M22) / size, 1e-13);
        Assert.Equal(gradient, gradient.Transposed);
    }

    /// <summary>The same field seen in axes turned about the pole: coefficients of order m turn by m times the angle.</summary>
    [Fact]
    public void Acceleration_FieldTurnedAboutThePole_TurnsWithIt()
    {
        const double angle = 0.7;
        var lines = new List<string> { "398600.4415 6378.1363" };
        for (int n = 2; n <= 20; n++)
        for (int m = 0; m <= n; m++)
        {
            var (c, s) = GravityField.Default.Normalized(n, m);
            var (sin, cos) = Math.SinCos(m * angle);
            lines.Add(FormattableString.Invariant($"{n} {m} {c * cos - s * sin:R} {c * sin + s * cos:R}"));
        }
        var turned = new HarmonicGravity(GravityField.Parse(string.Join('\n', lines)), 20);
        // The mass is turned forward, so the same place relative to it has turned forward too.
        var turn = Matrix3.RotationZ(-angle);
        Testing.Near(turn * new HarmonicGravity(GravityField.Default, 20).AccelerationKmPerS2(Place), turned.AccelerationKmPerS2(turn * Place), 1e-17);
    }

    /// <summary>The summation by Cunningham's recursion, which is written quite differently.</summary>
    [Theory]
    [InlineData(3_111.5, -5_240.25, 4_017.125)]
    [InlineData(-6_500, 900, -1_500)]
    [InlineData(3, -2, 6_700)]
    public void Acceleration_FullField_AgreesWithCunninghamsRecursion(double x, double y, double z)
    {
        var place = new Vector3d(x, y, z);
        Testing.Near(Cunningham.AccelerationKmPerS2(GravityField.Default, 70, place), new HarmonicGravity(GravityField.Default, 70).AccelerationKmPerS2(place), 2e-17);
    }

    [Fact]
    public void Acceleration_WithoutCenter_LacksThePointMassOnly()
    {
        var (whole, rest) = (new HarmonicGravity(GravityField.Default, 30), new HarmonicGravity(GravityField.Default, 30, withCenter: false));
        var center = -GravityField.Default.MuKm3PerS2 / Math.Pow(Place.Norm, 3) * Place;
        Testing.Near(whole.AccelerationKmPerS2(Place) - center, rest.AccelerationKmPerS2(Place), 1e-17);
    }

    [Fact]
    public void Acceleration_DegreeOneHundredOverThePole_IsFinite()
    {
        var lines = new List<string> { "398600.4415 6378.1363" };
        for (int n = 2; n <= 100; n++)
        for (int m = 0; m <= n; m++) lines.Add($"{n} {m} 1e-10 {(m == 0 ? 0 : 1)}e-10");
        var gravity = new HarmonicGravity(GravityField.Parse(string.Join('\n', lines)), 100);
        foreach (var place in new[] { new Vector3d(0, 0, 6_400), new Vector3d(1e-9, 0, -6_400), new Vector3d(6_400, 0, 0), new Vector3d(0, 0, 400_000) })
            Assert.True(gravity.AccelerationKmPerS2(place).IsFinite && gravity.GradientPerS2(place).Row0.IsFinite);
    }

    [Fact]
    public void Acceleration_CalledAgain_AllocatesNothing()
    {
        var gravity = new HarmonicGravity(GravityField.Default, 70);
        _ = gravity.AccelerationKmPerS2(Place) + gravity.GradientPerS2(Place).Row0;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) _ = gravity.AccelerationKmPerS2(Place) + gravity.GradientPerS2(Place).Row0;
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Default_KnownConstants_AreThoseOfEgm2008()
    {
        Assert.Equal(1.08262617e-3, GravityField.Default.J2, 1e-11);
        Assert.Equal(70, GravityField.Default.Degree);
        Assert.Throws<ArgumentOutOfRangeException>(() => new HarmonicGravity(GravityField.Default, 71));
    }

    [Theory]
    [InlineData("")]
    [InlineData("398600 6378")]
    [InlineData("398600 6378\n2 0 0 0\n2 1 0 0")]
    [InlineData("398600 6378\n2 0 0 0\n2 1 0 0\n2 2 0 0\n2 2 0 0")]
    [InlineData("398600 6378\n2 0 0 0\n2 1 0 0\n2 3 0 0")]
    [InlineData("398600 6378\n2 0 0 0\n2 1 0 0\n2 2 0 infinity")]
    [InlineData("398600 6378\n2 0 0\n2 1 0 0\n2 2 0 0")]
    [InlineData("398600 6378\n101 0 0 0")]
    public void Parse_DamagedField_Refuses(string text) => Assert.Throws<FormatException>(() => GravityField.Parse(text));

    private static GravityField OneTerm(int degree, int n, int m, double c, double s)
    {
        var lines = new List<string> { "398600.4415 6378.1363" };
        for (int i = 2; i <= degree; i++)
        for (int j = 0; j <= i; j++) lines.Add((i, j) == (n, m) ? FormattableString.Invariant($"{i} {j} {c:R} {s:R}") : $"{i} {j} 0 0");
        return GravityField.Parse(string.Join('\n', lines));
    }

    private static Vector3d Slope(Func<Vector3d, double> potential)
    {
        double slope(Vector3d axis)
        {
            double difference(double h) => (potential(Place + h * axis) - potential(Place - h * axis)) / (2 * h);
            return (4 * difference(2) - difference(4)) / 3;
        }
        return new Vector3d(slope(new(1, 0, 0)), slope(new(0, 1, 0)), slope(new(0, 0, 1)));
    }
}
