using SsaShare.Domain;
using static SsaShare.Exchange.Tests.EvidenceVerifierTests;

namespace SsaShare.Exchange.Tests;

/// <summary>Feeds with a lane behind a delay of 20 s: each lane is accounted for by itself, and nothing comes before its delay is over.</summary>
public sealed class EvidenceLaneTests
{
    private const long DelayS = 20;
    private readonly TestExchange _exchange = new(delay: "20s");

    [Fact]
    public async Task Verify_TwoLanesInTurn_Succeeds()
    {
        _exchange.Atlantic.Publish(3).Publish(2);
        _exchange.Deliver(_exchange.Issue(2, items: 3, withheld: 2));
        Wait();
        _exchange.Deliver(_exchange.Issue(1, items: 1, withheld: 2, delayS: DelayS));
        _exchange.Atlantic.Publish(4);
        _exchange.Deliver(_exchange.Issue(1, items: 4));
        _exchange.Issue(1, items: 0, withheld: 2, delayS: DelayS);
        Wait();
        _exchange.Deliver(_exchange.Issue(1, items: 4, delayS: DelayS));
        var audit = await _exchange.AuditAsync();
        Assert.True(audit.Succeeded, string.Join("\n", audit.Bundles.SelectMany(bundle => bundle.Steps).Concat(audit.Comparison).Where(step => !step.Succeeded).Select(step => step.ToString())));
    }

    [Fact]
    public async Task Verify_UrgentAndRoutineInTurn_EachStreamIsAccountedForByItself()
    {
        _exchange.Atlantic.Publish(3).Publish(1, RecordClass.ConjunctionMessage).Publish(2);
        _exchange.Deliver(_exchange.Issue(3, items: 5, alter: manifest => manifest with { PublicationCount = 2 }));
        _exchange.Deliver(_exchange.Issue(2, items: 1, alter: manifest => manifest with { PublicationCount = 1 }, priority: FeedPriority.Urgent));
        _exchange.Atlantic.Publish(2, RecordClass.EventNotice);
        _exchange.Deliver(_exchange.Issue(2, items: 2, alter: manifest => manifest with { PublicationCount = 1 }, priority: FeedPriority.Urgent));
        _exchange.Issue(1, items: 0);
        Assert.True((await _exchange.AuditAsync()).Succeeded);
    }

    [Theory]
    [InlineData(FeedPriority.Routine, 6)]
    [InlineData(FeedPriority.Urgent, 5)]
    public async Task Verify_ARecordOfTheOtherPriorityCounted_Fails(FeedPriority priority, int items)
    {
        _exchange.Atlantic.Publish(3).Publish(1, RecordClass.ConjunctionMessage).Publish(2);
        _exchange.Deliver(_exchange.Issue(3, items, priority: priority));
        AssertFails(await _exchange.AuditAsync(), $"of {(priority == FeedPriority.Routine ? 5 : 1)} records in its range {items} are given");
    }

    [Fact]
    public async Task Verify_AnUrgentManifestThatFollowsARoutineOne_Fails()
    {
        _exchange.Atlantic.Publish(3).Publish(1, RecordClass.ConjunctionMessage);
        var routine = _exchange.Issue(2, items: 3, alter: manifest => manifest with { PublicationCount = 1 });
        _exchange.Deliver(routine);
        _exchange.Deliver(_exchange.Issue(2, items: 1, alter: manifest => manifest with { PublicationCount = 1, Previous = routine.Id }, priority: FeedPriority.Urgent));
        AssertFails(await _exchange.AuditAsync(), "does not lead there");
    }

    [Fact]
    public async Task Verify_SeveralFormsOfARecord_CountAsOne()
    {
        _exchange.Atlantic.Publish(3);
        _exchange.Deliver(_exchange.Issue(1, items: 5, withheld: 1, alter: manifest => manifest with { RecordCount = 2 }));
        Assert.True((await _exchange.AuditAsync()).Succeeded);
    }

    [Fact]
    public async Task Verify_MoreRecordsThanItems_Fails()
    {
        _exchange.Atlantic.Publish(3);
        _exchange.Deliver(_exchange.Issue(1, items: 2, alter: manifest => manifest with { RecordCount = 3 }));
        AssertFails(await _exchange.AuditAsync(), "2 items cannot be of 3 records");
    }

    [Fact]
    public async Task Verify_GivenBeforeTheDelayIsOver_Fails()
    {
        _exchange.Atlantic.Publish(3);
        _exchange.Deliver(_exchange.Issue(1, items: 3, delayS: DelayS));
        AssertFails(await _exchange.AuditAsync(), "was not over");
    }

    [Fact]
    public async Task Verify_ALaneThatTheAgreementDoesNotHave_Fails()
    {
        _exchange.Atlantic.Publish(3);
        Wait();
        _exchange.Deliver(_exchange.Issue(1, items: 3, delayS: DelayS - 1));
        AssertFails(await _exchange.AuditAsync(), "has no lane");
    }

    [Fact]
    public async Task Verify_APositionReachedInAnotherLaneOnly_Fails()
    {
        _exchange.Atlantic.Publish(3).Publish(2);
        _exchange.Deliver(_exchange.Issue(1, items: 3));
        Wait();
        _exchange.Deliver(_exchange.Issue(1, items: 2, delayS: DelayS, alter: manifest => manifest with { AfterPosition = 1, ToPosition = 2 }));
        AssertFails(await _exchange.AuditAsync(), "no manifest before it reaches position 1: one is left out");
    }

    [Fact]
    public async Task Verify_AStretchOfALaneThatTheProviderDoesNotAccountFor_Fails()
    {
        _exchange.Atlantic.Publish(3).Publish(2);
        _exchange.Deliver(_exchange.Issue(2, items: 5));
        Wait();
        // Logged at the receiver alone: the provider's own log jumps.
        _exchange.Issue(1, items: 0, withheld: 3, delayS: DelayS, isLogged: false);
        _exchange.Deliver(_exchange.Issue(1, items: 2, delayS: DelayS));
        AssertFails(await _exchange.AuditAsync(), "the provider's log does not say that nothing was granted from 0 to 1");
    }

    private void Wait()
    {
        for (int i = 0; i < DelayS; i++) _ = (_exchange.Atlantic.Now, _exchange.Pacific.Now);
    }
}
