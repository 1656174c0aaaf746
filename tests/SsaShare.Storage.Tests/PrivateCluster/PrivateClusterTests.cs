using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace SsaShare.Storage.Tests;

/// <summary>Starting, attaching, stopping and crashing of real servers in folders of their own.</summary>
public sealed class PrivateClusterTests(ITestOutputHelper output) : IDisposable
{
    private readonly string _state = Path.Combine(Path.GetTempPath(), "ssa-cluster-test-" + Guid.NewGuid().ToString("N")[..8]);

    public void Dispose()
    {
        NpgsqlConnection.ClearAllPools();
        PrivateCluster.Delete(_state);
        if (Directory.Exists(_state)) Directory.Delete(_state, recursive: true);
    }

    [Fact]
    public async Task StartAsync_TwiceOneAfterTheOther_KeepsTheData()
    {
        var watch = Stopwatch.StartNew();
        string owner;
        await using (var first = await PrivateCluster.StartAsync(_state))
        {
            output.WriteLine($"initialised and ready after {watch.ElapsedMilliseconds} ms");
            owner = (await first.CreateDatabaseAsync("atlantic")).Owner;
            await ExecuteAsync(owner, "CREATE TABLE kept (value int); INSERT INTO kept VALUES (7)");
        }
        NpgsqlConnection.ClearAllPools();
        watch.Restart();
        await using var second = await PrivateCluster.StartAsync(_state);
        output.WriteLine($"ready again after {watch.ElapsedMilliseconds} ms");
        Assert.Equal(owner, (await second.CreateDatabaseAsync("atlantic")).Owner);
        Assert.Equal(7, await ScalarAsync<int>(owner, "SELECT value FROM kept"));
    }

    [Fact]
    public async Task StartAsync_WhileAnotherOwnsIt_Attaches()
    {
        var both = await Task.WhenAll(PrivateCluster.StartAsync(_state), PrivateCluster.StartAsync(_state));
        var owner = Assert.Single(both, cluster => cluster.IsOwner);
        var guest = Assert.Single(both, cluster => !cluster.IsOwner);
        string connection = (await guest.CreateDatabaseAsync("pacific")).Owner;
        await guest.DisposeAsync();
        Assert.Equal(1, await ScalarAsync<int>(connection, "SELECT 1"));
        Assert.Throws<PrivateClusterException>(() => PrivateCluster.Delete(_state));
        await owner.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => ScalarAsync<int>(connection, "SELECT 1"));
        Assert.Empty(RunningServers.Of(ClusterFolders.Find(_state)!));
    }

    [Fact]
    public async Task StartAsync_AfterTheServerWasKilled_Recovers()
    {
        var first = await PrivateCluster.StartAsync(_state);
        string owner = (await first.CreateDatabaseAsync("caribbean")).Owner;
        await ExecuteAsync(owner, "CREATE TABLE kept (value int); INSERT INTO kept VALUES (7)");
        foreach (int pid in RunningServers.Of(ClusterFolders.Find(_state)!)) Kill(pid);
        await first.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        await using var second = await PrivateCluster.StartAsync(_state);
        Assert.True(second.IsOwner);
        Assert.Equal(7, await ScalarAsync<int>(owner, "SELECT value FROM kept"));
    }

    [Fact]
    public async Task StartAsync_PidFileNamesALivingStranger_StartsAllTheSame()
    {
        await (await PrivateCluster.StartAsync(_state)).DisposeAsync();
        var folders = ClusterFolders.Find(_state)!;
        await File.WriteAllTextAsync(folders.PidFile, $"{Environment.ProcessId}\n{folders.Data}\n1\n5432\n{folders.Socket}\n\n  1 1\nready\n");
        await using var cluster = await PrivateCluster.StartAsync(_state);
        Assert.True(cluster.IsOwner);
    }

    [Fact]
    public async Task StartAsync_InitialisationWasCutOff_BeginsAnew()
    {
        var account = await ServerAccount.ResolveAsync(CancellationToken.None);
        var folders = await ClusterFolders.OpenAsync(_state, account, CancellationToken.None);
        await ChildProgram.RunAsync([.. account.Prefix, "sh", "-c", "mkdir data.new && echo half > data.new/PG_VERSION"], folders.Server);
        await using var cluster = await PrivateCluster.StartAsync(_state);
        Assert.NotNull(await cluster.CreateDatabaseAsync("fusion"));
    }

    [Theory]
    [InlineData("a folder, with comma and space")]
    [InlineData("long-0123456789-0123456789-0123456789-0123456789-0123456789-0123456789-0123456789-0123456789-0123456789")]
    public async Task StartAsync_StatePathThatASocketCannotHave_UsesAShortOne(string name)
    {
        string state = Path.Combine(_state, name);
        try
        {
            await using var cluster = await PrivateCluster.StartAsync(state);
            Assert.Equal(1, await ScalarAsync<int>((await cluster.CreateDatabaseAsync("atlantic")).App, "SELECT 1"));
            Assert.DoesNotContain(name, ClusterFolders.Find(state)!.Socket, StringComparison.Ordinal);
        }
        finally
        {
            NpgsqlConnection.ClearAllPools();
            PrivateCluster.Delete(state);
        }
    }

    [Fact]
    public async Task StartAsync_FolderThatOnlyRootEnters_PutsTheDataWhereTheServerCan()
    {
        if (!Environment.IsPrivilegedProcess) Assert.Skip("only root runs the server as another user");
        Directory.CreateDirectory(_state, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        string state = Path.Combine(_state, "state");
        await using (var cluster = await PrivateCluster.StartAsync(state)) await cluster.CreateDatabaseAsync("atlantic");
        string home = ClusterFolders.Find(state)!.Home;
        Assert.DoesNotContain(_state, home, StringComparison.Ordinal);
        Assert.True(Directory.Exists(home));
        PrivateCluster.Delete(state);
        Assert.False(Directory.Exists(home));
        Assert.Empty(Directory.GetFileSystemEntries(state));
    }

    [Fact]
    public async Task StartAsync_SettingThatTheServerRefuses_SaysWhatTheServerSaid()
    {
        var options = new PrivateClusterOptions { ConnectionsMax = 10_000_000 };
        var refusal = await Assert.ThrowsAsync<PrivateClusterException>(() => PrivateCluster.StartAsync(_state, options));
        Assert.Contains("max_connections", refusal.Message, StringComparison.Ordinal);
        await using var cluster = await PrivateCluster.StartAsync(_state);
        Assert.True(cluster.IsOwner);
    }

    [Fact]
    public async Task StartAsync_NoBinaries_SaysWhatInstallsThem()
    {
        var refusal = await Assert.ThrowsAsync<PrivateClusterException>(() => PrivateCluster.StartAsync(_state, new PrivateClusterOptions { BinaryFolder = "/nowhere" }));
        Assert.EndsWith("apt-get install postgresql", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_DataOfAnotherVersion_NamesIt()
    {
        await (await PrivateCluster.StartAsync(_state)).DisposeAsync();
        await File.WriteAllTextAsync(Path.Combine(ClusterFolders.Find(_state)!.Data, "PG_VERSION"), "9\n");
        var refusal = await Assert.ThrowsAsync<PrivateClusterException>(() => PrivateCluster.StartAsync(_state));
        Assert.EndsWith("apt-get install postgresql-9", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_Server_ListensOnItsSocketOnlyAndRunsWithoutPrivileges()
    {
        await using var cluster = await PrivateCluster.StartAsync(_state);
        var folders = ClusterFolders.Find(_state)!;
        Assert.Equal("", await ScalarAsync<string>((await cluster.CreateDatabaseAsync("atlantic")).Owner, "SHOW listen_addresses"));
        const UnixFileMode own = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Assert.All(new[] { folders.Server, folders.Socket, folders.Data }, folder => Assert.Equal(own, File.GetUnixFileMode(folder)));
        foreach (int pid in RunningServers.Of(folders))
        {
            string uid = (await File.ReadAllLinesAsync($"/proc/{pid}/status")).First(line => line.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[1];
            Assert.NotEqual("0", uid);
        }
    }

    private static void Kill(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            process.Kill();
        }
        catch (ArgumentException)
        {
            // It ended with its postmaster.
        }
    }

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await source.CreateCommand(sql).ExecuteNonQueryAsync();
    }

    private static async Task<T> ScalarAsync<T>(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        return (T)Convert.ChangeType((await source.CreateCommand(sql).ExecuteScalarAsync())!, typeof(T), CultureInfo.InvariantCulture);
    }
}
