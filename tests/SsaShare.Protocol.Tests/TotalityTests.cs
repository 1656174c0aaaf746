using System.Text;
using Google.Protobuf;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;
using V1 = SsaShare.Protocol.Exchange.V1;

namespace SsaShare.Protocol.Tests;

/// <summary>Foreign bytes give a value or a "no", never an exception. Seeds are fixed, so a failure repeats.</summary>
public sealed class TotalityTests
{
    private const int Inputs = 50_000;
    private static readonly byte[] CursorKey = new byte[32];

    /// <summary>Each reader with bytes that it accepts, and whether it accepted some.</summary>
    private static readonly (string Name, byte[] Valid, Func<byte[], bool> Read)[] Readers =
    [
        ("observation", ObservationCodec.Encode(Arbitrary.Observation(new Random(1))), bytes => ObservationCodec.TryDecode(bytes) is { } read && IsPossible(read)),
        ("degraded observation", ObservationCodec.Encode(Arbitrary.Observation(new Random(1)), Arbitrary.Mark(new Random(1))), bytes => ObservationCodec.TryDecode(bytes, out _) is not null),
        ("orbit state", OrbitStateCodec.Encode(Arbitrary.OrbitState(new Random(2)), Arbitrary.Mark(new Random(1))), bytes => OrbitStateCodec.TryDecode(bytes, out _) is { } read && read.State.PositionKm.IsFinite),
        ("element set", ElementSetCodec.Encode(Arbitrary.ElementSet(new Random(1)), Arbitrary.Mark(new Random(1))), bytes => ElementSetCodec.TryDecode(bytes, out _) is { Eccentricity: < 1, MeanMotionRevPerDay: > 0 }),
        ("sensor", SensorCodec.Encode(Arbitrary.Sensor(new Random(1))), bytes => SensorCodec.TryDecode(bytes, Arbitrary.Atlantic) is { } read && Math.Abs(read.Site.LatitudeRad) <= Math.PI / 2),
        ("conjunction message", ConjunctionCodec.Encode(Arbitrary.ConjunctionMessage(new Random(1))), bytes => ConjunctionCodec.TryDecode(bytes) is { } read && ConjunctionCodec.TryDecode(ConjunctionCodec.Encode(read)) is not null),
        ("manoeuvre notice", ManeuverCodec.Encode(Arbitrary.ManeuverNotice(new Random(1))), bytes => ManeuverCodec.TryDecode(bytes) is { } read && ManeuverCodec.TryDecode(ManeuverCodec.Encode(read)) == read),
        ("event notice", EventCodec.Encode(Arbitrary.EventNotice(new Random(1))), bytes => EventCodec.TryDecode(bytes) is { } read && read.Equals(EventCodec.TryDecode(EventCodec.Encode(read)))),
        ("label", LabelCodec.Seal(Arbitrary.Label(new Random(3))).Bytes.ToArray(), bytes => LabelCodec.TryOpen(ByteString.CopyFrom(bytes)) is { } read && Enum.IsDefined(read.Parsed.Mode) && read.Parsed.Mode != DataMode.Unspecified),
        ("record", ObservationCodec.Encode(Arbitrary.Observation(new Random(2))), bytes => RecordFactory.TryOpen(RecordClass.Observation, bytes, LabelCodec.Seal(Arbitrary.Label(new Random(3))), Arbitrary.Atlantic, default) is not null),
        ("answer", Arbitrary.Answer(new Random(2)).ToWire().ToByteArray(), ReadAnswer),
        ("degraded answer", Arbitrary.DegradedAnswer(new Random(2)).ToWire().ToByteArray(), ReadAnswer),
        ("statement of degradation", Arbitrary.DegradedAnswer(new Random(2)).Slices[0].Degraded!.Document.Payload.ToArray(), bytes => DocumentJson.TryRead<DegradedDocument>(bytes, DocumentContexts.Degraded, out _)),
        ("signed document", Arbitrary.Answer(new Random(2)).Manifest.ToJson(), bytes => SignedDocument.TryParse(bytes, out _)),
        ("manifest", Arbitrary.Answer(new Random(2)).Manifest.Payload.ToArray(), bytes => DocumentJson.TryRead<ManifestDocument>(bytes, DocumentContexts.Manifest, out _)),
        ("receipt", DocumentJson.Write(new ReceiptDocument(DocumentContexts.Receipt.Text, default, Arbitrary.Pacific, 1, default, default)), bytes => DocumentJson.TryRead<ReceiptDocument>(bytes, DocumentContexts.Receipt, out _)),
        ("cursor", new CursorCodec(CursorKey).Encode(new Cursor(Guid.Empty, new AgreementId(default), LanePositions.Start.With(FeedLane.Prompt, 5), default(Hash256)), Arbitrary.Pacific), bytes => new CursorCodec(CursorKey).TryDecode(bytes, Arbitrary.Pacific) is not null),
        ("agreement envelope", Encoding.UTF8.GetBytes("""{"payload":"e30=","payloadType":"application/vnd.ssashare.agreement.v1+json","signatures":[{"keyid":"","sig":"AAAA"}]}"""), bytes => AgreementEnvelope.TryParse(bytes, out var envelope, out _) && envelope.Verify(Array.Empty<NodeCard>()).Agreement is null),
        ("node card", Encoding.UTF8.GetBytes("""{"payload":"e30=","payloadType":"application/vnd.ssashare.node-card.v1+json","signatures":[{"keyid":"","sig":"AAAA"}]}"""), bytes => SignedNodeCard.TryOpen(bytes, out _, out _)),
    ];

    public static TheoryData<string> Names => [.. Readers.Select(reader => reader.Name)];

    [Theory, MemberData(nameof(Names))]
    public void Reader_OfMutatedBytes_AnswersAlways(string name)
    {
        var (_, valid, read) = Readers.Single(reader => reader.Name == name);
        if (name != "node card") Assert.True(read(valid), "The unspoilt bytes are accepted.");
        var random = new Random(20_261_122);
        int accepted = 0;
        for (int i = 0; i < Inputs; i++)
        {
            byte[] input = i % 10 == 0 ? Noise(random) : Arbitrary.Mutate(random, valid);
            try
            {
                if (read(input)) accepted++;
            }
            catch (Exception e)
            {
                Assert.Fail($"{name}, input {i}: {Convert.ToHexStringLower(input)}\n{e}");
            }
        }
        // Most changes must do harm, or the inputs did not reach what they were to test.
        Assert.InRange(accepted, 0, Inputs * 9 / 10);
    }

    /// <summary>What a reader lets through must hold when it is written and read again.</summary>
    private static bool IsPossible(Domain.Observation read)
        => (read.RangeKm is null or > 0) && (read.AzimuthRad is null or (>= 0 and <= Math.Tau)) && ObservationCodec.TryDecode(ObservationCodec.Encode(read)) == read ? true
            : throw new InvalidDataException($"{read} was let through.");

    /// <summary>A message that protobuf itself cannot parse never reaches the mapper: the gRPC runtime refuses it.</summary>
    private static bool ReadAnswer(byte[] bytes)
    {
        V1.PullResponse wire;
        try
        {
            wire = V1.PullResponse.Parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException)
        {
            return false;
        }
        if (PullMapper.TryRead(wire, out string fault) is not { } answer) return fault.Length > 0 ? false : throw new InvalidDataException("Refused without a reason.");
        foreach (var slice in answer.Slices) slice.Verify(new TestKeys(Arbitrary.Key.VerificationKey), out _);
        return true;
    }

    private static byte[] Noise(Random random)
    {
        byte[] bytes = new byte[random.Next(200)];
        random.NextBytes(bytes);
        return bytes;
    }
}
