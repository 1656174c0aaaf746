using System.Globalization;
using Npgsql;
using SsaShare.Exchange;
using SsaShare.Storage;

namespace SsaShare.Benchmarks;

/// <summary>
/// PostgreSQL's own logical replication between two servers, of a table with the columns, checks and indexes of the record table, not partitioned. Both sides make
/// durable what they commit; rows travel in binary form.
/// </summary>
internal sealed class LogicalReplication : IAsyncDisposable
{
    private readonly DatabaseServer _publisher, _subscriber;

    private LogicalReplication(DatabaseServer publisher, DatabaseServer subscriber) => (_publisher, _subscriber) = (publisher, subscriber);

    /// <summary>All that work for it, with their children, but for this process, which feeds rows.</summary>
    public IReadOnlyList<(string Name, int ProcessId)> Processes => [("publisher", _publisher.ProcessId), ("subscriber", _subscriber.ProcessId)];

    public static async Task<LogicalReplication> StartAsync(string folder)
    {
        var replication = new LogicalReplication(await DatabaseServer.StartAsync(Path.Combine(folder, "replication-publisher")), await DatabaseServer.StartAsync(Path.Combine(folder, "replication-subscriber")));
        foreach (var server in new[] { replication._publisher, replication._subscriber })
        {
            await NodeStore.MigrateAsync(server.Database.Owner, server.Database.AppRole, CancellationToken.None);
            await server.ExecuteAsync("CREATE TABLE replicated (LIKE record INCLUDING ALL)");
        }
        await replication._publisher.AllowLogicalReplicationAsync();
        await replication._publisher.ExecuteAsync("CREATE PUBLICATION bench FOR TABLE replicated");
        var from = replication._publisher.Administrator;
        await replication._subscriber.ExecuteAsync(
            $"CREATE SUBSCRIPTION bench CONNECTION 'host={from.Host} port={from.Port} dbname={from.Database} user={from.Username}' PUBLICATION bench WITH (binary = true, copy_data = false, synchronous_commit = 'on')");
        return replication;
    }

    /// <summary>Copies rows into the one server, a commit for each batch, and waits until the other has the last.</summary>
    /// <param name="batches">Each of whole publications.</param>
    /// <param name="lastPublication">Key of the last one.</param>
    public async Task ReplicateAsync(IEnumerable<byte[]> batches, long lastPublication)
    {
        await using (var connection = new NpgsqlConnection(_publisher.Administrator.ConnectionString))
        {
            await connection.OpenAsync();
            foreach (byte[] batch in batches)
            {
                await using var copy = await connection.BeginRawBinaryCopyAsync($"COPY replicated ({CopyRows.Columns}) FROM STDIN (FORMAT BINARY)");
                await copy.WriteAsync(batch);
            }
        }
        await _subscriber.WaitUntilAsync(string.Create(CultureInfo.InvariantCulture, $"SELECT EXISTS (SELECT FROM replicated WHERE publication = {lastPublication} AND index = {PublicationDocument.SizeMax - 1})"), TimeSpan.FromMinutes(30));
    }

    /// <summary>How many rows the subscriber has.</summary>
    public Task<long> CountAsync() => _subscriber.AskAsync<long>("SELECT count(*) FROM replicated");

    public async ValueTask DisposeAsync()
    {
        await _subscriber.ExecuteAsync("DROP SUBSCRIPTION bench");
        await _subscriber.DisposeAsync();
        await _publisher.DisposeAsync();
    }
}
