using Npgsql;
using SsaShare.Storage;

namespace SsaShare.Benchmarks;

/// <summary>A PostgreSQL server of its own in a folder of its own, with one database.</summary>
internal sealed class DatabaseServer : IAsyncDisposable
{
    private readonly string _folder;
    private PrivateCluster _cluster;

    private DatabaseServer(string folder, PrivateCluster cluster, DatabaseConnections database) => (_folder, _cluster, Database) = (folder, cluster, database);

    public DatabaseConnections Database { get; }

    /// <summary>The first of its processes, of which the others are children.</summary>
    public int ProcessId { get; private set; }

    /// <summary>As the server's own administrator, in the database.</summary>
    public NpgsqlConnectionStringBuilder Administrator => new(Database.Owner) { Username = "ssa_admin" };

    public static async Task<DatabaseServer> StartAsync(string folder)
    {
        var cluster = await PrivateCluster.StartAsync(folder);
        var server = new DatabaseServer(folder, cluster, await cluster.CreateDatabaseAsync("bench"));
        await server.FindProcessAsync();
        return server;
    }

    /// <summary>Lets the server write into its log what logical replication needs, which by default it does not.</summary>
    public async Task AllowLogicalReplicationAsync()
    {
        await ExecuteAsync("ALTER SYSTEM SET wal_level = 'logical'");
        NpgsqlConnection.ClearAllPools();
        await _cluster.DisposeAsync();
        _cluster = await PrivateCluster.StartAsync(_folder);
        await FindProcessAsync();
    }

    /// <summary>As administrator.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Administrator.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>One value, as administrator.</summary>
    public async Task<T> AskAsync<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(Administrator.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Asks again and again until the answer is yes.</summary>
    /// <param name="sql">Gives one Boolean, and costs little.</param>
    public async Task WaitUntilAsync(string sql, TimeSpan longest)
    {
        await using var connection = new NpgsqlConnection(Administrator.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.PrepareAsync();
        using var stop = new CancellationTokenSource(longest);
        while (await command.ExecuteScalarAsync(stop.Token) is not true) await Task.Delay(TimeSpan.FromMilliseconds(50), stop.Token);
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await _cluster.DisposeAsync();
        PrivateCluster.Delete(_folder);
    }

    private async Task FindProcessAsync() => ProcessId = ProcessorTime.ParentOf(await AskAsync<int>("SELECT pg_backend_pid()"));
}
