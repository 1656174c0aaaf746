using System.Diagnostics;
using Npgsql;

namespace SsaShare.Storage.Tests;

/// <summary>One PostgreSQL server for this test process, in a temporary folder, over a unix socket only.</summary>
public sealed class TemporaryCluster : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ssa-pg-").FullName;
    private Process? _server;
    private int _databases;

    public async ValueTask StartAsync()
    {
        string binaries = Directory.GetDirectories("/usr/lib/postgresql").OrderBy(path => path, StringComparer.Ordinal).Last() + "/bin";
        if (Environment.UserName == "root") await RunAsync("chown", "postgres", _folder);
        await RunAsync("setpriv", [.. AsServer(), $"{binaries}/initdb", "-D", $"{_folder}/data", "-U", "postgres", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]);
        // The shell reads a pipe from this process: when this process ends, however it ends, the pipe does, and then the server.
        _server = Start("sh", ["-c", "\"$@\" & server=$!; cat >/dev/null; kill -INT $server; wait $server", "sh", "setpriv", .. AsServer(), $"{binaries}/postgres", "-D", $"{_folder}/data", "-k", _folder,
            "-c", "listen_addresses=", "-c", "shared_buffers=128MB", "-c", "max_wal_size=2GB", "-c", "log_min_messages=fatal"]);
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                await using var connection = new NpgsqlConnection(ConnectionString("postgres", "postgres"));
                await connection.OpenAsync();
                return;
            }
            catch (NpgsqlException) when (attempt < 200)
            {
                await Task.Delay(50);
            }
        }
    }

    /// <summary>A new database with an owner and an app role.</summary>
    public async Task<(string Owner, string App)> CreateDatabaseAsync()
    {
        string name = $"node{Interlocked.Increment(ref _databases)}";
        await using var source = NpgsqlDataSource.Create(ConnectionString("postgres", "postgres"));
        foreach (string sql in (string[])[$"CREATE ROLE {name}_owner LOGIN", $"CREATE ROLE {name}_app LOGIN", $"CREATE DATABASE {name} OWNER {name}_owner"])
            await source.CreateCommand(sql).ExecuteNonQueryAsync();
        return (ConnectionString(name, name + "_owner"), ConnectionString(name, name + "_app"));
    }

    public string ConnectionString(string database, string role) => $"Host={_folder};Database={database};Username={role}";

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (_server is { HasExited: false })
        {
            _server.StandardInput.Close();
            await _server.WaitForExitAsync();
        }
        Directory.Delete(_folder, recursive: true);
    }

    private static string[] AsServer() => Environment.UserName == "root" ? ["--reuid=postgres", "--regid=postgres", "--clear-groups"] : [];

    private static Process Start(string program, params string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true })!;

    private static async Task RunAsync(string program, params string[] arguments)
    {
        var info = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
        using var process = Process.Start(info)!;
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }
}
