using SsaShare.Domain;
using SsaShare.Tests;

namespace SsaShare.Orbits.Tests;

/// <summary>An object followed by the telescope of a satellite whose own orbit is known to some 50 m only.</summary>
public class SpaceBasedFitTests
{
    private const double AngleSigmaRad = 5e-6;

    private static readonly Propagator Propagator = new(new ForceModel(ForceModelOptions.Light), 1e-8);
    private static readonly Epoch Begin = Testing.LowOrbit.Epoch;
    private static readonly CartesianState Telescope = Testing.LowOrbit;
    private static readonly CartesianState Truth = new KeplerianElements(8_600, 0.03, 1.1, 2, 0.5, 0.3).ToState(Begin, Frame.Gcrf);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Fit_AnglesFromAnUncertainPlatform_ErrorIsWithinItsSigmas(int seed)
    {
        var normal = Testing.Normal(seed);
        var own = OwnCovariance();
        Vector3d wrong = new(0.03 * normal(), 0.03 * normal(), 0.03 * normal()), wrongVelocity = new(3e-5 * normal(), 3e-5 * normal(), 3e-5 * normal());
        Assert.True(OrbitingPlatform.TryPropagate(Telescope, own, default, Propagator, Begin, Begin.PlusSeconds(20_000), out var trueOrbit));
        var believed = new CartesianState(Begin, Frame.Gcrf, Telescope.PositionKm + wrong, Telescope.VelocityKmPerS + wrongVelocity);
        Assert.True(OrbitingPlatform.TryPropagate(believed, own, default, Propagator, Begin, Begin.PlusSeconds(20_000), out var platform));
        var observations = Observe(trueOrbit, platform, normal);
        var options = new OrbitFitOptions { EstimateSurface = false, Surface = default, EstimateBiases = false };
        var start = new CartesianState(Begin, Frame.Gcrf, Truth.PositionKm + new Vector3d(5, -5, 5), Truth.VelocityKmPerS);
        var fit = Testing.Fitted(new OrbitFitter(Propagator, Watch.Model).Fit(observations, start, options));
        double off = fit.State.SeparationKm(Truth).Norm, sigma = fit.Covariance.PositionSigmaKm;
        var blind = Testing.Fitted(new OrbitFitter(Propagator, Watch.Model).Fit([.. observations.Select(o => o with { Sensor = Sensor(Known(platform)) })], start, options));
        Figure.Say($"orbit from a platform off by {wrong.Norm * 1e3:F0} m, which is considered", "simulated truth", "distance over sigma", off / sigma, "");
        Figure.Say($"orbit from a platform off by {wrong.Norm * 1e3:F0} m, taken as known", "simulated truth", "distance over sigma", blind.State.SeparationKm(Truth).Norm / blind.FormalCovariance.PositionSigmaKm, "");
        double blindOff = blind.State.SeparationKm(Truth).Norm, blindSigma = blind.FormalCovariance.PositionSigmaKm;
        Assert.InRange(off, 0, 1.01 * blindOff);
        Assert.InRange(off / sigma, 0, 3);
        Assert.InRange(blindOff / blindSigma, 10, 100);
    }

    /// <summary>30 m and 3 cm/s in every direction.</summary>
    private static Covariance6 OwnCovariance()
    {
        double[] lower = new double[21];
        for (int i = 0, at = 0; i < 6; at += ++i + 1) lower[at] = i < 3 ? 0.03 * 0.03 : 3e-5 * 3e-5;
        return new Covariance6(lower);
    }

    private static OrbitingPlatform Known(OrbitingPlatform platform)
    {
        var epochs = Enumerable.Range(0, 334).Select(i => Begin.PlusSeconds(i * 60));
        return new OrbitingPlatform([.. epochs.Select(epoch => (epoch, State: platform.At(epoch, EarthRotation.Default, AnalyticSolarSystem.Instance)))
            .Select(at => new CartesianState(at.epoch, Frame.Gcrf, at.State.PositionKm, at.State.VelocityKmPerS))]);
    }

    private static TrackingSensor Sensor(IObserver place) => new(new SensorKey(PartnerId.Parse("aa"), SensorId.Parse("T1")), place,
        new TrackingFigures(RightAscensionRad: AngleSigmaRad, DeclinationRad: AngleSigmaRad), TrackingFigures.None) { Conventions = SignalConventions.Telescope(Aberration.AgainstStars) };

    private static bool IsBehindTheEarth(Vector3d a, Vector3d b)
    {
        double share = Math.Clamp(-a.Dot(b - a) / (b - a).NormSquared, 0, 1);
        return (a + share * (b - a)).Norm < 6_500;
    }

    private static List<TrackingObservation> Observe(OrbitingPlatform trueOrbit, OrbitingPlatform believed, Func<double> normal)
    {
        Epoch[] epochs = [.. Enumerable.Range(0, 320).Select(i => Begin.PlusSeconds(60 + i * 60))];
        Assert.True(Propagator.TrySample(Truth, default, epochs, false, out var states));
        var (real, sensor) = (Sensor(trueOrbit), Sensor(believed));
        var observations = new List<TrackingObservation>();
        foreach (var state in states)
        {
            var seen = Watch.Model.Predict(real, state.ToState());
            if (IsBehindTheEarth(trueOrbit.At(state.Epoch, EarthRotation.Default, AnalyticSolarSystem.Instance).PositionKm, state.PositionKm)) continue;
            observations.Add(new TrackingObservation(sensor, state.Epoch, new TrackingFigures(
                RightAscensionRad: seen.RightAscensionRad + AngleSigmaRad * normal() / seen.Across(MeasurementKind.RightAscension), DeclinationRad: seen.DeclinationRad + AngleSigmaRad * normal())));
        }
        Assert.InRange(observations.Count, 40, 320);
        return observations;
    }
}
