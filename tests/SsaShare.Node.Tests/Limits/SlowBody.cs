using System.Net;
using System.Net.Http.Headers;

namespace SsaShare.Node.Tests;

/// <summary>The body of a gRPC request that goes on for as long as a test wants.</summary>
internal sealed class SlowBody : HttpContent
{
    private readonly Func<Stream, CancellationToken, Task> _write;

    private SlowBody(Func<Stream, CancellationToken, Task> write)
    {
        _write = write;
        Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
    }

    /// <summary>Bytes that were taken off the client's hands.</summary>
    public long Sent { get; private set; }

    /// <summary>One byte, and nothing more for a minute.</summary>
    public static SlowBody Endless() => new(async (stream, cancellationToken) =>
    {
        await stream.WriteAsync(new byte[1], cancellationToken);
        await stream.FlushAsync(cancellationToken);
        await Task.Delay(TimeSpan.FromMinutes(1), cancellationToken);
    });

    /// <summary>A byte each so often, for a minute.</summary>
    public static SlowBody Trickle(TimeSpan pause) => new(async (stream, cancellationToken) =>
    {
        for (var spent = TimeSpan.Zero; spent < TimeSpan.FromMinutes(1); spent += pause)
        {
            await stream.WriteAsync(new byte[1], cancellationToken);
            await stream.FlushAsync(cancellationToken);
            await Task.Delay(pause, cancellationToken);
        }
    });

    /// <summary>A gigabyte, as fast as it is taken.</summary>
    /// <param name="head">What it begins with.</param>
    public static SlowBody Gigabyte(byte[] head)
    {
        SlowBody body = null!;
        return body = new SlowBody(async (stream, cancellationToken) =>
        {
            await stream.WriteAsync(head, cancellationToken);
            byte[] piece = new byte[64 * 1024];
            while (body.Sent < 1_000_000_000)
            {
                await stream.WriteAsync(piece, cancellationToken);
                body.Sent += piece.Length;
            }
        });
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => _write(stream, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) => _write(stream, cancellationToken);

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
