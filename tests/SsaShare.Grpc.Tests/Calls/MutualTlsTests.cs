using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace SsaShare.Grpc.Tests.Calls;

public sealed class MutualTlsTests : IAsyncLifetime
{
    private readonly X509Certificate2 _serverCertificate = Certificate("server");
    private readonly X509Certificate2 _clientCertificate = Certificate("partner-a");
    private readonly X509Certificate2 _strangerCertificate = Certificate("stranger");
    private WebApplication? _app;

    public async ValueTask InitializeAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddGrpc();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            listen.UseHttps(new HttpsConnectionAdapterOptions
            {
                ServerCertificate = _serverCertificate,
                SslProtocols = SslProtocols.Tls13,
                ClientCertificateMode = ClientCertificateMode.RequireCertificate,
                ClientCertificateValidation = (certificate, _, _) => certificate.RawDataMemory.Span.SequenceEqual(_clientCertificate.RawDataMemory.Span),
            });
        }));
        builder.Services.AddSingleton(new ScriptedService
        {
            Unary = (_, context) => Task.FromResult(new SimpleResponse
            {
                Username = $"{context.AuthContext.PeerIdentity.Single().Value} {context.AuthContext.PeerIdentityPropertyName}",
                OauthScope = context.Peer,
            }),
        });
        _app = builder.Build();
        _app.MapGrpcService<ScriptedService>();
        await _app.StartAsync();
    }

    [Fact]
    public async Task Call_WithThePinnedCertificate_HandlerKnowsThePeer()
    {
        using GrpcChannel channel = CreateChannel(_clientCertificate);
        SimpleResponse response = await new TestService.TestServiceClient(channel).UnaryCallAsync(new SimpleRequest());
        Assert.Equal("partner-a x509_common_name", response.Username);
        Assert.StartsWith("ipv4:127.0.0.1:", response.OauthScope, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_WithAnotherCertificate_Unavailable()
    {
        using GrpcChannel channel = CreateChannel(_strangerCertificate);
        RpcException exception = await Assert.ThrowsAsync<RpcException>(
            async () => await new TestService.TestServiceClient(channel).UnaryCallAsync(new SimpleRequest()));
        Assert.Equal(StatusCode.Unavailable, exception.StatusCode);
    }

    [Fact]
    public async Task Call_ToAServerThatIsNotThePinnedOne_UnavailableAndNothingIsSent()
    {
        using GrpcChannel channel = CreateChannel(_clientCertificate, expectedServer: _strangerCertificate);
        RpcException exception = await Assert.ThrowsAsync<RpcException>(
            async () => await new TestService.TestServiceClient(channel).UnaryCallAsync(new SimpleRequest()));
        Assert.Equal(StatusCode.Unavailable, exception.StatusCode);
    }

    public async ValueTask DisposeAsync()
    {
        await _app!.DisposeAsync();
        _serverCertificate.Dispose();
        _clientCertificate.Dispose();
        _strangerCertificate.Dispose();
    }

    private static X509Certificate2 Certificate(string name)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }

    private GrpcChannel CreateChannel(X509Certificate2 certificate, X509Certificate2? expectedServer = null)
    {
        byte[] expected = (expectedServer ?? _serverCertificate).RawData;
        return GrpcChannel.ForAddress(_app!.Urls.Single(), new GrpcChannelOptions
        {
            DisposeHttpClient = true,
            HttpHandler = new SocketsHttpHandler
            {
                SslOptions = new SslClientAuthenticationOptions
                {
                    EnabledSslProtocols = SslProtocols.Tls13,
                    ClientCertificates = [certificate],
                    RemoteCertificateValidationCallback = (_, server, _, _) => server is not null && server.GetRawCertData().SequenceEqual(expected),
                },
            },
        });
    }
}
