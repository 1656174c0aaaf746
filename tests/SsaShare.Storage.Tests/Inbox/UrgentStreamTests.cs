using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Exchange.Tests;

namespace SsaShare.Storage.Tests;

/// <summary>Urgent publications beside the others: in lanes of their own of one feed, and in an inbox row of their own.</summary>
public sealed class UrgentStreamTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    private static readonly FeedLane Urgent = FeedLane.PromptOf(FeedPriority.Urgent);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_EachLane_GivesItsOwnPublicationsAtTheirPlacesInTheFeed()
    {
        long before = await node.Outbox.GetHeadPositionAsync(Token);
        var feed = NewFeed();
        foreach (var recordClass in new[] { RecordClass.Observation, RecordClass.ConjunctionMessage, RecordClass.Observation, RecordClass.EventNotice })
            Assert.True(await node.Publications.TryAppendAsync([feed.Publish(Sample.Record(recordClass: recordClass))], Token));

        Assert.Equal(before + 4, await node.Outbox.GetHeadPositionAsync(Token));
        Assert.Equal([before + 1, before + 3], await ReadAsync(FeedLane.Prompt, before));
        Assert.Equal([before + 2, before + 4], await ReadAsync(Urgent, before));
        Assert.Equal([before + 4], await ReadAsync(Urgent, before + 2));
        Assert.Empty(await ReadAsync(FeedLane.Prompt, before + 3));
        Assert.Null(await node.Outbox.GetNextDueAsync(FeedLane.Prompt, before + 3, Token));
        Assert.Equal(feed.Now, await node.Outbox.GetNextDueAsync(Urgent, before + 3, Token));
    }

    [Fact]
    public async Task WaitForNews_OfOnePriority_IsNotWokenByTheOther()
    {
        long position = await node.Outbox.GetHeadPositionAsync(Token);
        var routine = node.Outbox.WaitForNewsAsync(FeedPriority.Routine, position, null, TimeSpan.FromSeconds(3), Token);
        var urgent = node.Outbox.WaitForNewsAsync(FeedPriority.Urgent, position, null, TimeSpan.FromMinutes(1), Token);
        Assert.True(await node.Publications.TryAppendAsync([NewFeed().Publish(Sample.Record(recordClass: RecordClass.ManeuverNotice))], Token));
        await urgent.WaitAsync(TimeSpan.FromSeconds(30), Token);
        Assert.False(routine.IsCompleted && (await ReadAsync(FeedLane.Prompt, position)).Count > 0);
        await routine;
    }

    [Fact]
    public async Task Accept_BothStreams_KeepsTheStateOfEach()
    {
        var feed = NewFeed();
        await node.Agreements.SaveAsync(new StoredAgreement(feed.Agreement.Id, "{}"u8.ToArray(), AgreementState.Active), Token);
        feed.Publish(TestFeed.Records(2));
        feed.Publish(Sample.Record(Sample.Pacific, recordClass: RecordClass.ConjunctionMessage));
        var routine = await TakeAsync(feed, FeedLane.Prompt);
        feed.Priority = FeedPriority.Urgent;
        var urgent = await TakeAsync(feed, Urgent);
        feed.Priority = FeedPriority.Routine;
        feed.Publish(TestFeed.Records(1));
        await TakeAsync(feed, FeedLane.Prompt);

        Assert.Equal((2, 1), (routine.ItemCount, urgent.ItemCount));
        Assert.Null(urgent.Manifest.Previous);
        var state = await node.Inbox.GetStateAsync(feed.Agreement.Id, feed.Provider, FeedPriority.Urgent, Token);
        Assert.Equal((LanePositions.Start.With(Urgent, 2), urgent.SignedManifest.Id), (state.Positions, state.Manifest!.Value));
        Assert.Equal(LanePositions.Start.With(FeedLane.Prompt, 3), (await node.Inbox.GetStateAsync(feed.Agreement.Id, feed.Provider, FeedPriority.Routine, Token)).Positions);
        Assert.Single(await node.Records.ListWatermarksAsync(Token), mark => mark.Agreement == feed.Agreement.Id);
        Assert.Single(await node.Records.ReadAsync(0, [RecordClass.ConjunctionMessage], 100, Token), record => record.Agreement == feed.Agreement.Id);

        // And what is passed on stands in lanes of its own too.
        Assert.Equal([RecordClass.ConjunctionMessage], await RelayedAsync(feed, FeedPriority.Urgent));
        Assert.Equal([RecordClass.Observation, RecordClass.Observation], await RelayedAsync(feed, FeedPriority.Routine));
    }

    [Fact]
    public async Task ListWatermarks_WhileOneStreamWasNeverComplete_LeavesTheAgreementOut()
    {
        var feed = NewFeed();
        await node.Agreements.SaveAsync(new StoredAgreement(feed.Agreement.Id, "{}"u8.ToArray(), AgreementState.Active), Token);
        feed.Publish(TestFeed.Records(1));
        feed.Publish(Sample.Record(Sample.Pacific, recordClass: RecordClass.EventNotice));
        await TakeAsync(feed, FeedLane.Prompt);
        feed.Priority = FeedPriority.Urgent;
        var partly = feed.Check(feed.Answer(Urgent, manifest => manifest with { Complete = false }), out _)!;
        await node.Inbox.AcceptAsync(partly, partly.Receipt(feed.ReaderKey, feed.Now), Token);
        Assert.DoesNotContain(await node.Records.ListWatermarksAsync(Token), mark => mark.Agreement == feed.Agreement.Id);
    }

    private async Task<List<RecordClass>> RelayedAsync(TestFeed feed, FeedPriority priority)
        => [.. (await node.Relay.ReadAsync(FeedLane.RelayedOf(priority), 0, 100_000, feed.Now, Token)).Slices.Where(slice => slice.Agreement == feed.Agreement.Id).Select(slice => slice.Slice.Records[0].Record.Facts.Class)];

    private async Task<List<long>> ReadAsync(FeedLane lane, long after)
        => [.. (await node.Outbox.ReadAsync(lane, after, 100, Sample.Now, Token)).Publications.Select(stored => stored.Position)];

    private async Task<Batch> TakeAsync(TestFeed feed, FeedLane lane)
    {
        var batch = feed.Take(lane);
        await node.Inbox.AcceptAsync(batch, batch.Receipt(feed.ReaderKey, feed.Now), Token);
        return batch;
    }

    private static TestFeed NewFeed() => new("grants: [{id: all, record_classes: [observation, conjunction_message, maneuver_notice, event_notice]}]");
}
