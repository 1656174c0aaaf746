using System.Buffers;
using System.Reflection;
using Google.Protobuf.Reflection;
using Grpc.Core;

namespace Grpc.Wire;

/// <summary>
/// Refuses messages of very many tiny parts before they are parsed. Each part becomes an object of some hundred bytes whatever its
/// length, so that a few megabytes of two bytes each would take gigabytes.
/// </summary>
internal static class MessageDensity
{
    /// <summary>A message that is not longer is never dense.</summary>
    public const int AlwaysTakenBytes = 64 * 1024;

    /// <summary>Parts that any message may have, and bytes that each further one must come with on the average. A record with its salt and payload has at least twice as many.</summary>
    private const int PartsFree = 10_000, BytesPerPart = 8;

    /// <summary>As deep as the parser goes.</summary>
    private const int DepthMax = 100;

    private const int Varint = 0, Fixed64 = 1, LengthDelimited = 2, StartGroup = 3, EndGroup = 4, Fixed32 = 5;

    /// <param name="type">A generated message; null for any other type, which is not looked at.</param>
    /// <param name="payload">Its bytes, well-formed or not.</param>
    /// <exception cref="RpcException">ResourceExhausted: too many parts for its length.</exception>
    public static void Check(MessageDescriptor? type, in ReadOnlySequence<byte> payload)
    {
        if (type is null || payload.Length <= AlwaysTakenBytes)
        {
            return;
        }

        long most = PartsFree + payload.Length / BytesPerPart;
        if (CountParts(type, payload, most) > most)
        {
            throw new RpcException(new Status(
                StatusCode.ResourceExhausted, $"A message of {payload.Length} bytes has more than the {most} parts that are taken."));
        }
    }

    /// <summary>The descriptor of a generated message.</summary>
    public static MessageDescriptor? TypeOf<T>() => TypeCache<T>.Descriptor;

    /// <summary>Messages, strings and byte fields at any depth; stops beyond <paramref name="most"/>, and where the bytes are no message: the parser refuses those.</summary>
    internal static long CountParts(MessageDescriptor type, in ReadOnlySequence<byte> payload, long most)
    {
        var reader = new SequenceReader<byte>(payload);
        long parts = 0;
        Walk(ref reader, MessageShape.Of(type), payload.Length, DepthMax, most, ref parts);
        return parts;
    }

    /// <returns>False when there is nothing more to count.</returns>
    private static bool Walk(ref SequenceReader<byte> reader, MessageShape shape, long end, int depth, long most, ref long parts)
    {
        while (reader.Consumed < end)
        {
            if (!TryReadVarint(ref reader, out ulong tag))
            {
                return false;
            }

            switch ((int)(tag & 7))
            {
                case Varint when TryReadVarint(ref reader, out _):
                case Fixed64 when TrySkip(ref reader, end, sizeof(ulong)):
                case Fixed32 when TrySkip(ref reader, end, sizeof(uint)):
                case EndGroup:
                    break;
                case StartGroup when ++parts <= most:
                    // Nothing here has groups: what is in one is counted as if it stood here.
                    break;
                case LengthDelimited when ++parts <= most && TryReadVarint(ref reader, out ulong length) && (long)Math.Min(length, long.MaxValue) <= end - reader.Consumed:
                    if (shape.Find((uint)Math.Min(tag >> 3, uint.MaxValue)) is { } inner)
                    {
                        if (depth == 0 || !Walk(ref reader, inner, reader.Consumed + (long)length, depth - 1, most, ref parts))
                        {
                            return false;
                        }
                    }
                    else
                    {
                        reader.Advance((long)length);
                    }

                    break;
                default:
                    return false;
            }
        }

        return reader.Consumed == end;
    }

    private static bool TrySkip(ref SequenceReader<byte> reader, long end, int bytes)
    {
        if (end - reader.Consumed < bytes)
        {
            return false;
        }

        reader.Advance(bytes);
        return true;
    }

    private static bool TryReadVarint(ref SequenceReader<byte> reader, out ulong value)
    {
        value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            if (!reader.TryRead(out byte next))
            {
                return false;
            }

            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return true;
            }
        }

        return false;
    }

    private static class TypeCache<T>
    {
        public static readonly MessageDescriptor? Descriptor
            = typeof(T).GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)?.GetValue(null) as MessageDescriptor;
    }
}
