using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Npgsql;
using SsaShare.Exchange;

namespace SsaShare.Storage;

/// <summary>Registers the ports of SsaShare.Exchange over PostgreSQL.</summary>
public static class StorageServices
{
    /// <param name="services">The host's services.</param>
    /// <param name="appConnectionString">Of the app role; the database is migrated already: <see cref="NodeStore.MigrateAsync"/>.</param>
    public static IServiceCollection AddStorage(this IServiceCollection services, string appConnectionString)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => new NpgsqlDataSourceBuilder(Durable(appConnectionString)).UseLoggerFactory(provider.GetService<ILoggerFactory>()).Build());
        services.TryAddSingleton<NewsSignal>();
        services.TryAddSingleton<NodeDatabase>();
        services.TryAddSingleton<LabelBook>();
        services.TryAddSingleton<ObservationPartitions>();
        services.TryAddSingleton<RecordLoader>();
        services.AddOptions<PublicationTailOptions>();
        services.TryAddSingleton<PublicationTail>();
        services.TryAddSingleton<IPublicationStore, PublicationStore>();
        services.TryAddSingleton<IOutbox, OutboxStore>();
        services.TryAddSingleton<IRelayFeed, RelayFeed>();
        services.TryAddSingleton<IInbox, InboxStore>();
        services.TryAddSingleton<IReleaseLedger, ReleaseLedger>();
        services.TryAddSingleton<IRecordReader, RecordReader>();
        services.TryAddSingleton<IRecordFinder, RecordFinder>();
        services.TryAddSingleton<IFeedOutlines, FeedOutlines>();
        services.TryAddSingleton<INodeLog, NodeLogStore>();
        services.TryAddSingleton<IPeerStore, PeerStore>();
        services.TryAddSingleton<IAgreementStore, AgreementStore>();
        services.TryAddSingleton<IAssociationStore, AssociationStore>();
        services.TryAddSingleton<IConjunctionLedger, ConjunctionLedger>();
        services.TryAddSingleton<INoticeStore, NoticeStore>();
        services.TryAddSingleton<IRecordRemovals, RecordRemovals>();
        services.TryAddSingleton<IRecordPlaces, RecordPlaces>();
        services.TryAddSingleton<IRetentionStore, RetentionStore>();
        services.TryAddSingleton<IOwnRetention, OwnRetention>();
        services.TryAddSingleton<IInboxSnapshots, InboxSnapshots>();
        services.TryAddSingleton<IExchangeRestarts, ExchangeRestarts>();
        services.TryAddSingleton<ITimestampStore, TimestampStore>();
        services.TryAddSingleton<ICosignedCheckpoints, CosignedCheckpoints>();
        services.TryAddSingleton<IWitnessStore, WitnessStore>();
        services.TryAddSingleton<ILogSearch, LogSearch>();
        services.TryAddSingleton<IAuditorStore, AuditorStore>();
        services.TryAddSingleton<IQuarantineStore, QuarantineStore>();
        services.TryAddSingleton<IStandingStore, StandingStore>();
        return services;
    }

    /// <summary>Statements that each connection keeps prepared, when they come again: reading and planning them anew is a good part of what a small one costs.</summary>
    private const int PreparedMax = 100;

    /// <summary>What is confirmed has reached the disk, whatever the server's own setting. Options that the operator gives stay as they are.</summary>
    private static string Durable(string connectionString)
    {
        var connection = new NpgsqlConnectionStringBuilder(connectionString);
        if (string.IsNullOrEmpty(connection.Options)) connection.Options = "-c synchronous_commit=on";
        if (!connection.ShouldSerialize("Max Auto Prepare")) connection.MaxAutoPrepare = PreparedMax;
        return connection.ConnectionString;
    }
}
