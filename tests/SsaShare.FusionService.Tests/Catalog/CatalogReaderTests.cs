using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Fusion;
using static SsaShare.FusionService.Tests.Records;

namespace SsaShare.FusionService.Tests.Catalog;

public class CatalogReaderTests
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task List_LonePassThatAHiddenPassLinked_IsNoObjectForItsReader()
    {
        await using var service = await Service.CreateAsync();
        // Atlantic sees its own pass; Pacific's two are for Caribbean alone.
        await FuseAsync(service, await service.AgreeAsync(Atlantic, "atlantic, caribbean"), await service.AgreeAsync(Pacific, "caribbean"));
        var whole = Assert.Single(await service.Catalog.ListAsync(Caribbean, null, 100, Token));
        Assert.Equal([Atlantic, Pacific], whole.Contributions.Select(part => part.Partner));
        Assert.Equal(0, await service.Catalog.CountUnassociatedAsync(Caribbean, Token));

        Assert.Empty(await service.Catalog.ListAsync(Atlantic, null, 100, Token));
        Assert.Null(await service.Catalog.FindAsync(Atlantic, whole.Id.ToString(), Token));
        Assert.Null(await service.Catalog.FindAsync(Atlantic, whole.Tags.Keys.First(), Token));
        Assert.Equal(Seeds.Passes[0].Count, await service.Catalog.CountUnassociatedAsync(Atlantic, Token));
        // Pacific shows its own to Caribbean only: even Pacific is not told.
        Assert.Equal(0, await service.Catalog.CountUnassociatedAsync(Pacific, Token));
    }

    [Fact]
    public async Task Answers_ForTheSameVisibleSet_AreComputedOnce()
    {
        await using var service = await Service.CreateAsync();
        await FuseAsync(service, await service.AgreeAsync(Atlantic, "atlantic, caribbean"), await service.AgreeAsync(Pacific, "atlantic, caribbean"));
        var estimate = Assert.Single(await service.Catalog.ListAsync(Atlantic, null, 100, Token));
        Assert.Same(estimate, Assert.Single(await service.Catalog.ListAsync(Caribbean, null, 100, Token)));
        Assert.Same(estimate, await service.Catalog.FindAsync(Caribbean, estimate.Tags.Keys.Single(), Token));
        var check = await service.Catalog.CheckAsync(Atlantic, estimate.Id.ToString(), fitDays: 0.8, only: null, Token);
        Assert.NotNull(check.Check);
        Assert.Same(check.Check, (await service.Catalog.CheckAsync(Caribbean, estimate.Id.ToString(), fitDays: 0.8, only: null, Token)).Check);
    }

    [Fact]
    public async Task Find_CallerHasLeftOrTagIsOnNothing_ComputesNothing()
    {
        await using var service = await Service.CreateAsync();
        await FuseAsync(service, await service.AgreeAsync(Atlantic, "atlantic"), await service.AgreeAsync(Pacific, "atlantic"));
        var id = Assert.Single(service.Engine.Objects);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => service.Catalog.FindAsync(Atlantic, id.ToString(), new CancellationToken(canceled: true)));
        Assert.Null(await service.Catalog.FindAsync(Atlantic, "on-nothing", Token));
        Assert.False(service.Engine.TryFindComposed(service.Engine.Snapshot.See(id, service.Views.Of(Atlantic))!, out _));
    }

    [Fact]
    public async Task Answers_SuspendedThenRevoked_AreMadeWithoutWhatCameUnderIt()
    {
        await using var service = await Service.CreateAsync();
        var agreement = await service.AgreeAsync(Pacific, "caribbean");
        var record = Observed(Seeds.Passes[0][0], Pacific);
        service.Book.Take([Description(RadarOf(Pacific)).Arrives(1, agreement), record.Arrives(1, agreement)]);
        int Seen() => service.Views.Count([record.Id], Caribbean);
        Assert.Equal(1, Seen());
        await service.ChangeAsync(Pacific, agreement, 1, TransitionEvent.Suspend);
        Assert.Equal(0, Seen());
        await service.ChangeAsync(Pacific, agreement, 2, TransitionEvent.Resume);
        Assert.Equal(1, Seen());

        await service.ChangeAsync(Pacific, agreement, 3, TransitionEvent.Revoke);
        Assert.Equal(0, Seen());
        // What comes late is kept and left out.
        var late = Observed(Seeds.Passes[0][1], Pacific);
        service.Book.Take([late.Arrives(2, agreement)]);
        Assert.Equal(0, service.Views.Count([late.Id], Caribbean));
    }

    [Fact]
    public async Task Answers_WhenOneOfTwoAgreementsExpires_Stay()
    {
        await using var service = await Service.CreateAsync();
        var first = await service.AgreeAsync(Pacific, "caribbean", validUntil: "2026-12-01T00:00:00Z");
        var successor = await service.AgreeAsync(Pacific, "caribbean");
        var record = Observed(Seeds.Passes[0][0], Pacific);
        service.Book.Take([Description(RadarOf(Pacific)).Arrives(1, first), record.Arrives(1, first)]);
        Assert.Equal(1, service.Views.Count([record.Id], Caribbean));
        service.Time.Now = new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);
        Assert.Equal(0, service.Views.Count([record.Id], Caribbean));
        service.Book.Take([record.Arrives(2, successor)]);
        Assert.Equal(1, service.Views.Count([record.Id], Caribbean));
        Assert.Equal(0, service.Views.Count([record.Id], Atlantic));
    }

    [Fact]
    public async Task OwnRecords_OfTheService_AreForItsOperatorAlone()
    {
        await using var service = await Service.CreateAsync();
        var record = Observed(Seeds.Passes[0][0], Records.Service);
        service.Book.Take([new ArrivedRecord(1, Description(RadarOf(Records.Service)), null, null, TestTime.Epoch, null), new ArrivedRecord(1, record, null, null, TestTime.Epoch, null)]);
        Assert.Equal(0, service.Views.Count([record.Id], Atlantic));
        Assert.Equal(1, service.Views.Count([record.Id], Records.Service));
    }

    [Fact]
    public async Task Answers_FromADelayedGrant_WaitUntilItsDelayIsOver()
    {
        await using var service = await Service.CreateAsync();
        await FuseAsync(service, await service.AgreeAsync(Atlantic, "caribbean"), await service.AgreeAsync(Pacific, "caribbean, pacific", delay: "30d"));
        // The records are here, for research: neither catalog nor counts show anything that comes of them.
        Assert.Empty(await service.Catalog.ListAsync(Caribbean, null, 100, Token));
        Assert.Equal(Seeds.Passes[0].Count, await service.Catalog.CountUnassociatedAsync(Caribbean, Token));
        Assert.Empty(await service.Catalog.ListAsync(Pacific, null, 100, Token));

        service.Time.Now = TestTime.Start.AddDays(30).AddTicks(-1);
        Assert.Empty(await service.Catalog.ListAsync(Caribbean, null, 100, Token));
        service.Time.Now = TestTime.Start.AddDays(30);
        Assert.Equal([Atlantic, Pacific], Assert.Single(await service.Catalog.ListAsync(Caribbean, null, 100, Token)).Contributions.Select(part => part.Partner));
        Assert.Equal([Pacific], Assert.Single(await service.Catalog.ListAsync(Pacific, null, 100, Token)).Contributions.Select(part => part.Partner));
    }

    /// <summary>Atlantic's first pass, Pacific's second and third.</summary>
    private static async Task FuseAsync(Service service, Agreements.AgreementId atlantic, Agreements.AgreementId pacific)
    {
        service.Arrivals.Arrive([Description(RadarOf(Atlantic)).Arrives(1, atlantic), .. PassOf(Atlantic, 0, 1, atlantic)]);
        service.Arrivals.Arrive([Description(RadarOf(Pacific)).Arrives(2, pacific), .. PassOf(Pacific, 1, 2, pacific), .. PassOf(Pacific, 2, 2, pacific)]);
        await service.StartAsync();
        await service.CatchUpAsync();
        Assert.Equal(service.Engine.Associations.Count, Seeds.Passes.Take(3).Sum(pass => pass.Count));
    }
}
