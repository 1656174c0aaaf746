namespace SsaShare.Node;

/// <summary>A file that is being read, whose own failures can be told from those of everything that its bytes go through. Read only.</summary>
internal sealed class SourceStream : Stream
{
    private readonly Stream _file;

    private SourceStream(Stream file) => _file = file;

    /// <exception cref="UnreadableFileException">It cannot be opened.</exception>
    public static SourceStream Open(Func<Stream> open)
    {
        try
        {
            return new SourceStream(open());
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            throw new UnreadableFileException(e.Message, e);
        }
    }

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer)
    {
        try
        {
            return _file.Read(buffer);
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            throw new UnreadableFileException(e.Message, e);
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await _file.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            throw new UnreadableFileException(e.Message, e);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush() => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) _file.Dispose();
        base.Dispose(disposing);
    }

    private static bool IsUnreadable(Exception e) => e is IOException or UnauthorizedAccessException;
}

/// <summary>A file itself cannot be opened or read.</summary>
internal sealed class UnreadableFileException(string message, Exception inner) : IOException(message, inner);
