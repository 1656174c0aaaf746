namespace SsaShare.Formats.Tests;

/// <summary>Gives one byte at a time, and only to those who wait.</summary>
internal sealed class SlowStream(byte[] bytes) : MemoryStream
{
    private int _next;

    public override int Read(Span<byte> buffer) => throw new InvalidOperationException("Read without waiting.");

    public override int Read(byte[] buffer, int offset, int count) => throw new InvalidOperationException("Read without waiting.");

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        if (_next == bytes.Length || buffer.IsEmpty) return 0;
        buffer.Span[0] = bytes[_next++];
        return 1;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
}
