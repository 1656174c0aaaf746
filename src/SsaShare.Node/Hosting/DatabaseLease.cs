using Microsoft.Extensions.Configuration;
using SsaShare.Peering;
using SsaShare.Storage;

namespace SsaShare.Node;

/// <summary>
/// A node's database: the server that its settings name, or a private cluster in the node's folder, which then lives as long as this.
/// </summary>
public sealed class DatabaseLease : IAsyncDisposable
{
    private readonly PrivateCluster? _cluster;

    private DatabaseLease(string appConnection, string ownerConnection, PrivateCluster? cluster)
        => (AppConnection, OwnerConnection, _cluster) = (appConnection, ownerConnection, cluster);

    /// <summary>Of the role with which the node runs; it cannot change what the log holds.</summary>
    public string AppConnection { get; }

    /// <summary>Of the role that owns the schema; used for migrations alone.</summary>
    public string OwnerConnection { get; }

    /// <exception cref="InvalidDataException">Only one of the two connections is given.</exception>
    public static async Task<DatabaseLease> OpenAsync(NodeFolder folder, IConfiguration configuration, CancellationToken cancellationToken)
    {
        switch (configuration["Database:App"], configuration["Database:Owner"])
        {
            case ({ Length: > 0 } app, { Length: > 0 } owner):
                return new DatabaseLease(app, owner, null);
            case (null or "", null or ""):
                var cluster = await PrivateCluster.StartAsync(Path.Combine(folder.Path, "postgres"), cancellationToken: cancellationToken);
                var database = await cluster.CreateDatabaseAsync("node", cancellationToken);
                return new DatabaseLease(database.App, database.Owner, cluster);
            default:
                throw new InvalidDataException("Database:App and Database:Owner go together: give both connections, or neither for a private cluster.");
        }
    }

    public ValueTask DisposeAsync() => _cluster?.DisposeAsync() ?? ValueTask.CompletedTask;
}
