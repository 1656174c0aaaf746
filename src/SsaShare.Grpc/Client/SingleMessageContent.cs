using System.Net;
using Grpc.Wire;

namespace Grpc.Net.Client;

/// <summary>A request with one message, already framed, so that it can be sent again on another connection.</summary>
internal sealed class SingleMessageContent : HttpContent
{
    private readonly FrameBuffer _frame;
    private volatile bool _written;

    public SingleMessageContent(FrameBuffer frame)
    {
        _frame = frame;
        Headers.ContentType = RequestHeaders.ContentType;
    }

    /// <summary>Gives the memory back, unless the transport may still read it.</summary>
    public void Recycle()
    {
        if (_written)
        {
            _frame.Clear();
        }
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        _written = false;
        await stream.WriteAsync(_frame.Memory, cancellationToken);
        _written = true;
    }

    protected override bool TryComputeLength(out long length)
    {
        length = -1;
        return false;
    }
}
