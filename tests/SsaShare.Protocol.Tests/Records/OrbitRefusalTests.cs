using Google.Protobuf;
using SsaShare.Domain;
using Marked = SsaShare.Protocol.Degradation.V1;
using V1 = SsaShare.Protocol.Common.V1;
using Wire = SsaShare.Protocol.Orbit.V1;

namespace SsaShare.Protocol.Tests.Records;

/// <summary>States, element sets and marks that cannot be are a "no".</summary>
public sealed class OrbitRefusalTests
{
    public static TheoryData<string, Action<Wire.OrbitState>> States => new()
    {
        { "no state", wire => wire.State = null },
        { "no frame", wire => wire.State.Frame = V1.Frame.Unspecified },
        { "unknown frame", wire => wire.State.Frame = (V1.Frame)9 },
        { "no epoch", wire => wire.State.Epoch = null },
        { "no velocity", wire => wire.State.VelocityKmPerS = null },
        { "position that is no number", wire => wire.State.PositionKm.X = double.NaN },
        { "position at the Earth's centre", wire => wire.State.PositionKm = new V1.Vector3() },
        { "position beyond the Moon", wire => wire.State.PositionKm.Y = 1e9 },
        { "speed beyond reason", wire => wire.State.VelocityKmPerS.X = 1_000 },
        { "half a covariance", wire => wire.Covariance.RemoveAt(20) },
        { "negative variance", wire => wire.Covariance[0] = -1 },
        { "infinite covariance", wire => wire.Covariance[1] = double.PositiveInfinity },
        { "long tag", wire => wire.ObjectTag = new string('x', ObservationCodec.LongestTag + 1) },
        { "tag that is said to be removed", wire => wire.Degradation.Removed.Add(Marked.RemovedField.ObjectTag) },
    };

    [Theory, MemberData(nameof(States))]
    public void OrbitState_ThatCannotBe_IsRefused(string what, Action<Wire.OrbitState> spoil)
    {
        var wire = Wire.OrbitState.Parser.ParseFrom(OrbitStateCodec.Encode(new OrbitState("5398", new CartesianState(default, Frame.Gcrf, new Vector3d(7_000, 0, 0), new Vector3d(0, 7.5, 0)), new Covariance6(Ones())), Arbitrary.Mark(new Random(1))));
        Assert.NotNull(OrbitStateCodec.TryDecode(wire.ToByteArray(), out _));
        spoil(wire);
        Assert.True(OrbitStateCodec.TryDecode(wire.ToByteArray(), out _) is null, what);
    }

    public static TheoryData<string, Action<Wire.ElementSet>> ElementSets => new()
    {
        { "no epoch", wire => wire.Epoch = null },
        { "no mean motion", wire => wire.MeanMotionRevPerDay = 0 },
        { "mean motion below ground", wire => wire.MeanMotionRevPerDay = 25 },
        { "mean motion that is no number", wire => wire.MeanMotionRevPerDay = double.NaN },
        { "parabola", wire => wire.Eccentricity = 1 },
        { "negative eccentricity", wire => wire.Eccentricity = -0.1 },
        { "inclination beyond half a turn", wire => wire.InclinationRad = 3.2 },
        { "node beyond a turn", wire => wire.RightAscensionOfNodeRad = 6.3 },
        { "negative anomaly", wire => wire.MeanAnomalyRad = -0.1 },
        { "argument that is no number", wire => wire.ArgumentOfPericenterRad = double.NaN },
        { "infinite drag", wire => wire.BstarPerEarthRadii = double.PositiveInfinity },
        { "tag that is said to be removed", wire => wire.Degradation.Removed.Add(Marked.RemovedField.ObjectTag) },
    };

    [Theory, MemberData(nameof(ElementSets))]
    public void ElementSet_ThatCannotBe_IsRefused(string what, Action<Wire.ElementSet> spoil)
    {
        var wire = Wire.ElementSet.Parser.ParseFrom(ElementSetCodec.Encode(new ElementSet("5398", default, 15, 0.001, 1, 1, 1, 1, 0, 0, 0), Arbitrary.Mark(new Random(1))));
        Assert.NotNull(ElementSetCodec.TryDecode(wire.ToByteArray(), out _));
        spoil(wire);
        Assert.True(ElementSetCodec.TryDecode(wire.ToByteArray(), out _) is null, what);
    }

    public static TheoryData<string, Action<Marked.Degradation>> Marks => new()
    {
        { "no profile", mark => mark.ProfileId = "" },
        { "profile that is none", mark => mark.ProfileId = "Not One" },
        { "no provider", mark => mark.DegradedBy = "" },
        { "no agreement", mark => mark.AgreementId = ByteString.Empty },
        { "short leaf", mark => mark.OriginalLeaf = ByteString.CopyFrom(new byte[31]) },
        { "nothing on the error", mark => mark.Added = null },
        { "sigma of zero", mark => mark.Added.RangeKm = 0 },
        { "negative sigma", mark => mark.Added.EpochS = -1 },
        { "sigma that is no number", mark => mark.Added.ElevationRad = double.NaN },
        { "infinite sigma", mark => mark.Added.AzimuthRad = double.PositiveInfinity },
        { "unknown field", mark => mark.Removed.Add((Marked.RemovedField)7) },
        { "no field", mark => mark.Removed.Add(Marked.RemovedField.Unspecified) },
        { "the same field twice", mark => mark.Removed.Add([Marked.RemovedField.RangeRate, Marked.RemovedField.RangeRate]) },
        { "fields out of order", mark => mark.Removed.Add([Marked.RemovedField.RangeRate, Marked.RemovedField.ObjectTag]) },
    };

    [Theory, MemberData(nameof(Marks))]
    public void Mark_ThatCannotBe_IsRefusedWithItsRecord(string what, Action<Marked.Degradation> spoil)
    {
        var observation = new Domain.Observation(SensorId.Parse("RADAR"), default, 900, null, null, null, null);
        var wire = Observation.V1.Observation.Parser.ParseFrom(ObservationCodec.Encode(observation, Arbitrary.Mark(new Random(1))));
        Assert.NotNull(ObservationCodec.TryDecode(wire.ToByteArray(), out var mark));
        Assert.NotNull(mark);
        spoil(wire.Degradation);
        Assert.True(ObservationCodec.TryDecode(wire.ToByteArray(), out _) is null, what);
    }

    [Fact]
    public void Enums_OfTheWireAndTheDomain_HaveTheSameNumbers()
        => Assert.Equal(Enum.GetValues<Marked.RemovedField>().Skip(1).Select(field => $"{field} {(int)field}"), Enum.GetValues<Agreements.RemovedField>().Select(field => $"{field} {(int)field}"));

    private static double[] Ones()
    {
        double[] lower = new double[21];
        for (int i = 0; i < 6; i++) lower[i * (i + 1) / 2 + i] = 1;
        return lower;
    }
}
