using System.Globalization;
using Npgsql;

namespace SsaShare.Storage;

/// <summary>
/// A PostgreSQL server in a state folder, for where no server is named: reached over a unix socket only, in a folder that only its
/// user enters. Whoever starts it owns it; the server ends with its owner. Others attach. Keep the object as long as the database is needed.
/// </summary>
public sealed class PrivateCluster : IAsyncDisposable
{
    private const string AdminRole = "ssa_admin";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly ClusterFolders _folders;
    private readonly PrivateClusterOptions _options;
    private readonly ServerProcess? _server;
    private readonly ClusterLock? _ownership;
    private int _disposed;

    private PrivateCluster(ClusterFolders folders, PrivateClusterOptions options, ServerProcess? server, ClusterLock? ownership)
        => (_folders, _options, _server, _ownership) = (folders, options, server, ownership);

    /// <summary>Whether this object started the server and stops it.</summary>
    public bool IsOwner => _server is not null;

    /// <summary>The server's own log.</summary>
    public string LogFile => _folders.Log;

    /// <summary>Starts the cluster of a state folder, initialising it the first time, or attaches to it when another process runs it.</summary>
    /// <param name="stateFolder">Made when missing.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancellationToken">Stops waiting; what was started is stopped.</param>
    /// <exception cref="PrivateClusterException">It cannot run; the message says what mends it.</exception>
    public static async Task<PrivateCluster> StartAsync(string stateFolder, PrivateClusterOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new PrivateClusterOptions();
        var account = await ServerAccount.ResolveAsync(cancellationToken);
        var folders = await ClusterFolders.OpenAsync(stateFolder, account, cancellationToken);
        using var starting = await ClusterLock.TakeAsync(folders.StartLock, options.StartTimeout, cancellationToken);
        long start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            if (ClusterLock.TryTake(folders.OwnerLock) is { } ownership) return await StartOwnedAsync(account, folders, options, ownership, cancellationToken);
            // Another process owns it: it runs, or it is just being stopped and will be free in a moment.
            if (await TryConnectAsync(folders, cancellationToken) is not { } fault) return new PrivateCluster(folders, options, null, null);
            if (TimeProvider.System.GetElapsedTime(start) > options.StartTimeout)
                throw new PrivateClusterException($"Another process owns the cluster, but it does not answer. See its log: tail {folders.Log}", fault);
            await Task.Delay(Pause, cancellationToken);
        }
    }

    /// <summary>Removes the cluster of a state folder with all its data. Nothing happens when there is none.</summary>
    /// <exception cref="PrivateClusterException">It is running.</exception>
    public static void Delete(string stateFolder)
    {
        if (ClusterFolders.Find(stateFolder) is not { } folders) return;
        using var ownership = Directory.Exists(folders.Home) ? ClusterLock.TryTake(folders.OwnerLock) ?? throw Running(folders) : null;
        if (RunningServers.Of(folders).Count > 0) throw Running(folders);
        folders.Delete();
    }

    /// <summary>As <see cref="Delete"/>, but waits for a server whose owner was killed: it is shutting down.</summary>
    /// <exception cref="PrivateClusterException">Another process owns it, or the server does not end.</exception>
    public static async Task DeleteAsync(string stateFolder, CancellationToken cancellationToken = default)
    {
        if (ClusterFolders.Find(stateFolder) is { } folders && Directory.Exists(folders.Home))
        {
            using var ownership = ClusterLock.TryTake(folders.OwnerLock) ?? throw Running(folders);
            await WaitForFormerServerAsync(folders, new PrivateClusterOptions().StopTimeout, cancellationToken);
        }
        Delete(stateFolder);
    }

    /// <summary>Makes a database with an owner role and an app role, unless it is there, and tells how to reach it.</summary>
    /// <param name="name">1 to 48 of a-z, 0-9, '_' and '-', beginning with a letter, for example a partner id.</param>
    /// <param name="cancellationToken">Stops it; it can be done again.</param>
    /// <exception cref="ArgumentException">Not such a name.</exception>
    public async Task<DatabaseConnections> CreateDatabaseAsync(string name, CancellationToken cancellationToken = default)
    {
        await DatabaseProvisioning.EnsureAsync(ConnectionString(_folders, "postgres", AdminRole), name, cancellationToken);
        return new DatabaseConnections(
            ConnectionString(_folders, name, DatabaseProvisioning.OwnerRole(name)),
            ConnectionString(_folders, name, DatabaseProvisioning.AppRole(name)));
    }

    /// <summary>Stops the server when this object owns it; open connections of others end.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0 || _server is null) return;
        await _server.StopAsync(_options.StopTimeout);
        _server.Dispose();
        _ownership?.Dispose();
    }

    private static async Task<PrivateCluster> StartOwnedAsync(
        ServerAccount account, ClusterFolders folders, PrivateClusterOptions options, ClusterLock ownership, CancellationToken cancellationToken)
    {
        try
        {
            return new PrivateCluster(folders, options, await StartServerAsync(account, folders, options, cancellationToken), ownership);
        }
        catch
        {
            ownership.Dispose();
            throw;
        }
    }

    private static async Task<ServerProcess> StartServerAsync(ServerAccount account, ClusterFolders folders, PrivateClusterOptions options, CancellationToken cancellationToken)
    {
        await WaitForFormerServerAsync(folders, options.StopTimeout, cancellationToken);
        RunningServers.RemoveStalePidFile(folders);
        var binaries = await ServerBinaries.FindAsync(options.BinaryFolder, folders.State, DataVersion(folders), cancellationToken);
        if (DataVersion(folders) is null) await InitialiseAsync(account, binaries, folders, cancellationToken);
        var server = ServerProcess.Start(account, binaries, folders, options);
        try
        {
            await WaitUntilReadyAsync(folders, server, options.StartTimeout, cancellationToken);
            return server;
        }
        catch
        {
            await server.StopAsync(options.StopTimeout);
            server.Dispose();
            throw;
        }
    }

    /// <summary>A server whose owner was killed is shutting down; its data must not be touched before it has.</summary>
    private static async Task WaitForFormerServerAsync(ClusterFolders folders, TimeSpan timeout, CancellationToken cancellationToken)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (RunningServers.Of(folders) is { Count: > 0 } running)
        {
            if (TimeProvider.System.GetElapsedTime(start) > timeout)
                throw new PrivateClusterException($"A former server still uses '{folders.Data}': kill -INT {running[0].ToString(CultureInfo.InvariantCulture)}");
            await Task.Delay(Pause, cancellationToken);
        }
    }

    // Made beside and renamed when whole, so that a half-made cluster is never taken for one.
    private static async Task InitialiseAsync(ServerAccount account, ServerBinaries binaries, ClusterFolders folders, CancellationToken cancellationToken)
    {
        const string script = """
            umask 077
            rm -rf data data.new
            "$1" --pgdata=data.new --username="$2" --auth-local=trust --auth-host=reject --encoding=UTF8 --locale=C.UTF-8 --data-checksums >&2 && mv data.new data && sync .
            """;
        var result = await ChildProgram.RunAsync([.. account.Prefix, "sh", "-c", script, "sh", binaries.Initdb, AdminRole], folders.Server, cancellationToken);
        if (result.ExitCode != 0) throw new PrivateClusterException($"PostgreSQL cannot be initialised in '{folders.Server}': {LastLine(result.Errors)}");
    }

    private static async Task WaitUntilReadyAsync(ClusterFolders folders, ServerProcess server, TimeSpan timeout, CancellationToken cancellationToken)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (await TryConnectAsync(folders, cancellationToken) is { } fault)
        {
            if (server.HasExited) throw new PrivateClusterException($"PostgreSQL does not start: {LastLineOf(folders.Log)} (log: {folders.Log})", fault);
            if (TimeProvider.System.GetElapsedTime(start) > timeout)
                throw new PrivateClusterException($"PostgreSQL has not answered for {timeout.TotalSeconds:0} s. See its log: tail {folders.Log}", fault);
            await Task.Delay(Pause, cancellationToken);
        }
    }

    /// <returns>Null when the server answers; otherwise why it does not yet: no socket, starting up, shutting down.</returns>
    private static async Task<NpgsqlException?> TryConnectAsync(ClusterFolders folders, CancellationToken cancellationToken)
    {
        var once = new NpgsqlConnectionStringBuilder(ConnectionString(folders, "postgres", AdminRole)) { Pooling = false, Timeout = 5 };
        try
        {
            await using var connection = new NpgsqlConnection(once.ConnectionString);
            await connection.OpenAsync(cancellationToken);
            return null;
        }
        catch (NpgsqlException e) when (e is not PostgresException { SqlState: not PostgresErrorCodes.CannotConnectNow })
        {
            return e;
        }
    }

    private static int? DataVersion(ClusterFolders folders)
        => int.TryParse(File.Exists(Path.Combine(folders.Data, "PG_VERSION")) ? File.ReadAllText(Path.Combine(folders.Data, "PG_VERSION")) : null, CultureInfo.InvariantCulture, out int version) ? version : null;

    private static string ConnectionString(ClusterFolders folders, string database, string role)
        => new NpgsqlConnectionStringBuilder(ClusterFolders.ConnectionHost(folders.Socket)) { Database = database, Username = role }.ConnectionString;

    private static string LastLineOf(string file) => File.Exists(file) ? LastLine(File.ReadAllText(file)) : "no log";

    private static string LastLine(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "no message";

    private static PrivateClusterException Running(ClusterFolders folders) => new($"The cluster in '{folders.Home}' is running; stop the ssa that owns it first.");
}
