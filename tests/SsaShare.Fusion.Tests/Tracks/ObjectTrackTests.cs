using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Fusion.Tests;

public sealed class ObjectTrackTests
{
    private static readonly SurfaceCoefficients Surface = new(0.02, 0.02), SurfaceSigma = new(0.005, 0.005);

    private static TrackDynamics Dynamics { get; } = new(TrackScene.Model, new TrackOptions { MostSteps = 4 });

    private static (ObjectTrack Track, List<ObservedTracklet> Tracklets, Trajectory Truth) Scene(int seed, double hours = 14)
    {
        var scene = new TrackScene(seed);
        var first = scene.Orbit(760, 790);
        var truth = Truth(first, hours);
        return (ObjectTrack.Begin(Dynamics, scene.Guess(first, 0.5, Surface, SurfaceSigma)), scene.Observe(truth, TrackScene.Radars, "a"), truth);
    }

    private static Trajectory Truth(CartesianState first, double hours)
    {
        var propagator = new Propagator(new ForceModel(ForceModelOptions.Precise));
        return propagator.Propagate(first, Surface, first.Epoch.PlusSeconds(hours * 3_600)) is PropagationOutcome<Trajectory>.Completed { Result: var path }
            ? path : throw new InvalidOperationException("The truth leaves its orbit.");
    }

    private static ObjectTrack Add(ObjectTrack track, ObservedTracklet tracklet) => Assert.IsType<TrackUpdate.Updated>(track.Update(tracklet)).Track;

    private static void AssertSame(FilterCheckpoint expected, FilterCheckpoint actual)
    {
        Assert.Equal(expected.Epoch, actual.Epoch);
        Assert.Equal(expected.State, actual.State);
        Assert.Equal(expected.Surface, actual.Surface);
        Assert.Equal(expected.Covariance, actual.Covariance);
    }

    [Fact]
    public void Update_TrackletsInAnyOrder_GivesTheSameTrackToTheLastBit()
    {
        var (track, tracklets, _) = Scene(5);
        var four = tracklets.Take(4).ToList();
        Assert.Equal(4, four.Count);
        var inOrder = four.Aggregate(track, Add);
        foreach (int[] order in new[] { new[] { 3, 2, 1, 0 }, [1, 3, 0, 2], [2, 0, 3, 1] })
            AssertSame(inOrder.Latest, order.Aggregate(track, (t, i) => Add(t, four[i])).Latest);
    }

    [Fact]
    public void Update_OverlappingTrackletsOfTwoSensors_GivesTheSameInEitherOrder()
    {
        var scene = new TrackScene(6);
        var first = scene.Orbit(760, 790);
        var truth = Truth(first, 18);
        var track = ObjectTrack.Begin(Dynamics, scene.Guess(first, 0.5, Surface, SurfaceSigma));
        var a = scene.Observe(truth, TrackScene.Radars, "a")[0];
        // A second radar beside the first sees the same pass, some seconds of it together.
        var other = a.Observations[0].Sensor with { Key = new SensorKey(Seeds.Pacific, SensorId.Parse("beside")) };
        var b = scene.Observe(truth, [other], "b", count: 12)[0];
        Assert.True(a.Start <= b.End && b.Start <= a.End);
        AssertSame(Add(Add(track, a), b).Latest, Add(Add(track, b), a).Latest);
        Assert.Equal(2, Add(Add(track, a), b).Tracklets.Count());
    }

    [Fact]
    public void Without_ATracklet_IsTheTrackThatNeverHadIt()
    {
        var (track, tracklets, _) = Scene(7);
        var three = tracklets.Take(3).ToList();
        var with = three.Aggregate(track, Add);
        var without = Assert.IsType<TrackUpdate.Updated>(with.Without(three[1].Id)).Track;
        AssertSame(Add(Add(track, three[0]), three[2]).Latest, without.Latest);
        Assert.DoesNotContain(without.Tracklets, t => t.Id == three[1].Id);
        Assert.Throws<ArgumentException>(() => without.Without(three[1].Id));
        Assert.Throws<ArgumentException>(() => without.Update(three[0]));
    }

    [Fact]
    public void Update_TrackletBeforeTheAnchor_IsTooOld()
    {
        var (track, tracklets, _) = Scene(8, 24);
        Assert.True(tracklets.Count >= 6);
        var late = tracklets[0];
        var now = tracklets.Skip(1).Take(5).Aggregate(track, Add);
        Assert.Equal(4, now.Tracklets.Count());
        Assert.Equal(tracklets[1].End, now.Earliest);
        Assert.Equal(new TrackUpdate.TooOld(now.Earliest), now.Update(late));
    }

    [Fact]
    public void Update_OtherObjectsTracklet_RefusesItAndKeepsTheOrbit()
    {
        var (track, tracklets, truth) = Scene(9);
        var now = tracklets.Take(2).Aggregate(track, Add);
        var other = new TrackScene(10);
        var foreign = other.Observe(Truth(other.Orbit(760, 790), 14), TrackScene.Radars, "other").First(t => t.Start > now.Epoch);
        var updated = Assert.IsType<TrackUpdate.Updated>(now.Update(foreign));
        Assert.Equal(foreign.Observations.Count, updated.Fit!.Refused);
        Assert.Equal(0, updated.Fit.Used);
        Assert.InRange(updated.Track.Latest.State.PositionKm.DistanceTo(truth.At(foreign.End).PositionKm), 0, 1);
    }

    [Fact]
    public void TryPredict_CarriedTrack_PredictsAsTheTrackItself()
    {
        var (track, tracklets, truth) = Scene(11);
        var now = tracklets.Take(3).Aggregate(track, Add);
        var (half, end) = (now.Epoch.PlusSeconds(3_600), now.Epoch.PlusSeconds(7_200));
        Assert.True(now.TryPredict(half, out var reached));
        Assert.True(now.TryPredict(end, out var whole));
        Assert.True(now.CarriedTo(reached).TryPredict(end, out var carried));
        Assert.InRange(carried.State.PositionKm.DistanceTo(whole.State.PositionKm), 0, 1e-4);
        Assert.InRange(carried.Covariance.PositionSigmaKm / whole.Covariance.PositionSigmaKm, 0.99, 1.01);
        Assert.InRange(whole.State.PositionKm.DistanceTo(truth.At(end).PositionKm), 0, 5 * whole.Covariance.PositionSigmaKm);
        Assert.Throws<ArgumentException>(() => now.TryPredict(now.Earliest.PlusSeconds(-1), out _));
        Assert.Throws<ArgumentException>(() => Add(now, tracklets[3]).CarriedTo(reached));
    }
}
