using System.Net;
using System.Security.Authentication;
using Grpc.HealthCheck;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using SsaShare.Exchange;
using SsaShare.Peering;
using SsaShare.Protocol;
using SsaShare.Signing;
using SsaShare.Storage;

namespace SsaShare.Node;

/// <summary>Composes a node: one HTTPS endpoint with gRPC for peers and operators, background pulls, and the store.</summary>
public static class NodeHost
{
    /// <summary>Opens identity and store, migrates, and builds the host; the caller runs and disposes it.</summary>
    /// <param name="folder">The node's folder.</param>
    /// <param name="configuration">Settings beyond those in the folder, which they override: command line, tests.</param>
    /// <param name="role">What the process is, for telemetry: "node" or "fusion".</param>
    /// <param name="addServices">Services of a node that is more than a node.</param>
    /// <param name="mapServices">Their endpoints.</param>
    /// <exception cref="InvalidDataException">The folder holds no node, or its settings are wrong.</exception>
    /// <exception cref="KeyFileException">A key is missing, open to others, encrypted with another passphrase, or not usable.</exception>
    public static async Task<NodeApplication> BuildAsync(NodeFolder folder, IEnumerable<KeyValuePair<string, string?>> configuration, string role,
        Action<IServiceCollection>? addServices, Action<WebApplication>? mapServices, CancellationToken cancellationToken)
    {
        var nodeLock = NodeLock.Take(folder);
        try
        {
            return await BuildAsync(nodeLock, folder, configuration, role, addServices, mapServices, cancellationToken);
        }
        catch
        {
            nodeLock.Dispose();
            throw;
        }
    }

    private static async Task<NodeApplication> BuildAsync(NodeLock nodeLock, NodeFolder folder, IEnumerable<KeyValuePair<string, string?>> configuration, string role,
        Action<IServiceCollection>? addServices, Action<WebApplication>? mapServices, CancellationToken cancellationToken)
    {
        var builder = CreateBuilder();
        builder.Configuration.AddJsonFile(Path.GetFullPath(folder.SettingsFile), optional: true);
        builder.Configuration.AddEnvironmentVariables("SSA_");
        builder.Configuration.AddInMemoryCollection(configuration);
        var keep = RetentionSettings.Read(builder.Configuration);
        // New keys that wait take the old ones' places before any key is read.
        KeyChange.Finish(folder);
        var identity = NodeIdentity.Load(folder, PassphraseSettings.Of(builder.Configuration, folder));
        PassphraseSettings.ForgetEnvironment();
        await OwnKeys.UntilInUseAsync(identity, TimeProvider.System, cancellationToken);
        ConfigureLogging(builder);
        var database = await DatabaseLease.OpenAsync(folder, builder.Configuration, cancellationToken);
        try
        {
            await NodeStore.MigrateAsync(database.OwnerConnection, new NpgsqlConnectionStringBuilder(database.AppConnection).Username!, cancellationToken);
            await NodeStore.SetOwnRetentionAsync(database.OwnerConnection, keep, cancellationToken);
            ConfigureEndpoint(builder, identity);
            AddNode(builder.Services, identity, folder, database.AppConnection);
            AddTimestamps(builder.Services, builder.Configuration);
            AddWatchedFolder(builder.Services, builder.Configuration, folder);
            builder.Services.AddTelemetry(builder.Configuration, identity.Partner, role);
            addServices?.Invoke(builder.Services);

            var app = builder.Build();
            app.UseMiddleware<CallerGate>();
            app.UseMiddleware<CallGuard>();
            app.UseMiddleware<AnswerWriting>();
            app.MapGrpcService<AgreementGrpcService>();
            app.MapGrpcService<ExchangeGrpcService>();
            app.MapGrpcService<NoticeGrpcService>();
            app.MapGrpcService<IdentityGrpcService>();
            app.MapGrpcService<LogGrpcService>();
            app.MapGrpcService<AdminGrpcService>();
            app.MapGrpcService<AuditGrpcService>();
            app.MapGrpcService<TransferGrpcService>();
            app.MapGrpcService<HealthServiceImpl>();
            app.MapGrpcReflectionService();
            app.MapLog();
            WitnessEndpoints.Map(app);
            app.MapIngest();
            mapServices?.Invoke(app);
            await LoadAsync(app, identity, cancellationToken);
            return new NodeApplication(app, database, nodeLock);
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Settings are read once, at the start. Left as it is, the host would watch the current folder and all below it for changed ones: there may lie the database, each of
    /// whose writes would then be work for the node.
    /// </summary>
    internal static WebApplicationBuilder CreateBuilder() => WebApplication.CreateSlimBuilder(["--hostBuilder:reloadConfigOnChange=false"]);

    private static void AddNode(IServiceCollection services, NodeIdentity identity, NodeFolder folder, string appConnection)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(_ => identity);
        services.AddSingleton(folder);
        services.AddSingleton<ILastCheckpoint>(folder);
        services.AddSingleton(new CursorCodec(identity.CursorKey.Span));
        services.AddStorage(appConnection);
        services.AddOptions<PublicationTailOptions>().BindConfiguration("PublicationTail").ValidateDataAnnotations().ValidateOnStart();
        services.AddPeering();
        services.AddOptions<LogOptions>().BindConfiguration("Log");
        services.AddSingleton<CheckpointSigner>();
        services.AddSingleton<LogServer>();
        services.AddSingleton<ICheckpointSigner>(provider => provider.GetRequiredService<CheckpointSigner>());
        services.AddSingleton<WitnessServer>();
        services.AddSingleton<WitnessStatusReader>();
        services.AddSingleton<WitnessEndpoints>();
        services.AddSingleton<RefusalJournal>();
        services.AddSingleton<StrangerPace>();
        services.AddLimits();
        services.AddSingleton<IRecordDegrader>(new RecordDegrader(identity.DegradationKey));
        services.AddSingleton<PullServer>();
        services.AddSingleton<PullTurns>();
        services.AddSingleton<DenialDesk>();
        services.AddSingleton<ReaderStandings>();
        services.AddSingleton<ExchangeDesk>();
        services.AddSingleton<TransferDesk>();
        services.AddSingleton(provider => new Publisher(provider.GetRequiredService<IPublicationStore>(), identity.Partner, identity.SigningKey, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<OwnSensors>();
        services.AddSingleton<IngestDesk>();
        services.AddOptions<QuarantineOptions>().BindConfiguration("Quarantine").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<QuarantineDesk>();
        services.AddSingleton<CertificateWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<CertificateWatch>());
        services.AddSingleton<NodeStatusReader>();
        services.AddSingleton<ExchangeStatusReader>();
        services.AddSingleton<RecordNotices>();
        services.AddSingleton<RecordDesk>();
        services.AddSingleton<EvidenceExporter>();
        services.AddSingleton<LogDesk>();
        services.AddSingleton<AgreementSimulator>();
        services.AddSingleton<DecisionExplainer>();
        services.AddGrpc(options =>
        {
            options.MaxReceiveMessageSize = RequestLimits.MessageBytesMax;
            options.MaxSendMessageSize = PinnedChannel.MessageBytesMax;
            options.Interceptors.Add<FaultInterceptor>();
        });
        services.AddSingleton<HealthServiceImpl>();
        services.AddHostedService<HealthReporter>();
        services.AddGrpcReflection();
        services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(10));
    }

    private static void AddWatchedFolder(IServiceCollection services, IConfiguration configuration, NodeFolder folder)
    {
        if (FolderOptions.Read(configuration, folder.Path) is not { } options) return;
        services.AddSingleton(options);
        services.AddHostedService<FolderWorker>();
    }

    private static void AddTimestamps(IServiceCollection services, IConfiguration configuration)
    {
        if (TimestampOptions.Read(configuration) is not { } options) return;
        services.AddSingleton(options);
        services.AddSingleton<TimestampAuthority>();
        services.AddSingleton<CheckpointTimestamper>();
        services.AddHostedService(provider => provider.GetRequiredService<CheckpointTimestamper>());
    }

    private static void ConfigureEndpoint(WebApplicationBuilder builder, NodeIdentity identity)
    {
        string listen = builder.Configuration["Node:Listen"] is { Length: > 0 } given ? given : $"127.0.0.1:{identity.Card.Card.Endpoint.Port}";
        if (!listen.Contains(':', StringComparison.Ordinal) || !IPEndPoint.TryParse(listen, out var endpoint) || endpoint.Port == 0) throw new InvalidDataException($"Node:Listen is '{listen}'; expected an address and a port such as 127.0.0.1:7101.");
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            KestrelLimits.Set(kestrel);
            kestrel.Listen(endpoint, options =>
            {
                KestrelLimits.Guard(options);
                // gRPC speaks HTTP/2; tiles and witnesses of any C2SP tool HTTP/1.1 as well.
                options.Protocols = HttpProtocols.Http1AndHttp2;
                options.UseHttps(identity.TlsCertificate, https =>
                {
                    https.SslProtocols = SslProtocols.Tls13;
                    KestrelLimits.Set(https, options.ApplicationServices);
                    // Who the certificate belongs to is decided call by call against the pinned cards, which may change while a connection stays;
                    // health alone is open to callers without one.
                    https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
                    https.ClientCertificateValidation = (certificate, _, _) => IsCurrent(certificate);
                });
            });
        });
    }

    private static bool IsCurrent(System.Security.Cryptography.X509Certificates.X509Certificate2 certificate)
    {
        var now = TimeProvider.System.GetUtcNow();
        return certificate.NotBefore.ToUniversalTime() <= now && now <= certificate.NotAfter.ToUniversalTime();
    }

    private static void ConfigureLogging(WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("System", LogLevel.Warning).AddFilter("Npgsql", LogLevel.Warning);
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
        if (builder.Configuration["Logging:Format"] == "text" || (!Console.IsOutputRedirected && builder.Configuration["Logging:Format"] != "json"))
            builder.Logging.AddSimpleConsole(options => (options.SingleLine, options.UseUtcTimestamp, options.TimestampFormat) = (true, true, "yyyy-MM-dd'T'HH:mm:ss.fff'Z' "));
        else
            builder.Logging.AddJsonConsole(options => (options.UseUtcTimestamp, options.TimestampFormat) = (true, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'"));
    }

    private static async Task LoadAsync(WebApplication app, NodeIdentity identity, CancellationToken cancellationToken)
    {
        await app.Services.GetRequiredService<PeerDirectory>().LoadAsync(cancellationToken);
        // Refuses to start over a log that does not extend what was signed before, and before anything is written into it.
        await app.Services.GetRequiredService<CheckpointSigner>().CheckAsync(cancellationToken);
        if (await OwnKeys.RecordAsync(app.Services.GetRequiredService<NodeFolder>(), identity, app.Services.GetRequiredService<IPeerStore>(), cancellationToken) is { } changed)
        {
            NodeLog.OwnKeysChanged(app.Logger, changed.Action, changed.Sequence, changed.Next.Id, changed.Reason);
            if (changed.Cut is { } cut) NodeLog.WasRestored(app.Logger, cut.HeldSize, cut.SeenSize, changed.Previous.Card.LogKey.Name, changed.LogSize, changed.Next.Card.LogKey.Name);
        }
        await app.Services.GetRequiredService<AuditorDirectory>().LoadAsync(cancellationToken);
        await app.Services.GetRequiredService<AgreementBook>().LoadAsync(cancellationToken);
        await app.Services.GetRequiredService<ExchangeControl>().LoadAsync(cancellationToken);
        app.Services.GetRequiredService<NodeStatusReader>();
        await app.Services.GetRequiredService<CheckpointWatch>().LoadAsync(cancellationToken);
        var head = await app.Services.GetRequiredService<INodeLog>().GetHeadAsync(cancellationToken);
        NodeLog.Started(app.Logger, identity.Partner, identity.Card.Card.Endpoint, head.Size);
    }
}

/// <summary>A built node, the database that it may have started, and its folder's lock.</summary>
public sealed class NodeApplication(WebApplication app, DatabaseLease database, NodeLock nodeLock) : IAsyncDisposable
{
    public WebApplication App { get; } = app;

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await database.DisposeAsync();
        nodeLock.Dispose();
    }
}
