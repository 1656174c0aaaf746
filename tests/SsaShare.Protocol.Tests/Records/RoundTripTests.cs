using FsCheck;
using FsCheck.Fluent;
using SsaShare.Exchange;

namespace SsaShare.Protocol.Tests.Records;

/// <summary>What goes onto the wire comes back as it was.</summary>
public sealed class RoundTripTests
{
    [Fact]
    public void Observation_EncodedAndDecoded_IsTheSame() => Check(random =>
    {
        var observation = Arbitrary.Observation(random);
        return observation == ObservationCodec.TryDecode(ObservationCodec.Encode(observation));
    });

    [Fact]
    public void DegradedObservation_EncodedAndDecoded_IsTheSameAndNoOriginal() => Check(random =>
    {
        var (observation, mark) = (Arbitrary.Observation(random), Arbitrary.Mark(random));
        byte[] payload = ObservationCodec.Encode(observation, mark);
        return observation == ObservationCodec.TryDecode(payload, out var read) && mark.Equals(read) && ObservationCodec.TryDecode(payload) is null;
    });

    [Fact]
    public void OrbitState_EncodedAndDecoded_IsTheSame() => Check(random =>
    {
        var (orbit, mark) = (Arbitrary.OrbitState(random), random.Pick(null, Arbitrary.Mark(random)));
        return orbit == OrbitStateCodec.TryDecode(OrbitStateCodec.Encode(orbit, mark), out var read) && Equals(mark, read);
    });

    [Fact]
    public void ElementSet_EncodedAndDecoded_IsTheSame() => Check(random =>
    {
        var (elements, mark) = (Arbitrary.ElementSet(random), random.Pick(null, Arbitrary.Mark(random)));
        return elements == ElementSetCodec.TryDecode(ElementSetCodec.Encode(elements, mark), out var read) && Equals(mark, read);
    });

    [Fact]
    public void ConjunctionMessage_EncodedAndDecoded_IsTheSame() => Check(random =>
    {
        byte[] payload = ConjunctionCodec.Encode(Arbitrary.ConjunctionMessage(random));
        var read = ConjunctionCodec.TryDecode(payload);
        return read is not null && payload.AsSpan().SequenceEqual(ConjunctionCodec.Encode(read));
    });

    [Fact]
    public void ManeuverNotice_EncodedAndDecoded_IsTheSame() => Check(random =>
    {
        var notice = Arbitrary.ManeuverNotice(random);
        return notice == ManeuverCodec.TryDecode(ManeuverCodec.Encode(notice));
    });

    [Fact]
    public void EventNotice_EncodedAndDecoded_IsTheSame() => Check(random =>
    {
        var notice = Arbitrary.EventNotice(random);
        return notice.Equals(EventCodec.TryDecode(EventCodec.Encode(notice)));
    });

    [Fact]
    public void UrgentRecords_SealedAndOpened_SayTheSameOfThemselves() => Check(random =>
    {
        var label = LabelCodec.Seal(Arbitrary.Label(random));
        SealedRecord[] records = [RecordFactory.Seal(Arbitrary.ConjunctionMessage(random), Arbitrary.Atlantic, label), RecordFactory.Seal(Arbitrary.ManeuverNotice(random), Arbitrary.Atlantic, label),
            RecordFactory.Seal(Arbitrary.EventNotice(random), Arbitrary.Atlantic, label)];
        return records.All(record => RecordFactory.TryOpen(record.Facts.Class, record.Payload, label, Arbitrary.Atlantic, default) is { } opened && (opened.Id, opened.Facts) == (record.Id, record.Facts));
    });

    [Fact]
    public void Sensor_EncodedAndDecoded_IsTheSame() => Check(random =>
    {
        var sensor = Arbitrary.Sensor(random);
        return sensor == SensorCodec.TryDecode(SensorCodec.Encode(sensor), sensor.Owner);
    });

    [Fact]
    public void Label_SealedAndOpened_IsTheSame() => Check(random =>
    {
        var label = Arbitrary.Label(random);
        var sealedLabel = LabelCodec.Seal(label);
        var opened = LabelCodec.TryOpen(Google.Protobuf.ByteString.CopyFrom(sealedLabel.Bytes.Span));
        return opened is not null && opened.Parsed.Equals(label) && opened.Hash == sealedLabel.Hash;
    });

    [Fact]
    public void Record_OpenedFromItsBytes_HasTheSameIdAndFacts() => Check(random =>
    {
        var (label, mark) = (LabelCodec.Seal(Arbitrary.Label(random)), random.Pick(null, Arbitrary.Mark(random)));
        var made = random.Next(3) switch
        {
            0 => RecordFactory.Seal(Arbitrary.Observation(random), Arbitrary.Atlantic, label, mark),
            1 => RecordFactory.Seal(Arbitrary.OrbitState(random), Arbitrary.Atlantic, label, mark),
            _ => RecordFactory.Seal(Arbitrary.ElementSet(random), Arbitrary.Atlantic, label, mark),
        };
        var opened = RecordFactory.TryOpen(made.Facts.Class, made.Payload, made.Label, Arbitrary.Atlantic, made.Facts.Epoch);
        return opened is not null && opened.Id == made.Id && opened.Facts.Equals(made.Facts) && Equals(opened.Mark, made.Mark) && opened.Facts.Form.IsFull == (mark is null);
    });

    private static void Check(Func<Random, bool> property)
        => Prop.ForAll<int>(seed => property(new Random(seed))).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
}
