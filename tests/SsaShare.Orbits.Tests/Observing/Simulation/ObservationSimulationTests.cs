using SsaShare.Domain;
using static SsaShare.Orbits.Tests.SimulatedScene;

namespace SsaShare.Orbits.Tests;

public sealed class ObservationSimulationTests
{
    private static readonly MeasurementModel Model = new(EarthRotation.Default, SignalConventions.Corrected);

    [Fact]
    public void Observations_OfRadar_AgreeWithTheTruthWithinTheirNoise()
    {
        var simulation = Simulate(LowObjects(60), Network(Radar("r1"), Radar("r2", latitudeDegrees: -30)), hours: 3);
        var residuals = Residuals(simulation, [MeasurementKind.Range, MeasurementKind.Azimuth, MeasurementKind.Elevation, MeasurementKind.RangeRate]);
        AssertStandardNormal(residuals, atLeast: 1_000);
        Figure.Say("Simulation, 60 low objects, two radars, 3 h: measured minus MeasurementModel of the truth", "declared noise", "rms", Math.Sqrt(residuals.Average(x => x * x)), "");
    }

    [Fact]
    public void Observations_OfTelescope_AgreeWithTheTruthWithinTheirNoise()
    {
        // Noon and midnight of the site come while the simulation runs.
        var simulation = Simulate([Geostationary(3), Geostationary(3.1), Geostationary(2.9)], Network(Telescope("t1", longitudeRad: 0)), hours: 24);
        AssertStandardNormal(Residuals(simulation, [MeasurementKind.RightAscension, MeasurementKind.Declination]), atLeast: 300);
    }

    [Fact]
    public void Observations_BiasDriftAndNoiseOtherThanDeclared_AreInTheFigures()
    {
        var since = Start.PlusSeconds(2 * 3_600);
        var radar = Radar("r1", bias: new TrackingFigures(0.1)) with
        {
            Errors = [new SensorError(since, new TrackingFigures(0.2), new TrackingFigures(1)) { DriftPerDay = new TrackingFigures(24) }],
        };
        var simulation = Simulate(LowObjects(60), Network(radar), hours: 4);
        List<double> before = [], after = [];
        foreach (var one in simulation.Observations())
        {
            double error = one.Observation.Measured.RangeKm!.Value - Predicted(simulation, one).RangeKm;
            if (one.Observation.Epoch < since) before.Add(error - 0.1);
            else after.Add(error - 1 - one.Observation.Epoch.SecondsSince(since) / 3_600);
        }
        AssertMean(before, 0.02);
        AssertMean(after, 0.2);
    }

    [Fact]
    public void Observations_WrongClock_HaveShiftedTags()
    {
        var radar = Radar("r1");
        var late = radar with { Errors = [new SensorError(Start, TrackingFigures.None, TrackingFigures.None) { ClockBiasS = -900 }] };
        var right = Simulate(LowObjects(20), Network(radar), hours: 2).Observations().ToList();
        var wrong = Simulate(LowObjects(20), Network(late), hours: 2).Observations().ToList();
        Assert.NotEmpty(right);
        Assert.Equal(right.Select(one => one.Observation.Epoch.PlusSeconds(-900)), wrong.Select(one => one.Observation.Epoch));
        Assert.Equal(right.Select(one => one.Arrival), wrong.Select(one => one.Arrival));
        Assert.Equal(right.Select(one => one.Observation.Measured), wrong.Select(one => one.Observation.Measured));
    }

    [Fact]
    public void Observations_SameSeed_AreTheSameOnAnyThreads()
    {
        var network = Network(Radar("r1") with { FalseTracksPerHour = 5 }, Radar("r2", latitudeDegrees: -30), Telescope("t1"));
        List<SimulatedObservation> Run(ulong seed, int threads) => [.. Simulate([.. LowObjects(40), Geostationary()], network, 4, seed, threads).Observations()];
        var (first, again, other) = (Run(7, 1), Run(7, 3), Run(8, 1));
        Assert.True(first.Count > 300);
        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
    }

    [Fact]
    public void Observations_InOrder_ArriveAscendingAndNotBeforeTheyAreMade()
    {
        var all = Simulate(LowObjects(60), Network(Radar("r1"), Radar("r2", latitudeDegrees: -30)), hours: 5).Observations().ToList();
        Assert.All(all.Zip(all.Skip(1)), pair => Assert.True(pair.First.Arrival <= pair.Second.Arrival));
        Assert.All(all, one => Assert.InRange(one.Arrival.SecondsSince(one.Observation.Epoch), 0, 60));
        Assert.Throws<InvalidOperationException>(() => Twice());

        void Twice()
        {
            var simulation = Simulate(LowObjects(1), Network(Radar("r1")), hours: 1);
            for (int i = 0; i < 2; i++) _ = simulation.Observations().Count();
        }
    }

    [Fact]
    public void Observations_Capacity_IsNeverExceededAndObjectsTakeTurns()
    {
        var radar = Radar("r1");
        var slow = radar with { Rhythm = radar.Rhythm with { TracksPerHour = 20 } };
        var tracks = Simulate(LowObjects(200), Network(slow), hours: 6).Observations().GroupBy(one => one.Track).Select(group => group.First()).ToList();
        Assert.InRange(tracks.Count, 60, 6 * 20 + 1);
        // What waited longest comes first: while unseen objects pass, none comes often.
        Assert.True(tracks.GroupBy(one => one.TrueObject).Max(group => group.Count()) <= 4);
        Assert.All(tracks.GroupBy(one => one.TrueObject).SelectMany(group => group.Zip(group.Skip(1))),
            pair => Assert.True(pair.Second.Observation.Epoch.SecondsSince(pair.First.Observation.Epoch) >= 600 - 30));
    }

    [Fact]
    public void Observations_DetectionOfHalf_LosesHalfOfTheLooks()
    {
        int Count(double detection) => Simulate(LowObjects(60), Network(Radar("r1") with { DetectionProbability = detection }), hours: 6).Observations().Count();
        Assert.InRange((double)Count(0.5) / Count(1), 0.43, 0.57);
    }

    [Fact]
    public void Observations_OfNothing_LieInTheFieldAndBelongToNoObject()
    {
        var field = new FieldOfRegard(0.4, 1.0, 6, 1);
        var radar = new SimulatedSensor(Radar("r1").Declared, new SensorReach.Radar(5_000, 6_000), new SensorRhythm(60, 3, 5, 5, 600, Tasking.Own), field) { FalseTracksPerHour = 12 };
        var all = Simulate([], Network(radar), hours: 10).Observations().ToList();
        Assert.InRange(all.Count, 3 * 80, 3 * 160);
        Assert.All(all, one => Assert.Equal(-1, one.TrueObject));
        int inside = all.Count(one => field.Contains(one.Observation.Measured.AzimuthRad!.Value, one.Observation.Measured.ElevationRad!.Value));
        Assert.True(inside > 0.99 * all.Count, "More than noise leads out of the field.");
    }

    private static List<double> Residuals(ObservationSimulation simulation, MeasurementKind[] kinds)
    {
        List<double> normalised = [];
        foreach (var one in simulation.Observations())
        {
            var predicted = Predicted(simulation, one);
            foreach (var kind in kinds) normalised.Add(predicted.Residual(kind, one.Observation.Measured.Of(kind)!.Value) / one.Observation.Sensor.Sigma.Of(kind)!.Value);
        }
        return normalised;
    }

    /// <summary>By the truth itself, propagated from its start and not read off the simulation's windows.</summary>
    private static PredictedFigures Predicted(ObservationSimulation simulation, SimulatedObservation one)
    {
        var target = simulation.Truth.Objects[one.TrueObject];
        Assert.True(TruePropagator.TryPropagate(target.Start, target.Surface, one.Observation.Epoch, withPartials: false, out var state));
        return Model.Predict(one.Observation, state.PositionKm, state.VelocityKmPerS, []);
    }

    private static void AssertStandardNormal(List<double> values, int atLeast)
    {
        Assert.True(values.Count >= atLeast, $"Only {values.Count} figures.");
        AssertMean(values, 1);
        Assert.InRange(values.Average(x => x * x), 1 - 5 * Math.Sqrt(2.0 / values.Count), 1 + 5 * Math.Sqrt(2.0 / values.Count));
        Assert.InRange(values.Max(Math.Abs), 2.5, 6);
    }

    private static void AssertMean(List<double> values, double sigma)
    {
        Assert.True(values.Count > 100, $"Only {values.Count} figures.");
        double bound = 5 * sigma / Math.Sqrt(values.Count);
        Assert.InRange(values.Average(), -bound, bound);
        Assert.InRange(Math.Sqrt(values.Average(x => x * x)) / sigma, 0.8, 1.2);
    }
}
