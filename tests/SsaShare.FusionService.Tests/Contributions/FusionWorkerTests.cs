using SsaShare.Domain;
using SsaShare.Fusion;
using static SsaShare.FusionService.Tests.Records;

namespace SsaShare.FusionService.Tests.Contributions;

public class FusionWorkerTests
{
    [Fact]
    public async Task Restore_DatabaseLostOnTheSecondPage_LosesNoRecord()
    {
        var kept = await FusedAsync(service => service.Associations);
        await using var again = await Service.CreateAsync(kept);
        again.Arrivals.Arrive(ThreePasses());
        again.Arrivals.Failing.Add(2);
        await again.StartAsync();
        await again.CatchUpAsync();
        Assert.Equal(kept.Kept.OrderBy(pair => pair.Key.ToString()), again.Engine.Associations.OrderBy(pair => pair.Key.ToString()));
        Assert.Equal(Seeds.Passes.Take(3).Sum(pass => pass.Count), again.Engine.Associations.Count);
    }

    [Fact]
    public async Task Restore_SavingFails_IsTriedAgainAndKeepsWhatIsNew()
    {
        // The third pass came while the service was down: restoring finds its object, and that must be kept.
        var kept = await FusedAsync(service => service.Associations, passes: 2);
        int before = kept.Kept.Count;
        kept.FailingSaves = 2;
        await using var again = await Service.CreateAsync(kept);
        again.Arrivals.Arrive(ThreePasses());
        await again.StartAsync();
        await again.CatchUpAsync();
        Assert.Equal(before + Seeds.Passes[2].Count, kept.Kept.Count);
        Assert.Single(kept.Kept.Values.Distinct());
    }

    [Fact]
    public async Task Fuse_SavingFails_KeepsTheAssociationsLater()
    {
        await using var service = await Service.CreateAsync(new MemoryAssociations { FailingSaves = 1 });
        service.Arrivals.Arrive(ThreePasses());
        await service.StartAsync();
        await service.CatchUpAsync();
        Assert.NotEmpty(service.Engine.Associations);
        Assert.Equal(service.Engine.Associations.Count, service.Associations.Kept.Count);
    }

    [Fact]
    public async Task Fuse_SomethingUnexpected_DoesNotStopTheWorker()
    {
        await using var service = await Service.CreateAsync();
        service.Arrivals.Failing.Add(1);
        service.Arrivals.Failure = new InvalidDataException("a stored label does not open");
        service.Arrivals.Arrive([Description(RadarOf(Pacific)).Arrives(1), .. PassOf(Pacific, 0, 1)]);
        await service.StartAsync();
        await service.CatchUpAsync();
        Assert.Equal(Seeds.Passes[0].Count, Assert.Single(service.Engine.Waiting).Records.Count);
    }

    [Fact]
    public async Task Fuse_DescriptionComesLast_ReadsItsObservationsAgain()
    {
        await using var service = await Service.CreateAsync();
        service.Arrivals.Arrive([.. PassOf(Pacific, 0, 1), .. PassOf(Pacific, 1, 2)]);
        await service.StartAsync();
        await service.CatchUpAsync();
        Assert.Empty(service.Engine.Waiting);
        // The database is lost while they are read again.
        service.Arrivals.Failing.UnionWith(Enumerable.Range(service.Arrivals.Reads + 2, 400).Where(i => i % 2 == 0));
        service.Arrivals.Arrive([Description(RadarOf(Pacific)).Arrives(3)]);
        await service.CatchUpAsync();
        Assert.Single(service.Engine.Objects);
        Assert.Equal(Seeds.Passes[0].Count + Seeds.Passes[1].Count, service.Associations.Kept.Count);
    }

    [Fact]
    public async Task Fuse_CorrectedDescription_CountsForWhatIsHereAlready()
    {
        await using var service = await Service.CreateAsync();
        // A degree off: no orbit links the passes as they are seen from there.
        var wrong = RadarOf(Pacific) with { Site = Seeds.Radar.Site with { LatitudeRad = Seeds.Radar.Site.LatitudeRad + 0.3, LongitudeRad = Seeds.Radar.Site.LongitudeRad + 0.5 } };
        service.Arrivals.Arrive([Description(wrong).Arrives(1), .. PassOf(Pacific, 0, 1), .. PassOf(Pacific, 1, 1)]);
        await service.StartAsync();
        await service.CatchUpAsync();
        service.Arrivals.Arrive([Description(RadarOf(Pacific), publishedSeconds: 60).Arrives(2)]);
        await service.CatchUpAsync();
        var catalog = service.Engine.Snapshot;
        var seen = catalog.See(Assert.Single(catalog.Objects), ReaderView.Everything)!;
        Assert.All(seen.Passes.SelectMany(pass => pass), one => Assert.Equal(Seeds.Radar.Site, one.Sensor.Site));
        var estimate = Assert.IsType<Composition.Estimated>(service.Engine.Compose(seen)).Estimate;
        Assert.Equal(114.98, estimate.Elements.InclinationRad * 180 / Math.PI, 0.5);
        Assert.Equal(service.Engine.Associations.OrderBy(pair => pair.Key.ToString()), service.Associations.Kept.OrderBy(pair => pair.Key.ToString()));
    }

    private static List<Exchange.ArrivedRecord> ThreePasses()
        => [Description(RadarOf(Pacific)).Arrives(1), .. PassOf(Pacific, 0, 1), .. PassOf(Pacific, 1, 2), .. PassOf(Pacific, 2, 3)];

    private static async Task<T> FusedAsync<T>(Func<Service, T> result, int passes = 3)
    {
        await using var service = await Service.CreateAsync();
        service.Arrivals.Arrive(ThreePasses().Where(one => one.Arrival <= passes));
        await service.StartAsync();
        await service.CatchUpAsync();
        Assert.Single(service.Engine.Objects);
        return result(service);
    }
}
