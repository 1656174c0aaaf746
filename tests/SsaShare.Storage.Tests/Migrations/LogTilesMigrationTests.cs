using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using NpgsqlTypes;
using SsaShare.Agreements;
using SsaShare.Exchange;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Storage.Tests;

/// <summary>A database from before the log's tree was kept in tiles, with a log in it.</summary>
public sealed class LogTilesMigrationTests(TestCluster cluster)
{
    private const string Before = "20261122061000_Notices";

    /// <summary>Kinds that there were then.</summary>
    private const string Entries = "SELECT index || ' ' || kind || ' ' || encode(commitment, 'hex') || ' ' || coalesce(peer, '-') || ' ' || coalesce(encode(agreement, 'hex'), '-') FROM log_entry WHERE kind NOT LIKE 'items-%' ORDER BY index";

    private const string Tiles = "SELECT level || ' ' || index || ' ' || md5(hashes) || ' ' || encode(root, 'hex') FROM log_tile ORDER BY level, index";

    /// <summary>What finds entries about a record; which manifests listed it was not logged then.</summary>
    private const string About = "SELECT a.index || ' ' || encode(a.publication, 'hex') || ' ' || coalesce(a.record::text, '-') FROM log_about a JOIN log_entry e ON e.index = a.index WHERE e.kind NOT LIKE 'items-%' ORDER BY 1";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Migrate_ALogOfEveryKind_BecomesWhatWouldBeWrittenToday()
    {
        await using var today = new NodeFixture(cluster);
        await today.InitializeAsync();
        await FillAsync(today);
        var leaves = await today.Log.ReadAsync(0, long.MaxValue, Token).Select(entry => entry.LeafHash).ToArrayAsync(Token);
        var connections = await CreateAsync();
        await using (var old = await OpenAdminAsync(connections))
        {
            await using var current = await OpenAdminAsync(today.Connections);
            await CopyTablesAsync(current, old);
            await WriteNodesAsync(old, leaves);
        }

        await NodeStore.MigrateAsync(connections.Owner, connections.AppRole, Token);

        await using var owner = NpgsqlDataSource.Create(connections.Owner);
        Assert.Equal(await ColumnAsync(today.OwnerSource, Entries), await ColumnAsync(owner, Entries));
        Assert.Equal(await ColumnAsync(today.OwnerSource, Tiles), await ColumnAsync(owner, Tiles));
        Assert.NotEmpty(await ColumnAsync(owner, About));
        Assert.Equal(await ColumnAsync(today.OwnerSource, About), await ColumnAsync(owner, About));
        Assert.Equal(leaves.Length / 256 + leaves.Length / 65_536, (await ColumnAsync(owner, Tiles)).Count);
        await using var host = new ServiceCollection().AddStorage(connections.App).BuildServiceProvider();
        var log = host.GetRequiredService<INodeLog>();
        Assert.Equal(new LogHead(leaves.Length, MerkleTree.Root(leaves)), await log.GetHeadAsync(Token));
        Assert.Equal(leaves.Length, await log.AppendAsync([.. Enumerable.Range(0, 300).Select(i => Event($"after {i}"))], Token));
        leaves = await log.ReadAsync(0, long.MaxValue, Token).Select(entry => entry.LeafHash).ToArrayAsync(Token);
        Assert.Equal(MerkleTree.Root(leaves), await log.GetRootAsync(leaves.Length, Token));
    }

    [Theory]
    [InlineData("UPDATE log_entry SET body = 'other' WHERE index = 2", 2)]
    [InlineData("DELETE FROM log_entry WHERE index = 4", 4)]
    [InlineData("DELETE FROM log_node WHERE level = 0 AND index = 3", 3)]
    public async Task Migrate_ALogThatWasChanged_IsRefused(string change, int index)
    {
        var connections = await CreateAsync();
        await using var owner = NpgsqlDataSource.Create(connections.Owner);
        var log = new CompactRange();
        var nodes = new List<PlacedHash>();
        for (int i = 0; i < 5; i++)
        {
            var entry = new LogEntry(i, Event($"entry {i}"), EntryCommitment.NewSalt(), Sample.Now);
            log.Append(entry.LeafHash, nodes);
            await using var insert = owner.CreateCommand("INSERT INTO log_entry (index, kind, body, salt, time_ns) VALUES ($1, $2, $3, $4, $5)");
            foreach (object value in (object[])[entry.Index, entry.Event.Kind, entry.Event.Body.ToArray(), entry.Salt.ToArray(), entry.Time.NanosecondsSinceJ2000]) insert.Parameters.Add(new() { Value = value });
            await insert.ExecuteNonQueryAsync(Token);
        }
        await using (var connection = await owner.OpenConnectionAsync(Token)) await WriteNodesAsync(connection, nodes);
        await owner.CreateCommand(change).ExecuteNonQueryAsync(Token);

        var refusal = await Assert.ThrowsAsync<PostgresException>(() => NodeStore.MigrateAsync(connections.Owner, connections.AppRole, Token));
        Assert.StartsWith($"Entry {index} of the log", refusal.MessageText, StringComparison.Ordinal);
        Assert.Empty(await ColumnAsync(owner, "SELECT 'migrated' FROM pg_class WHERE relname = 'log_tile'"));
    }

    /// <summary>Something of every kind of entry, with the rows by which a receipt, say, finds its agreement; then enough to fill tiles of two levels.</summary>
    private static async Task FillAsync(NodeFixture node)
    {
        await node.Peers.TryPinAsync(new SsaShare.Exchange.Tests.TestNode("caribbean").Card, Token);
        var own = Sample.Publish(Sample.Records(3));
        await node.Publications.TryAppendAsync([own], Token);

        var given = await Answers.StartAsync(node);
        var batch = given.Next([given.Publish(Answers.Records(2))]);
        await node.Outbox.SaveManifestAsync(new IssuedManifest(batch.SignedManifest, batch.Manifest, [.. batch.Slices.Select(slice => slice.Slice)], [new WithheldCount("no-geos", "Prohibited", 3)], [], Sample.Now), Token);
        var receipt = Answers.Receipt(batch);
        Assert.True(DocumentJson.TryRead<ReceiptDocument>(receipt.Payload.Span, DocumentContexts.Receipt, out var document));
        Assert.True(await node.Outbox.TrySaveReceiptAsync(receipt, document, null, Token));

        var taken = await Answers.StartAsync(node);
        var publication = taken.Publish(Answers.Records(4));
        var arrived = taken.Next([publication]);
        await node.Inbox.AcceptAsync(arrived, Answers.Receipt(arrived), Token);
        await node.Inbox.LogRefusalAsync(new RefusedAnswer(taken.Agreement, Sample.Pacific, "because"), null, Token);

        var transition = new TransitionDocument(DocumentContexts.Transition.Text, taken.Agreement, Sample.Pacific, 1, TransitionEvent.Suspend, "A test.", Sample.Now);
        await node.Agreements.SaveTransitionAsync(SignedTransition.Sign(Sample.Key, transition), new StoredAgreement(taken.Agreement, "{}"u8.ToArray(), AgreementState.Suspended), Token);

        await node.Notices.IssueAsync([own.Notice(0, NoticeAction.Withdraw)], Token);
        var brought = publication.Notice(1, NoticeAction.Withdraw);
        await node.Notices.ReceiveAsync([brought], [NoticeSample.Indian], NoticeSample.Sign, Token);
        var deletion = DeletionDocument.Sign(Sample.Key, Sample.Atlantic, Sample.Pacific, taken.Agreement, DeletionReason.Retention, [new DeletedRecords(publication.Document.Id, null, [2])], Sample.Now);
        await node.Log.AppendAsync([
            Event("""{"peer":"indian","what":"pull","reason":"so","unlogged_before":0}""") with { Peer = NoticeSample.Indian },
            new LogEvent(LogKinds.NoticeReceiptReceived, NoticeSample.Receipt(brought, NoticeSample.Caribbean, NoticeSample.CaribbeanKey, NoticeOutcome.Deleted).Document.ToJson()) { Peer = NoticeSample.Caribbean },
            new LogEvent(LogKinds.DeletionIssued, deletion.Document.ToJson()) { Peer = Sample.Pacific, Agreement = taken.Agreement },
            new LogEvent(LogKinds.DeletionReceived, deletion.Document.ToJson()) { Peer = Sample.Atlantic, Agreement = taken.Agreement },
            .. Enumerable.Range(0, 66_000).Select(i => Event($"not JSON {i}")),
        ], Token);
    }

    private static LogEvent Event(string text) => new(LogKinds.Refusal, Encoding.UTF8.GetBytes(text));

    /// <summary>A database with the schema of before.</summary>
    private async Task<DatabaseConnections> CreateAsync()
    {
        var connections = await cluster.CreateDatabaseAsync();
        await using var source = NpgsqlDataSource.Create(connections.Owner);
        await using var db = new NodeDbContext(NodeStore.Options(source));
        await db.Database.OpenConnectionAsync(Token);
        await db.Database.ExecuteSqlAsync($"SELECT set_config({MigrationGrants.AppRoleSetting}, {connections.AppRole}, false)", Token);
        await db.GetService<IMigrator>().MigrateAsync(Before, Token);
        return connections;
    }

    private static async Task<NpgsqlConnection> OpenAdminAsync(DatabaseConnections connections)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connections.Owner) { Username = "ssa_admin", Pooling = false }.ConnectionString);
        await connection.OpenAsync(Token);
        // Tables are filled in any order.
        await new NpgsqlCommand("SET session_replication_role = replica", connection).ExecuteNonQueryAsync(Token);
        return connection;
    }

    /// <summary>Every table of before but the tree's nodes, and the records, which the log does not need.</summary>
    private static async Task CopyTablesAsync(NpgsqlConnection from, NpgsqlConnection to)
    {
        var tables = await ColumnAsync(to, """
            SELECT c.relname || '(' || string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) || ')' FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND NOT c.relispartition AND c.relname NOT IN ('log_node', '__EFMigrationsHistory') AND a.attnum > 0 AND NOT a.attisdropped
            GROUP BY c.relname
            """);
        foreach (string[] parts in tables.Select(table => table.Split('(')))
        {
            (string name, string columns) = (parts[0], parts[1].TrimEnd(')'));
            await new NpgsqlCommand($"DELETE FROM {name}", to).ExecuteNonQueryAsync(Token);
            await using var read = await from.BeginRawBinaryCopyAsync($"COPY (SELECT {columns} FROM {name}) TO STDOUT (FORMAT BINARY)", Token);
            await using var write = await to.BeginRawBinaryCopyAsync($"COPY {name} ({columns}) FROM STDIN (FORMAT BINARY)", Token);
            await read.CopyToAsync(write, Token);
        }
    }

    private static async Task WriteNodesAsync(NpgsqlConnection connection, IEnumerable<Hash256> leaves)
    {
        var log = new CompactRange();
        var nodes = new List<PlacedHash>();
        foreach (var leaf in leaves) log.Append(leaf, nodes);
        await WriteNodesAsync(connection, nodes);
    }

    private static async Task WriteNodesAsync(NpgsqlConnection connection, IReadOnlyList<PlacedHash> nodes)
    {
        await using var copy = await connection.BeginBinaryImportAsync("COPY log_node (level, index, hash) FROM STDIN (FORMAT BINARY)", Token);
        foreach (var (node, hash) in nodes)
        {
            await copy.StartRowAsync(Token);
            await copy.WriteAsync((short)node.Level, NpgsqlDbType.Smallint, Token);
            await copy.WriteAsync(node.Index, NpgsqlDbType.Bigint, Token);
            await copy.WriteAsync(hash.ToArray(), NpgsqlDbType.Bytea, Token);
        }
        await copy.CompleteAsync(Token);
    }

    private static async Task<List<string>> ColumnAsync(NpgsqlDataSource source, string sql)
    {
        await using var connection = await source.OpenConnectionAsync(Token);
        return await ColumnAsync(connection, sql);
    }

    private static async Task<List<string>> ColumnAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(Token);
        var texts = new List<string>();
        while (await reader.ReadAsync(Token)) texts.Add(Convert.ToString(reader[0], CultureInfo.InvariantCulture)!);
        return texts;
    }
}
