using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

public class ForceModelTests
{
    private static readonly Epoch Time = Testing.At("1996-12-15T02:24:03");
    private static readonly SurfaceCoefficients Plate = new(0.05, 0.03);

    public static TheoryData<double, double, double, double, double, double> States => new()
    {
        { 6_650, 300, -900, 0.5, 5.1, 5.7 }, { -7_000, 1_000, 2_500, 1, -3, 6.5 }, { 20_000, -30_000, 4_000, 2.4, 1.8, 0.1 }, { 150_000, 200_000, 50_000, 0.3, -0.8, 0.2 },
    };

    /// <summary>Tides, relativity and the distance of the Sun are left out of the derivatives: parts in a million.</summary>
    [Theory]
    [MemberData(nameof(States))]
    public void Gradient_AllForces_IsTheSlopeOfTheAcceleration(double x, double y, double z, double vx, double vy, double vz)
    {
        var forces = new ForceModel(ForceModelOptions.Full with { GradientDegree = 70 });
        var (place, velocity) = (new Vector3d(x, y, z), new Vector3d(vx, vy, vz));
        var actual = forces.At(Time, place, velocity, Plate, true);
        double size = GravityField.Default.MuKm3PerS2 / Math.Pow(place.Norm, 3);
        for (int i = 0; i < 3; i++)
        {
            var axis = new Vector3d(i == 0 ? 1 : 0, i == 1 ? 1 : 0, i == 2 ? 1 : 0);
            Vector3d at(double h, double k) => forces.At(Time, place + h * axis, velocity + k * axis, Plate, false).KmPerS2;
            double step = place.Norm / 1e5;
            Testing.Near((at(step, 0) - at(-step, 0)) / (2 * step), Column(actual.Gradient, i), 3e-6 * size);
            // Relativity: 4 GM v / (c² r²).
            Testing.Near((at(0, 1e-3) - at(0, -1e-3)) / 2e-3, Column(actual.VelocityGradient, i), 1e-4 * actual.VelocityGradient.Row0.Norm + 5e-12);
        }
    }

    [Fact]
    public void VelocityGradient_InTheAir_IsThatOfDrag()
    {
        var forces = new ForceModel(ForceModelOptions.Full);
        var a = forces.At(Time, new Vector3d(6_600, 0, 0), new Vector3d(0, 5, 6), Plate, true);
        Assert.InRange(a.VelocityGradient.M11, -1e-6, -1e-10);
        Assert.Equal(default, forces.At(Time, new Vector3d(42_000, 0, 0), new Vector3d(0, 3, 0), Plate, true).VelocityGradient);
    }

    [Theory]
    [MemberData(nameof(States))]
    public void Acceleration_FullAndPrecise_DifferByTheSmallForces(double x, double y, double z, double vx, double vy, double vz)
    {
        var (place, velocity) = (new Vector3d(x, y, z), new Vector3d(vx, vy, vz));
        var full = new ForceModel(ForceModelOptions.Full).At(Time, place, velocity, default, false).KmPerS2;
        var precise = new ForceModel(ForceModelOptions.Precise).At(Time, place, velocity, default, false).KmPerS2;
        // The harmonics from degree 25 on are the largest: a few 1e-8 km/s² in low orbit.
        Assert.InRange(full.DistanceTo(precise), 1e-14, 1e-7 * Math.Pow(6_650 / place.Norm, 3));
    }

    [Fact]
    public void At_FullModelCalledAgain_AllocatesNothing()
    {
        var forces = new ForceModel(ForceModelOptions.Full);
        var (place, velocity) = (new Vector3d(6_650, 300, -900), new Vector3d(0.5, 5.1, 5.7));
        _ = forces.At(Time, place, velocity, Plate, true);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) _ = forces.At(Time.PlusSeconds(i), place, velocity, Plate, true);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void HeightAboveMoon_OnItsSphere_IsZero()
    {
        var forces = new ForceModel(ForceModelOptions.Full);
        var moon = AnalyticSolarSystem.Instance.PositionKm(CelestialBody.Moon, Time);
        Assert.Equal(0, forces.HeightAboveMoonKm(Time, moon + new Vector3d(0, 1_737.4, 0)), 1e-9);
        Assert.Equal(100, forces.HeightAboveMoonKm(Time, moon - new Vector3d(0, 0, 1_837.4)), 1e-9);
    }

    private static Vector3d Column(Matrix3 m, int i) => new(m[0, i], m[1, i], m[2, i]);
}
