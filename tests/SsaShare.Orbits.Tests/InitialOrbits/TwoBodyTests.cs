using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

public class TwoBodyTests
{
    /// <summary>Vallado, example 2-4: 40 minutes.</summary>
    [Fact]
    public void TryPropagate_ValladoExample_GivesItsState()
    {
        Assert.True(TwoBody.TryPropagate(new(1131.340, -2282.343, 6672.423), new(-5.64305, 4.30333, 2.42879), 2_400, out var r, out var v));
        Testing.Near(new Vector3d(-4219.7527, 4363.0292, -3958.7666), r, 1e-2);
        Testing.Near(new Vector3d(3.689866, -1.916735, -6.112511), v, 1e-5);
    }

    [Fact]
    public void TryPropagate_OrbitsOfAllKinds_KeepEnergyAndMomentumAndComeBack()
    {
        var random = new Random(7);
        for (int i = 0; i < 5_000; i++)
        {
            var r = (6_500 + 50_000 * random.NextDouble()) * Direction(random);
            var v = Math.Sqrt(TwoBody.EarthMuKm3PerS2 / r.Norm) * (0.3 + 1.6 * random.NextDouble()) * Direction(random);
            double seconds = 100_000 * (random.NextDouble() - 0.5);
            if (r.Cross(v).Norm < 0.05 * r.Norm * v.Norm) continue;
            Assert.True(TwoBody.TryPropagate(r, v, seconds, out var later, out var speed), $"{r} {v} {seconds}");
            double energy = v.NormSquared / 2 - TwoBody.EarthMuKm3PerS2 / r.Norm, energyLater = speed.NormSquared / 2 - TwoBody.EarthMuKm3PerS2 / later.Norm;
            Assert.InRange(energyLater - energy, -1e-7, 1e-7);
            Assert.InRange(later.Cross(speed).DistanceTo(r.Cross(v)) / r.Cross(v).Norm, 0, 1e-8);
            Assert.True(TwoBody.TryPropagate(later, speed, -seconds, out var back, out _));
            Testing.Near(r, back, 1e-4);
        }
    }

    [Fact]
    public void TryPropagate_Ellipse_AgreesWithKeplersEquation()
    {
        var elements = KeplerianElements.TryFromState(Testing.LowOrbit, out var found) ? found : throw new InvalidOperationException();
        var later = elements with { MeanAnomalyRad = elements.MeanAnomalyRad + Math.Tau * 5_000 / elements.PeriodSeconds };
        Assert.True(TwoBody.TryPropagate(Testing.LowOrbit.PositionKm, Testing.LowOrbit.VelocityKmPerS, 5_000, out var r, out _));
        Testing.Near(later.ToState(Testing.LowOrbit.Epoch, Frame.Gcrf).PositionKm, r, 1e-7);
    }

    [Fact]
    public void TryPropagate_NotFinite_IsRefused()
    {
        Assert.False(TwoBody.TryPropagate(Vector3d.Zero, new(1, 0, 0), 10, out _, out _));
        Assert.False(TwoBody.TryPropagate(new(7000, 0, 0), new(0, double.NaN, 0), 10, out _, out _));
        Assert.False(TwoBody.TryPropagate(new(7000, 0, 0), new(0, 7, 0), double.PositiveInfinity, out _, out _));
    }

    internal static Vector3d Direction(Random random)
    {
        double z = 2 * random.NextDouble() - 1, angle = Math.Tau * random.NextDouble(), across = Math.Sqrt(1 - z * z);
        return new Vector3d(across * Math.Cos(angle), across * Math.Sin(angle), z);
    }
}
