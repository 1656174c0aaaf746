using SsaShare.Domain;

namespace SsaShare.Fusion.Tests;

public class TrackletBuilderTests
{
    private static readonly Epoch Start = Seeds.At("1996-12-15T12:00:00");
    private static readonly Sensor Radar = Seeds.Sphere[0].Sensor;

    [Fact]
    public void Place_OneSmoothPath_IsOneTrackletInOrderOfTime()
    {
        var builder = new TrackletBuilder(new FusionOptions());
        int[] order = [40, 0, 20, 60, 10];
        var placed = order.Select(s => builder.Place(Seen(s, 1_000 + 5 * s))).ToList();
        Assert.Single(placed.Select(p => p.Tracklet).Distinct());
        Assert.Equal([true, false, false, false, false], placed.Select(p => p.IsNew));
        Assert.Equal([0, 10, 20, 40, 60], placed[0].Tracklet.InTime.Select(m => (int)m.Epoch.SecondsSince(Start)));
        Assert.Equal(60, placed[0].Tracklet.DurationSeconds);
    }

    [Fact]
    public void Place_AfterLongPause_BeginsAnotherTracklet()
    {
        var builder = new TrackletBuilder(new FusionOptions { TrackletGapSeconds = 100 });
        Assert.True(builder.Place(Seen(0, 1_000)).IsNew);
        Assert.False(builder.Place(Seen(100, 1_300)).IsNew);
        Assert.True(builder.Place(Seen(201, 1_600)).IsNew);
        Assert.True(builder.Place(Seen(-101, 700)).IsNew);
    }

    [Fact]
    public void Place_TwoObjectsInTurn_AreTwoTracklets()
    {
        var builder = new TrackletBuilder(new FusionOptions());
        var near = Enumerable.Range(0, 10).Select(i => builder.Place(Seen(10 * i, 1_000 + 4 * i)).Tracklet).ToList();
        var far = Enumerable.Range(0, 10).Select(i => builder.Place(Seen(10 * i + 5, 2_500 + 4 * i)).Tracklet).ToList();
        Assert.Single(near.Distinct());
        Assert.Single(far.Distinct());
        Assert.NotSame(near[0], far[0]);
    }

    [Fact]
    public void Place_TwoSensors_AreNeverOneTracklet()
    {
        var builder = new TrackletBuilder(new FusionOptions());
        var other = Radar with { Id = SensorId.Parse("OTHER") };
        Assert.True(builder.Place(Seen(0, 1_000)).IsNew);
        Assert.True(builder.Place(new Measured(Of(other, 1, 1_000))).IsNew);
    }

    [Fact]
    public void Remove_LastMeasurement_ForgetsTheTracklet()
    {
        var builder = new TrackletBuilder(new FusionOptions());
        var seen = Seen(0, 1_000);
        builder.Remove(builder.Place(seen).Tracklet, seen);
        Assert.True(builder.Place(Seen(5, 1_000)).IsNew);
    }

    private static Measured Seen(double seconds, double rangeKm) => new(Of(Radar, seconds, rangeKm));

    private static ContributedObservation Of(Sensor sensor, double seconds, double rangeKm)
        => new(Seeds.IdOf($"{sensor.Id} {seconds}"), sensor.Owner, DataMode.Real, sensor, new Observation(sensor.Id, Start.PlusSeconds(seconds), rangeKm, 1 + 0.001 * seconds, 0.7, null, null));
}
