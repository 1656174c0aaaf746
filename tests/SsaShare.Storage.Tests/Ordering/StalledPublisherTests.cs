using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SsaShare.Exchange;

namespace SsaShare.Storage.Tests;

/// <summary>A publisher that stops in the middle, between the head's lock and its commit: nobody overtakes it, no reader waits for it, and no position is skipped or given twice.</summary>
public sealed class StalledPublisherTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    private const int Publishers = 6, Rounds = 5, Readers = 3;
    private const long Gate = 5_301;
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_OneStalledBetweenLockAndCommit_NobodyWaitsForItAndNothingIsSkipped()
    {
        await using var gate = await CloseGateAsync();
        long before = await PublishAsync(3);
        await using var stalledHost = StalledHost();
        var late = Sample.Publish(Sample.Records(20));
        var stalled = stalledHost.GetRequiredService<IPublicationStore>().TryAppendAsync([late], Token);
        await UntilStalledAsync();

        var readers = Enumerable.Range(0, Readers).Select(_ => ReadAsync(before + 1 + Publishers * Rounds)).ToList();
        var publishing = Task.WhenAll(Enumerable.Range(0, Publishers).Select(_ => PublishManyAsync()));
        // What was committed is read at once, by a new reader too, while all who publish wait.
        Assert.Equal(before, (await AllAsync().WaitAsync(Soon, Token)).Count);
        Assert.Equal(before, await node.Outbox.GetHeadPositionAsync(Token).WaitAsync(Soon, Token));
        Assert.False(stalled.IsCompleted || publishing.IsCompleted);

        await gate.RollbackAsync(Token);
        Assert.True(await stalled.WaitAsync(Soon, Token));
        await publishing.WaitAsync(Soon, Token);
        var all = await AllAsync();
        Assert.Equal(Enumerable.Range(1, (int)before + 1 + Publishers * Rounds).Select(i => (long)i), all.Select(one => one.Position));
        Assert.Equal(late.Document.Id, all[(int)before].Publication.Document.Id);
        foreach (var reader in readers) Assert.Equal(all.Select(Place), (await reader.WaitAsync(Soon, Token)).Select(Place));
    }

    [Fact]
    public async Task Read_OneKilledBetweenLockAndCommit_LeavesNoGap()
    {
        await using var gate = await CloseGateAsync();
        long before = await PublishAsync(2);
        await using var stalledHost = StalledHost();
        var lost = Sample.Publish(Sample.Records(20));
        var stalled = stalledHost.GetRequiredService<IPublicationStore>().TryAppendAsync([lost], Token);
        int backend = await UntilStalledAsync();
        var publishing = Task.WhenAll(Enumerable.Range(0, Publishers).Select(_ => PublishManyAsync()));

        await using var admin = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(node.Connections.Owner) { Username = "ssa_admin" });
        await using (var kill = admin.CreateCommand($"SELECT pg_terminate_backend({backend})")) Assert.Equal(true, await kill.ExecuteScalarAsync(Token));
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => stalled);
        await publishing.WaitAsync(Soon, Token);

        var all = await AllAsync();
        Assert.Equal(Enumerable.Range(1, (int)before + Publishers * Rounds).Select(i => (long)i), all.Select(one => one.Position));
        Assert.DoesNotContain(lost.Document.Id, all.Select(one => one.Publication.Document.Id));
        Assert.Equal(all.Count, (await node.Log.GetHeadAsync(Token)).Size);
        // The same publisher comes back with the same records.
        await gate.RollbackAsync(Token);
        Assert.True(await stalledHost.GetRequiredService<IPublicationStore>().TryAppendAsync([lost], Token));
        Assert.Equal(all.Count + 1, await node.Outbox.GetHeadPositionAsync(Token));
    }

    private static (long, Signing.Hash256) Place(StoredPublication stored) => (stored.Position, stored.Publication.Document.Id);

    /// <summary>As long as it is not rolled back, the one connection that is named so stops where the head is written: after its lock, before its commit.</summary>
    private async Task<NpgsqlTransaction> CloseGateAsync()
    {
        await using (var trigger = node.OwnerSource.CreateCommand($"""
            CREATE OR REPLACE FUNCTION stall() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                IF current_setting('application_name') = 'stalled' THEN PERFORM pg_advisory_xact_lock({Gate}); END IF;
                RETURN NEW;
            END $$;
            CREATE OR REPLACE TRIGGER stall BEFORE UPDATE ON head FOR EACH ROW EXECUTE FUNCTION stall();
            """)) await trigger.ExecuteNonQueryAsync(Token);
        var connection = await node.OwnerSource.OpenConnectionAsync(Token);
        var transaction = await connection.BeginTransactionAsync(Token);
        await using var close = new NpgsqlCommand($"SELECT pg_advisory_xact_lock({Gate})", connection, transaction);
        await close.ExecuteNonQueryAsync(Token);
        return transaction;
    }

    private ServiceProvider StalledHost()
        => new ServiceCollection().AddStorage(new NpgsqlConnectionStringBuilder(node.Connections.App) { ApplicationName = "stalled" }.ConnectionString).BuildServiceProvider();

    private async Task<int> UntilStalledAsync()
    {
        await using var admin = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(node.Connections.Owner) { Username = "ssa_admin" });
        for (int attempt = 0; attempt < 1_200; attempt++)
        {
            await using var find = admin.CreateCommand("SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'stalled' AND wait_event_type = 'Lock' AND wait_event = 'advisory' AND query LIKE '%UPDATE head%'");
            if (await find.ExecuteScalarAsync(Token) is int pid) return pid;
            await Task.Delay(50, Token);
        }
        throw new TimeoutException("The publisher did not stall.");
    }

    private async Task<long> PublishAsync(int publications)
    {
        for (int i = 0; i < publications; i++) Assert.True(await node.Publications.TryAppendAsync([Sample.Publish(Sample.Records(2))], Token));
        return await node.Outbox.GetHeadPositionAsync(Token);
    }

    private async Task PublishManyAsync()
    {
        var store = node.StartHost().GetRequiredService<IPublicationStore>();
        for (int round = 0; round < Rounds; round++) Assert.True(await store.TryAppendAsync([Sample.Publish(Sample.Records(4))], Token));
    }

    private Task<List<StoredPublication>> AllAsync() => ReadAsync(null);

    /// <summary>Polls the feed from its beginning, always from the last position seen; to the end of what is there when no number is given.</summary>
    private async Task<List<StoredPublication>> ReadAsync(long? count)
    {
        var read = new List<StoredPublication>();
        while (count is null || read.Count < count)
        {
            var page = (await node.Outbox.ReadAsync(FeedLane.Prompt, read.Count == 0 ? 0 : read[^1].Position, 10, Sample.Now, Token)).Publications;
            if (page.Count == 0 && count is null) return read;
            read.AddRange(page);
            if (page.Count == 0) await Task.Delay(5, Token);
        }
        return read;
    }
}
