using SsaShare.Domain;
using SsaShare.Fusion;
using static SsaShare.FusionService.Tests.Records;

namespace SsaShare.FusionService.Tests.Contributions;

/// <summary>What nobody may use any more leaves the catalog, and does not come back.</summary>
public class RemovalTests
{
    [Fact]
    public async Task Remove_APass_LeavesTheCatalogTheAssociationsAndEveryView()
    {
        await using var service = await Service.CreateAsync();
        var agreement = await service.AgreeAsync(Pacific, "atlantic");
        service.Arrivals.Arrive([Description(RadarOf(Pacific)).Arrives(1, agreement), .. PassOf(Pacific, 0, 1, agreement), .. PassOf(Pacific, 1, 2, agreement), .. PassOf(Pacific, 2, 3, agreement)]);
        await service.StartAsync();
        await service.CatchUpAsync();
        var id = Assert.Single(service.Engine.Objects);
        RecordId[] removed = [.. PassOf(Pacific, 2, 3).Select(one => one.Record.Id)];
        Assert.Equal(removed.Length, service.Views.Count(removed, Atlantic));

        service.Arrivals.Remove(removed);
        await service.CatchUpAsync();
        Assert.Equal([id], service.Engine.Objects);
        Assert.Equal(0, service.Views.Count(removed, Atlantic));
        Assert.DoesNotContain(service.Engine.Associations.Keys, removed.Contains);
        Assert.Equal(service.Engine.Associations.OrderBy(pair => pair.Key.ToString()), service.Associations.Kept.OrderBy(pair => pair.Key.ToString()));
        Assert.Equal(Seeds.Passes[0].Count + Seeds.Passes[1].Count, service.Engine.Snapshot.See(id, ReaderView.Everything)!.Passes.Sum(pass => pass.Count));
    }

    [Fact]
    public async Task Remove_WhileTheStoreIsAway_IsDoneLater()
    {
        await using var service = await Service.CreateAsync(new MemoryAssociations { FailingSaves = 2 });
        service.Arrivals.Arrive(ThreePasses());
        await service.StartAsync();
        await service.CatchUpAsync();
        RecordId[] removed = [.. PassOf(Pacific, 2, 3).Select(one => one.Record.Id)];
        service.Arrivals.Failing.UnionWith(Enumerable.Range(service.Arrivals.Reads + 1, 200).Where(i => i % 3 == 0));
        service.Arrivals.Remove(removed);
        await service.CatchUpAsync();
        Assert.Equal(service.Engine.Associations.OrderBy(pair => pair.Key.ToString()), service.Associations.Kept.OrderBy(pair => pair.Key.ToString()));
        Assert.Equal(Seeds.Passes[0].Count + Seeds.Passes[1].Count, service.Associations.Kept.Count);
    }

    [Fact]
    public async Task Remove_WhileTheServiceIsDown_DoesNotComeBack()
    {
        MemoryAssociations kept;
        await using (var service = await Service.CreateAsync())
        {
            service.Arrivals.Arrive(ThreePasses());
            await service.StartAsync();
            await service.CatchUpAsync();
            kept = service.Associations;
        }
        RecordId[] removed = [.. PassOf(Pacific, 1, 2).Select(one => one.Record.Id)];
        await using var again = await Service.CreateAsync(kept);
        again.Arrivals.Arrive(ThreePasses());
        again.Arrivals.Remove(removed);
        await again.StartAsync();
        await again.CatchUpAsync();
        Assert.DoesNotContain(again.Engine.Associations.Keys, removed.Contains);
        Assert.Equal(Seeds.Passes[0].Count + Seeds.Passes[2].Count, kept.Kept.Count);
    }

    [Fact]
    public async Task Remove_Everything_EmptiesTheCatalog()
    {
        await using var service = await Service.CreateAsync();
        service.Arrivals.Arrive(ThreePasses());
        await service.StartAsync();
        await service.CatchUpAsync();
        service.Arrivals.Remove([.. Enumerable.Range(0, 3).SelectMany(pass => PassOf(Pacific, pass, 1)).Select(one => one.Record.Id)]);
        await service.CatchUpAsync();
        Assert.Empty(service.Engine.Objects);
        Assert.Empty(service.Engine.Waiting);
        Assert.Empty(service.Associations.Kept);
    }

    [Fact]
    public async Task Remove_TheDescriptionThatCounts_TheOneBeforeItCountsAgain()
    {
        await using var service = await Service.CreateAsync();
        var moved = RadarOf(Pacific) with { Name = "Another name" };
        var newer = Description(moved, publishedSeconds: 60);
        service.Arrivals.Arrive([.. ThreePasses(), newer.Arrives(4)]);
        await service.StartAsync();
        await service.CatchUpAsync();
        Assert.All(Observed(service), one => Assert.Equal("Another name", one.Sensor.Name));

        service.Arrivals.Remove([newer.Id]);
        await service.CatchUpAsync();
        Assert.Equal(Seeds.Passes.Take(3).Sum(pass => pass.Count), Observed(service).Count);
        Assert.All(Observed(service), one => Assert.Equal(Seeds.Radar.Name, one.Sensor.Name));
    }

    [Fact]
    public async Task Remove_TheOnlyDescription_ItsObservationsWaitForAnother()
    {
        await using var service = await Service.CreateAsync();
        var description = Description(RadarOf(Pacific));
        service.Arrivals.Arrive([description.Arrives(1), .. PassOf(Pacific, 0, 1), .. PassOf(Pacific, 1, 2)]);
        await service.StartAsync();
        await service.CatchUpAsync();
        service.Arrivals.Remove([description.Id]);
        await service.CatchUpAsync();
        Assert.Empty(service.Engine.Objects);
        Assert.Empty(service.Engine.Waiting);
        service.Arrivals.Arrive([Description(RadarOf(Pacific) with { Name = "Another name" }, publishedSeconds: 5).Arrives(3)]);
        await service.CatchUpAsync();
        Assert.True(service.Engine.Objects.Count == 1, $"{service.Engine.Objects.Count} objects, {string.Join("; ", service.Engine.Waiting.Select(one => $"{one.Records.Count} waiting"))}");
    }

    private static List<ContributedObservation> Observed(Service service)
        => [.. service.Engine.Objects.SelectMany(id => service.Engine.Snapshot.See(id, ReaderView.Everything)!.Passes).SelectMany(pass => pass)];

    private static List<Exchange.ArrivedRecord> ThreePasses()
        => [Description(RadarOf(Pacific)).Arrives(1), .. PassOf(Pacific, 0, 1), .. PassOf(Pacific, 1, 2), .. PassOf(Pacific, 2, 3)];
}
