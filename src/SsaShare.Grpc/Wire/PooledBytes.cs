using System.Buffers;

namespace Grpc.Wire;

/// <summary>A stream that collects what is written to it in a pooled array.</summary>
internal sealed class PooledBytes : Stream
{
    private const int DefaultBytes = 4096;

    /// <summary>Larger arrays are left to the garbage collector: the pool would keep one of each size for every thread, whoever made us need it.</summary>
    private const int PooledBytesMax = 8 << 20;

    private byte[] _array;
    private int _length;

    /// <param name="capacity">Bytes that fit before the array grows.</param>
    public PooledBytes(int capacity = DefaultBytes) => _array = Rent(capacity);

    public ReadOnlySpan<byte> Span => _array.AsSpan(0, _length);

    public ReadOnlyMemory<byte> WrittenMemory => _array.AsMemory(0, _length);

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _length;

    public override long Position
    {
        get => _length;
        set => throw new NotSupportedException();
    }

    public Span<byte> GetSpan()
    {
        if (_length == _array.Length)
        {
            byte[] larger = Rent(checked(_array.Length * 2));
            Span.CopyTo(larger);
            Return(_array);
            _array = larger;
        }

        return _array.AsSpan(_length);
    }

    public void Advance(int count) => _length += count;

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            Span<byte> room = GetSpan();
            int count = Math.Min(room.Length, buffer.Length);
            buffer[..count].CopyTo(room);
            Advance(count);
            buffer = buffer[count..];
        }
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (_array.Length > 0)
        {
            byte[] array = _array;
            _array = [];
            _length = 0;
            Return(array);
        }

        base.Dispose(disposing);
    }

    private static byte[] Rent(int bytes) => bytes <= PooledBytesMax ? ArrayPool<byte>.Shared.Rent(bytes) : GC.AllocateUninitializedArray<byte>(bytes);

    private static void Return(byte[] array)
    {
        if (array.Length <= PooledBytesMax)
        {
            ArrayPool<byte>.Shared.Return(array);
        }
    }
}
