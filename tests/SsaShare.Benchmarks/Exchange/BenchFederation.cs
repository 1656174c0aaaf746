using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Node;
using SsaShare.Peering;
using SsaShare.Storage;

namespace SsaShare.Benchmarks;

/// <summary>Nodes, not running yet, that have agreed with each other; their databases are in one server, so that what is measured is not the cost of many servers.</summary>
internal sealed class BenchFederation : IAsyncDisposable
{
    private const int ConnectionsMax = 1_500;
    private readonly string _folder;
    private readonly PrivateCluster _cluster;
    private readonly List<DatabaseConnections> _databases = [];

    private BenchFederation(string folder, PrivateCluster cluster) => (_folder, _cluster) = (folder, cluster);

    public List<NodeFolder> Folders { get; } = [];

    /// <summary>By the numbers of provider and reader.</summary>
    public Dictionary<(int Provider, int Reader), AgreementId> Agreements { get; } = [];

    /// <summary>The database server's first process, of which the others are children.</summary>
    public int ServerProcessId { get; private set; }

    /// <param name="folder">For everything.</param>
    /// <param name="nodes">How many.</param>
    /// <param name="pairs">Who agrees with whom; the first of a pair gives everything to the second.</param>
    /// <param name="bothWays">And the second to the first.</param>
    public static async Task<BenchFederation> CreateAsync(string folder, int nodes, IEnumerable<(int Provider, int Reader)> pairs, bool bothWays)
    {
        var federation = new BenchFederation(Path.Combine(folder, "databases"), await PrivateCluster.StartAsync(Path.Combine(folder, "databases"), new PrivateClusterOptions { ConnectionsMax = ConnectionsMax }));
        for (int i = 0; i < nodes; i++)
        {
            federation._databases.Add(await federation._cluster.CreateDatabaseAsync(string.Create(CultureInfo.InvariantCulture, $"node{i}")));
            federation.Folders.Add(BenchPeering.Init(Path.Combine(folder, Partner(i).Value), Partner(i), federation._databases[i]));
        }
        var open = new List<NodeApplication>();
        try
        {
            foreach (var node in federation.Folders) open.Add(await NodeHost.BuildAsync(node, [], "node", null, null, CancellationToken.None));
            foreach (var (provider, reader) in pairs)
            {
                var entry = await BenchPeering.AgreeAsync(open[provider].App.Services, open[reader].App.Services, Document(Partner(provider), Partner(reader), bothWays));
                federation.Agreements[(provider, reader)] = entry.Agreement.Id;
            }
        }
        finally
        {
            foreach (var node in open) await node.DisposeAsync();
        }
        await using var connection = await federation.ConnectAsync(0);
        await using var command = new NpgsqlCommand("SELECT pg_backend_pid()", connection);
        federation.ServerProcessId = ProcessorTime.ParentOf((int)(await command.ExecuteScalarAsync())!);
        return federation;
    }

    /// <summary>Waits until a node has checked and stored so many records of others.</summary>
    public async Task WaitForRecordsAsync(int node, long records, TimeSpan longest)
    {
        await using var connection = await ConnectAsync(node);
        await using var command = new NpgsqlCommand("SELECT coalesce(sum(record_count), 0) FROM publication WHERE provider IS NOT NULL", connection);
        await command.PrepareAsync();
        using var stop = new CancellationTokenSource(longest);
        while (Convert.ToInt64(await command.ExecuteScalarAsync(stop.Token), CultureInfo.InvariantCulture) < records) await Task.Delay(TimeSpan.FromMilliseconds(50), stop.Token);
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await _cluster.DisposeAsync();
        PrivateCluster.Delete(_folder);
    }

    private static PartnerId Partner(int node) => PartnerId.Parse(string.Create(CultureInfo.InvariantCulture, $"partner-{node}"));

    private async Task<NpgsqlConnection> ConnectAsync(int node)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_databases[node].Owner) { Username = "ssa_admin" }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    private static string Document(PartnerId provider, PartnerId reader, bool bothWays) => $$"""
        kind: ssashare/agreement/v1
        title: Benchmark
        parties: [{{provider}}, {{reader}}]
        valid_from: 2026-01-01T00:00:00Z
        valid_until: 2036-01-01T00:00:00Z
        data_modes: [REAL]
        grants:
          - {id: all{{(bothWays ? "" : $", from: [{provider}]")}}}
        """;
}
