using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using Grpc.Core;
using Grpc.Net.Compression;

namespace Grpc.Wire;

/// <summary>Compresses and decompresses single messages with one encoding.</summary>
internal sealed class MessageCompressor(ICompressionProvider provider, CompressionLevel? level)
{
    /// <summary>Header, the shortest deflate block and trailer (RFC 1952).</summary>
    private const int SmallestGzipBytes = 20;

    public string EncodingName => provider.EncodingName;

    /// <summary>The caller disposes the result.</summary>
    public PooledBytes Compress(ReadOnlyMemory<byte> message)
    {
        var compressed = new PooledBytes();
        using (Stream stream = provider.CreateCompressionStream(compressed, level))
        {
            stream.Write(message.Span);
        }

        return compressed;
    }

    /// <summary>The caller disposes the result. Stops as soon as the limit is passed, so a small message cannot fill the memory.</summary>
    /// <exception cref="RpcException">ResourceExhausted: more than <paramref name="maxMessageBytes"/>.
    /// Internal: not data of this encoding.</exception>
    public PooledBytes Decompress(in ReadOnlySequence<byte> payload, int? maxMessageBytes)
    {
        var message = new PooledBytes();
        try
        {
            using Stream stream = provider.CreateDecompressionStream(new SequenceStream(payload));
            while (true)
            {
                int read = stream.Read(message.GetSpan());
                if (read == 0)
                {
                    ThrowIfCutShort(payload, message.Length);
                    return message;
                }

                message.Advance(read);
                if (message.Length > maxMessageBytes)
                {
                    throw FrameReader.TooLarge(maxMessageBytes);
                }
            }
        }
        catch (InvalidDataException exception)
        {
            message.Dispose();
            throw new RpcException(new Status(StatusCode.Internal, $"A message is not valid {EncodingName} data.", exception));
        }
        catch
        {
            message.Dispose();
            throw;
        }
    }

    /// <summary>.NET's gzip stream takes the end of its input for the end of the data; the trailer says how much there should be.</summary>
    private void ThrowIfCutShort(in ReadOnlySequence<byte> payload, long messageBytes)
    {
        if (EncodingName != "gzip")
        {
            return;
        }

        Span<byte> length = stackalloc byte[sizeof(uint)];
        if (payload.Length < SmallestGzipBytes)
        {
            throw new InvalidDataException("The data is shorter than any of gzip.");
        }

        payload.Slice(payload.Length - length.Length).CopyTo(length);
        if (BinaryPrimitives.ReadUInt32LittleEndian(length) != (uint)messageBytes)
        {
            throw new InvalidDataException("The data is cut short.");
        }
    }
}
