using SsaShare.Agreements;
using SsaShare.Exchange;
using SsaShare.Fusion;
using static SsaShare.FusionService.Tests.Records;

namespace SsaShare.FusionService.Tests.Catalog;

/// <summary>What happens to what a reader may see while its answer is composed.</summary>
public class ReaderViewsTests
{
    [Fact]
    public async Task Answer_SomethingUsedIsTakenAwayMeanwhile_IsComposedAgain()
    {
        await using var service = await Service.CreateAsync();
        var (revoked, withdrawn, stays) = (await UsedAsync(service, 0), await UsedAsync(service, 1), await UsedAsync(service, 2));
        int asked = 0;
        var answer = await service.Views.AnswerAsync(Caribbean, async view =>
        {
            List<ContributedObservation> seen = [.. new[] { revoked, withdrawn, stays }.Select(one => one.Observation).Where(view.MaySee)];
            if (asked == 0) await service.ChangeAsync(Pacific, revoked.Agreement, 1, TransitionEvent.Revoke);
            if (asked == 1) service.Book.Remove([withdrawn.Observation.Record]);
            asked++;
            return seen;
        });
        Assert.Equal([stays.Observation], answer);
        Assert.Equal(3, asked);
    }

    [Fact]
    public async Task Answer_OthersMatterChanges_IsComposedOnce()
    {
        await using var service = await Service.CreateAsync();
        var (used, others) = (await UsedAsync(service, 0), await UsedAsync(service, 1, "atlantic"));
        int asked = 0;
        bool answer = await service.Views.AnswerAsync(Caribbean, async view =>
        {
            asked++;
            await service.ChangeAsync(Pacific, others.Agreement, 1, TransitionEvent.Suspend);
            await service.ChangeAsync(Pacific, others.Agreement, 2, TransitionEvent.Resume);
            await service.AgreeAsync(Atlantic, "atlantic");
            service.Book.Remove([others.Observation.Record]);
            return view.MaySee(used.Observation) && !view.MaySee(others.Observation);
        });
        Assert.True(answer);
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task Answer_SomethingIsTakenAwayInEveryRound_IsGivenUp()
    {
        await using var service = await Service.CreateAsync();
        var used = new List<(ContributedObservation Observation, AgreementId Agreement)>();
        for (int i = 0; i <= ReaderViews.RoundsMax; i++) used.Add(await UsedAsync(service, i));
        int asked = 0;
        await Assert.ThrowsAsync<ViewUnsettledException>(() => service.Views.AnswerAsync(Caribbean, async view =>
        {
            int seen = used.Count(one => view.MaySee(one.Observation));
            await service.ChangeAsync(Pacific, used[asked++].Agreement, 1, TransitionEvent.Revoke);
            return seen;
        }));
        Assert.Equal(ReaderViews.RoundsMax, asked);
        Assert.Equal(1, service.Views.Count(used.Select(one => one.Observation.Record), Caribbean));
    }

    /// <summary>One observation of Pacific's under an agreement of its own.</summary>
    private static async Task<(ContributedObservation Observation, AgreementId Agreement)> UsedAsync(Service service, int number, string readers = "caribbean")
    {
        var agreement = await service.AgreeAsync(Pacific, readers, validUntil: $"203{number}-01-01T00:00:00Z");
        var intake = service.Book.Take([Description(RadarOf(Pacific)).Arrives(number + 1, agreement), Observed(Seeds.Passes[0][number], Pacific).Arrives(number + 1, agreement)]);
        return (Assert.Single(intake.Ready), agreement);
    }
}
