using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SsaShare.Grpc.Tests.Hostile;

/// <summary>HTTP/2 frames written by hand to a socket (RFC 9113 section 4).</summary>
public sealed class RawHttp2Connection : IAsyncDisposable
{
    public const byte Data = 0x0;
    public const byte Headers = 0x1;
    public const byte ResetStream = 0x3;
    public const byte GoAway = 0x7;
    public const byte Continuation = 0x9;
    public const byte EndStream = 0x1;
    public const byte EndHeaders = 0x4;

    private const int FrameHeaderBytes = 9;
    private const byte Settings = 0x4;

    private readonly TcpClient _tcp = new();
    private NetworkStream? _stream;

    public static async Task<RawHttp2Connection> OpenAsync(int port)
    {
        var connection = new RawHttp2Connection();
        await connection._tcp.ConnectAsync(IPAddress.Loopback, port);
        connection._stream = connection._tcp.GetStream();
        await connection.SendBytesAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray());
        await connection.SendAsync(Settings, 0, 0, []);
        return connection;
    }

    /// <summary>The header block of a call, every field literal and not indexed (RFC 7541 section 6.2.2).</summary>
    public static byte[] CallHeaders(string method) =>
    [
        .. Literal(":method", "POST"),
        .. Literal(":scheme", "http"),
        .. Literal(":path", $"/grpc.testing.TestService/{method}"),
        .. Literal(":authority", "localhost"),
        .. Literal("content-type", "application/grpc"),
        .. Literal("te", "trailers"),
    ];

    public static byte[] Literal(string name, string value) => [0x00, .. Text(name), .. Text(value)];

    public Task SendAsync(byte type, byte flags, int streamId, byte[] payload)
    {
        byte[] header = new byte[FrameHeaderBytes];
        BinaryPrimitives.WriteInt32BigEndian(header, payload.Length << 8 | type);
        header[4] = flags;
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(5), streamId);
        return SendBytesAsync([.. header, .. payload]);
    }

    public async Task SendBytesAsync(byte[] bytes) => await _stream!.WriteAsync(bytes);

    /// <summary>Type and payload of each frame, to the end of the connection.</summary>
    public async IAsyncEnumerable<(byte Type, byte[] Payload)> ReadAsync()
    {
        byte[] header = new byte[FrameHeaderBytes];
        while (true)
        {
            try
            {
                await _stream!.ReadExactlyAsync(header);
            }
            catch (IOException)
            {
                yield break; // Closed, with or without ceremony.
            }

            byte[] payload = new byte[BinaryPrimitives.ReadInt32BigEndian(header) >>> 8];
            await _stream.ReadExactlyAsync(payload);
            yield return (header[3], payload);
        }
    }

    public ValueTask DisposeAsync()
    {
        _tcp.Dispose();
        return ValueTask.CompletedTask;
    }

    private static byte[] Text(string text)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(text);
        return bytes.Length < 127 ? [(byte)bytes.Length, .. bytes] : [127, .. Integer(bytes.Length - 127), .. bytes];
    }

    private static IEnumerable<byte> Integer(int value)
    {
        for (; value >= 128; value >>= 7)
        {
            yield return (byte)(value & 127 | 128);
        }

        yield return (byte)value;
    }
}
