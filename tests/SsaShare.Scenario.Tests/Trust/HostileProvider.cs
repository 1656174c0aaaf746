using System.Collections.Concurrent;
using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Google.Protobuf;
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

namespace SsaShare.Scenario.Tests.Trust;

/// <summary>A provider's endpoint that answers pulls with whatever a test wants; pulls under agreements of other tests wait.</summary>
internal sealed class HostileProvider : IAsyncDisposable
{
    private const string PullPath = "/ssashare.exchange.v1.ExchangeService/Pull";
    private readonly WebApplication _app;
    private readonly Answers _answers;

    private HostileProvider(WebApplication app, Answers answers) => (_app, _answers) = (app, answers);

    /// <param name="partner">Whose endpoint it is.</param>
    /// <param name="certificate">What it presents: the partner's own, or another.</param>
    public static async Task<HostileProvider> StartAsync(ActingPartner partner, X509Certificate2 certificate)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, partner.Card.Card.Endpoint.Port, options =>
        {
            options.Protocols = HttpProtocols.Http2;
            options.UseHttps(certificate, https =>
            {
                https.SslProtocols = SslProtocols.Tls13;
                https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
                https.ClientCertificateValidation = (_, _, _) => true;
            });
        }));
        var answers = new Answers();
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(answers);
        var app = builder.Build();
        app.Use(async (context, next) =>
        {
            if (answers.Raw is not { } raw || context.Request.Path != PullPath) await next();
            else
            {
                Interlocked.Increment(ref answers.RawCalls);
                context.Response.ContentType = "application/grpc";
                await raw(context);
            }
        });
        app.MapGrpcService<Exchange>();
        app.MapGrpcService<Agreements>();
        await app.StartAsync();
        return new HostileProvider(app, answers);
    }

    /// <summary>How pulls under this agreement are answered from now on.</summary>
    public void Answer(ByteString agreement, Func<PullRequest, PullResponse> answer) => _answers.ByAgreement[agreement] = answer;

    /// <summary>Answers every pull from now on with bytes of the test's own, below gRPC; null for messages again.</summary>
    public Func<HttpContext, Task>? Raw { set => _answers.Raw = value; }

    /// <summary>Pulls that were answered with <see cref="Raw"/>.</summary>
    public int RawCalls => Volatile.Read(ref _answers.RawCalls);

    /// <summary>Calls that reached a handler.</summary>
    public int Calls => _answers.Calls;

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private sealed class Answers
    {
        public ConcurrentDictionary<ByteString, Func<PullRequest, PullResponse>> ByAgreement { get; } = new();
        public Func<HttpContext, Task>? Raw;
        public int Calls, RawCalls;
    }

    private sealed class Exchange(Answers answers) : ExchangeService.ExchangeServiceBase
    {
        public override async Task<PullResponse> Pull(PullRequest request, ServerCallContext context)
        {
            Interlocked.Increment(ref answers.Calls);
            if (answers.ByAgreement.TryGetValue(request.AgreementId, out var answer)) return answer(request);
            await Task.Delay(500, context.CancellationToken);
            throw new RpcException(new Status(StatusCode.NotFound, "There is no such agreement with you."));
        }
    }

    /// <summary>Returns what it is given, as a party that has nothing to add.</summary>
    private sealed class Agreements : AgreementService.AgreementServiceBase
    {
        public override Task<DeliverAgreementResponse> DeliverAgreement(DeliverAgreementRequest request, ServerCallContext context)
            => Task.FromResult(new DeliverAgreementResponse { Envelope = request.Envelope });
    }
}
