using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.HealthCheck;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SsaShare.Peering;
using SsaShare.Peering.Tests;
using SsaShare.Protocol.Admin.V1;
using SsaShare.Protocol.Log.V1;
using SsaShare.Signing;

namespace SsaShare.Node.Tests;

/// <summary>The gate before services on a real endpoint: TLS 1.3 on loopback, client certificates allowed as a node allows them.</summary>
public sealed partial class CallerGateTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private readonly Party _atlantic, _pacific, _stranger;
    private readonly List<IDisposable> _opened = [];
    private Home _home = null!;
    private WebApplication _app = null!;

    public CallerGateTests()
        => (_atlantic, _pacific, _stranger) = (Party.Create("atlantic", _time), Party.Create("pacific", _time), Party.Create("stranger", _time));

    public async ValueTask InitializeAsync()
    {
        _home = await Home.CreateAsync(_atlantic, _time, _pacific);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, 0, listen =>
            {
                listen.Protocols = HttpProtocols.Http1AndHttp2;
                listen.UseHttps(_atlantic.Identity.TlsCertificate, https =>
                {
                    https.SslProtocols = SslProtocols.Tls13;
                    https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
                    https.ClientCertificateValidation = (_, _, _) => true;
                });
            });
        });
        builder.Services.AddSingleton(_ => _atlantic.Identity);
        builder.Services.AddSingleton(_ => _home.Directory);
        builder.Services.AddSingleton(_ => _home.Auditors);
        builder.Services.AddSingleton<ILastCheckpoint>(_atlantic.Folder);
        builder.Services.AddSingleton<SsaShare.Exchange.INodeLog>(new MemoryNodeLog());
        builder.Services.AddSingleton<CheckpointSigner>();
        builder.Services.AddSingleton<HealthServiceImpl>();
        builder.Services.AddSingleton<RefusalPace>();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddGrpc();
        _app = builder.Build();
        _app.UseMiddleware<CallerGate>();
        _app.MapGrpcService<LogGrpcService>();
        _app.MapGrpcService<StatusOnly>();
        _app.MapGrpcService<HealthServiceImpl>();
        MapPaths(_app);
        _app.Services.GetRequiredService<HealthServiceImpl>().SetStatus("", HealthCheckResponse.Types.ServingStatus.Serving);
        await _app.StartAsync();
    }

    [Fact]
    public async Task Call_OfAPinnedNode_IsLetIn()
        => Assert.NotEmpty((await new LogService.LogServiceClient(Channel(_pacific.Identity.TlsCertificate)).GetCheckpointAsync(new GetCheckpointRequest())).CheckpointNote);

    [Fact]
    public async Task Call_OfTheOwnOperator_IsLetInAndNamed()
        => Assert.Equal($"atlantic {CallerKind.Operator}", (await AdminAsync(Channel(Operator(_atlantic)))).PartnerId);

    [Fact]
    public async Task Call_WithoutACertificate_IsRefused() => await RefusedAsync(StatusCode.Unauthenticated, "certificate", AdminAsync(Channel(null)));

    [Fact]
    public async Task Call_OfAnUnpinnedKey_IsRefusedAndToldItsPin()
        => await RefusedAsync(StatusCode.Unauthenticated, SpkiPin.Of(_stranger.Identity.TlsCertificate).ToString(), AdminAsync(Channel(_stranger.Identity.TlsCertificate)));

    [Fact]
    public async Task Call_OfAnotherRole_IsRefused()
    {
        await RefusedAsync(StatusCode.PermissionDenied, "The node of 'pacific'", AdminAsync(Channel(_pacific.Identity.TlsCertificate)));
        await RefusedAsync(StatusCode.PermissionDenied, "The operator of 'pacific'", AdminAsync(Channel(Operator(_pacific))));
        await RefusedAsync(StatusCode.PermissionDenied, "The node of 'atlantic'", AdminAsync(Channel(_atlantic.Identity.TlsCertificate)));
    }

    [Fact]
    public async Task Call_OfACardThatIsPinnedLater_IsLetInOnTheSameConnection()
    {
        var client = new LogService.LogServiceClient(Channel(_stranger.Identity.TlsCertificate));
        await RefusedAsync(StatusCode.Unauthenticated, "pinned", client.GetCheckpointAsync(new GetCheckpointRequest()).ResponseAsync);
        Assert.Null(await _home.Directory.TryAddAsync(_stranger.Card, CancellationToken.None));
        Assert.NotEmpty((await client.GetCheckpointAsync(new GetCheckpointRequest())).CheckpointNote);
    }

    [Fact]
    public async Task Health_WithoutACertificate_IsAnswered()
        => Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, (await HealthAsync("")).Status);

    [Fact]
    public async Task Health_OfARequestThatIsNotSmall_IsRefused()
    {
        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(() => HealthAsync(new string('x', 900)))).StatusCode);
        var refusal = await Assert.ThrowsAsync<RpcException>(() => HealthAsync(new string('x', 2_000_000)));
        Assert.NotEqual(StatusCode.NotFound, refusal.StatusCode);
    }

    [Fact]
    public async Task Refusal_IsAnsweredBeforeTheBodyIsRead()
    {
        using var http = new HttpClient(Handler(null));
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Address}/ssashare.admin.v1.AdminService/GetStatus")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new EndlessContent(),
        };
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal("16", response.Headers.GetValues("grpc-status").Single());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var one in _opened) one.Dispose();
        await _app.DisposeAsync();
        _home.Dispose();
        foreach (var party in new[] { _atlantic, _pacific, _stranger }) party.Dispose();
    }

    private string Address => _app.Urls.Single();

    private X509Certificate2 Operator(Party party) => Keep(KeyFile.ReadCertificate(party.Folder.OperatorFile));

    private T Keep<T>(T one)
        where T : IDisposable
    {
        _opened.Insert(0, one);
        return one;
    }

    private GrpcChannel Channel(X509Certificate2? certificate)
        => Keep(GrpcChannel.ForAddress(Address, new GrpcChannelOptions { HttpHandler = Handler(certificate), DisposeHttpClient = true }));

    private SocketsHttpHandler Handler(X509Certificate2? certificate) => new()
    {
        SslOptions = new SslClientAuthenticationOptions
        {
            EnabledSslProtocols = SslProtocols.Tls13,
            LocalCertificateSelectionCallback = certificate is null ? null : (_, _, _, _, _) => certificate,
            ClientCertificates = certificate is null ? null : [certificate],
            RemoteCertificateValidationCallback = (_, server, _, _) => PinnedChannel.IsPinned(server, _atlantic.Card.Card.TlsPins),
        },
    };

    private Task<HealthCheckResponse> HealthAsync(string service) => new Health.HealthClient(Channel(null)).CheckAsync(new HealthCheckRequest { Service = service }).ResponseAsync;

    private static Task<GetStatusResponse> AdminAsync(GrpcChannel channel) => new AdminService.AdminServiceClient(channel).GetStatusAsync(new GetStatusRequest()).ResponseAsync;

    private static async Task RefusedAsync<T>(StatusCode code, string reason, Task<T> call)
    {
        var refusal = await Assert.ThrowsAsync<RpcException>(() => call);
        Assert.Equal(code, refusal.StatusCode);
        Assert.Contains(reason, refusal.Status.Detail, StringComparison.Ordinal);
    }

    /// <summary>Says who the gate found.</summary>
    public sealed class StatusOnly : AdminService.AdminServiceBase
    {
        public override Task<GetStatusResponse> GetStatus(GetStatusRequest request, ServerCallContext context)
            => Task.FromResult(new GetStatusResponse { PartnerId = $"{Callers.Of(context).Partner} {Callers.Of(context).Kind}" });
    }

    /// <summary>A body of which one byte comes and never an end.</summary>
    private sealed class EndlessContent : HttpContent
    {
        public EndlessContent() => Headers.ContentType = new MediaTypeHeaderValue("application/grpc");

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(new byte[1]);
            await stream.FlushAsync();
            await Task.Delay(TimeSpan.FromSeconds(30));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
