using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Grpc.Core;

namespace Grpc.Wire;

/// <summary>Cuts messages out of the bytes of one direction of a call.</summary>
/// <remarks>
/// One reader at a time. What has arrived is cut up without going back to the pipe, and memory grows with the bytes that
/// arrive, never with the length that a frame claims.
/// </remarks>
internal sealed class FrameReader(PipeReader pipe, int? maxMessageBytes) : DeserializationContext
{
    private const int CompressedFlag = 1;

    private ReadOnlySequence<byte> _unread;
    private ReadOnlySequence<byte> _payload;
    private bool _holdsBuffer;
    private bool _ended;

    /// <summary>The encoding that the sender named; null for none.</summary>
    public string? Encoding { get; set; }

    /// <summary>How <see cref="Encoding"/> is undone; null when it is not known here.</summary>
    public MessageCompressor? Decompressor { get; set; }

    public override int PayloadLength => (int)_payload.Length;

    public static RpcException TooLarge(int? maxMessageBytes)
        => new(new Status(StatusCode.ResourceExhausted, $"A message is larger than the {maxMessageBytes} bytes that are taken."));

    public override ReadOnlySequence<byte> PayloadAsReadOnlySequence() => _payload;

    /// <summary>The next message, when all of it has arrived.</summary>
    public bool TryRead<T>(Func<DeserializationContext, T> deserialize, out T message)
    {
        if (!TryReadFrame(out bool compressed))
        {
            message = default!;
            return false;
        }

        if (!compressed)
        {
            MessageDensity.Check(MessageDensity.TypeOf<T>(), _payload);
            message = Deserialize(deserialize);
            return true;
        }

        using PooledBytes decompressed = RequireDecompressor().Decompress(_payload, maxMessageBytes);
        _payload = new ReadOnlySequence<byte>(decompressed.WrittenMemory);
        MessageDensity.Check(MessageDensity.TypeOf<T>(), _payload);
        message = Deserialize(deserialize);
        return true;
    }

    /// <summary>Waits for more bytes.</summary>
    /// <returns>False when the sender has ended the stream.</returns>
    /// <exception cref="RpcException">Internal: it ended inside a message.</exception>
    public async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (!_ended)
        {
            if (_holdsBuffer)
            {
                pipe.AdvanceTo(_unread.Start, _unread.End);
                _holdsBuffer = false;
            }

            ReadResult result = await pipe.ReadAsync(cancellationToken);
            _unread = result.Buffer;
            _holdsBuffer = true;
            _ended = result.IsCompleted;
            if (result.IsCanceled)
            {
                throw new OperationCanceledException();
            }

            if (!_ended || HasWholeFrame(out _, out _))
            {
                return true;
            }
        }

        return _unread.IsEmpty
            ? false
            : throw new RpcException(new Status(StatusCode.Internal, "The stream ended inside a message."));
    }

    private bool TryReadFrame(out bool compressed)
    {
        compressed = false;
        if (!HasWholeFrame(out byte flag, out uint length))
        {
            return false;
        }

        ReadOnlySequence<byte> frame = _unread.Slice(0, GrpcProtocol.FrameHeaderBytes + (long)length);
        _payload = frame.Slice(GrpcProtocol.FrameHeaderBytes);
        _unread = _unread.Slice(frame.End);
        compressed = flag == CompressedFlag;
        return true;
    }

    /// <summary>Judges a frame as soon as its header is there.</summary>
    private bool HasWholeFrame(out byte flag, out uint length)
    {
        if (_unread.Length < GrpcProtocol.FrameHeaderBytes)
        {
            (flag, length) = (0, 0);
            return false;
        }

        (flag, length) = ReadHeader();
        if (flag > CompressedFlag)
        {
            throw new RpcException(new Status(StatusCode.Internal, $"A message has the compression flag {flag}; 0 and 1 exist."));
        }

        if (length > (uint)(maxMessageBytes ?? int.MaxValue))
        {
            throw TooLarge(maxMessageBytes);
        }

        return _unread.Length - GrpcProtocol.FrameHeaderBytes >= length;
    }

    private (byte Flag, uint Length) ReadHeader()
    {
        ReadOnlySpan<byte> first = _unread.FirstSpan;
        if (first.Length >= GrpcProtocol.FrameHeaderBytes)
        {
            return (first[0], BinaryPrimitives.ReadUInt32BigEndian(first[1..]));
        }

        Span<byte> header = stackalloc byte[GrpcProtocol.FrameHeaderBytes];
        _unread.Slice(0, GrpcProtocol.FrameHeaderBytes).CopyTo(header);
        return (header[0], BinaryPrimitives.ReadUInt32BigEndian(header[1..]));
    }

    private T Deserialize<T>(Func<DeserializationContext, T> deserialize)
    {
        try
        {
            return deserialize(this);
        }
        catch (Exception exception)
        {
            throw new RpcException(new Status(StatusCode.Internal, "A message cannot be parsed.", exception));
        }
        finally
        {
            _payload = default;
        }
    }

    /// <summary>Of a compressed message: a sender that names no encoding is broken, one that names an unknown one is told so.</summary>
    private MessageCompressor RequireDecompressor()
        => Decompressor ?? throw new RpcException(Encoding is null or GrpcProtocol.IdentityEncoding
            ? new Status(StatusCode.Internal, "A message is marked as compressed, but no encoding is named.")
            : new Status(StatusCode.Unimplemented, $"The message encoding '{Encoding}' is not supported."));
}
