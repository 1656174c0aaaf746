namespace SsaShare.Formats;

/// <summary>A stream whose first bytes can be looked at before they are read.</summary>
internal sealed class HeadStream(Stream inner, int headBytes) : ReadOnlyStream
{
    private readonly byte[] _head = new byte[headBytes];
    private int _given, _count;

    /// <summary>What has been looked at; all of a stream that is shorter.</summary>
    public ReadOnlyMemory<byte> Head => _head.AsMemory(0, _count);

    /// <exception cref="IOException">The stream fails.</exception>
    public void Look() => _count = inner.ReadAtLeast(_head, _head.Length, throwOnEndOfStream: false);

    /// <exception cref="IOException">The stream fails.</exception>
    public async ValueTask LookAsync(CancellationToken cancellationToken) => _count = await inner.ReadAtLeastAsync(_head, _head.Length, throwOnEndOfStream: false, cancellationToken);

    /// <summary>Leaves out the first of the bytes that were looked at.</summary>
    public void Skip(int bytes) => _given = Math.Min(_given + bytes, _count);

    public override int Read(Span<byte> buffer) => _given < _count ? Give(buffer) : inner.Read(buffer);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        => _given < _count ? ValueTask.FromResult(Give(buffer.Span)) : inner.ReadAsync(buffer, cancellationToken);

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }

    private int Give(Span<byte> buffer)
    {
        int count = Math.Min(buffer.Length, _count - _given);
        _head.AsSpan(_given, count).CopyTo(buffer);
        _given += count;
        return count;
    }
}
