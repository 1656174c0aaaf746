using Microsoft.Extensions.DependencyInjection;
using SsaShare.Domain;
using SsaShare.Exchange;

namespace SsaShare.Storage.Tests;

/// <summary>A provider that was restored from a backup refuses the cursors of before: this node begins anew with it.</summary>
public sealed class ExchangeRestartTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private IExchangeRestarts Restarts => node.Host.GetRequiredService<IExchangeRestarts>();
    private IInboxSnapshots Snapshots => node.Host.GetRequiredService<IInboxSnapshots>();

    [Fact]
    public async Task Restart_WhatIsGivenAgain_IsNotStoredAgainAndWhatIsNewIs()
    {
        var answers = await Answers.StartAsync(node);
        var first = answers.Publish(Answers.Records(5));
        Assert.Equal(5, await AcceptAsync(answers, first));
        var before = await StateAsync(answers);
        Assert.NotNull(before.Receipt);

        Assert.Equal(1, await Restarts.RestartAsync(answers.Agreement, Sample.Pacific, "operator", "restored from a backup of yesterday", null, Token));
        var state = await StateAsync(answers);
        Assert.Equal((true, 0L, null, null, 0L), (state.Cursor.IsEmpty, state.Positions.Of(FeedLane.Prompt), state.Manifest, state.Receipt, state.LogSizeMin));
        var entry = (await node.Log.ReadAsync(0, long.MaxValue, Token).ToListAsync(Token))[^1];
        Assert.Equal(LogKinds.ExchangeRestarted, entry.Event.Kind);
        Assert.True(RestartEvent.TryParse(entry.Event.Body.Span, out var body));
        Assert.Equal((answers.Agreement, Sample.Pacific, before.Manifest, before.LogSizeMin, "operator", false), (body.Agreement, body.Provider, body.Manifest, body.LogSizeMin, body.By, body.IsUrgent));

        answers.BeginAnew();
        Assert.Equal(3, await AcceptAsync(answers, first, answers.Publish(Answers.Records(3))));
        Assert.Equal(2, (await StateAsync(answers)).Positions.Of(FeedLane.Prompt));
        Assert.Equal(5L, await node.ScalarAsync<long>($"SELECT count(*) FROM record r JOIN publication p ON p.key = r.publication WHERE p.id = '\\x{first.Document.Id}'"));
    }

    [Fact]
    public async Task Restart_ABatchThatWasOnItsWay_IsNotStored()
    {
        var answers = await Answers.StartAsync(node);
        await AcceptAsync(answers, answers.Publish(Answers.Records(1)));
        var late = answers.Next([answers.Publish(Answers.Records(2))]);
        Assert.Equal(1, await Restarts.RestartAsync(answers.Agreement, Sample.Pacific, "operator", "", null, Token));
        await Assert.ThrowsAsync<InvalidOperationException>(() => node.Inbox.AcceptAsync(late, Answers.Receipt(late), Token));
    }

    /// <summary>Two loops that have read the same statement.</summary>
    [Fact]
    public async Task Restart_AfterAManifestThatIsNotTheLastAnyMore_ChangesNothing()
    {
        var answers = await Answers.StartAsync(node);
        await AcceptAsync(answers, answers.Publish(Answers.Records(1)));
        var last = (await StateAsync(answers)).Manifest;
        Assert.Equal(1, await Restarts.RestartAsync(answers.Agreement, Sample.Pacific, "signed statement", "", last, Token));
        answers.BeginAnew();
        await AcceptAsync(answers, answers.Publish(Answers.Records(2)));
        var (state, head) = (await StateAsync(answers), await node.Log.GetHeadAsync(Token));
        Assert.Equal(0, await Restarts.RestartAsync(answers.Agreement, Sample.Pacific, "signed statement", "", last, Token));
        Assert.Equal((state.Manifest, head), ((await StateAsync(answers)).Manifest, await node.Log.GetHeadAsync(Token)));
    }

    [Fact]
    public async Task Restart_WhereNothingWasReceived_LogsNothing()
    {
        var answers = await Answers.StartAsync(node);
        var head = await node.Log.GetHeadAsync(Token);
        Assert.Equal(0, await Restarts.RestartAsync(answers.Agreement, Sample.Pacific, "operator", "", null, Token));
        Assert.Equal(head, await node.Log.GetHeadAsync(Token));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Restarts.RestartAsync(answers.Agreement, Sample.Pacific, "operator", new string('x', RestartEvent.TextMax + 1), null, Token));
    }

    [Fact]
    public async Task Accept_Snapshots_AreKeptAndAddedUp()
    {
        var answers = await Answers.StartAsync(node);
        for (int round = 0; round < 2; round++)
        {
            var batch = answers.Next([answers.Publish(Answers.Records(2)), answers.Publish(Answers.Records(1))], alter: document => document with { Withheld = 7, Snapshot = new FeedSnapshot(document.AfterPosition + 2, 7) });
            await node.Inbox.AcceptAsync(batch, Answers.Receipt(batch), Token);
        }
        var kept = Assert.Single(await Snapshots.ListAsync(Token), one => one.Agreement == answers.Agreement);
        Assert.Equal((Sample.Pacific, FeedLane.Prompt, new FeedSnapshot(4, 14), Sample.Now.PlusSeconds(4)), (kept.Provider, kept.Lane, kept.Snapshot, kept.At));

        // All of it is counted anew by whoever begins anew.
        await Restarts.RestartAsync(answers.Agreement, Sample.Pacific, "operator", "", null, Token);
        Assert.DoesNotContain(await Snapshots.ListAsync(Token), one => one.Agreement == answers.Agreement);
        Assert.Equal(0L, await node.ScalarAsync<long>($"SELECT (sum(given) + sum(withheld))::bigint FROM inbox_lane WHERE agreement = '\\x{answers.Agreement}'"));
        answers.BeginAnew();
        var again = answers.Next([answers.Publish(Answers.Records(2)), answers.Publish(Answers.Records(1))], alter: document => document with { Withheld = 7, Snapshot = new FeedSnapshot(document.AfterPosition + 2, 7) });
        await node.Inbox.AcceptAsync(again, Answers.Receipt(again), Token);
        Assert.Equal(new FeedSnapshot(2, 7), Assert.Single(await Snapshots.ListAsync(Token), one => one.Agreement == answers.Agreement).Snapshot);
    }

    private async Task<int> AcceptAsync(Answers answers, params Publication[] publications)
    {
        var batch = answers.Next(publications);
        return await node.Inbox.AcceptAsync(batch, Answers.Receipt(batch), Token);
    }

    private Task<InboxState> StateAsync(Answers answers) => node.Inbox.GetStateAsync(answers.Agreement, Sample.Pacific, FeedPriority.Routine, Token);
}
