using System.Buffers;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Testing;
using Grpc.Wire;

namespace SsaShare.Grpc.Tests.Hostile;

/// <summary>Counting the parts of a message without parsing it; of our own runtime only.</summary>
public sealed class MessageDensityTests
{
    [Fact]
    public void Check_PartsThatTheTypeDoesNotKnow_AreCountedAsWell()
        => Assert.Equal(StatusCode.ResourceExhausted, Assert.Throws<RpcException>(() => Check(Repeat([0xba, 0x3e, 0x00], 200_000))).StatusCode);

    [Fact]
    public void Check_PartsOfOrdinaryLength_AreTaken()
    {
        var request = new StreamingOutputCallRequest();
        for (int i = 0; i < 50_000; i++)
        {
            request.ResponseParameters.Add(new ResponseParameters { Size = i + 1_000_000, IntervalUs = i + 1_000_000 });
        }

        Check(request.ToByteArray());
    }

    [Fact]
    public void CountParts_OfAMessage_EveryMessageStringAndByteField()
    {
        var request = new StreamingOutputCallRequest { Payload = new Payload { Body = ByteString.CopyFromUtf8("12\x12\0") } };
        request.ResponseParameters.Add(new ResponseParameters { Size = 7 });
        request.ResponseParameters.Add(new ResponseParameters { Compressed = new BoolValue { Value = true } });
        Assert.Equal(5, Count(request.ToByteArray()));
    }

    [Fact]
    public void CountParts_OfAnyBytes_EndsWithoutAnException()
    {
        byte[] whole = new StreamingOutputCallRequest
        {
            Payload = new Payload { Body = ByteString.CopyFromUtf8("a body") },
            ResponseParameters = { new ResponseParameters { Size = 7, Compressed = new BoolValue { Value = true } } },
        }.ToByteArray();
        var random = new Random(5);
        for (int i = 0; i < Nightly.FuzzInputs; i++)
        {
            byte[] bytes = (i % 3) switch { 0 => Noise(random), 1 => whole[..random.Next(whole.Length)], _ => Mutate(whole, random) };
            Assert.InRange(Count(bytes), 0, bytes.Length);
            Assert.Equal(Count(bytes), MessageDensity.CountParts(StreamingOutputCallRequest.Descriptor, InPieces(bytes, random), long.MaxValue));
        }
    }

    private static byte[] Repeat(byte[] part, int times)
    {
        byte[] all = new byte[part.Length * times];
        for (int i = 0; i < times; i++)
        {
            part.CopyTo(all, i * part.Length);
        }

        return all;
    }

    private static void Check(byte[] bytes) => MessageDensity.Check(StreamingOutputCallRequest.Descriptor, new ReadOnlySequence<byte>(bytes));

    private static long Count(byte[] bytes) => MessageDensity.CountParts(StreamingOutputCallRequest.Descriptor, new ReadOnlySequence<byte>(bytes), long.MaxValue);

    private static byte[] Noise(Random random)
    {
        byte[] bytes = new byte[random.Next(80)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Mutate(byte[] whole, Random random)
    {
        byte[] bytes = [.. whole];
        bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        return bytes;
    }

    /// <summary>The same bytes in two segments.</summary>
    private static ReadOnlySequence<byte> InPieces(byte[] bytes, Random random)
    {
        int cut = random.Next(bytes.Length + 1);
        var first = new Segment(bytes.AsMemory(0, cut), 0);
        Segment last = first.Append(bytes.AsMemory(cut));
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long runningIndex) => (Memory, RunningIndex) = (memory, runningIndex);

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
