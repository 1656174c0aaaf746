using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Grpc.Net.Client;
using SsaShare.Signing;

namespace SsaShare.Peering;

/// <summary>gRPC channels over TLS 1.3 with a client certificate, to a server known by the pin of its key and by nothing else.</summary>
public static class PinnedChannel
{
    /// <summary>Largest message sent, bytes: a pull of 10,000 records fits.</summary>
    public const int MessageBytesMax = 64 * 1024 * 1024;

    /// <summary>Largest answer read, bytes; a longer one is cut off as soon as it says how long it is, and fewer records are asked for.</summary>
    public const int AnswerBytesMax = 32 * 1024 * 1024;

    /// <summary>What a server may send of an answer before this side has taken any of it, bytes: without it an answer of some thousand records waits a dozen times for leave to go on.</summary>
    private const int StreamWindowBytes = 2 * 1024 * 1024;

    /// <param name="card">The node to call.</param>
    /// <param name="clientCertificate">With private key. The caller keeps and disposes it.</param>
    /// <param name="endpoint">Where the node is reached; null where its card says.</param>
    public static GrpcChannel Open(NodeCard card, X509Certificate2 clientCertificate, Uri? endpoint = null)
        => Open(endpoint ?? card.Endpoint, Handler(card, clientCertificate));

    /// <summary>To whoever answers at an endpoint, without saying who calls: for what counts by its own signatures and is no secret.</summary>
    public static GrpcChannel OpenToAnybody(Uri endpoint) => Open(endpoint, Handler(null, (_, certificate, _, _) => certificate is X509Certificate2));

    private static GrpcChannel Open(Uri endpoint, SocketsHttpHandler handler)
        => GrpcChannel.ForAddress(endpoint, new GrpcChannelOptions
        {
            HttpHandler = handler,
            DisposeHttpClient = true,
            MaxReceiveMessageSize = AnswerBytesMax,
        });

    /// <summary>Plain HTTPS to the same server under the same rules.</summary>
    /// <param name="card">The node to call.</param>
    /// <param name="clientCertificate">With private key. The caller keeps and disposes it.</param>
    public static HttpClient OpenHttp(NodeCard card, X509Certificate2 clientCertificate)
        => new(Handler(card, clientCertificate))
        {
            BaseAddress = card.Endpoint,
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
            Timeout = Timeout.InfiniteTimeSpan,
        };

    private static SocketsHttpHandler Handler(NodeCard card, X509Certificate2 clientCertificate) => Handler(clientCertificate, (_, certificate, _, _) => IsPinned(certificate, card.TlsPins));

    private static SocketsHttpHandler Handler(X509Certificate2? clientCertificate, RemoteCertificateValidationCallback isServer)
        => new()
        {
            EnableMultipleHttp2Connections = true,
            InitialHttp2StreamWindowSize = StreamWindowBytes,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            KeepAlivePingDelay = TimeSpan.FromSeconds(30),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(10),
            SslOptions = new SslClientAuthenticationOptions
            {
                EnabledSslProtocols = SslProtocols.Tls13,
                ClientCertificates = clientCertificate is null ? null : [clientCertificate],
                // The default picks a client certificate by the server's list of authorities; ours has none.
                LocalCertificateSelectionCallback = clientCertificate is null ? null : (_, _, _, _, _) => clientCertificate,
                RemoteCertificateValidationCallback = isServer,
            },
        };

    /// <summary>Whether a certificate's key is one of those pinned and the certificate is within its validity.</summary>
    public static bool IsPinned(X509Certificate? certificate, IReadOnlyList<SpkiPin> pins)
    {
        if (certificate is not X509Certificate2 presented) return false;
        var now = TimeProvider.System.GetUtcNow();
        return presented.NotBefore.ToUniversalTime() <= now && now <= presented.NotAfter.ToUniversalTime() && pins.Contains(SpkiPin.Of(presented));
    }
}
