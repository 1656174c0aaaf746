using System.Buffers;
using System.Buffers.Binary;
using Grpc.Core;

namespace Grpc.Wire;

/// <summary>Frames waiting to be sent, in one pooled array that is held only while there are any.</summary>
/// <remarks>Not thread-safe. Marshallers write straight into it.</remarks>
internal sealed class FrameBuffer : SerializationContext, IBufferWriter<byte>
{
    private const int SmallestArrayBytes = 512;

    private byte[] _array = [];
    private int _length;
    private int _frameStart;
    private int? _maxMessageBytes;
    private bool _completed;

    public int Length => _length;

    public ReadOnlyMemory<byte> Memory => _array.AsMemory(0, _length);

    /// <summary>Appends one framed message; when that fails, nothing.</summary>
    /// <exception cref="RpcException">ResourceExhausted: larger than <paramref name="maxMessageBytes"/>.</exception>
    public void Append<T>(T message, Action<T, SerializationContext> serialize, int? maxMessageBytes, MessageCompressor? compressor)
    {
        _frameStart = _length;
        _maxMessageBytes = maxMessageBytes;
        _completed = false;
        try
        {
            Reserve(GrpcProtocol.FrameHeaderBytes);
            _length += GrpcProtocol.FrameHeaderBytes;
            serialize(message, this);
            if (!_completed)
            {
                throw new InvalidOperationException("The serializer did not complete the message.");
            }

            EndFrame(compressor);
        }
        catch
        {
            _length = _frameStart;
            throw;
        }
    }

    public override void SetPayloadLength(int payloadLength)
    {
        CheckSize(payloadLength);
        Reserve(payloadLength);
    }

    public override IBufferWriter<byte> GetBufferWriter() => this;

    public override void Complete(byte[] payload)
    {
        CheckSize(payload.Length);
        this.Write(payload);
        _completed = true;
    }

    public override void Complete() => _completed = true;

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _array.Length - _length);
        _length += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _array.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _array.AsSpan(_length);
    }

    /// <summary>Forgets all frames and gives the array back.</summary>
    public void Clear()
    {
        _length = 0;
        if (_array.Length > 0)
        {
            byte[] array = _array;
            _array = [];
            ArrayPool<byte>.Shared.Return(array);
        }
    }

    private void EndFrame(MessageCompressor? compressor)
    {
        int payloadStart = _frameStart + GrpcProtocol.FrameHeaderBytes;
        CheckSize(_length - payloadStart);
        if (compressor is not null)
        {
            using PooledBytes compressed = compressor.Compress(_array.AsMemory(payloadStart, _length - payloadStart));
            _length = payloadStart;
            this.Write(compressed.Span);
        }

        Span<byte> header = _array.AsSpan(_frameStart);
        header[0] = compressor is null ? (byte)0 : (byte)1;
        BinaryPrimitives.WriteInt32BigEndian(header[1..], _length - payloadStart);
    }

    private void CheckSize(int payloadBytes)
    {
        if (payloadBytes > _maxMessageBytes)
        {
            throw new RpcException(new Status(
                StatusCode.ResourceExhausted,
                $"A message of {payloadBytes} bytes is larger than the {_maxMessageBytes} bytes that may be sent."));
        }
    }

    private void Reserve(int bytes)
    {
        if (_array.Length - _length >= bytes)
        {
            return;
        }

        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(Math.Max(checked(_length + bytes), _array.Length * 2), SmallestArrayBytes));
        _array.AsSpan(0, _length).CopyTo(larger);
        byte[] old = _array;
        _array = larger;
        if (old.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(old);
        }
    }
}
