using System.Globalization;
using Npgsql;
using SsaShare.Storage;

namespace SsaShare.Scenario.Tests.Faults;

/// <summary>A PostgreSQL server of its own, which is stopped and started under the nodes that use it.</summary>
internal sealed class FaultServer : IAsyncDisposable
{
    private static readonly TimeSpan RecoversWithin = TimeSpan.FromSeconds(5);
    private readonly string _folder;
    private PrivateCluster _cluster;

    private FaultServer(string folder, PrivateCluster cluster) => (_folder, _cluster) = (folder, cluster);

    /// <summary>The server's own log.</summary>
    public string LogFile => _cluster.LogFile;

    /// <param name="folder">Where its data lie; null for a new one, with a name that no other test process takes for left behind while the server is stopped.</param>
    public static async Task<FaultServer> StartAsync(string? folder = null)
    {
        folder ??= Path.Combine(Path.GetTempPath(), $"ssa-fault-{Guid.NewGuid().ToString("N")[..12]}");
        return new FaultServer(folder, await PrivateCluster.StartAsync(folder));
    }

    public Task<DatabaseConnections> CreateDatabaseAsync(string name) => _cluster.CreateDatabaseAsync(name);

    /// <summary>What pg_ctl stop -m immediate does: every process ends at once, nothing is written back, the next start recovers.</summary>
    public async Task StopImmediatelyAsync()
    {
        await Signals.SendAsync("QUIT", Postmaster);
        await _cluster.DisposeAsync();
    }

    public async Task StartAgainAsync() => _cluster = await PrivateCluster.StartAsync(_folder);

    /// <summary>Starts it again if it has ended by itself.</summary>
    public async Task EnsureRunningAsync()
    {
        // A server that has just come up by itself answers; one that has ended does not, however long it is asked.
        long asked = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(asked) < RecoversWithin)
        {
            try
            {
                await _cluster.CreateDatabaseAsync("anybody");
                return;
            }
            catch (NpgsqlException)
            {
                await Task.Delay(200);
            }
        }
        await _cluster.DisposeAsync();
        await StartAgainAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        await PrivateCluster.DeleteAsync(_folder);
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Copies the server's data, while it is stopped.</summary>
    /// <param name="copy">A folder that is not there yet.</param>
    public Task BackUpAsync(string copy) => Folders.CopyAsync(DataFolder, copy);

    /// <summary>Puts a copy in the place of the server's data, while it is stopped.</summary>
    public Task RestoreAsync(string copy) => Folders.ReplaceAsync(DataFolder, copy);

    private string DataFolder => Path.Combine(Path.GetDirectoryName(LogFile)!, "data");

    private int Postmaster => int.Parse(File.ReadLines(Path.Combine(DataFolder, "postmaster.pid")).First(), CultureInfo.InvariantCulture);
}
