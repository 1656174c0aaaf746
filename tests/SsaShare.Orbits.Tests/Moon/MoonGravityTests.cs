using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

public class MoonGravityTests
{
    [Fact]
    public void Orientation_SeriesOfTheIau_AgreesWithTheLibrationOfTheEphemeris()
    {
        var ephemeris = JplSlice.Ephemeris;
        ISolarSystem series = AnalyticSolarSystem.Instance;
        double worst = 0;
        for (var epoch = Testing.At("2016-01-06T00:00:00"); epoch < Testing.At("2016-03-08T00:00:00"); epoch = epoch.PlusSeconds(40_000))
        {
            Assert.Equal(ephemeris.MoonOrientation(epoch).GcrfToMoonFixed, ephemeris.GcrfToMoonPrincipalAxes(epoch));
            var between = series.GcrfToMoonPrincipalAxes(epoch) * ephemeris.GcrfToMoonPrincipalAxes(epoch).Transposed;
            worst = Math.Max(worst, Math.Sqrt(between.M01 * between.M01 + between.M02 * between.M02 + between.M12 * between.M12));
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"MEASURED Moon's axes by series against DE430: {worst * 1.7374e6:F0} m on the ground at most");
        Assert.InRange(worst * 1.7374e6, 1, 250);
    }

    /// <summary>J2 and C22 of the principal axes follow from the moments of inertia: published J2 2.033e-4, C22 2.24e-5, and no C21, S21, S22.</summary>
    [Fact]
    public void Field_LowDegrees_AreThoseOfPrincipalAxes()
    {
        var field = GravityField.Moon;
        Assert.Equal(2.0332e-4, field.J2, 1e-7);
        Assert.Equal(2.238e-5, field.Normalized(2, 2).C * Math.Sqrt(5.0 / 12), 3e-8);
        foreach (double none in new[] { field.Normalized(2, 1).C, field.Normalized(2, 1).S, field.Normalized(2, 2).S }) Assert.InRange(Math.Abs(none), 0, 2e-9);
        Assert.Equal(16, field.Degree);
    }

    [Fact]
    public void Gradient_InLowLunarOrbit_IsTheSlopeOfTheAcceleration()
    {
        var (moon, epoch, place) = (new MoonGravity(AnalyticSolarSystem.Instance, 16), Testing.At("2016-02-13T16:00:00"), new Vector3d(1_200, -900, 1_100));
        var a = moon.At(epoch, place, true, out var gradient);
        // Some 1e-3 of the Moon's pull.
        Assert.InRange(a.Norm, 1e-8, 1e-5);
        Vector3d slope(Vector3d axis) => (moon.At(epoch, place + 0.1 * axis, false, out _) - moon.At(epoch, place - 0.1 * axis, false, out _)) / 0.2;
        Testing.Near(slope(new(1, 0, 0)), gradient.Row0, 1e-5 * gradient.Row0.Norm);
        Testing.Near(slope(new(0, 1, 0)), gradient.Row1, 1e-5 * gradient.Row1.Norm);
        Testing.Near(slope(new(0, 0, 1)), gradient.Row2, 1e-5 * gradient.Row2.Norm);
    }

    [Fact]
    public void At_FarFromTheMoon_IsTooSmallToCount()
    {
        var moon = new MoonGravity(AnalyticSolarSystem.Instance, 16);
        Assert.InRange(moon.At(Epoch.J2000, new Vector3d(99_000, 0, 0), false, out _).Norm, 1e-15, 2e-13);
        Assert.Equal(default, moon.At(Epoch.J2000, new Vector3d(101_000, 0, 0), false, out _));
    }
}
