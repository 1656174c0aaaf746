namespace SsaShare.Node;

/// <summary>A stream whose first bytes have been looked at and are given again. Read only; the stream below stays the caller's.</summary>
internal sealed class HeadedStream : Stream
{
    private readonly Stream _rest;
    private int _given;

    private HeadedStream(ReadOnlyMemory<byte> head, Stream rest) => (Head, _rest) = (head, rest);

    /// <summary>Up to as many bytes as were asked for; fewer when the stream is shorter.</summary>
    public ReadOnlyMemory<byte> Head { get; }

    public static async Task<HeadedStream> OpenAsync(Stream stream, int headBytes, CancellationToken cancellationToken)
    {
        byte[] head = new byte[headBytes];
        int read = await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
        return new HeadedStream(head.AsMemory(0, read), stream);
    }

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer) => _given < Head.Length ? Give(buffer) : _rest.Read(buffer);

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        => _given < Head.Length ? ValueTask.FromResult(Give(buffer.Span)) : _rest.ReadAsync(buffer, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush() => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int Give(Span<byte> buffer)
    {
        int count = Math.Min(buffer.Length, Head.Length - _given);
        Head.Span.Slice(_given, count).CopyTo(buffer);
        _given += count;
        return count;
    }
}
