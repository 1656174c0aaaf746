using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

public class PropagatorTests
{
    private static readonly SurfaceCoefficients Surface = new(0.02, 0.02);

    [Fact]
    public void TryPropagate_ThreeDaysAndBack_ReturnsWithinOneMetre()
    {
        var propagator = new Propagator(new ForceModel(ForceModelOptions.Precise), 1e-8);
        Assert.True(propagator.TryPropagate(Testing.LowOrbit, Surface, Testing.LowOrbit.Epoch.PlusSeconds(3 * 86_400), false, out var far));
        Assert.True(propagator.TryPropagate(far.ToState(), Surface, Testing.LowOrbit.Epoch, false, out var back));
        Testing.Near(Testing.LowOrbit.PositionKm, back.PositionKm, 1e-3);
    }

    [Fact]
    public void TryPropagate_TighterTolerance_MovesThreeDaysByLessThanOneMetre()
    {
        var forces = new ForceModel(ForceModelOptions.Precise);
        var end = Testing.LowOrbit.Epoch.PlusSeconds(3 * 86_400);
        Assert.True(new Propagator(forces).TryPropagate(Testing.LowOrbit, Surface, end, false, out var usual));
        Assert.True(new Propagator(forces, 1e-9).TryPropagate(Testing.LowOrbit, Surface, end, false, out var tight));
        Testing.Near(tight.PositionKm, usual.PositionKm, 1e-3);
        Figure.Say("integration, three days in low orbit", "the same with a thousandth of the step tolerance", "max", 1e3 * tight.PositionKm.DistanceTo(usual.PositionKm), "m");
    }

    [Fact]
    public void TrySample_InsideSteps_AgreesWithPropagationToEachInstant()
    {
        var propagator = new Propagator(new ForceModel(ForceModelOptions.Precise));
        Epoch[] epochs = [.. new[] { 5_000.0, -3_000, 0, 17.25, 9_999, -1, 5_000 }.Select(Testing.LowOrbit.Epoch.PlusSeconds)];
        Assert.True(propagator.TrySample(Testing.LowOrbit, Surface, epochs, true, out var states));
        for (int i = 0; i < epochs.Length; i++)
        {
            Assert.Equal(epochs[i], states[i].Epoch);
            Assert.True(propagator.TryPropagate(Testing.LowOrbit, Surface, epochs[i], true, out var alone));
            Testing.Near(alone.PositionKm, states[i].PositionKm, 2e-5);
            Testing.Near(alone.VelocityKmPerS, states[i].VelocityKmPerS, 2e-8);
            for (int j = 0; j < 48; j++) Assert.Equal(alone.Partials![j], states[i].Partials![j], 1e-5 * (1 + Math.Abs(alone.Partials[j])));
        }
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public void TryFill_SortedOrNot_IsWhatTrySampleSays(bool isSorted)
    {
        var propagator = new Propagator(new ForceModel(ForceModelOptions.Precise));
        var seconds = new[] { 5_000.0, -3_000, 0, 17.25, 9_999, -1, 5_000 };
        Epoch[] epochs = [.. (isSorted ? seconds.Order() : seconds.AsEnumerable()).Select(Testing.LowOrbit.Epoch.PlusSeconds)];
        double[] states = new double[6 * epochs.Length], partials = new double[48 * epochs.Length], alone = new double[6 * epochs.Length];
        Assert.True(propagator.TrySample(Testing.LowOrbit, Surface, epochs, true, out var expected));
        Assert.True(propagator.TryFill(Testing.LowOrbit, Surface, epochs, states, partials));
        Assert.True(propagator.TryFill(Testing.LowOrbit, Surface, epochs, alone, default));
        Assert.Equal(expected.SelectMany(s => new[] { s.PositionKm.X, s.PositionKm.Y, s.PositionKm.Z, s.VelocityKmPerS.X, s.VelocityKmPerS.Y, s.VelocityKmPerS.Z }), states);
        Assert.Equal(expected.SelectMany(s => s.Partials!), partials);
        Assert.Equal(states, alone);
        Assert.Throws<ArgumentException>(() => propagator.TryFill(Testing.LowOrbit, Surface, epochs, new double[5], default));
        Assert.Throws<ArgumentException>(() => propagator.TryFill(Testing.LowOrbit, Surface, epochs, states, new double[8]));
    }

    [Fact]
    public void TryFill_MoreInstants_AllocatesNoMore()
    {
        var propagator = new Propagator(new ForceModel(ForceModelOptions.Precise));
        Allocated(40);
        Assert.Equal(Allocated(40), Allocated(4_000));

        long Allocated(int count)
        {
            Epoch[] epochs = [.. Enumerable.Range(0, count).Select(i => Testing.LowOrbit.Epoch.PlusSeconds(-1_000 + 8_000.0 * i / (count - 1)))];
            double[] states = new double[6 * count], partials = new double[48 * count];
            Assert.True(propagator.TryFill(Testing.LowOrbit, Surface, epochs, states, partials));
            long before = GC.GetAllocatedBytesForCurrentThread();
            Assert.True(propagator.TryFill(Testing.LowOrbit, Surface, epochs, states, partials));
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Fact]
    public void TrySample_Partials_AgreeWithFiniteDifferences()
    {
        var propagator = new Propagator(new ForceModel(ForceModelOptions.Precise), 1e-9);
        var start = Testing.LowOrbit;
        var end = start.Epoch.PlusSeconds(6 * 3_600);
        Assert.True(propagator.TryPropagate(start, Surface, end, true, out var nominal));
        double[] steps = [0.05, 0.05, 0.05, 5e-5, 5e-5, 5e-5, 0.05, 0.05];
        double worst = 0;
        for (int column = 0; column < 8; column++)
        {
            var (plus, minus) = (Shifted(column, steps[column]), Shifted(column, -steps[column]));
            var position = (plus.PositionKm - minus.PositionKm) / (2 * steps[column]);
            var analytic = new Vector3d(nominal.Partials![column], nominal.Partials[8 + column], nominal.Partials[16 + column]);
            worst = Math.Max(worst, position.DistanceTo(analytic) / position.Norm);
        }
        Figure.Say("partials after six hours in low orbit", "finite differences", "max", 100 * worst, "%");
        Assert.InRange(worst, 0, 0.02);

        PropagatedState Shifted(int column, double by)
        {
            double[] d = new double[8];
            d[column] = by;
            var moved = new CartesianState(start.Epoch, Frame.Gcrf, start.PositionKm + new Vector3d(d[0], d[1], d[2]), start.VelocityKmPerS + new Vector3d(d[3], d[4], d[5]));
            Assert.True(propagator.TryPropagate(moved, new SurfaceCoefficients(Surface.BallisticM2PerKg + d[6], Surface.RadiationM2PerKg + d[7]), end, false, out var state));
            return state;
        }
    }

    [Fact]
    public void TryPropagate_GravityAlone_KeepsTheEnergyOfTheTurningFrame()
    {
        var forces = new ForceModel(new ForceModelOptions(24, false, false));
        var propagator = new Propagator(forces, 1e-9);
        var gravity = new HarmonicGravity(GravityField.Default, 24);
        // Work done by the field along the path in the turning Earth equals the change of half the squared speed less the centrifugal part;
        // over one day it must come back to itself: compare the Jacobi integral with a potential summed along the path.
        Epoch[] epochs = [.. Enumerable.Range(0, 1_441).Select(minute => Testing.LowOrbit.Epoch.PlusSeconds(minute * 20))];
        Assert.True(propagator.TrySample(Testing.LowOrbit, default, epochs, false, out var states));
        CartesianState[] itrf = [.. states.Select(s => EarthRotation.Default.ToItrf(s.ToState()))];
        double work = 0;
        for (int i = 0; i + 2 < itrf.Length; i += 2)
            work += 20.0 / 3 * (power(itrf[i]) + 4 * power(itrf[i + 1]) + power(itrf[i + 2]));
        double change = jacobi(itrf[^1]) - jacobi(itrf[0]);
        Assert.Equal(work, change, 2e-7);

        double power(CartesianState s) => gravity.AccelerationKmPerS2(s.PositionKm).Dot(s.VelocityKmPerS);
        double jacobi(CartesianState s)
        {
            double rate = EarthRotation.NominalRateRadPerS;
            return s.VelocityKmPerS.NormSquared / 2 - rate * rate / 2 * (s.PositionKm.X * s.PositionKm.X + s.PositionKm.Y * s.PositionKm.Y);
        }
    }

    [Fact]
    public void TryPropagate_IntoTheEarth_SaysNo()
    {
        var falling = new CartesianState(Testing.LowOrbit.Epoch, Frame.Gcrf, new Vector3d(7_000, 0, 0), new Vector3d(0, 4, 0));
        Assert.False(new Propagator(new ForceModel(ForceModelOptions.Light)).TryPropagate(falling, default, falling.Epoch.PlusSeconds(6_000), false, out _));
    }

    [Fact]
    public void TryPropagate_WrongFrameOrOutsideTheTable_Refuses()
    {
        var propagator = new Propagator(new ForceModel(ForceModelOptions.Light));
        var itrf = EarthRotation.Default.ToItrf(Testing.LowOrbit);
        Assert.Throws<ArgumentException>(() => propagator.TryPropagate(itrf, default, itrf.Epoch, false, out _));
        var late = new CartesianState(Testing.At("2003-01-01T00:00:00"), Frame.Gcrf, Testing.LowOrbit.PositionKm, Testing.LowOrbit.VelocityKmPerS);
        Assert.Throws<ArgumentOutOfRangeException>(() => propagator.TryPropagate(late, default, late.Epoch.PlusSeconds(60), false, out _));
    }

    [Fact]
    public void Carry_CovarianceForward_AgreesWithScatterOfStates()
    {
        var propagator = new Propagator(new ForceModel(ForceModelOptions.Light));
        var end = Testing.LowOrbit.Epoch.PlusSeconds(5_400);
        double[] lower = new double[21];
        for (int i = 0, at = 0; i < 6; at += ++i + 1) lower[at] = i < 3 ? 0.01 : 1e-8;
        Assert.True(propagator.TryPropagate(Testing.LowOrbit, default, end, true, out var mean));
        var carried = mean.Carry(new Covariance6(lower));
        var normal = Testing.Normal(seed: 11);
        double sum = 0;
        const int count = 400;
        for (int i = 0; i < count; i++)
        {
            var start = new CartesianState(Testing.LowOrbit.Epoch, Frame.Gcrf, Testing.LowOrbit.PositionKm + 0.1 * new Vector3d(normal(), normal(), normal()),
                Testing.LowOrbit.VelocityKmPerS + 1e-4 * new Vector3d(normal(), normal(), normal()));
            Assert.True(propagator.TryPropagate(start, default, end, false, out var state));
            sum += (state.PositionKm - mean.PositionKm).NormSquared;
        }
        Assert.InRange(Math.Sqrt(sum / count) / carried.PositionSigmaKm, 0.9, 1.1);
    }
}
