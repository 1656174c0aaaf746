using Microsoft.Extensions.Logging.Abstractions;
using SsaShare.Domain;
using SsaShare.Fusion;
using SsaShare.Orbits;
using static SsaShare.FusionService.Tests.Records;

namespace SsaShare.FusionService.Tests.Conjunctions;

public class FusedOrbitsTests
{
    [Fact]
    public async Task Make_ReadersThatSeeDifferentPasses_GetOrbitsOfTheirOwn()
    {
        await using var service = await Service.CreateAsync();
        service.Arrivals.Arrive([Description(RadarOf(Pacific)).Arrives(1), .. PassOf(Pacific, 0, 1), .. PassOf(Pacific, 1, 2), .. PassOf(Pacific, 2, 3)]);
        await service.StartAsync();
        await service.CatchUpAsync();
        var third = Seeds.Passes[2].Select(one => Observed(one, Pacific).Id).ToHashSet();
        RecordView all = new(_ => true), two = new(record => !third.Contains(record)), none = new(_ => false);
        var last = Seeds.Passes[2][^1].Epoch;

        var sources = Make(service, [all, two, all, none], last.PlusSeconds(3_600));
        Assert.Equal(2, sources.Count);
        Assert.All(sources, source => Assert.Equal((OrbitSourceKind.Fused, (PartnerId?)null), (source.Kind, source.Originator)));
        Assert.Equal([false, true], sources.OrderBy(source => source.Basis.Length).Select(source => source.Basis.Any(third.Contains)));
        // What the engine answers that reader, followed.
        var fit = Assert.IsType<Composition.Estimated>(service.Engine.Compose(service.Engine.Objects[0], new ReaderView(one => two.MaySee(one.Record)))).Estimate.Fit;
        var less = sources.MinBy(source => source.Basis.Length)!;
        Assert.InRange((less.Encounter.Motion.StateAt(fit.State.Epoch).PositionKm - fit.State.PositionKm).Norm, 0, 0.01);
        Assert.Equal(CovarianceOrigin.Calculated, less.Encounter.Motion.UncertaintyAt(last)!.Origin);
        // Of long ago: nothing is said of today.
        Assert.Empty(Make(service, [all], last.PlusSeconds((OrbitSourceMaker.OldestStateDays + 1) * 86_400)));
    }

    private static IReadOnlyList<OrbitSource> Make(Service service, IReadOnlyList<RecordView> readers, Epoch now)
    {
        var followed = new FollowedOrbits(EarthRotation.Default, TimeSpan.FromHours(12), NullLogger<FollowedOrbits>.Instance);
        bool isLate = false;
        followed.Begin();
        var sources = new FusedOrbits(service.Engine, service.Identity, followed).Make(readers, now, () => true, ref isLate);
        followed.End();
        return sources;
    }
}
