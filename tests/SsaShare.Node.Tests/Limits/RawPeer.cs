using System.Buffers.Binary;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using SsaShare.Peering;
using SsaShare.Peering.Tests;

namespace SsaShare.Node.Tests;

/// <summary>A pinned peer that writes its HTTP/2 frames by hand (RFC 9113) over TLS, and reads what comes only to see whether the connection is open.</summary>
internal sealed class RawPeer : IAsyncDisposable
{
    private const byte Headers = 1, ResetStream = 3, Settings = 4, Continuation = 9, EndHeaders = 4;
    private readonly TcpClient _tcp;
    private readonly SslStream _tls;
    private readonly Task _reading;
    private int _nextStream = 1;

    private RawPeer(TcpClient tcp, SslStream tls)
    {
        (_tcp, _tls) = (tcp, tls);
        _reading = ReadToEndAsync();
    }

    /// <summary>False when the server has closed it.</summary>
    public bool IsOpen => !_reading.IsCompleted;

    public static async Task<RawPeer> OpenAsync(GuardedNode node, Party peer)
    {
        var tcp = new TcpClient();
        await tcp.ConnectAsync(IPAddress.Loopback, node.Port);
        var tls = new SslStream(tcp.GetStream());
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            EnabledSslProtocols = SslProtocols.Tls13,
            ApplicationProtocols = [SslApplicationProtocol.Http2],
            ClientCertificates = [peer.Identity.TlsCertificate],
            LocalCertificateSelectionCallback = (_, _, _, _, _) => peer.Identity.TlsCertificate,
            RemoteCertificateValidationCallback = (_, server, _, _) => PinnedChannel.IsPinned(server, node.Provider.Card.Card.TlsPins),
        });
        await tls.WriteAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray());
        var raw = new RawPeer(tcp, tls);
        await raw.SendAsync(Settings, 0, 0, []);
        return raw;
    }

    /// <summary>Opens a call and sends nothing of its request.</summary>
    public async Task OpenStreamAsync(string path)
    {
        await SendAsync(Headers, EndHeaders, _nextStream, Call(path));
        _nextStream += 2;
    }

    /// <summary>Opens streams and resets each at once, until the server closes the connection.</summary>
    /// <returns>How many.</returns>
    public Task<int> ResetStreamsAsync(string path, int most) => WhileOpenAsync(most, async () =>
    {
        int stream = _nextStream;
        await OpenStreamAsync(path);
        await SendAsync(ResetStream, 0, stream, [0, 0, 0, 8]);
    });

    /// <summary>Sends headers without an end of one call, until the server closes the connection.</summary>
    /// <returns>How many frames.</returns>
    public async Task<int> FloodHeadersAsync(string path, int most)
    {
        await SendAsync(Headers, 0, 1, Call(path));
        byte[] more = Field("x-more", new string('a', 100));
        return await WhileOpenAsync(most, () => SendAsync(Continuation, 0, 1, more));
    }

    public async ValueTask DisposeAsync()
    {
        _tcp.Dispose();
        await _reading;
        await _tls.DisposeAsync();
    }

    private async Task<int> WhileOpenAsync(int most, Func<Task> send)
    {
        int sent = 0;
        try
        {
            for (; sent < most && IsOpen; sent++) await send().WaitAsync(TimeSpan.FromSeconds(30));
        }
        catch (IOException)
        {
            // Closed by the server.
        }
        return Math.Max(sent, 1);
    }

    private async Task ReadToEndAsync()
    {
        byte[] bytes = new byte[16 * 1024];
        try
        {
            while (await _tls.ReadAsync(bytes) > 0)
            {
                // Looked at by nobody.
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or SocketException)
        {
            // Reset instead of closed: gone either way.
        }
    }

    private static byte[] Call(string path) =>
    [
        .. Field(":method", "POST"), .. Field(":scheme", "https"), .. Field(":path", path), .. Field(":authority", "localhost"),
        .. Field("content-type", "application/grpc"), .. Field("te", "trailers"),
    ];

    private async Task SendAsync(byte type, byte flags, int stream, byte[] payload)
    {
        byte[] header = new byte[9];
        BinaryPrimitives.WriteInt32BigEndian(header, payload.Length << 8 | type);
        header[4] = flags;
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(5), stream);
        await _tls.WriteAsync((byte[])[.. header, .. payload]);
    }

    /// <summary>Literal and not indexed (RFC 7541 section 6.2.2); all are shorter than 127 bytes.</summary>
    private static byte[] Field(string name, string value) => [0, (byte)name.Length, .. Encoding.ASCII.GetBytes(name), (byte)value.Length, .. Encoding.ASCII.GetBytes(value)];
}
