namespace SsaShare.Formats;

/// <summary>Counts what is read.</summary>
internal sealed class CountedStream(Stream inner) : ReadOnlyStream
{
    public long Bytes { get; private set; }

    public override int Read(Span<byte> buffer) => Counted(inner.Read(buffer));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => Counted(await inner.ReadAsync(buffer, cancellationToken));

    private int Counted(int count)
    {
        Bytes += count;
        return count;
    }
}
