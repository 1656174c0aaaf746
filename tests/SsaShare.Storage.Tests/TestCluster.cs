using SsaShare.Storage;

[assembly: AssemblyFixture(typeof(SsaShare.Storage.Tests.TestCluster))]

namespace SsaShare.Storage.Tests;

/// <summary>
/// One private PostgreSQL cluster for this test process, started when first asked for. It ends with the process, however that ends;
/// a folder that a killed process left behind is removed by the next. Other test projects link this file.
/// </summary>
public sealed class TestCluster : IAsyncLifetime
{
    private const string Prefix = "ssa-test-";
    private readonly string _folder = Path.Combine(Path.GetTempPath(), Prefix + Guid.NewGuid().ToString("N")[..12]);
    private readonly Lazy<Task<PrivateCluster>> _cluster;
    private int _databases;

    public TestCluster() => _cluster = new Lazy<Task<PrivateCluster>>(() => PrivateCluster.StartAsync(_folder));

    public ValueTask InitializeAsync() => default;

    /// <summary>An empty database of its own.</summary>
    public async Task<DatabaseConnections> CreateDatabaseAsync()
        => await (await _cluster.Value).CreateDatabaseAsync($"test{Interlocked.Increment(ref _databases)}");

    public async ValueTask DisposeAsync()
    {
        if (!_cluster.IsValueCreated || !_cluster.Value.IsCompletedSuccessfully) return;
        Npgsql.NpgsqlConnection.ClearAllPools();
        await (await _cluster.Value).DisposeAsync();
        Remove(_folder);
        foreach (string left in Directory.EnumerateDirectories(Path.GetTempPath(), Prefix + "*")) Remove(left);
    }

    private static void Remove(string folder)
    {
        try
        {
            PrivateCluster.Delete(folder);
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is PrivateClusterException or IOException or UnauthorizedAccessException)
        {
            // Another test process's: it runs, or is being removed by its own process at this moment.
            TestContext.Current.SendDiagnosticMessage("'{0}' stays: {1}", folder, e.Message);
        }
    }
}

/// <summary>An empty database for one test class.</summary>
public sealed class TestDatabase(TestCluster cluster) : IAsyncLifetime
{
    private DatabaseConnections? _connections;

    public DatabaseConnections Connections => _connections ?? throw new InvalidOperationException("The database is made by InitializeAsync.");

    public async ValueTask InitializeAsync() => _connections = await cluster.CreateDatabaseAsync();

    public ValueTask DisposeAsync() => default;
}
