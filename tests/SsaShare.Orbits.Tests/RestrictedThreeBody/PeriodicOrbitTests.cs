using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

public class PeriodicOrbitTests
{
    // Mean distance of the Moon, and the radian of the circle on which GM of both (403,503.2 km³/s²) holds it.
    private const double DistanceKm = 384_400, UnitS = 375_190.3;

    private static readonly RestrictedProblem Problem = new(0.01215058560962404);

    [Fact]
    public void Correct_RoundedNearRectilinearHalo_HasThePublishedPeriodAndPerilune()
    {
        // Southern L2 near rectilinear halo orbit, nine turns in two synodic months: period about 6.56 d, perilune radius about 3,200 km
        // (Lee, White Paper: Gateway Destination Orbit Model, NASA 2019).
        double period = 2.0 / 9 * 29.530588 * 86_400 / UnitS;
        var guess = new RestrictedState(new Vector3d(1.022, 0, -0.182), new Vector3d(0, -0.103, 0));
        var orbit = PeriodicOrbit.Correct(Problem, guess, period, HeldFixed.Period)!;
        Assert.True(Problem.TryPropagate(orbit.Start, 0.5 * orbit.Period, out var perilune));
        double radius = (perilune.Position - new Vector3d(1 - Problem.MassShare, 0, 0)).Norm * DistanceKm;
        TestContext.Current.TestOutputHelper?.WriteLine($"MEASURED 9:2 near rectilinear halo orbit: period {orbit.Period * UnitS / 86_400:F3} d, perilune radius {radius:F0} km, stability index {orbit.StabilityIndex:F3}");
        Assert.Equal(6.562, orbit.Period * UnitS / 86_400, 1e-3);
        Assert.InRange(radius, 3_100, 3_300);
        // The same orbit as published for these units: Spreen, PhD thesis, Purdue 2021.
        Testing.Near(new Vector3d(1.0220, 0, -0.1821), orbit.Start.Position, 1e-3);
        Assert.InRange(orbit.StabilityIndex, 1, 2);
        Closes(orbit);
    }

    [Fact]
    public void Correct_Lyapunov_IsUnstableAndPlanar()
    {
        // About L1: published first guess of small amplitude, period about 2.7 (12 days).
        var guess = new RestrictedState(new Vector3d(0.8234, 0, 0), new Vector3d(0, 0.1263, 0));
        var orbit = PeriodicOrbit.Correct(Problem, guess, 2.74, HeldFixed.X)!;
        Assert.Equal((0.8234, 0), (orbit.Start.Position.X, orbit.Start.Position.Z));
        Assert.InRange(orbit.Period, 2.6, 2.9);
        Assert.InRange(orbit.StabilityIndex, 100, 2_000);
        Closes(orbit);
    }

    [Fact]
    public void Correct_DistantRetrograde_IsStable()
    {
        // About 70,000 km from the Moon, as Artemis I flew: about 14 days.
        var guess = new RestrictedState(new Vector3d(1 - Problem.MassShare - 0.18, 0, 0), new Vector3d(0, 0.49, 0));
        var orbit = PeriodicOrbit.Correct(Problem, guess, 3.2, HeldFixed.X)!;
        TestContext.Current.TestOutputHelper?.WriteLine($"MEASURED distant retrograde orbit of {0.18 * DistanceKm:F0} km: period {orbit.Period * UnitS / 86_400:F2} d, stability index {orbit.StabilityIndex:F6}");
        Assert.Equal(1, orbit.StabilityIndex, 1e-5);
        Assert.InRange(orbit.Period * UnitS / 86_400, 12, 15);
        Closes(orbit);
    }

    [Fact]
    public void StabilityIndex_HaloOfTheCatalog_AgreesWithItsLargestEigenvalue()
    {
        var orbit = PeriodicOrbit.Correct(Problem, new RestrictedState(new Vector3d(0.8233901862, 0, -0.0029876370), new Vector3d(0, 0.1264751431, 0)), 2.743, HeldFixed.Z)!;
        // By repeated multiplication: what is left grows by the largest eigenvalue.
        double[] v = [1, 0.3, 0.2, 0.1, 0.5, 0.4];
        double growth = 0;
        for (int i = 0; i < 60; i++)
        {
            double[] next = new double[6];
            for (int k = 0; k < 36; k++) next[k / 6] += orbit.Monodromy[k] * v[k % 6];
            growth = Math.Sqrt(next.Sum(c => c * c));
            v = [.. next.Select(c => c / growth)];
        }
        Assert.Equal(1, orbit.StabilityIndex / (0.5 * (growth + 1 / growth)), 1e-5);
    }

    [Fact]
    public void Correct_NoSuchOrbit_ReturnsNull()
    {
        var guess = new RestrictedState(new Vector3d(5, 0, 0.3), new Vector3d(0, 8, 0));
        Assert.Null(PeriodicOrbit.Correct(Problem, guess, 0.7, HeldFixed.X));
        Assert.Throws<ArgumentException>(() => PeriodicOrbit.Correct(Problem, guess, -1, HeldFixed.X));
        Assert.Throws<ArgumentException>(() => PeriodicOrbit.Correct(Problem, new RestrictedState(new Vector3d(0.8, 0, 0), default), 2, HeldFixed.Z));
    }

    private static void Closes(PeriodicOrbit orbit)
    {
        Assert.True(Problem.TryPropagate(orbit.Start, orbit.Period, out var end));
        Testing.Near(orbit.Start.Position, end.Position, 1e-8);
        Testing.Near(orbit.Start.Velocity, end.Velocity, 1e-7);
        Assert.Equal(Problem.JacobiConstant(orbit.Start), Problem.JacobiConstant(end), 1e-10);
    }
}
