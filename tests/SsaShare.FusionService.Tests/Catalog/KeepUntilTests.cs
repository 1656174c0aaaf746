using SsaShare.Domain;
using static SsaShare.FusionService.Tests.Records;

namespace SsaShare.FusionService.Tests.Catalog;

public class KeepUntilTests
{
    [Fact]
    public async Task Count_AWayWhoseTimeIsOver_ShowsNothing_AnotherWayOfTheSameRecordDoes()
    {
        await using var service = await Service.CreateAsync();
        var forMany = await service.AgreeAsync(Atlantic, "atlantic, caribbean");
        var forAtlantic = await service.AgreeAsync(Atlantic, "atlantic");
        var until = Utc.FromDateTime(service.Time.Now).PlusSeconds(3_600);
        var pass = PassOf(Atlantic, 0, 1, forMany).Select(one => one with { KeepUntil = until }).ToList();
        service.Arrivals.Arrive([Description(RadarOf(Atlantic)).Arrives(1, forMany), .. pass]);
        service.Arrivals.Arrive([Description(RadarOf(Atlantic)).Arrives(2, forAtlantic), .. PassOf(Atlantic, 0, 2, forAtlantic)]);
        await service.StartAsync();
        await service.CatchUpAsync();
        var ids = pass.Select(one => one.Record.Id).ToList();
        Assert.Equal((ids.Count, ids.Count), (service.Views.Count(ids, Caribbean), service.Views.Count(ids, Atlantic)));
        service.Time.Now = service.Time.Now.AddHours(2);
        Assert.Equal((0, ids.Count), (service.Views.Count(ids, Caribbean), service.Views.Count(ids, Atlantic)));
    }
}
