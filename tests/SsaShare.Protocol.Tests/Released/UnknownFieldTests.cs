using Google.Protobuf;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using V1 = SsaShare.Protocol.Exchange.V1;

namespace SsaShare.Protocol.Tests.Released;

/// <summary>A later version may put into a record what this one does not know: it is kept and passed on, byte for byte. A label with more than is understood is not taken: it may be a caveat.</summary>
public sealed class UnknownFieldTests
{
    // Field 15,000, length-delimited, "later".
    private static readonly byte[] Later = [0xC2, 0xA9, 0x07, 5, .. "later"u8];

    [Fact]
    public void UnknownFields_OfAPayload_SurviveRelaying()
    {
        var sensor = SensorId.Parse("RADAR");
        var label = LabelCodec.Seal(new Label(HandlingLevel.PartnersOnly, DataMode.Real, null, OriginatorControlled: false));
        var at = Utc.FromDateTime(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var today = RecordFactory.Seal(new Domain.Observation(sensor, at, 1_000, 1, 1, 0, "5398"), Arbitrary.Atlantic, label);
        byte[] payload = [.. today.Payload.Span, .. Later];
        var later = RecordFactory.TryOpen(RecordClass.Observation, payload, label, Arbitrary.Atlantic, at);
        Assert.NotNull(later);
        Assert.Equal(today.Facts, later.Facts);
        Assert.NotEqual(today.Id, later.Id);

        // As it is relayed: read from the wire, kept, written to the wire again.
        var publication = Publication.Create(Arbitrary.Atlantic, [later], Arbitrary.Key, at, null);
        var slice = new PublicationSlice(publication.Document, publication.Records, [], null);
        var first = new PullAnswer(publication.Document, [slice], new byte[4]).ToWire().ToByteArray();
        var received = PullMapper.TryRead(V1.PullResponse.Parser.ParseFrom(first), out string fault);
        Assert.True(received is not null, fault);
        Assert.Equal(payload, received.Slices[0].Records[0].Record.Payload.ToArray());
        Assert.Equal(later.Id, received.Slices[0].Records[0].Record.Id);
        Assert.Equal(first, received.ToWire().ToByteArray());
        Assert.NotNull(received.Slices[0].Verify(new TestKeys(Arbitrary.Key.VerificationKey), out fault));
    }

    [Fact]
    public void UnknownFields_OfALabel_AreRefused()
        => Assert.Null(LabelCodec.TryOpen(ByteString.CopyFrom([.. LabelCodec.Seal(new Label(HandlingLevel.PartnersOnly, DataMode.Real, null, OriginatorControlled: false)).Bytes.Span, .. Later])));
}
