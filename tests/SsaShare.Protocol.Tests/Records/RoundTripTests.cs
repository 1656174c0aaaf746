using FsCheck;
using FsCheck.Fluent;

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
        var made = RecordFactory.Seal(Arbitrary.Observation(random), Arbitrary.Atlantic, LabelCodec.Seal(Arbitrary.Label(random)));
        var opened = RecordFactory.TryOpen(made.Facts.Class, made.Payload, made.Label, Arbitrary.Atlantic, made.Facts.Epoch);
        return opened is not null && opened.Id == made.Id && opened.Facts.Equals(made.Facts);
    });

    private static void Check(Func<Random, bool> property)
        => Prop.ForAll<int>(seed => property(new Random(seed))).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
}
