using System.Buffers.Binary;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Google.Protobuf;
using SsaShare.Peering;
using SsaShare.Peering.Tests;
using SsaShare.Protocol.Exchange.V1;

namespace SsaShare.Node.Tests;

/// <summary>A peer that makes one call with frames written by hand (RFC 9113) and says to the byte how much of the answer it takes.</summary>
internal sealed class StingyReader : IAsyncDisposable
{
    private const byte Data = 0, Headers = 1, ResetStream = 3, Settings = 4, Ping = 6, WindowUpdate = 8;
    private const byte EndStream = 1, EndHeaders = 4, Acknowledge = 1;
    private const int Stream = 1, InitialWindowSize = 4;
    private readonly TcpClient _tcp;
    private readonly SslStream _tls;

    private StingyReader(TcpClient tcp, SslStream tls) => (_tcp, _tls) = (tcp, tls);

    /// <summary>Bytes of the answer that came.</summary>
    public int Received { get; private set; }

    /// <summary>What ended the call: a reset by the server, or its trailers.</summary>
    public bool WasReset { get; private set; }

    public string Trailers { get; private set; } = "";

    /// <param name="window">Bytes of the answer that the reader takes at first.</param>
    public static async Task<StingyReader> PullAsync(Party provider, Party reader, int port, PullRequest request, int window)
    {
        var tcp = new TcpClient();
        await tcp.ConnectAsync(IPAddress.Loopback, port);
        var tls = new SslStream(tcp.GetStream());
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            EnabledSslProtocols = SslProtocols.Tls13,
            ApplicationProtocols = [SslApplicationProtocol.Http2],
            ClientCertificates = [reader.Identity.TlsCertificate],
            LocalCertificateSelectionCallback = (_, _, _, _, _) => reader.Identity.TlsCertificate,
            RemoteCertificateValidationCallback = (_, server, _, _) => PinnedChannel.IsPinned(server, provider.Card.Card.TlsPins),
        });
        var stingy = new StingyReader(tcp, tls);
        await tls.WriteAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray());
        byte[] settings = new byte[6];
        BinaryPrimitives.WriteInt16BigEndian(settings, InitialWindowSize);
        BinaryPrimitives.WriteInt32BigEndian(settings.AsSpan(2), window);
        await stingy.SendAsync(Settings, 0, 0, settings);
        await stingy.TakeAsync(0, int.MaxValue / 2);
        await stingy.SendAsync(Headers, EndHeaders, Stream, [.. Field(":method", "POST"), .. Field(":scheme", "https"), .. Field(":path", "/ssashare.exchange.v1.ExchangeService/Pull"),
            .. Field(":authority", "localhost"), .. Field("content-type", "application/grpc"), .. Field("te", "trailers")]);
        byte[] message = request.ToByteArray();
        byte[] prefix = new byte[5];
        BinaryPrimitives.WriteInt32BigEndian(prefix.AsSpan(1), message.Length);
        await stingy.SendAsync(Data, EndStream, Stream, [.. prefix, .. message]);
        return stingy;
    }

    /// <summary>Takes so many more bytes.</summary>
    public Task TakeAsync(int more) => TakeAsync(Stream, more);

    /// <summary>Reads until the call ends or, where it is given, so many bytes of the answer have come.</summary>
    public async Task ReadAsync(int bytes = int.MaxValue)
    {
        byte[] header = new byte[9];
        while (Received < bytes)
        {
            await _tls.ReadExactlyAsync(header);
            byte[] payload = new byte[BinaryPrimitives.ReadInt32BigEndian(header) >>> 8];
            await _tls.ReadExactlyAsync(payload);
            var (type, flags) = (header[3], header[4]);
            if (type == Data) Received += payload.Length;
            if (type == ResetStream) WasReset = true;
            if (type == Headers && (flags & EndStream) != 0) Trailers = Encoding.ASCII.GetString(payload);
            if (type is Settings or Ping && (flags & Acknowledge) == 0) await SendAsync(type, Acknowledge, 0, type == Ping ? payload : []);
            if (WasReset || (type is Data or Headers && (flags & EndStream) != 0)) return;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _tls.DisposeAsync();
        _tcp.Dispose();
    }

    private Task TakeAsync(int stream, int more)
    {
        byte[] payload = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(payload, more);
        return SendAsync(WindowUpdate, 0, stream, payload);
    }

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
