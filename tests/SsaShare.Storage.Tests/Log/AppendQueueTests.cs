using System.Diagnostics;
using System.Globalization;
using System.Text;
using Npgsql;
using SsaShare.Exchange;
using SsaShare.Transparency;

namespace SsaShare.Storage.Tests;

/// <summary>Appends of callers at the same time are written together, and each has its own result.</summary>
public sealed class AppendQueueTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Append_SixteenWriters_EachGetsTheIndexOfItsOwnEvents()
    {
        var before = await node.Log.GetHeadAsync(Token);
        var appended = (await Task.WhenAll(Enumerable.Range(0, 16).Select(async writer =>
        {
            var indices = new List<(long Index, string Text)>();
            for (int i = 0; i < 40; i++)
            {
                string[] texts = [.. Enumerable.Range(0, 1 + i % 3).Select(part => $"{writer}/{i}/{part}")];
                long first = await node.Log.AppendAsync([.. texts.Select(Event)], Token);
                indices.AddRange(texts.Select((text, part) => (first + part, text)));
            }
            return indices;
        }))).SelectMany(one => one).OrderBy(one => one.Index).ToList();

        Assert.Equal(appended, await ReadAsync(before.Size));
        Assert.Equal(Enumerable.Range(0, appended.Count).Select(i => before.Size + i), appended.Select(one => one.Index));
        long transactions = await node.ScalarAsync<long>($"SELECT count(DISTINCT xmin::text) FROM log_entry WHERE index >= {before.Size}");
        Assert.InRange(transactions, 1, 16 * 40 / 3);
        await AssertRootAsync();
    }

    [Fact]
    public async Task Append_MoreCallersThanTheQueueHolds_WaitAndAreAllStored()
    {
        var before = await node.Log.GetHeadAsync(Token);
        int callers = 2 * AppendQueue.WaitingMax;
        using var gone = new CancellationTokenSource();
        List<Task<long>> appends, given;
        await using (await HoldHeadAsync())
        {
            appends = [.. Enumerable.Range(0, callers).Select(i => node.Log.AppendAsync([Event($"caller {i}")], Token))];
            await WaitForWaitingAsync();
            // There is no place for these; they give up.
            given = [.. Enumerable.Range(0, 50).Select(i => node.Log.AppendAsync([Event($"gone {i}")], gone.Token))];
            await gone.CancelAsync();
            foreach (var one in given) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one);
            Assert.All(appends, append => Assert.False(append.IsCompleted));
        }
        var indices = await Task.WhenAll(appends);
        Assert.Equal(Enumerable.Range(0, callers).Select(i => before.Size + i), indices.Order());
        Assert.Equal(before.Size + callers, (await node.Log.GetHeadAsync(Token)).Size);
        await AssertRootAsync();
    }

    [Fact]
    public async Task Append_SomeThatCannotBeStored_FailEachByItselfAndTheOthersAreStored()
    {
        var before = await node.Log.GetHeadAsync(Token);
        var (appends, texts) = (new List<Task<long>>(), new List<string>());
        await using (await HoldHeadAsync())
        {
            for (int i = 0; i < 9; i++)
            {
                texts.Add($"among others {i}");
                appends.Add(node.Log.AppendAsync(i % 4 == 2 ? [Event("good"), Event(texts[i]) with { Kind = "no\0text" }] : [Event(texts[i])], Token));
            }
            await WaitForWaitingAsync();
        }
        foreach (int i in (int[])[2, 6]) Assert.Equal(PostgresErrorCodes.CharacterNotInRepertoire, (await Assert.ThrowsAsync<PostgresException>(() => appends[i])).SqlState);
        Assert.NotSame(appends[2].Exception!.InnerException, appends[6].Exception!.InnerException);
        var stored = new List<(long, string)>();
        foreach (int i in (int[])[0, 1, 3, 4, 5, 7, 8]) stored.Add((await appends[i], texts[i]));
        Assert.Equal(stored.Order(), await ReadAsync(before.Size));
        await AssertRootAsync();
    }

    [Fact]
    public async Task Append_CancelledWhileItWaits_IsTakenBack()
    {
        var before = await node.Log.GetHeadAsync(Token);
        using var cancel = new CancellationTokenSource();
        Task<long> first, cancelled, last;
        await using (await HoldHeadAsync())
        {
            first = node.Log.AppendAsync([Event("first")], cancel.Token);
            await WaitForWaitingAsync();
            cancelled = node.Log.AppendAsync([Event("cancelled")], cancel.Token);
            last = node.Log.AppendAsync([Event("last")], Token);
            await cancel.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => node.Log.AppendAsync([Event("too late")], cancel.Token));
            Assert.False(first.IsCompleted || last.IsCompleted);
        }
        // What is being written cannot be taken back any more.
        Assert.Equal([(await first, "first"), (await last, "last")], await ReadAsync(before.Size));
    }

    [Fact]
    public async Task Append_BackendKilledBeforeTheCommit_StoresEachOnceAllTheSame()
    {
        var before = await node.Log.GetHeadAsync(Token);
        var appends = new List<Task<long>>();
        await using (await HoldHeadAsync())
        {
            appends.Add(node.Log.AppendAsync([Event("alone")], Token));
            await WaitForWaitingAsync();
            for (int i = 0; i < 5; i++) appends.Add(node.Log.AppendAsync([Event($"together {i}")], Token));
            await WaitForWaitingAsync(kill: true);
            // Nobody waits with it: that it failed is its caller's to deal with.
            await Assert.ThrowsAnyAsync<NpgsqlException>(() => appends[0]);
            await WaitForWaitingAsync(kill: true);
        }
        await Task.WhenAll(appends[1..]);
        Assert.Equal(["together 0", "together 1", "together 2", "together 3", "together 4"], (await ReadAsync(before.Size)).Select(one => one.Text));
        await AssertRootAsync();
    }

    private static LogEvent Event(string text) => new(LogKinds.Refusal, Encoding.UTF8.GetBytes(text));

    private async Task<List<(long Index, string Text)>> ReadAsync(long from)
        => await node.Log.ReadAsync(from, long.MaxValue, Token).Select(entry => (entry.Index, Encoding.UTF8.GetString(entry.Event.Body.Span))).ToListAsync(Token);

    private async Task AssertRootAsync()
    {
        var leaves = await node.Log.ReadAsync(0, long.MaxValue, Token).Select(entry => entry.LeafHash).ToArrayAsync(Token);
        Assert.Equal(new LogHead(leaves.Length, MerkleTree.Root(leaves)), await node.Log.GetHeadAsync(Token));
    }

    private async Task<NpgsqlConnection> HoldHeadAsync()
    {
        var connection = await node.OwnerSource.OpenConnectionAsync(Token);
        await new NpgsqlCommand("BEGIN; SELECT 1 FROM head FOR UPDATE", connection).ExecuteNonQueryAsync(Token);
        return connection;
    }

    /// <summary>Until a backend of the app waits for the head's lock; ends it if wished.</summary>
    private async Task WaitForWaitingAsync(bool kill = false)
    {
        await using var admin = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(node.Connections.Owner) { Username = "ssa_admin" });
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < TimeSpan.FromSeconds(30); await Task.Delay(20, Token))
        {
            await using var find = admin.CreateCommand(string.Create(CultureInfo.InvariantCulture,
                $"SELECT {(kill ? "pg_terminate_backend(pid)" : "true")} FROM pg_stat_activity WHERE datname = current_database() AND usename = '{node.Connections.AppRole}' AND wait_event_type = 'Lock'"));
            if (await find.ExecuteScalarAsync(Token) is true) return;
        }
        Assert.Fail("No backend came to wait for the head.");
    }
}
