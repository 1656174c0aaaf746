namespace SsaShare.Formats;

/// <summary>More was read for one node than is allowed.</summary>
internal sealed class NodeTooLargeException : Exception;

/// <summary>Lets a reader take only so many bytes between two signs of progress, so that nothing makes it gather a document of one node; gives back what was looked at.</summary>
internal sealed class BoundedStream(Stream inner, long limit = BoundedStream.Limit) : Stream
{
    /// <summary>Bytes for one node of XML.</summary>
    public const int Limit = 1 << 20;

    private ReadOnlyMemory<byte> _head;
    private long _taken;

    public CancellationToken Cancellation { get; set; }

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>A node has been read.</summary>
    public void Progress() => _taken = 0;

    /// <summary>Gives these first.</summary>
    public void PutBack(ReadOnlyMemory<byte> head) => (_head, _taken) = (head, 0);

    public override int Read(Span<byte> buffer) => FromHead(buffer) is var count and > 0 ? count : Taken(inner.Read(buffer));

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        => FromHead(buffer.Span) is var count and > 0 ? count : Taken(await inner.ReadAsync(buffer, cancellationToken.CanBeCanceled ? cancellationToken : Cancellation));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int FromHead(Span<byte> buffer)
    {
        int count = Math.Min(buffer.Length, _head.Length);
        _head.Span[..count].CopyTo(buffer);
        _head = _head[count..];
        return count;
    }

    private int Taken(int count)
    {
        _taken += count;
        return _taken <= limit ? count : throw new NodeTooLargeException();
    }
}
