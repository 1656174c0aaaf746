using SsaShare.Domain;
using SsaShare.Tests;

namespace SsaShare.Orbits.Tests;

public class OrbitingPlatformTests
{
    private static readonly Propagator Propagator = new(new ForceModel(ForceModelOptions.Light), 1e-8);

    private static Covariance6 Sphere(double km, double kmPerS)
    {
        double[] lower = new double[21];
        for (int i = 0, at = 0; i < 6; at += ++i + 1) lower[at] = i < 3 ? km * km : kmPerS * kmPerS;
        return new Covariance6(lower);
    }

    [Theory]
    [InlineData(60, 1e-7)]
    [InlineData(300, 2e-4)]
    public void At_BetweenStates_AgreesWithThePropagator(double step, double withinKm)
    {
        var start = Testing.LowOrbit;
        Assert.True(OrbitingPlatform.TryPropagate(start, Sphere(0.01, 1e-5), default, Propagator, start.Epoch, start.Epoch.PlusSeconds(3_000), out var platform, step));
        double worst = 0;
        for (double t = 0; t <= 3_000; t += 77)
        {
            Assert.True(Propagator.TryPropagate(start, default, start.Epoch.PlusSeconds(t), false, out var expected));
            var at = platform.At(start.Epoch.PlusSeconds(t), EarthRotation.Default, AnalyticSolarSystem.Instance);
            worst = Math.Max(worst, (at.PositionKm - expected.PositionKm).Norm);
            Testing.Near(expected.VelocityKmPerS, at.VelocityKmPerS, withinKm / 10);
        }
        Figure.Say($"platform's ephemeris at steps of {step} s", "the propagator", "max", worst * 1e6, "mm");
        Assert.InRange(worst, 0, withinKm);
    }

    [Fact]
    public void Uncertainty_OfAPropagatedOrbit_GrowsAlongTheTrack()
    {
        var start = Testing.LowOrbit;
        Assert.True(OrbitingPlatform.TryPropagate(start, Sphere(0.01, 1e-5), default, Propagator, start.Epoch, start.Epoch.PlusSeconds(6_000), out var platform));
        Assert.Equal(Math.Sqrt(3) * 0.01, platform.Uncertainty(start.Epoch)!.PositionSigmaKm, 1e-6);
        // A radial error of 10 m, or 1 cm/s along the track, comes to 190 m after a revolution.
        Assert.InRange(platform.Uncertainty(start.Epoch.PlusSeconds(5_970))!.PositionSigmaKm, 0.2, 0.4);
    }

    /// <summary>10 m across 3,900 km are 2.6 µrad, 0.5 arc seconds.</summary>
    [Fact]
    public void FillObserverCovariance_OfUncertainPlatform_IsItsErrorSeenFromTheObject()
    {
        var sensor = Watch.With(SignalConventions.Telescope(Aberration.None), Watch.Orbiting(Sphere(0.01, 0)));
        var observation = new TrackingObservation(sensor, Watch.Tag, TrackingFigures.None);
        double[] covariance = new double[36];
        Watch.Model.FillObserverCovariance(observation, Watch.Object.PositionKm, Watch.Object.VelocityKmPerS, covariance);
        double range = Watch.Model.Predict(sensor, Watch.Object).RangeKm;
        double of(MeasurementKind kind) => Math.Sqrt(covariance[(int)kind * 7]);
        Assert.Equal(0.01 / range, of(MeasurementKind.Declination), 1e-4 * 0.01 / range);
        Assert.Equal(0.01 / range, of(MeasurementKind.RightAscension), 1e-4 * 0.01 / range);
        Assert.Equal(0.01, of(MeasurementKind.Range), 1e-6);
        Assert.Equal(0, of(MeasurementKind.Azimuth));
    }

    [Fact]
    public void OrbitingPlatform_BadInput_Refused()
    {
        CartesianState[] states = [.. Enumerable.Range(0, 5).Select(i => Watch.ObjectAfter(i * 10))];
        Assert.Throws<ArgumentException>(() => new OrbitingPlatform(states[..3]));
        Assert.Throws<ArgumentException>(() => new OrbitingPlatform([.. states.Reverse()]));
        Assert.Throws<ArgumentException>(() => new OrbitingPlatform([.. states.Select(s => new CartesianState(s.Epoch, Frame.Teme, s.PositionKm, s.VelocityKmPerS))]));
        Assert.Throws<ArgumentException>(() => new OrbitingPlatform(states, [Sphere(1, 1)]));
        var platform = new OrbitingPlatform(states);
        Assert.False(platform.Covers(Watch.Tag.PlusSeconds(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => platform.At(Watch.Tag.PlusSeconds(41), EarthRotation.Default, AnalyticSolarSystem.Instance));
        Assert.Null(platform.Uncertainty(Watch.Tag));
    }
}
