using System.Diagnostics;
using Npgsql;

namespace SsaShare.Storage.Tests;

/// <summary>The owner of a cluster is killed: a second copy of this test program, which holds a cluster and does nothing else.</summary>
public sealed class OwnerKilledTests
{
    private const string StateVariable = "SSA_TEST_CLUSTER_STATE";

    /// <summary>Not a test by itself: what the second copy runs.</summary>
    [Fact(Explicit = true)]
    public async Task HoldCluster()
    {
        string state = Environment.GetEnvironmentVariable(StateVariable) ?? throw new InvalidOperationException($"{StateVariable} is not set.");
        await using var cluster = await PrivateCluster.StartAsync(state);
        var connections = await cluster.CreateDatabaseAsync("held");
        await using var source = NpgsqlDataSource.Create(connections.Owner);
        await source.CreateCommand("CREATE TABLE kept AS SELECT 7 AS value").ExecuteNonQueryAsync();
        await File.WriteAllTextAsync(Path.Combine(state, "ready"), connections.Owner);
        await Task.Delay(TimeSpan.FromMinutes(5));
    }

    [Fact(Timeout = 120_000)]
    public async Task Kill_Owner_EndsTheServerAndLosesNothing()
    {
        string state = Path.Combine(Path.GetTempPath(), "ssa-cluster-test-" + Guid.NewGuid().ToString("N")[..8]);
        using var owner = StartOwner(state);
        try
        {
            string ready = Path.Combine(state, "ready");
            while (!File.Exists(ready) || new FileInfo(ready).Length == 0)
            {
                Assert.False(owner.HasExited, "the owner ended by itself");
                await Task.Delay(50);
            }
            var folders = ClusterFolders.Find(state)!;
            Assert.NotEmpty(RunningServers.Of(folders));
            owner.Kill();
            await owner.WaitForExitAsync();
            var watch = Stopwatch.StartNew();
            while (RunningServers.Of(folders).Count > 0 && watch.Elapsed < TimeSpan.FromSeconds(30)) await Task.Delay(50);
            Assert.Empty(RunningServers.Of(folders));
            await using var next = await PrivateCluster.StartAsync(state);
            Assert.True(next.IsOwner);
            await using var source = NpgsqlDataSource.Create((await next.CreateDatabaseAsync("held")).Owner);
            Assert.Equal(7, await source.CreateCommand("SELECT value FROM kept").ExecuteScalarAsync());
        }
        finally
        {
            if (!owner.HasExited) owner.Kill();
            NpgsqlConnection.ClearAllPools();
            PrivateCluster.Delete(state);
            Directory.Delete(state, recursive: true);
        }
    }

    private static Process StartOwner(string state)
    {
        var info = new ProcessStartInfo("dotnet", [typeof(OwnerKilledTests).Assembly.Location, "-explicit", "only", "-method", $"{typeof(OwnerKilledTests).FullName}.{nameof(HoldCluster)}"])
        {
            RedirectStandardOutput = true,
        };
        info.Environment[StateVariable] = state;
        var process = Process.Start(info)!;
        process.OutputDataReceived += (_, _) => { };   // Read and dropped, so that a full pipe never stops it.
        process.BeginOutputReadLine();
        return process;
    }
}
