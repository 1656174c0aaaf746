using Google.Protobuf;
using SsaShare.Exchange;
using V1 = SsaShare.Protocol.Exchange.V1;

namespace SsaShare.Protocol.Tests.Exchange;

/// <summary>Answers to pulls over the wire and back.</summary>
public sealed class PullMapperTests
{
    [Fact]
    public void Answer_OverTheWireAndBack_IsTheSameToTheByte()
    {
        for (int seed = 0; seed < 300; seed++)
        {
            var answer = Arbitrary.Answer(new Random(seed));
            byte[] wire = answer.ToWire().ToByteArray();
            var back = PullMapper.TryRead(V1.PullResponse.Parser.ParseFrom(wire), out string fault);
            Assert.True(back is not null, $"seed {seed}: {fault}");
            Assert.Equal(wire, back.ToWire().ToByteArray());
            Assert.Equal(answer.Slices.SelectMany(slice => slice.Records).Select(Told), back.Slices.SelectMany(slice => slice.Records).Select(Told));
            Assert.All(back.Slices, slice => Assert.NotNull(slice.Verify(new TestKeys(Arbitrary.Key.VerificationKey), out _)));
            Assert.True(back.Manifest.Verify(Arbitrary.Key.VerificationKey, DocumentContexts.Manifest));
        }
    }

    [Fact]
    public void DegradedAnswer_OverTheWireAndBack_IsTheSameToTheByteAndVerifies()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            var answer = Arbitrary.DegradedAnswer(new Random(seed));
            byte[] wire = answer.ToWire().ToByteArray();
            var back = PullMapper.TryRead(V1.PullResponse.Parser.ParseFrom(wire), out string fault);
            Assert.True(back is not null, $"seed {seed}: {fault}");
            Assert.Equal(wire, back.ToWire().ToByteArray());
            var slice = back.Slices.Single().Verify(new TestKeys(Arbitrary.Key.VerificationKey), out fault);
            Assert.True(slice is not null, $"seed {seed}: {fault}");
            Assert.Equal(answer.Slices[0].Records.Select(record => (record.Degraded!, record.Record.Mark!)), slice.Slice.Records.Select(record => (record.Degraded!, record.Record.Mark!)));
        }
    }

    public static TheoryData<string, Action<V1.PublicationSlice>> SpoiltDegraded => new()
    {
        { "no statement", slice => slice.Degraded = null },
        { "empty statement", slice => slice.Degraded.Document = null },
        { "short key id", slice => slice.Degraded.Document.KeyId = ByteString.CopyFrom(new byte[31]) },
        { "short proof hash", slice => slice.Degraded.SubsetProof.Add(ByteString.CopyFrom(new byte[31])) },
        { "endless proof", slice => slice.Degraded.SubsetProof.AddRange(Enumerable.Repeat(ByteString.CopyFrom(new byte[32]), 1_001)) },
        { "short leaf", slice => slice.Records[0].OriginalLeaf = ByteString.CopyFrom(new byte[31]) },
        { "no leaf", slice => slice.Records[0].OriginalLeaf = ByteString.Empty },
        { "place beyond a statement", slice => slice.Records[0].DegradedIndex = 1_000 },
        { "huge place", slice => slice.Records[0].DegradedIndex = uint.MaxValue },
    };

    [Theory, MemberData(nameof(SpoiltDegraded))]
    public void DegradedAnswer_Spoilt_IsRefusedWithAReason(string what, Action<V1.PublicationSlice> spoil)
    {
        var wire = Arbitrary.DegradedAnswer(new Random(2)).ToWire();
        Assert.NotNull(PullMapper.TryRead(wire, out _));
        spoil(wire.Slices[0]);
        Assert.True(PullMapper.TryRead(wire, out string fault) is null, what);
        Assert.NotEqual("", fault);
    }

    [Fact]
    public void Answer_WithGossipThatIsTooLongOrTooMuch_KeepsTheRest()
    {
        var wire = Arbitrary.Answer(new Random(2)).ToWire();
        wire.PeerCheckpoints.Clear();
        wire.PeerCheckpoints.Add(new string('a', PullAnswer.NoteCharactersMax + 1));
        wire.PeerCheckpoints.AddRange(Enumerable.Repeat("note", 100));
        Assert.Equal(Enumerable.Repeat("note", PullAnswer.PeerCheckpointsMax), PullMapper.TryRead(wire, out _)!.PeerCheckpoints);
    }

    [Fact]
    public void Answer_WithProofBetweenCheckpoints_KeepsIt()
    {
        var wire = Arbitrary.Answer(new Random(2)).ToWire();
        wire.CheckpointProof.AddRange(Enumerable.Range(0, 63).Select(i => ByteString.CopyFrom([.. Enumerable.Repeat((byte)i, 32)])));
        var read = PullMapper.TryRead(wire, out string fault);
        Assert.True(read is not null, fault);
        Assert.Equal(wire.CheckpointProof, read.ToWire().CheckpointProof);
    }

    [Fact]
    public void Answer_WithTraceContextOfAnyLength_KeepsOnlyAShortOne()
    {
        var wire = Arbitrary.Answer(new Random(2)).ToWire();
        wire.Slices[0].Traceparent = new string('0', 65);
        Assert.Null(PullMapper.TryRead(wire, out _)!.Slices[0].TraceParent);
    }

    public static TheoryData<string, Action<V1.PullResponse>> Spoilt => new()
    {
        { "no manifest", wire => wire.Manifest = null },
        { "short key id", wire => wire.Manifest.KeyId = ByteString.CopyFrom(new byte[31]) },
        { "no publication", wire => wire.Slices[0].Publication = null },
        { "publication that is no JSON", wire => wire.Slices[0].Publication.Payload = ByteString.CopyFromUtf8("{") },
        { "publication of another kind", wire => wire.Slices[0].Publication = wire.Manifest.Clone() },
        { "no records", wire => wire.Slices[0].Records.Clear() },
        { "label index beyond the labels", wire => wire.Slices[0].Records[0].LabelIndex = (uint)wire.Slices[0].Labels.Count },
        { "huge label index", wire => wire.Slices[0].Records[0].LabelIndex = uint.MaxValue },
        { "index beyond a publication", wire => wire.Slices[0].Records[0].Index = 1_000 },
        { "huge index", wire => wire.Slices[0].Records[0].Index = uint.MaxValue },
        { "short salt", wire => wire.Slices[0].Records[0].Salt = ByteString.CopyFrom(new byte[15]) },
        { "unknown class", wire => wire.Slices[0].Records[0].RecordClass = (Common.V1.RecordClass)99 },
        { "class not exchanged yet", wire => wire.Slices[0].Records[0].RecordClass = Common.V1.RecordClass.Ephemeris },
        { "empty payload", wire => wire.Slices[0].Records[0].Payload = ByteString.Empty },
        { "endless payload", wire => wire.Slices[0].Records[0].Payload = ByteString.CopyFrom(new byte[SealedRecord.LongestPayloadBytes + 1]) },
        { "label of garbage", wire => wire.Slices[0].Labels[0] = ByteString.CopyFrom(0xff) },
        { "endless label", wire => wire.Slices[0].Labels[0] = ByteString.CopyFrom(new byte[SealedLabel.LongestBytes + 1]) },
        { "short proof hash", wire => wire.Slices[0].SubsetProof.Add(ByteString.CopyFrom(new byte[31])) },
        { "endless proof", wire => wire.Slices[0].SubsetProof.AddRange(Enumerable.Repeat(ByteString.CopyFrom(new byte[32]), 1_001)) },
        { "short hash between the checkpoints", wire => wire.CheckpointProof.Add(ByteString.CopyFrom(new byte[31])) },
        { "endless proof between the checkpoints", wire => wire.CheckpointProof.AddRange(Enumerable.Repeat(ByteString.CopyFrom(new byte[32]), 64)) },
        { "endless slice", wire => wire.Slices[0].Records.AddRange(Enumerable.Repeat(wire.Slices[0].Records[0], 1_001)) },
    };

    [Theory, MemberData(nameof(Spoilt))]
    public void Answer_Spoilt_IsRefusedWithAReason(string what, Action<V1.PullResponse> spoil)
    {
        var wire = Arbitrary.Answer(new Random(2)).ToWire();
        Assert.NotNull(PullMapper.TryRead(wire, out _));
        spoil(wire);
        Assert.True(PullMapper.TryRead(wire, out string fault) is null, what);
        Assert.NotEqual("", fault);
    }

    private static (int, Domain.RecordId, SsaShare.Agreements.RecordFacts) Told(PublishedRecord record) => (record.Index, record.Record.Id, record.Record.Facts with { Epoch = default });
}
