using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

public class GravityTests
{
    private static readonly Vector3d Place = new(3_111.5, -5_240.25, 4_017.125);

    [Fact]
    public void Acceleration_SecondZonalOnly_EqualsTheClosedForm()
    {
        var field = GravityField.Parse("398600.4415 6378.1363\n2 0 -4.84165143790815e-4 0\n2 1 0 0\n2 2 0 0");
        var a = new HarmonicGravity(field, 2).AccelerationKmPerS2(Place);
        double r = Place.Norm, mu = field.MuKm3PerS2, u2 = Place.Z * Place.Z / (r * r);
        double k = 1.5 * field.J2 * mu * field.RadiusKm * field.RadiusKm / Math.Pow(r, 5);
        var expected = -mu / (r * r * r) * Place - k * new Vector3d(Place.X * (1 - 5 * u2), Place.Y * (1 - 5 * u2), Place.Z * (3 - 5 * u2));
        Testing.Near(expected, a, 1e-17);
    }

    [Fact]
    public void Acceleration_FullField_HasNeitherSourceNorCurl()
    {
        var gravity = new HarmonicGravity(GravityField.Default, 36);
        const double h = 0.5;
        Vector3d slope(Vector3d axis) => (gravity.AccelerationKmPerS2(Place + h * axis) - gravity.AccelerationKmPerS2(Place - h * axis)) / (2 * h);
        Vector3d x = slope(new(1, 0, 0)), y = slope(new(0, 1, 0)), z = slope(new(0, 0, 1));
        double size = GravityField.Default.MuKm3PerS2 / Math.Pow(Place.Norm, 3);
        Assert.Equal(0, (x.X + y.Y + z.Z) / size, 1e-7);
        Assert.Equal(0, (x.Y - y.X) / size, 1e-7);
        Assert.Equal(0, (x.Z - z.X) / size, 1e-7);
        Assert.Equal(0, (y.Z - z.Y) / size, 1e-7);
    }

    [Fact]
    public void Acceleration_OverThePole_IsFinite()
        => Assert.True(new HarmonicGravity(GravityField.Default, 24).AccelerationKmPerS2(new Vector3d(0, 0, 7_000)).IsFinite);

    [Fact]
    public void Default_KnownConstants_AreThoseOfEgm2008()
    {
        Assert.Equal(1.08262617e-3, GravityField.Default.J2, 1e-11);
        Assert.Equal(36, GravityField.Default.Degree);
        Assert.Throws<ArgumentOutOfRangeException>(() => new HarmonicGravity(GravityField.Default, 37));
    }

    [Theory]
    [InlineData("")]
    [InlineData("398600 6378")]
    [InlineData("398600 6378\n2 0 0 0\n2 1 0 0")]
    [InlineData("398600 6378\n2 0 0 0\n2 1 0 0\n2 2 0 0\n2 2 0 0")]
    [InlineData("398600 6378\n2 0 0 0\n2 1 0 0\n2 3 0 0")]
    [InlineData("398600 6378\n2 0 0 0\n2 1 0 0\n2 2 0 infinity")]
    [InlineData("398600 6378\n2 0 0\n2 1 0 0\n2 2 0 0")]
    [InlineData("398600 6378\n99 0 0 0")]
    public void Parse_DamagedField_Refuses(string text) => Assert.Throws<FormatException>(() => GravityField.Parse(text));
}
