using Google.Protobuf;
using SsaShare.Domain;
using V1 = SsaShare.Protocol.Common.V1;
using Wire = SsaShare.Protocol.Observation.V1;

namespace SsaShare.Protocol.Tests.Records;

/// <summary>Values that this version does not know, or that cannot be, are a "no".</summary>
public sealed class RefusalTests
{
    public static TheoryData<string, Action<V1.Label>> Labels => new()
    {
        { "no level", label => label.HandlingLevel = V1.HandlingLevel.Unspecified },
        { "unknown level", label => label.HandlingLevel = (V1.HandlingLevel)4 },
        { "negative level", label => label.HandlingLevel = (V1.HandlingLevel)(-1) },
        { "no mode", label => label.DataMode = V1.DataMode.Unspecified },
        { "unknown mode", label => label.DataMode = (V1.DataMode)5 },
        { "huge mode", label => label.DataMode = (V1.DataMode)int.MaxValue },
        { "name that is none", label => label.ReleasableTo.Add("Not A Partner") },
        { "names without the mark", label => { label.ReleasableToListedOnly = false; label.ReleasableTo.Add("pacific"); } },
    };

    [Theory, MemberData(nameof(Labels))]
    public void Label_WithSomethingUnknown_IsRefused(string what, Action<V1.Label> spoil)
    {
        var label = LabelCodec.ToWire(new Label(HandlingLevel.Public, DataMode.Real, ["caribbean"], false));
        Assert.NotNull(LabelCodec.TryOpen(label.ToByteString()));
        spoil(label);
        Assert.True(LabelCodec.TryOpen(label.ToByteString()) is null, what);
    }

    [Fact]
    public void Label_WithUnknownField_IsRefused()
    {
        byte[] bytes = [.. LabelCodec.Seal(new Label(HandlingLevel.Public, DataMode.Real, null, false)).Bytes.Span, 0x78, 1];   // Field 15, varint 1: a caveat of a later version.
        Assert.Null(LabelCodec.TryOpen(ByteString.CopyFrom(bytes)));
    }

    public static TheoryData<string, Action<Wire.Observation>> Observations => new()
    {
        { "no sensor", wire => wire.SensorId = "" },
        { "sensor that is none", wire => wire.SensorId = "a b" },
        { "no epoch", wire => wire.Epoch = null },
        { "no time scale", wire => wire.Epoch.TimeScale = V1.TimeScale.Unspecified },
        { "unknown time scale", wire => wire.Epoch.TimeScale = (V1.TimeScale)2 },
        { "no figure", wire => { wire.ClearRangeKm(); wire.ClearAzimuthRad(); wire.ClearElevationRad(); } },
        { "infinite range", wire => wire.RangeKm = double.PositiveInfinity },
        { "range that is no number", wire => wire.RangeKm = double.NaN },
        { "range of zero", wire => wire.RangeKm = 0 },
        { "negative azimuth", wire => wire.AzimuthRad = -0.1 },
        { "azimuth beyond a turn", wire => wire.AzimuthRad = 6.3 },
        { "azimuth that is no number", wire => wire.AzimuthRad = double.NaN },
        { "elevation beyond the zenith", wire => wire.ElevationRad = 1.6 },
        { "elevation that is no number", wire => wire.ElevationRad = double.NaN },
        { "range rate that is no number", wire => wire.RangeRateKmPerS = double.NaN },
        { "long tag", wire => wire.ObjectTag = new string('x', ObservationCodec.LongestTag + 1) },
        { "control character in the tag", wire => wire.ObjectTag = "53\u000098" },
    };

    [Theory, MemberData(nameof(Observations))]
    public void Observation_ThatCannotBe_IsRefused(string what, Action<Wire.Observation> spoil)
    {
        var wire = new Wire.Observation { SensorId = "RADAR", Epoch = new Epoch(5).ToWire(), RangeKm = 900, AzimuthRad = 1, ElevationRad = 0.5, ObjectTag = "5398" };
        Assert.NotNull(ObservationCodec.TryDecode(wire.ToByteArray()));
        spoil(wire);
        Assert.True(ObservationCodec.TryDecode(wire.ToByteArray()) is null, what);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(99)]
    [InlineData(-1)]
    [InlineData(257)]
    public void Record_OfUnknownClass_IsRefused(int recordClass)
        => Assert.Null(RecordFactory.TryOpen((RecordClass)recordClass, ObservationCodec.Encode(Arbitrary.Observation(new Random(1))), LabelCodec.Seal(Arbitrary.Label(new Random(1))), Arbitrary.Atlantic, default));

    [Fact]
    public void Enums_OfTheWireAndTheDomain_HaveTheSameNumbersAndNames()
    {
        AssertSame<V1.RecordClass, RecordClass>();
        AssertSame<V1.DataMode, DataMode>();
        AssertSame<V1.HandlingLevel, HandlingLevel>();
        AssertSame<V1.Frame, Frame>();
        AssertSame<Agreement.V1.AgreementState, Agreements.AgreementState>();
    }

    private static void AssertSame<TWire, TDomain>()
        where TWire : struct, Enum
        where TDomain : struct, Enum
        => Assert.Equal(
            Enum.GetValues<TWire>().Select(value => (Convert.ToInt32(value), value.ToString())).Where(one => one.Item1 != 0),
            Enum.GetValues<TDomain>().Select(value => (Convert.ToInt32(value), value.ToString())).Where(one => one.Item1 != 0));
}
