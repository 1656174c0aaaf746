using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

/// <summary>What mechanics says of an orbit whatever its numbers.</summary>
public class PropagatorLawTests
{
    [Fact]
    public void Propagate_TwoBodyThousandRevolutions_AgreesWithKepler()
    {
        var start = Testing.LowOrbit;
        Assert.True(KeplerianElements.TryFromState(start, out var elements));
        double seconds = 1_000 * elements.PeriodSeconds + 1_234;
        var end = start.Epoch.PlusSeconds(seconds);
        Assert.True(TwoBody.TryPropagate(start.PositionKm, start.VelocityKmPerS, end.SecondsSince(start.Epoch), out var exact, out _));
        foreach (var (tolerance, bound) in ((double, double)[])[(1e-8, 0.5), (1e-10, 0.01)])
        {
            Assert.True(new Propagator(SimpleFields.Of(SimpleFields.PointMass), tolerance).TryPropagate(start, default, end, false, out var state));
            double error = state.PositionKm.DistanceTo(exact);
            TestContext.Current.TestOutputHelper?.WriteLine($"MEASURED two-body motion after 1,000 revolutions, tolerance {tolerance * 1e3:G1} m: {1e3 * error:F3} m off");
            Assert.InRange(error, 0, bound);
        }
    }

    [Fact]
    public void Propagate_FlattenedEarthThreeDays_KeepsEnergyAndMomentum()
    {
        var start = Testing.LowOrbit;
        Epoch[] epochs = [.. Enumerable.Range(0, 3 * 1_440 + 1).Select(minute => start.Epoch.PlusSeconds(60 * minute))];
        Assert.True(new Propagator(SimpleFields.Of(SimpleFields.Flattened), 1e-10).TrySample(start, default, epochs, false, out var states));
        // The pole turns slowly, and with it the field: its work is taken off, minute by minute.
        double work = 0, turned = 0;
        for (int i = 0; i + 1 < states.Length; i++)
        {
            Vector3d now = Pole(epochs[i]), next = Pole(epochs[i + 1]);
            work += 0.5 * (Energy(states[i], next) - Energy(states[i], now) + Energy(states[i + 1], next) - Energy(states[i + 1], now));
            turned += 0.5 * (Momentum(states[i]) + Momentum(states[i + 1])).Dot(next - now);
        }
        var (first, last) = (states[0], states[^1]);
        double energy = Math.Abs((Energy(last, Pole(epochs[^1])) - Energy(first, Pole(epochs[0])) - work) / Energy(first, Pole(epochs[0])));
        double momentum = Math.Abs(Momentum(last).Dot(Pole(epochs[^1])) - Momentum(first).Dot(Pole(epochs[0])) - turned) / Momentum(first).Norm;
        TestContext.Current.TestOutputHelper?.WriteLine($"MEASURED drift over 3 days about a flattened Earth: energy {energy:G2}, momentum about the pole {momentum:G2}, relative");
        Assert.InRange(energy, 0, 1e-12);
        Assert.InRange(momentum, 0, 1e-12);
    }

    [Fact]
    public void Propagate_GravityAlone_TransitionMatrixIsSymplectic()
    {
        var start = Testing.LowOrbit;
        Assert.True(new Propagator(SimpleFields.Of(SimpleFields.Flattened), 1e-10).TryPropagate(start, default, start.Epoch.PlusSeconds(86_400), true, out var state));
        double worst = 0;
        // Φᵀ J Φ = J, with lengths in units of 7,000 km and times in radians of the orbit so that entries compare.
        const double rate = 1.07e-3;
        for (int a = 0; a < 6; a++)
        for (int b = 0; b < 6; b++)
        {
            double sum = 0;
            for (int k = 0; k < 3; k++) sum += Phi(k, a) * Phi(k + 3, b) - Phi(k + 3, a) * Phi(k, b);
            worst = Math.Max(worst, Math.Abs(sum - (b == a + 3 ? 1 : a == b + 3 ? -1 : 0)));
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"MEASURED symplectic condition of the transition matrix after one day: {worst:G2} at most");
        Assert.InRange(worst, 0, 1e-6);

        double Phi(int i, int j) => state.Partials![i * state.Columns + j] * (i < 3 ? 1 : 1 / rate) * (j < 3 ? 1 : rate);
    }

    [Fact]
    public void Propagate_GravityAlone_PartialsAgreeWithFiniteDifferences()
    {
        var propagator = new Propagator(SimpleFields.Of(SimpleFields.Flattened), 1e-11);
        var start = Testing.LowOrbit;
        var end = start.Epoch.PlusSeconds(6 * 3_600);
        Assert.True(propagator.TryPropagate(start, default, end, true, out var nominal));
        double worst = 0;
        for (int column = 0; column < 6; column++)
        {
            double step = column < 3 ? 1e-2 : 1e-5;
            var (plus, minus, plus2, minus2) = (Moved(column, step), Moved(column, -step), Moved(column, 2 * step), Moved(column, -2 * step));
            // Of fourth order, so that what is compared is the partials and not the difference.
            var numeric = (8 * (plus - minus) - (plus2 - minus2)) / (12 * step);
            var analytic = new Vector3d(nominal.Partials![column], nominal.Partials[8 + column], nominal.Partials[16 + column]);
            worst = Math.Max(worst, numeric.DistanceTo(analytic) / analytic.Norm);
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"MEASURED partials with their full gradient against finite differences after 6 h: {worst:G2} at most");
        Assert.InRange(worst, 0, 1e-6);

        Vector3d Moved(int column, double by)
        {
            double[] d = new double[6];
            d[column] = by;
            var moved = new CartesianState(start.Epoch, Frame.Gcrf, start.PositionKm + new Vector3d(d[0], d[1], d[2]), start.VelocityKmPerS + new Vector3d(d[3], d[4], d[5]));
            Assert.True(propagator.TryPropagate(moved, default, end, false, out var state));
            return state.PositionKm;
        }
    }

    private static double Energy(PropagatedState s, Vector3d pole)
    {
        double r = s.PositionKm.Norm, z = s.PositionKm.Dot(pole) / r, radius = SimpleFields.Flattened.RadiusKm;
        return s.VelocityKmPerS.NormSquared / 2 - 398_600.4418 / r * (1 - SimpleFields.J2 * radius * radius / (r * r) * 0.5 * (3 * z * z - 1));
    }

    private static Vector3d Momentum(PropagatedState s) => s.PositionKm.Cross(s.VelocityKmPerS);

    /// <summary>The axis of the field: z of ITRF.</summary>
    private static Vector3d Pole(Epoch epoch) => EarthRotation.Default.At(epoch).GcrfToItrf.Row2;
}
