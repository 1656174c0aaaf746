using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using Grpc.Health.V1;
using Grpc.HealthCheck;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SsaShare.Agreements;
using SsaShare.Exchange;
using SsaShare.Peering;
using SsaShare.Peering.Tests;
using SsaShare.Protocol;
using SsaShare.Protocol.Exchange.V1;
using SsaShare.Signing;

namespace SsaShare.Node.Tests;

/// <summary>A node's endpoint with all of its limits, over stores in memory: what it holds, it gives to two peers, of which one misbehaves.</summary>
internal sealed class GuardedNode : IAsyncDisposable
{
    private readonly ManualTime _homeTime = new();
    private readonly List<IDisposable> _opened = [];
    private WebApplication _app = null!;
    private Home _home = null!;

    private GuardedNode()
        => (Provider, Bad, Good) = (Party.Create("atlantic", _homeTime), Party.Create("pacific", _homeTime), Party.Create("caribbean", _homeTime));

    public Party Provider { get; }
    public Party Bad { get; }
    public Party Good { get; }
    public MemoryOutbox Outbox { get; private set; } = null!;
    public MemoryNodeLog Log { get; } = new();

    /// <summary>Between provider and bad peer, as many as were asked for.</summary>
    public List<Agreement> BadAgreements { get; } = [];
    public Agreement GoodAgreement { get; private set; } = null!;
    public AnswerLimits Answers => _app.Services.GetRequiredService<AnswerLimits>();
    public int Port => new Uri(_app.Urls.Single()).Port;

    /// <param name="time">The node's clock; null for the true one.</param>
    /// <param name="limits">Settings of the limits.</param>
    /// <param name="badAgreements">How many agreements there are with the bad peer.</param>
    public static async Task<GuardedNode> StartAsync(TimeProvider? time = null, Action<LimitOptions>? limits = null, int badAgreements = 1)
    {
        var node = new GuardedNode();
        node._home = await Home.CreateAsync(node.Provider, node._homeTime, node.Bad, node.Good);
        for (int i = 0; i < badAgreements; i++) node.BadAgreements.Add(await node.AgreeAsync(node.Bad, $"Observations {i}"));
        node.GoodAgreement = await node.AgreeAsync(node.Good, "Observations");
        node.Outbox = new MemoryOutbox(time ?? TimeProvider.System);
        await node.ListenAsync(time ?? TimeProvider.System, limits ?? (_ => { }));
        return node;
    }

    public void Publish(int records) => Outbox.Add(Sample.Publish(Provider, _homeTime, Sample.Records(Provider, records)));

    public static PullRequest Request(Agreement agreement, int recordsMax = 10_000) => new() { AgreementId = agreement.Id.Value.ToWire(), RecordsMax = recordsMax };

    /// <summary>A pull of the good peer on a connection of its own: served as if it were alone.</summary>
    public async Task<int> PullWellAsync()
    {
        using var channel = GrpcChannel.ForAddress($"https://127.0.0.1:{Port}", new GrpcChannelOptions { HttpHandler = Handler(Good), DisposeHttpClient = true, MaxReceiveMessageSize = PinnedChannel.MessageBytesMax });
        var answer = await new ExchangeService.ExchangeServiceClient(channel).PullAsync(Request(GoodAgreement), deadline: DateTime.UtcNow.AddSeconds(30));
        return answer.Slices.Sum(slice => slice.Records.Count);
    }

    /// <summary>Connects as a caller; null for one without a certificate.</summary>
    public SocketsHttpHandler Handler(Party? caller) => new()
    {
        EnableMultipleHttp2Connections = true,
        SslOptions = new SslClientAuthenticationOptions
        {
            EnabledSslProtocols = SslProtocols.Tls13,
            LocalCertificateSelectionCallback = caller is null ? null : (_, _, _, _, _) => caller.Identity.TlsCertificate,
            ClientCertificates = caller is null ? null : [caller.Identity.TlsCertificate],
            RemoteCertificateValidationCallback = (_, server, _, _) => PinnedChannel.IsPinned(server, Provider.Card.Card.TlsPins),
        },
    };

    public HttpClient Client(Party? caller)
    {
        var http = new HttpClient(Handler(caller)) { BaseAddress = new Uri($"https://127.0.0.1:{Port}"), DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        _opened.Add(http);
        return http;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var one in _opened) one.Dispose();
        await _app.DisposeAsync();
        _home.Dispose();
        foreach (var party in new[] { Provider, Bad, Good }) party.Dispose();
    }

    private async Task<Agreement> AgreeAsync(Party with, string title)
    {
        var agreement = Pact.Between([Provider, with], _homeTime, title);
        await _home.Book.KeepAsync(agreement.SignedBy(Provider, with), with.Partner, CancellationToken.None);
        return agreement;
    }

    private async Task ListenAsync(TimeProvider time, Action<LimitOptions> limits)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseShutdownTimeout(TimeSpan.FromMilliseconds(100));
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            KestrelLimits.Set(kestrel);
            kestrel.Listen(IPAddress.Loopback, 0, listen =>
            {
                KestrelLimits.Guard(listen);
                listen.Protocols = HttpProtocols.Http1AndHttp2;
                listen.UseHttps(Provider.Identity.TlsCertificate, https =>
                {
                    https.SslProtocols = SslProtocols.Tls13;
                    KestrelLimits.Set(https, listen.ApplicationServices);
                    https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
                    https.ClientCertificateValidation = (_, _, _) => true;
                });
            });
        });
        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton(_ => Provider.Identity);
        builder.Services.AddSingleton(_ => _home.Directory);
        builder.Services.AddSingleton(_ => _home.Auditors);
        builder.Services.AddSingleton(_ => _home.Book);
        builder.Services.AddSingleton(Provider.Folder);
        builder.Services.AddSingleton<ILastCheckpoint>(Provider.Folder);
        builder.Services.AddSingleton(new CursorCodec(Provider.Identity.CursorKey.Span));
        builder.Services.AddSingleton<IOutbox>(Outbox);
        builder.Services.AddSingleton<IRelayFeed>(new MemoryRelayFeed());
        builder.Services.AddSingleton<IRecordDegrader>(new RecordDegrader(Provider.Identity.DegradationKey));
        builder.Services.AddSingleton<INodeLog>(Log);
        builder.Services.AddSingleton<CheckpointSigner>();
        builder.Services.AddSingleton<RefusalJournal>();
        builder.Services.AddSingleton<PullTurns>();
        builder.Services.AddSingleton<PullServer>();
        builder.Services.AddSingleton<DenialDesk>();
        builder.Services.AddSingleton<ReaderStandings>();
        builder.Services.AddSingleton<ExchangeDesk>();
        builder.Services.AddSingleton<HealthServiceImpl>();
        builder.Services.AddLimits();
        builder.Services.Configure(limits);
        builder.Services.AddGrpc(options =>
        {
            options.MaxReceiveMessageSize = RequestLimits.MessageBytesMax;
            options.MaxSendMessageSize = PinnedChannel.MessageBytesMax;
        });
        _app = builder.Build();
        _app.UseMiddleware<CallerGate>();
        _app.UseMiddleware<CallGuard>();
        _app.UseMiddleware<AnswerWriting>();
        _app.MapGrpcService<ExchangeGrpcService>();
        _app.MapGrpcService<LogGrpcService>();
        _app.MapGrpcService<HealthServiceImpl>();
        _app.Services.GetRequiredService<HealthServiceImpl>().SetStatus("", HealthCheckResponse.Types.ServingStatus.Serving);
        await _app.StartAsync();
    }
}
