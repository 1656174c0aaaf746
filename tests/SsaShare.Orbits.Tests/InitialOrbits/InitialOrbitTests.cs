using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

public class InitialOrbitTests
{
    private static readonly OrbitFitter Light = new(new Propagator(new ForceModel(ForceModelOptions.Light)), SyntheticPasses.Model);

    /// <summary>Vallado, example 7-3: Gibbs.</summary>
    [Fact]
    public void TryVelocity_ValladoGibbsExample_GivesItsVelocity()
    {
        var t = Epoch.J2000;
        Assert.True(InitialOrbit.TryVelocity((t, new(0, 0, 6378.137)), (t.PlusSeconds(1_000), new(0, -4464.696, -5102.509)), (t.PlusSeconds(2_000), new(0, 5740.323, 3189.068)), out var state));
        Testing.Near(new Vector3d(0, 5.531148, -5.191806), state.VelocityKmPerS, 1e-4);
    }

    /// <summary>Vallado, example 7-4: Herrick and Gibbs.</summary>
    [Fact]
    public void TryVelocity_ValladoHerrickGibbsExample_GivesItsVelocity()
    {
        var t = Epoch.J2000;
        Assert.True(InitialOrbit.TryVelocity((t, new(3419.85564, 6019.82602, 2784.60022)), (t.PlusSeconds(76.48), new(2935.91195, 6326.18324, 2660.59584)), (t.PlusSeconds(153.04), new(2434.95202, 6597.38674, 2521.52311)), out var state));
        Testing.Near(new Vector3d(-6.441632, 3.777625, -1.720582), state.VelocityKmPerS, 1e-3);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void FromPass_NoisyPass_LiesWithinItsCovariance(int seed)
    {
        var pass = FirstPass(seed);
        var fit = Testing.Fitted(InitialOrbit.FromPass(pass, Light));
        Assert.True(Light.Propagator.TryPropagate(Testing.LowOrbit, default, fit.State.Epoch, false, out var truth));
        Assert.InRange(fit.State.PositionKm.DistanceTo(truth.PositionKm) / fit.Covariance.PositionSigmaKm, 0, 4);
        Assert.InRange((fit.State.VelocityKmPerS - truth.VelocityKmPerS).Norm / fit.Covariance.VelocitySigmaKmPerS, 0, 4);
    }

    [Fact]
    public void FromPass_TooShortOrWithoutRange_SaysWhy()
    {
        var pass = FirstPass(4);
        Assert.Equal(OrbitFitFailure.TooFewObservations, Assert.IsType<OrbitFitOutcome.Failed>(InitialOrbit.FromPass(pass[..2], Light)).Reason);
        List<SensorObservation> blind = [.. pass.Select(o => new SensorObservation(o.Sensor, o.Observation with { RangeKm = null }))];
        Assert.Equal(OrbitFitFailure.TooFewObservations, Assert.IsType<OrbitFitOutcome.Failed>(InitialOrbit.FromPass(blind, Light)).Reason);
    }

    private static List<SensorObservation> FirstPass(int seed)
    {
        var all = SyntheticPasses.Observe(Testing.LowOrbit, Light.Propagator, 24, 5, Testing.Normal(seed), SyntheticPasses.Three[1]);
        return [.. all.TakeWhile(o => o.Epoch.SecondsSince(all[0].Epoch) < 600)];
    }
}
