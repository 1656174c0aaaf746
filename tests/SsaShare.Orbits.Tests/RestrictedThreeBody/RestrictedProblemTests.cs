using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

public class RestrictedProblemTests
{
    // The mass share of JPL's catalog of three-body periodic orbits (ssd.jpl.nasa.gov/tools/periodic_orbits.html).
    private static readonly RestrictedProblem Catalog = new(0.01215058560962404);

    [Theory]
    [InlineData(1, 0.836915), InlineData(2, 1.155682), InlineData(3, -1.005063)]
    public void LibrationPoint_EarthMoon_IsWherePublished(int number, double x)
    {
        var problem = new RestrictedProblem(0.0121505856);
        Assert.Equal(x, problem.LibrationPoint(number).X, 5e-6);
        Assert.InRange(problem.Acceleration(new RestrictedState(problem.LibrationPoint(number), default)).Norm, 0, 1e-14);
    }

    [Theory]
    [InlineData(1e-7), InlineData(0.0121505856), InlineData(0.1), InlineData(0.5)]
    public void LibrationPoint_AnyMasses_IsAtRest(double share)
    {
        var problem = new RestrictedProblem(share);
        for (int number = 1; number <= 5; number++)
            Assert.InRange(problem.Acceleration(new RestrictedState(problem.LibrationPoint(number), default)).Norm, 0, 1e-12);
        Assert.True(problem.LibrationPoint(3).X < -share && problem.LibrationPoint(1).X < 1 - share && problem.LibrationPoint(2).X > 1 - share);
    }

    [Fact]
    public void LibrationPoint_FirstOfTheCatalog_ToItsDigits() => Assert.Equal(0.8369180073407246, Catalog.LibrationPoint(1).X, 1e-5);

    [Fact]
    public void TryPropagate_HaloOfTheCatalog_ClosesAfterItsPeriod()
    {
        // JPL's catalog: Earth-Moon, halo, L1, northern, first entry.
        var start = new RestrictedState(new Vector3d(0.8760656451170601, 0, 0.191813535688546), new Vector3d(0, 0.2305575388925067, 0));
        Assert.True(Catalog.TryPropagate(start, 2.1764730139006754, out var end));
        Testing.Near(start.Position, end.Position, 1e-9);
        Assert.Equal(Catalog.JacobiConstant(start), Catalog.JacobiConstant(end), 1e-12);
        var orbit = PeriodicOrbit.Correct(Catalog, start, 2.1764730139006754, HeldFixed.X)!;
        Testing.Near(start.Position, orbit.Start.Position, 1e-10);
        Assert.Equal(2.1764730139006754, orbit.Period, 1e-9);
    }

    [Fact]
    public void TryPropagate_ThereAndBack_ReturnsAndItsMatricesAreInverse()
    {
        var start = new RestrictedState(new Vector3d(0.87, 0.01, 0.19), new Vector3d(0.01, 0.23, -0.02));
        double[] there = new double[36], back = new double[36];
        Assert.True(Catalog.TryPropagate(start, 3, there, out var far));
        Assert.True(Catalog.TryPropagate(far, -3, back, out var near));
        Testing.Near(start.Position, near.Position, 1e-10);
        for (int i = 0; i < 36; i++) Assert.Equal(i % 7 == 0 ? 1 : 0, Enumerable.Range(0, 6).Sum(k => back[i / 6 * 6 + k] * there[k * 6 + i % 6]), 1e-6);
    }

    [Fact]
    public void TryPropagate_IntoTheMoon_SaysNo()
    {
        var falling = new RestrictedState(new Vector3d(1 - Catalog.MassShare + 0.01, 0, 0), default);
        Assert.False(Catalog.TryPropagate(falling, 10, out _));
    }

    [Theory]
    [InlineData(double.NaN), InlineData(double.PositiveInfinity), InlineData(double.NegativeInfinity)]
    public void TryPropagate_ToATimeThatNeverComes_Refused(double time)
    {
        var start = new RestrictedState(new Vector3d(0.8, 0, 0), new Vector3d(0, 0.3, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Catalog.TryPropagate(start, time, out _));
        Assert.False(Catalog.TryPropagate(start with { Velocity = new Vector3d(double.NaN, 0, 0) }, 1, out _));
    }

    [Fact]
    public void RestrictedProblem_NoSuchMasses_Refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new RestrictedProblem(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RestrictedProblem(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => Catalog.LibrationPoint(6));
    }
}
