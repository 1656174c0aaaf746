using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SsaShare.Protocol.Agreement.V1;
using SsaShare.Protocol.Exchange.V1;
using SsaShare.Protocol.Log.V1;
using SsaShare.Protocol.Notice.V1;
using SsaShare.Signing;

namespace SsaShare.Peering.Tests;

/// <summary>A partner's node on loopback: real gRPC over TLS 1.3 with client certificates; what it answers, the test says.</summary>
internal sealed class LoopbackPeer : IAsyncDisposable
{
    private WebApplication? _app;
    private X509Certificate2? _certificate;
    private int _port;

    private LoopbackPeer(Party party) => Party = party;

    public Party Party { get; }

    /// <summary>The key of the certificate that the last caller presented.</summary>
    public SpkiPin? LastCaller { get; private set; }

    public Func<DeliverAgreementRequest, CancellationToken, Task<DeliverAgreementResponse>> Deliver { get; set; } = (_, _) => throw Unimplemented();

    public Func<DeliverTransitionRequest, CancellationToken, Task<DeliverTransitionResponse>> Transition { get; set; } = (_, _) => throw Unimplemented();

    public Func<PullRequest, CancellationToken, Task<PullResponse>> Pull { get; set; } = (_, _) => throw Unimplemented();

    public Func<DeliverNoticesRequest, DeliverNoticesResponse> Notices { get; set; } = _ => throw Unimplemented();

    public Func<DeliverDeletionsRequest, DeliverDeletionsResponse> Deletions { get; set; } = _ => throw Unimplemented();

    /// <summary>What it has cosigned of any log, as a note.</summary>
    public Func<CancellationToken, Task<string>> Cosigned { get; set; } = _ => throw Unimplemented();

    public Func<GetConsistencyProofRequest, GetConsistencyProofResponse> Prove { get; set; } = _ => throw Unimplemented();

    public Func<GetCheckpointResponse> Checkpoint { get; set; } = () => throw Unimplemented();

    public static async Task<LoopbackPeer> StartAsync(string partner, TimeProvider time)
    {
        // The port is known first, then the card that names it is made, then the certificate that goes with it is served.
        LoopbackPeer? peer = null;
        var app = await ListenAsync(0, () => peer);
        int port = new Uri(app.Urls.Single()).Port;
        var party = Party.Create(partner, time, port);
        peer = new LoopbackPeer(party) { _app = app, _port = port, _certificate = party.Identity.TlsCertificate };
        return peer;
    }

    /// <summary>Nobody listens any more; calls in flight break off.</summary>
    public async Task StopAsync()
    {
        await _app!.DisposeAsync();
        _app = null;
    }

    public async Task RestartAsync() => _app = await ListenAsync(_port, () => this);

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await StopAsync();
        Party.Dispose();
    }

    private static RpcException Unimplemented() => new(new Status(StatusCode.Unimplemented, "The test does not expect this call."));

    private static async Task<WebApplication> ListenAsync(int port, Func<LoopbackPeer?> peer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(_ => new Agreements(peer()!));
        builder.Services.AddSingleton(_ => new Exchanges(peer()!));
        builder.Services.AddSingleton(_ => new NoticeTaker(peer()!));
        builder.Services.AddSingleton(_ => new Logs(peer()!));
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.UseShutdownTimeout(TimeSpan.FromMilliseconds(100));
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            listen.UseHttps(new HttpsConnectionAdapterOptions
            {
                ServerCertificateSelector = (_, _) => peer()?._certificate,
                SslProtocols = SslProtocols.Tls13,
                ClientCertificateMode = ClientCertificateMode.RequireCertificate,
                ClientCertificateValidation = (_, _, _) => true,
            });
        }));
        var app = builder.Build();
        app.Use(next => http =>
        {
            peer()!.LastCaller = SpkiPin.Of(http.Connection.ClientCertificate!);
            return next(http);
        });
        app.MapGrpcService<Agreements>();
        app.MapGrpcService<Exchanges>();
        app.MapGrpcService<NoticeTaker>();
        app.MapGet("/witness/{hash}/checkpoint", http => WriteAsync(http, peer()!));
        app.MapGrpcService<Logs>();
        await app.StartAsync();
        return app;
    }

    private static async Task WriteAsync(HttpContext http, LoopbackPeer peer) => await http.Response.WriteAsync(await peer.Cosigned(http.RequestAborted), http.RequestAborted);

    public sealed class Agreements(LoopbackPeer peer) : AgreementService.AgreementServiceBase
    {
        public override Task<DeliverAgreementResponse> DeliverAgreement(DeliverAgreementRequest request, ServerCallContext context)
            => peer.Deliver(request, context.CancellationToken);

        public override Task<DeliverTransitionResponse> DeliverTransition(DeliverTransitionRequest request, ServerCallContext context)
            => peer.Transition(request, context.CancellationToken);
    }

    public sealed class Exchanges(LoopbackPeer peer) : ExchangeService.ExchangeServiceBase
    {
        public override Task<PullResponse> Pull(PullRequest request, ServerCallContext context) => peer.Pull(request, context.CancellationToken);
    }

    public sealed class Logs(LoopbackPeer peer) : LogService.LogServiceBase
    {
        public override Task<GetConsistencyProofResponse> GetConsistencyProof(GetConsistencyProofRequest request, ServerCallContext context) => Task.FromResult(peer.Prove(request));

        public override Task<GetCheckpointResponse> GetCheckpoint(GetCheckpointRequest request, ServerCallContext context) => Task.FromResult(peer.Checkpoint());
    }

    public sealed class NoticeTaker(LoopbackPeer peer) : NoticeService.NoticeServiceBase
    {
        public override Task<DeliverNoticesResponse> DeliverNotices(DeliverNoticesRequest request, ServerCallContext context) => Task.FromResult(peer.Notices(request));

        public override Task<DeliverDeletionsResponse> DeliverDeletions(DeliverDeletionsRequest request, ServerCallContext context) => Task.FromResult(peer.Deletions(request));
    }
}
