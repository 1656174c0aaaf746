using Npgsql;
using SsaShare.Exchange;

namespace SsaShare.Storage.Tests;

/// <summary>A backend that dies in the middle leaves nothing, and the same work done again succeeds.</summary>
public sealed class BrokenConnectionTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Append_BackendKilledBetweenCopyAndCommit_StoresNothingAndSucceedsAgain()
    {
        var publication = Sample.Publish(Sample.Records(100));
        var before = await CountsAsync();
        await using (await LockHeadAsync())
        {
            var append = node.Publications.TryAppendAsync([publication], Token);
            await KillWaitingBackendAsync();
            await Assert.ThrowsAnyAsync<NpgsqlException>(() => append);
        }
        Assert.Equal(before, await CountsAsync());

        Assert.True(await node.Publications.TryAppendAsync([publication], Token));
        Assert.Equal((before.Records + 100, before.Entries + 1), await CountsAsync());
    }

    [Fact]
    public async Task Accept_BackendKilledBetweenCopyAndCommit_StoresNothingAndSucceedsAgain()
    {
        var answers = await Answers.StartAsync(node);
        var batch = answers.Next([answers.Publish(Answers.Records(100))]);
        var before = await CountsAsync();
        await using (await LockHeadAsync())
        {
            var accept = node.Inbox.AcceptAsync(batch, Answers.Receipt(batch), Token);
            await KillWaitingBackendAsync();
            await Assert.ThrowsAnyAsync<NpgsqlException>(() => accept);
        }
        Assert.Equal(before, await CountsAsync());
        Assert.Equal(InboxState.Start, await node.Inbox.GetStateAsync(answers.Agreement, Sample.Pacific, FeedPriority.Routine, Token));

        Assert.Equal(100, await node.Inbox.AcceptAsync(batch, Answers.Receipt(batch), Token));
        Assert.Equal((before.Records + 100, before.Entries + 3), await CountsAsync());
    }

    [Fact]
    public async Task Append_Cancelled_StoresNothingAndSucceedsAgain()
    {
        var publication = Sample.Publish(Sample.Records(10));
        var before = await CountsAsync();
        await using (await LockHeadAsync())
        {
            using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => node.Publications.TryAppendAsync([publication], cancel.Token));
        }
        Assert.Equal(before, await CountsAsync());
        Assert.True(await node.Publications.TryAppendAsync([publication], Token));
    }

    private async Task<NpgsqlConnection> LockHeadAsync()
    {
        var connection = await node.OwnerSource.OpenConnectionAsync(Token);
        await new NpgsqlCommand("BEGIN; SELECT 1 FROM head FOR UPDATE", connection).ExecuteNonQueryAsync(Token);
        return connection;
    }

    /// <summary>Waits until a backend of the app waits for the head's lock, and ends it.</summary>
    private async Task KillWaitingBackendAsync()
    {
        await using var admin = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(node.Connections.Owner) { Username = "ssa_admin" });
        for (int attempt = 0; attempt < 200; attempt++)
        {
            await using var kill = admin.CreateCommand($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND usename = '{node.Connections.AppRole}' AND wait_event_type = 'Lock'");
            if (await kill.ExecuteScalarAsync(Token) is true) return;
            await Task.Delay(25, Token);
        }
        Assert.Fail("No backend came to wait for the head.");
    }

    private async Task<(long Records, long Entries)> CountsAsync()
        => (await node.ScalarAsync<long>("SELECT count(*) FROM record"), (await node.Log.GetHeadAsync(Token)).Size);
}
