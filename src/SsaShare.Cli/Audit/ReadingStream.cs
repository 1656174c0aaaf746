using SsaShare.Exchange;

namespace SsaShare.Cli;

/// <summary>A bundle that says now and then how far it has been read. Of a short one nothing is said.</summary>
internal sealed class ReadingStream(EvidenceSource source, Action<string> say) : Stream
{
    private const long Step = 64 * 1024 * 1024;
    private long _said;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => source.Lines.Length;

    public override long Position
    {
        get => source.Lines.Position;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Count(source.Lines.Read(buffer, offset, count));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => Count(await source.Lines.ReadAsync(buffer, cancellationToken));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int Count(int read)
    {
        if (Position - _said < Step) return read;
        _said = Position;
        say($"{source.Name}, {100 * Position / Math.Max(Length, 1)} % of {Length / 1_000_000:N0} MB");
        return read;
    }
}
