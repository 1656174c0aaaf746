using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SsaShare.Exchange;

namespace SsaShare.Storage.Tests;

/// <summary>A migrated database of its own for a test class, with the ports over it.</summary>
public sealed class NodeFixture(TestCluster cluster) : IAsyncLifetime
{
    private readonly List<ServiceProvider> _hosts = [];

    public DatabaseConnections Connections { get; private set; } = null!;
    public ServiceProvider Host { get; private set; } = null!;
    public NpgsqlDataSource OwnerSource { get; private set; } = null!;
    public NpgsqlDataSource Source => Host.GetRequiredService<NpgsqlDataSource>();
    public IPublicationStore Publications => Host.GetRequiredService<IPublicationStore>();
    public IOutbox Outbox => Host.GetRequiredService<IOutbox>();
    public IReleaseLedger Ledger => Host.GetRequiredService<IReleaseLedger>();
    public IInbox Inbox => Host.GetRequiredService<IInbox>();
    public IRecordReader Records => Host.GetRequiredService<IRecordReader>();
    public INodeLog Log => Host.GetRequiredService<INodeLog>();
    public IPeerStore Peers => Host.GetRequiredService<IPeerStore>();
    public IAgreementStore Agreements => Host.GetRequiredService<IAgreementStore>();
    public IAssociationStore Associations => Host.GetRequiredService<IAssociationStore>();
    public IConjunctionLedger Conjunctions => Host.GetRequiredService<IConjunctionLedger>();

    public INoticeStore Notices => Host.GetRequiredService<INoticeStore>();
    public IRecordRemovals Removals => Host.GetRequiredService<IRecordRemovals>();
    public IRecordPlaces Places => Host.GetRequiredService<IRecordPlaces>();
    public IRelayFeed Relay => Host.GetRequiredService<IRelayFeed>();
    public ICosignedCheckpoints Cosigned => Host.GetRequiredService<ICosignedCheckpoints>();
    public IWitnessStore Witness => Host.GetRequiredService<IWitnessStore>();
    public ILogSearch Search => Host.GetRequiredService<ILogSearch>();
    public IAuditorStore Auditors => Host.GetRequiredService<IAuditorStore>();
    public IRetentionStore Retention => Host.GetRequiredService<IRetentionStore>();
    public IStandingStore Standing => Host.GetRequiredService<IStandingStore>();
    public ITimestampStore Timestamps => Host.GetRequiredService<ITimestampStore>();
    public IQuarantineStore Quarantine => Host.GetRequiredService<IQuarantineStore>();

    public async ValueTask InitializeAsync()
    {
        Connections = await cluster.CreateDatabaseAsync();
        await NodeStore.MigrateAsync(Connections.Owner, Connections.AppRole, CancellationToken.None);
        OwnerSource = NpgsqlDataSource.Create(Connections.Owner);
        Host = StartHost();
    }

    /// <summary>The ports as another process of the same node would have them: own connections, own caches, own signal.</summary>
    public ServiceProvider StartHost()
    {
        var host = new ServiceCollection().AddStorage(Connections.App).BuildServiceProvider();
        _hosts.Add(host);
        return host;
    }

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = OwnerSource.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts) await host.DisposeAsync();
        await OwnerSource.DisposeAsync();
    }
}
