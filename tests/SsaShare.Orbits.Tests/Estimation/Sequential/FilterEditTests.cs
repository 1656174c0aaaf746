using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

/// <summary>Observations that cannot be used, and what they leave of the filter.</summary>
public sealed class FilterEditTests
{
    private static readonly SequentialFilter Filter = new(SimulatedTracking.Propagator, SyntheticPasses.Model);
    private static readonly SequentialFilterOptions Options = new() { ProcessNoise = SimulatedTracking.Noise };
    private static readonly SimulatedTracking Scene = SimulatedTracking.Create(21, 12, 20, SimulatedTracking.Noise);
    private static readonly TrackingObservation One = Scene.Observations[0];

    [Fact]
    public void TryProcess_OneFigureNotANumber_UsesTheOthers()
    {
        var spoilt = Filter.Begin(Scene.Start, Options);
        Assert.True(spoilt.TryProcess([One with { Measured = One.Measured with { RangeKm = double.NaN } }], out var results));
        Assert.Equal(FilterEdit.Used, results[0].Edit);
        Assert.Equal([MeasurementKind.Range], results[0].NotANumber);
        var without = Filter.Begin(Scene.Start, Options);
        Assert.True(without.TryProcess([One with { Measured = One.Measured with { RangeKm = null } }], out _));
        Assert.Equal(without.Estimate.State, spoilt.Estimate.State);
        Assert.Equal(without.Estimate.Biases, spoilt.Estimate.Biases);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Run_NoFigureIsANumber_SaysSoAndIsNotLost(double value)
    {
        List<TrackingObservation> spoilt = [.. Scene.Observations.Take(40).Select((o, i) => i < 10 ? o : o with { Measured = new TrackingFigures(value, value, value) })];
        var run = Assert.IsType<FilterOutcome.Ran>(Filter.Run(spoilt, Scene.Start, Options)).Run;
        Assert.All(run.Observations.Skip(10), o => Assert.Equal((FilterEdit.NotANumber, 0.0, 3), (o.Edit, o.Nis, o.NotANumber.Count)));
        Assert.Null(run.LostSince);
        Assert.True(double.IsFinite(run.Final.State.PositionKm.X));
    }

    [Fact]
    public void TryProcess_SigmaInfiniteOrAnglesWithoutHorizon_AreNotWeighed()
    {
        var session = Filter.Begin(Scene.Start, Options);
        var infinite = One with { Sensor = new TrackingSensor(One.Sensor.Key, One.Sensor.Place, new TrackingFigures(double.PositiveInfinity), new TrackingFigures()) };
        var path = Path(One.Epoch.PlusSeconds(-600), 30);
        var orbiting = One with { Sensor = One.Sensor with { Place = new OrbitingPlatform(path) }, Measured = One.Measured with { RangeKm = null } };
        Assert.True(session.TryProcess([infinite, orbiting], out var results));
        Assert.All(results, o => Assert.Equal(FilterEdit.NothingToWeigh, o.Edit));
        Assert.DoesNotContain(session.Estimate.Biases, b => b.Kind == MeasurementKind.Range);
    }

    [Fact]
    public void TryProcess_PlatformOutsideItsEphemeris_ObserverUnknown()
    {
        var path = Path(One.Epoch, 10);
        var counting = new TrackingSensor(One.Sensor.Key, new OrbitingPlatform(path), new TrackingFigures(RangeKm: 0.03, RangeRateKmPerS: 1e-5), new TrackingFigures())
        {
            Conventions = One.Sensor.Conventions with { RangeRateCountSeconds = 10 },
        };
        var measured = new TrackingFigures(1_000, RangeRateKmPerS: 1);
        var session = Filter.Begin(Scene.Start, Options);
        // The count of the first begins five seconds before the ephemeris, that of the last ends after it.
        foreach (double seconds in (double[])[0, 537, 600])
        {
            Assert.True(session.TryProcess([new TrackingObservation(counting, One.Epoch.PlusSeconds(seconds), measured)], out var results));
            Assert.Equal(FilterEdit.ObserverUnknown, results[0].Edit);
        }
        Assert.Null(session.LostSince);
        Assert.True(session.TryCompare([new TrackingObservation(counting, One.Epoch.PlusSeconds(700), measured)], out var compared));
        Assert.Equal(FilterEdit.ObserverUnknown, compared[0].Edit);
        Assert.True(session.TryProcess([new TrackingObservation(counting with { Conventions = One.Sensor.Conventions }, One.Epoch.PlusSeconds(600), measured)], out var late));
        Assert.Equal(FilterEdit.ObserverUnknown, late[0].Edit);
    }

    [Fact]
    public void TryProcess_ObserverThrows_NothingHasChanged()
    {
        var session = Filter.Begin(Scene.Start, Options);
        Assert.True(session.TryProcess([One], out _));
        var (epoch, before) = (session.Epoch, session.Estimate);
        var broken = Scene.Observations[1] with { Sensor = One.Sensor with { Key = new SensorKey(PartnerId.Parse("two"), SensorId.Parse("R9")), Place = new Broken() } };
        Assert.Throws<InvalidOperationException>(() => session.TryProcess([Scene.Observations[1], broken], out _));
        Assert.Equal(epoch, session.Epoch);
        Assert.Equal(before.State, session.Estimate.State);
        Assert.Equal(before.Biases, session.Estimate.Biases);
        Assert.Single(session.ToRun().Observations);
        // And it goes on as if nothing had been.
        Assert.True(session.TryProcess([Scene.Observations[1]], out _));
        var untroubled = Filter.Begin(Scene.Start, Options);
        Assert.True(untroubled.TryProcess([One], out _) && untroubled.TryProcess([Scene.Observations[1]], out _));
        Testing.Near(untroubled.Estimate.State.PositionKm, session.Estimate.State.PositionKm, 1e-6);
    }

    /// <summary>A range and two angles of one instant weigh the same in one observation, in two of one call, and in two calls.</summary>
    [Fact]
    public void TryProcess_KindsOfOneInstantApart_WeighAsTogether()
    {
        var range = One with { Measured = new TrackingFigures(One.Measured.RangeKm) };
        var angles = One with { Measured = One.Measured with { RangeKm = null } };
        double joined = sigma([One]), group = sigma([range, angles]), calls = sigma([range], [angles]);
        Assert.Equal(1, group / joined, 1e-3);
        Assert.Equal(1, calls / joined, 1e-3);
        // Two echoes of one instant are one, however they come.
        Assert.Equal(1, sigma([One, One]) / joined, 1e-3);
        Assert.Equal(1, sigma([One], [One]) / joined, 1e-3);

        double sigma(params TrackingObservation[][] callsOfOneInstant)
        {
            var session = Filter.Begin(Scene.Start, Options with { EstimateBiases = false });
            foreach (var call in callsOfOneInstant) Assert.True(session.TryProcess(call, out _));
            return session.Estimate.Covariance.PositionSigmaKm;
        }
    }

    [Fact]
    public void TryProcess_StepsNotKept_KeepsTheLatestResultsOnly()
    {
        var session = Filter.Begin(Scene.Start, Options with { KeepSteps = false });
        foreach (var one in Scene.Observations.Take(50))
        {
            Assert.True(session.TryProcess([one], out var results));
            Assert.Single(results);
        }
        Assert.Single(session.ToRun().Observations);
        // A list is filtered as a whole: its results are no longer than it.
        var run = Assert.IsType<FilterOutcome.Ran>(Filter.Run([.. Scene.Observations.Take(50)], Scene.Start, Options with { KeepSteps = false })).Run;
        Assert.Equal((50, 0), (run.Observations.Count, run.Count));
    }

    private static CartesianState[] Path(Epoch from, int minutes)
    {
        var platform = new KeplerianElements(7_900, 0.001, 1.0, 1.3, 0.5, 0.1).ToState(from, Frame.Gcrf);
        Assert.True(SimulatedTracking.Propagator.TrySample(platform, default, [.. Enumerable.Range(0, minutes).Select(i => from.PlusSeconds(i * 60.0))], false, out var states));
        return [.. states.Select(s => s.ToState())];
    }

    private sealed class Broken : IObserver
    {
        public bool HasHorizon => true;
        public bool Covers(Epoch epoch) => true;
        public ObserverState At(Epoch epoch, EarthRotation rotation, ISolarSystem bodies) => throw new InvalidOperationException("No ephemeris here.");
    }
}
