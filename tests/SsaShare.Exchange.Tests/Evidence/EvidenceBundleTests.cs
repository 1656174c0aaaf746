using System.Text;
using SsaShare.Domain;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Exchange.Tests;

/// <summary>Lines come back as what was written.</summary>
public sealed class EvidenceBundleTests
{
    [Theory]
    [InlineData("{}", true)]
    [InlineData("{\"payload\":\"eyJ9\",\"nested\":{\"list\":[1,2.50,null]},\"text\":\"\\u00e4 ä\"}", true)]
    [InlineData("{\"a\":1,\"a\":2}", true)]
    [InlineData("{ \"spaced\" : 1 }", true)]
    [InlineData("", false)]
    [InlineData("[]", false)]
    [InlineData("{\n}", false)]
    [InlineData("{}\r\n", false)]
    [InlineData(" {}", false)]
    [InlineData("{}{}", false)]
    [InlineData("{\"open\":", false)]
    [InlineData("not JSON", false)]
    public void Line_OfAnEntry_ReadsBackByteForByte(string body, bool standsAsItIs)
    {
        var entry = new LogEntry(7, new LogEvent("some-kind", Encoding.UTF8.GetBytes(body)), EntryCommitment.NewSalt(), new Epoch(-12));
        byte[] line = EvidenceBundle.Line(new EvidencePart.Entry(entry));
        Assert.Equal(line.Length - 1, Array.IndexOf(line, (byte)'\n'));
        Assert.Equal(standsAsItIs, Encoding.UTF8.GetString(line).Contains("\"body\":", StringComparison.Ordinal));
        AssertSame(entry, Read<EvidencePart.Entry>(line).Revealed);
    }

    [Fact]
    public void Line_OfAnEntryThatIsNotUtf8OrDeeplyNested_ReadsBack()
    {
        byte[] deep = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 60)) + "1" + new string('}', 60));
        foreach (byte[] body in (byte[][])[[(byte)'{', (byte)'"', 0xff, (byte)'"', (byte)':', (byte)'1', (byte)'}'], deep, [0, 1, 2]])
        {
            var entry = new LogEntry(0, new LogEvent("k", body), EntryCommitment.NewSalt(), default);
            AssertSame(entry, Read<EvidencePart.Entry>(EvidenceBundle.Line(new EvidencePart.Entry(entry))).Revealed);
        }
    }

    [Fact]
    public void Line_OfOtherParts_ReadsBack()
    {
        var subtree = new PlacedHash(new MerkleNode(5, 3), Hash256.Of("hash"u8));
        Assert.Equal(subtree, Read<EvidencePart.Hidden>(EvidenceBundle.Line(new EvidencePart.Hidden(subtree))).Subtree);
        string note = Sample.Checkpoint(Sample.AtlanticLog, 3, Hash256.Of("root"u8));
        Assert.Equal(note, Read<EvidencePart.SignedCheckpoint>(EvidenceBundle.Line(new EvidencePart.SignedCheckpoint(note))).Note);
        var stamp = Read<EvidencePart.TimeStamp>(EvidenceBundle.Line(new EvidencePart.TimeStamp(note, new byte[] { 1, 2, 3 })));
        Assert.Equal((note, "010203"), (stamp.Note, Convert.ToHexString(stamp.Token.Span)));
    }

    [Fact]
    public void Head_ReadsBackWithItsScope()
    {
        foreach (var scope in (EvidenceScope[])[EvidenceScope.Whole, new(Sample.Now, Sample.Now.PlusSeconds(5), Sample.Pacific, Sample.Agreement, new RecordPlace(Hash256.Of("p"u8), 4)), new(Peer: Sample.Pacific)])
        {
            Assert.True(EvidenceLineReader.TryReadHead(EvidenceBundle.Line(new EvidenceHead([1, 2], "note", scope, Sample.Now)), out var head));
            Assert.Equal((scope, "note", Sample.Now, scope.IsWhole), (head.Scope, head.Checkpoint, head.ExportedAt, head.Scope.IsWhole));
        }
    }

    [Theory]
    [InlineData("{\"entry\":-1,\"kind\":\"k\",\"time_ns\":1,\"salt\":\"AAAAAAAAAAAAAAAAAAAAAA==\",\"body\":{}}")]
    [InlineData("{\"entry\":1.0,\"kind\":\"k\",\"time_ns\":1,\"salt\":\"AAAAAAAAAAAAAAAAAAAAAA==\",\"body\":{}}")]
    [InlineData("{\"entry\":1,\"kind\":\"k\",\"time_ns\":9223372036854775807,\"salt\":\"AAAAAAAAAAAAAAAAAAAAAA==\",\"body\":{}}")]
    [InlineData("{\"entry\":1,\"kind\":\"k\",\"time_ns\":1,\"salt\":\"AAAAAAAAAAAAAAAAAAAA\",\"body\":{}}")]
    [InlineData("{\"entry\":1,\"kind\":\"k\",\"time_ns\":1,\"salt\":\"AAAAAAAAAAAAAAAAAAAAAB==\",\"body\":{}}")]
    [InlineData("{\"entry\":1,\"kind\":null,\"time_ns\":1,\"salt\":\"AAAAAAAAAAAAAAAAAAAAAA==\",\"body\":{}}")]
    [InlineData("{\"entry\":1,\"kind\":\"k\",\"time_ns\":1,\"salt\":\"AAAAAAAAAAAAAAAAAAAAAA==\",\"body\":[]}")]
    [InlineData("{\"entry\":1,\"kind\":\"k\",\"time_ns\":1,\"salt\":\"AAAAAAAAAAAAAAAAAAAAAA==\",\"body\":{},\"more\":1}")]
    [InlineData("{\"entry\":1,\"kind\":\"k\",\"time_ns\":1,\"salt\":\"AAAAAAAAAAAAAAAAAAAAAA==\",\"body\":{}}{}")]
    [InlineData("{\"kind\":\"k\",\"entry\":1,\"time_ns\":1,\"salt\":\"AAAAAAAAAAAAAAAAAAAAAA==\",\"body\":{}}")]
    [InlineData("{\"entry\":1,\"kind\":\"k\",\"time_ns\":1,\"salt\":\"AAAAAAAAAAAAAAAAAAAAAA==\",\"body\":{\"a\":}}")]
    [InlineData("{\"hidden\":63,\"index\":0,\"hash\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\"}")]
    [InlineData("{\"hidden\":62,\"index\":1,\"hash\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\"}")]
    [InlineData("{\"hidden\":0,\"index\":9223372036854775807,\"hash\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\"}")]
    [InlineData("{\"hidden\":0,\"index\":0,\"hash\":\"AAAA\"}")]
    [InlineData("{\"checkpoint\":7}")]
    [InlineData("{\"timestamp\":1,\"token\":\"\"}")]
    [InlineData("{}")]
    [InlineData("")]
    public void Read_ALineOfAnotherForm_IsRefused(string line) => Assert.False(EvidenceLineReader.TryRead(Encoding.UTF8.GetBytes(line), out _));

    private static T Read<T>(byte[] line)
        where T : EvidencePart
        => EvidenceLineReader.TryRead(line, out var part) ? Assert.IsType<T>(part) : throw new InvalidOperationException("Not read.");

    private static void AssertSame(LogEntry expected, LogEntry read)
    {
        Assert.Equal((expected.Index, expected.Event.Kind, expected.Time), (read.Index, read.Event.Kind, read.Time));
        Assert.Equal(expected.LeafHash, read.LeafHash);
    }
}
