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

    /// <summary>Deflate cannot do better than 258 bytes for two bits: zlib's technical notes, "Maximum compression factor".</summary>
    private const long LargestRatio = 1_032;

    /// <summary>Set aside at once for what data say of themselves.</summary>
    private const int LargestFirstBytes = 128 << 20;

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
        PooledBytes? message = null;
        try
        {
            long? stated = EncodingName == "gzip" ? StatedBytes(payload) : null;
            if (stated > maxMessageBytes)
            {
                throw FrameReader.TooLarge(maxMessageBytes);
            }

            // One byte more than there should be, so that the end is seen without growing.
            message = stated is { } bytes ? new PooledBytes((int)Math.Min(bytes + 1, LargestFirstBytes)) : new PooledBytes();
            using Stream stream = provider.CreateDecompressionStream(new SequenceStream(payload));
            while (true)
            {
                int read = stream.Read(message.GetSpan());
                message.Advance(read);
                if (message.Length > maxMessageBytes)
                {
                    throw FrameReader.TooLarge(maxMessageBytes);
                }

                if (message.Length > stated || (read == 0 && message.Length < stated))
                {
                    throw new InvalidDataException("The data are not as long as they say.");
                }

                if (read == 0)
                {
                    return message;
                }
            }
        }
        catch (InvalidDataException exception)
        {
            message?.Dispose();
            throw new RpcException(new Status(StatusCode.Internal, $"A message is not valid {EncodingName} data.", exception));
        }
        catch
        {
            message?.Dispose();
            throw;
        }
    }

    /// <summary>
    /// How long the data say that they are, in their trailer: .NET's gzip stream takes the end of its input for the end of the data, and a buffer of the right size at once
    /// takes a fraction of the memory of one that grows.
    /// </summary>
    /// <exception cref="InvalidDataException">Longer than deflate can make of so little, or no gzip at all.</exception>
    private static long StatedBytes(in ReadOnlySequence<byte> payload)
    {
        if (payload.Length < SmallestGzipBytes)
        {
            throw new InvalidDataException("The data are shorter than any of gzip.");
        }

        Span<byte> length = stackalloc byte[sizeof(uint)];
        payload.Slice(payload.Length - length.Length).CopyTo(length);
        uint stated = BinaryPrimitives.ReadUInt32LittleEndian(length);
        return stated <= payload.Length * LargestRatio ? stated : throw new InvalidDataException("No data of gzip are so much longer than they are compressed.");
    }
}
