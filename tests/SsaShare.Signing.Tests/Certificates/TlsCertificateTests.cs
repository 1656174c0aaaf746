using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SsaShare.Signing.Tests.Certificates;

public class TlsCertificateTests
{
    private static readonly DateTimeOffset NotBefore = new(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void CreateForNode_NamesAndAddresses_AreInTheCertificate()
    {
        using X509Certificate2 certificate = TlsCertificate.CreateForNode("alpha node", ["node.example", "localhost"], [IPAddress.Loopback, IPAddress.IPv6Loopback], NotBefore);
        Assert.True(certificate.MatchesHostname("node.example"));
        Assert.True(certificate.MatchesHostname("localhost"));
        Assert.True(certificate.MatchesHostname("127.0.0.1"));
        Assert.True(certificate.MatchesHostname("::1"));
        Assert.False(certificate.MatchesHostname("other.example"));
        Assert.Equal("CN=alpha node", certificate.Subject);
        Assert.Equal(NotBefore.UtcDateTime, certificate.NotBefore.ToUniversalTime());
        Assert.Equal(NotBefore.AddDays(730).UtcDateTime, certificate.NotAfter.ToUniversalTime());
        Assert.Equal(["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"], Usages(certificate));
        Assert.Equal("1.2.840.10045.3.1.7", certificate.GetECDsaPublicKey()!.ExportParameters(false).Curve.Oid.Value);
    }

    [Fact]
    public void CreateForOperator_Name_IsForClientsOnly()
    {
        using X509Certificate2 certificate = TlsCertificate.CreateForOperator("o.perator", NotBefore, TimeSpan.FromDays(30));
        Assert.Equal(["1.3.6.1.5.5.7.3.2"], Usages(certificate));
        Assert.Equal(NotBefore.AddDays(30).UtcDateTime, certificate.NotAfter.ToUniversalTime());
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("name", 0)]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345", 1)]
    public void CreateForOperator_BadNameOrLifetime_Throws(string name, int days)
        => Assert.Throws<ArgumentException>(() => TlsCertificate.CreateForOperator(name, NotBefore, TimeSpan.FromDays(days)));

    [Fact]
    public void CreateForNode_NoNameAndNoAddress_Throws()
        => Assert.Throws<ArgumentException>(() => TlsCertificate.CreateForNode("alpha", [], [], NotBefore));

    [Fact]
    public void SpkiPin_OfACertificate_IsSha256OfItsKeyInfo()
    {
        using X509Certificate2 certificate = TlsCertificate.CreateForOperator("operator", NotBefore);
        using ECDsa key = certificate.GetECDsaPublicKey()!;
        var pin = SpkiPin.Of(certificate);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo())), pin.ToString());
        Assert.True(SpkiPin.TryParse(pin.ToString(), out SpkiPin parsed));
        Assert.Equal(pin, parsed);
        Assert.False(SpkiPin.TryParse(pin.ToString()[1..], out _));
    }

    [Fact]
    public async Task Handshake_Tls13WithBothCertificates_EachSideSeesTheOthersPin()
    {
        using X509Certificate2 server = TlsCertificate.CreateForNode("server", ["localhost"], [IPAddress.Loopback], DateTimeOffset.UtcNow.AddMinutes(-1));
        using X509Certificate2 client = TlsCertificate.CreateForNode("client", ["localhost"], [], DateTimeOffset.UtcNow.AddMinutes(-1));
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var connection = new TcpClient();
        Task<TcpClient> accept = listener.AcceptTcpClientAsync();
        await connection.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
        using TcpClient accepted = await accept;
        SpkiPin seenByServer = default, seenByClient = default;
        using var serverSide = new SslStream(accepted.GetStream());
        using var clientSide = new SslStream(connection.GetStream());
        Task serving = serverSide.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
        {
            ServerCertificate = server,
            ClientCertificateRequired = true,
            EnabledSslProtocols = SslProtocols.Tls13,
            RemoteCertificateValidationCallback = (_, certificate, _, _) => See(certificate, out seenByServer),
        });
        await clientSide.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            ClientCertificates = [client],
            EnabledSslProtocols = SslProtocols.Tls13,
            RemoteCertificateValidationCallback = (_, certificate, _, _) => See(certificate, out seenByClient),
        });
        await serving;
        Assert.Equal(SpkiPin.Of(client), seenByServer);
        Assert.Equal(SpkiPin.Of(server), seenByClient);
    }

    private static bool See(X509Certificate? certificate, out SpkiPin pin)
    {
        pin = SpkiPin.Of((X509Certificate2)certificate!);
        return true;
    }

    private static string[] Usages(X509Certificate2 certificate)
        => [.. certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().Single().EnhancedKeyUsages.Cast<Oid>().Select(usage => usage.Value!)];
}
