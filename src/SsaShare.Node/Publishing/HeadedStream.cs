using SsaShare.Formats;

namespace SsaShare.Node;

/// <summary>
/// A stream whose first bytes have been looked at and are given again. Counts what was given and keeps its beginning, in case that the file is
/// refused as a whole. Read only; the stream below stays the caller's.
/// </summary>
internal sealed class HeadedStream : Stream
{
    private readonly Stream _rest;
    private readonly byte[] _kept = new byte[RefusedPart.TextBytesMax];
    private int _given, _keptCount;
    private long _bytesGiven;

    private HeadedStream(ReadOnlyMemory<byte> head, Stream rest) => (Head, _rest) = (head, rest);

    /// <summary>Up to as many bytes as were asked for; fewer when the stream is shorter.</summary>
    public ReadOnlyMemory<byte> Head { get; }

    /// <summary>May be read by another thread than the reader's.</summary>
    public long BytesGiven => Interlocked.Read(ref _bytesGiven);

    public static async Task<HeadedStream> OpenAsync(Stream stream, int headBytes, CancellationToken cancellationToken)
    {
        byte[] head = new byte[headBytes];
        int read = await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
        return new HeadedStream(head.AsMemory(0, read), stream);
    }

    /// <summary>The beginning of the file, once its reader has stopped.</summary>
    /// <returns>At most <see cref="RefusedPart.TextBytesMax"/> bytes, and whether there is more.</returns>
    public async Task<(ReadOnlyMemory<byte> Bytes, bool IsCut)> KeepAsync(CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[4_096];
        try
        {
            while (BytesGiven <= _kept.Length && await ReadAsync(buffer, cancellationToken) > 0);
        }
        catch (SourceException)
        {
            // It is refused already; that no more of it can be had is the lesser fault.
            return (_kept.AsMemory(0, _keptCount), true);
        }
        return (_kept.AsMemory(0, _keptCount), BytesGiven > _keptCount);
    }

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer) => Kept(buffer, _given < Head.Length ? Give(buffer) : _rest.Read(buffer));

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int count = _given < Head.Length ? Give(buffer.Span) : await _rest.ReadAsync(buffer, cancellationToken);
        return Kept(buffer.Span, count);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush() => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int Kept(ReadOnlySpan<byte> buffer, int count)
    {
        int kept = Math.Min(count, _kept.Length - _keptCount);
        buffer[..kept].CopyTo(_kept.AsSpan(_keptCount));
        _keptCount += kept;
        Interlocked.Add(ref _bytesGiven, count);
        return count;
    }

    private int Give(Span<byte> buffer)
    {
        int count = Math.Min(buffer.Length, Head.Length - _given);
        Head.Span.Slice(_given, count).CopyTo(buffer);
        _given += count;
        return count;
    }
}
