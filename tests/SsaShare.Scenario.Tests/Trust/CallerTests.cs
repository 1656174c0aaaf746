using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Grpc.Core;
using Grpc.Health.V1;
using SsaShare.Peering;
using SsaShare.Protocol.Admin.V1;
using SsaShare.Protocol.Audit.V1;
using SsaShare.Protocol.Exchange.V1;
using SsaShare.Signing;

namespace SsaShare.Scenario.Tests.Trust;

/// <summary>Who gets in at all.</summary>
[Collection(TrustTests.Name)]
public sealed class CallerTests(TrustFixture trust)
{
    private const int WithoutCertificate = 110, Unknown = 111, NotAllowed = 112;

    [Fact]
    public async Task Call_WithoutCertificate_IsUnauthenticatedExceptHealth()
    {
        var channel = trust.Stranger.Open(trust.Node, certificate: null);
        await trust.RefusedAsync(StatusCode.Unauthenticated, WithoutCertificate, async () => await new AdminService.AdminServiceClient(channel).GetStatusAsync(new()));
        await trust.RefusedAsync(StatusCode.Unauthenticated, WithoutCertificate, async () => await new ExchangeService.ExchangeServiceClient(channel).PullAsync(new()));
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, (await new Health.HealthClient(channel).CheckAsync(new())).Status);
    }

    [Fact]
    public async Task Call_WithUnpinnedCertificate_IsUnauthenticatedExceptHealth()
    {
        var channel = trust.Stranger.Open(trust.Node, trust.Stranger.Identity.TlsCertificate);
        await trust.RefusedAsync(StatusCode.Unauthenticated, Unknown, async () => await new ExchangeService.ExchangeServiceClient(channel).PullAsync(new()));
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, (await new Health.HealthClient(channel).CheckAsync(new())).Status);
    }

    [Fact]
    public async Task Admin_CalledByPeersOfAnyKind_IsDenied()
    {
        foreach (var certificate in new[] { trust.Pacific.Identity.TlsCertificate, trust.Pacific.OperatorCertificate, trust.Node.Identity.TlsCertificate })
        {
            var channel = trust.Pacific.Open(trust.Node, certificate);
            var (admin, audit) = (new AdminService.AdminServiceClient(channel), new AuditService.AuditServiceClient(channel));
            await trust.RefusedAsync(StatusCode.PermissionDenied, NotAllowed, async () => await admin.GetStatusAsync(new()));
            await trust.RefusedAsync(StatusCode.PermissionDenied, NotAllowed, async () => await admin.SignAgreementAsync(new()));
            await trust.RefusedAsync(StatusCode.PermissionDenied, NotAllowed, async () => await admin.AddPeerAsync(new() { NodeCard = Google.Protobuf.ByteString.CopyFrom(trust.Stranger.Card.ToJson()) }));
            await trust.RefusedAsync(StatusCode.PermissionDenied, NotAllowed, async () => await audit.ExportEvidence(new()).ResponseStream.MoveNext(default));
            await trust.RefusedAsync(StatusCode.PermissionDenied, NotAllowed, async () => await admin.PublishFile());
        }
        Assert.Equal(0L, await trust.Node.ScalarAsync<long>("SELECT count(*) FROM peer WHERE partner = 'stranger'"));
    }

    [Fact]
    public async Task Exchange_CalledByOperators_IsDenied()
    {
        var theirs = new ExchangeService.ExchangeServiceClient(trust.Pacific.Open(trust.Node, trust.Pacific.OperatorCertificate));
        await trust.RefusedAsync(StatusCode.PermissionDenied, NotAllowed, async () => await theirs.PullAsync(new()));
        await trust.RefusedAsync(StatusCode.PermissionDenied, NotAllowed, async () => await new ExchangeService.ExchangeServiceClient(trust.Node.Channel).PullAsync(new()));
    }

    [Fact]
    public async Task PlainText_Http2_IsNotServed()
    {
        using var client = new HttpClient(new SocketsHttpHandler()) { DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using var request = new HttpRequestMessage(HttpMethod.Post, new UriBuilder(trust.Node.Card.Card.Endpoint) { Scheme = "http", Path = "/grpc.health.v1.Health/Check" }.Uri)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent([0, 0, 0, 0, 0]),
        };
        await Assert.ThrowsAsync<HttpRequestException>(() => client.SendAsync(request));
    }

    [Theory]
    [InlineData(SslProtocols.Tls12, false)]
    [InlineData(SslProtocols.Tls13, true)]
    public async Task Handshake_OfTls_SucceedsOnlyWith13(SslProtocols protocol, bool succeeds)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, trust.Node.Card.Card.Endpoint.Port);
        using var tls = new SslStream(socket.GetStream());
        var handshake = tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "127.0.0.1",
            EnabledSslProtocols = protocol,
            ApplicationProtocols = [SslApplicationProtocol.Http2],
            RemoteCertificateValidationCallback = (_, certificate, _, _) => PinnedChannel.IsPinned(certificate, trust.Node.Card.Card.TlsPins),
        });
        if (succeeds) await handshake;
        else await Assert.ThrowsAnyAsync<Exception>(() => handshake);
        Assert.Equal(succeeds, tls.IsAuthenticated);
    }

    [Fact]
    public async Task Server_WithOtherKeyThanItsCard_IsRefusedByTheClient()
    {
        var real = trust.Node.Card.Card;
        var impostor = new NodeCard(real.PartnerId, real.DisplayName, real.Endpoint, real.SigningKey, real.LogKey, real.WitnessKey, real.RecoveryKey, trust.Stranger.Card.Card.TlsPins, real.OperatorPins, real.IssuedAt, real.Previous, real.Sequence);
        using var channel = PinnedChannel.Open(impostor, trust.Pacific.Identity.TlsCertificate);
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await new Health.HealthClient(channel).CheckAsync(new()));
        Assert.Equal(StatusCode.Unavailable, refused.StatusCode);
    }
}
