using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Protocol.Tests.Records;

/// <summary>The degraded record as it leaves the provider.</summary>
public sealed class RecordDegraderTests
{
    private static readonly AgreementId Agreement = new(Hash256.Of("agreement"u8)), Other = new(Hash256.Of("another"u8));
    private static readonly DegradationFigures All = new() { RangeSigmaKm = 1, AngleSigmaDeg = 0.1, RangeRateSigmaKmPerS = 0.01, PositionSigmaKm = 1, VelocitySigmaKmPerS = 0.001, ElementAngleStepDeg = 0.1 };
    private static readonly RecordDegrader Degrader = new(new DegradationKey(new byte[DegradationKey.Size]));

    public static TheoryData<RecordClass> Classes => [RecordClass.Observation, RecordClass.OrbitState, RecordClass.ElementSet];

    [Theory, MemberData(nameof(Classes))]
    public void Degrade_EachClass_KeepsOriginatorAndLabelAndNamesItsOriginal(RecordClass recordClass)
    {
        var original = Original(recordClass);
        var degraded = Degrader.Degrade(original, Profile(All, RemovedField.ObjectTag), Agreement, Arbitrary.Atlantic, Arbitrary.Pacific)!;
        Assert.NotEqual(original.Record.Id, degraded.Id);
        Assert.Equal((recordClass, Arbitrary.Atlantic, original.Record.Label.Hash), (degraded.Facts.Class, degraded.Facts.Originator, degraded.Label.Hash));
        Assert.Equal((Agreement, Arbitrary.Atlantic, original.LeafHash, "coarse"), (degraded.Mark!.Agreement, degraded.Mark.DegradedBy, degraded.Mark.Original, degraded.Mark.Profile.Value));
        Assert.Equal((ReleaseForm.Degraded(degraded.Mark.Profile), true, Agreement, null), (degraded.Facts.Form, degraded.Facts.TagRemoved, degraded.Facts.DegradedUnder, degraded.Facts.ObjectTag));

        var opened = RecordFactory.TryOpen(recordClass, degraded.Payload, degraded.Label, Arbitrary.Atlantic, default)!;
        Assert.Equal((degraded.Id, degraded.Facts, degraded.Mark), (opened.Id, opened.Facts, opened.Mark));
    }

    [Theory, MemberData(nameof(Classes))]
    public void Degrade_AgainAndAgain_GivesTheSameBytes(RecordClass recordClass)
    {
        var original = Original(recordClass);
        var once = Degrader.Degrade(original, Profile(All), Agreement, Arbitrary.Atlantic, Arbitrary.Pacific)!;
        var again = new RecordDegrader(new DegradationKey(new byte[DegradationKey.Size])).Degrade(original, Profile(All), Agreement, Arbitrary.Atlantic, Arbitrary.Pacific)!;
        Assert.Equal(once.Payload.ToArray(), again.Payload.ToArray());
    }

    [Fact]
    public void Degrade_UnderASecondAgreement_DrawsNoSecondNoise()
    {
        var original = Original(RecordClass.Observation);
        double? Range(AgreementId agreement, PartnerId reader)
            => ObservationCodec.TryDecode(Degrader.Degrade(original, Profile(All), agreement, Arbitrary.Atlantic, reader)!.Payload.Span, out _)!.RangeKm;
        Assert.Equal(Range(Agreement, Arbitrary.Pacific), Range(Other, Arbitrary.Pacific));
        Assert.NotEqual(Range(Agreement, Arbitrary.Pacific), Range(Agreement, PartnerId.Parse("caribbean")));
    }

    [Fact]
    public void Degrade_WhatIsDegradedAlready_GivesNothing()
    {
        var original = Original(RecordClass.OrbitState);
        var degraded = Degrader.Degrade(original, Profile(All), Agreement, Arbitrary.Atlantic, Arbitrary.Pacific)!;
        Assert.Null(Degrader.Degrade(original with { Record = degraded }, Profile(All), Agreement, Arbitrary.Atlantic, Arbitrary.Pacific));
    }

    [Fact]
    public void Degrade_WhatNoProfileHides_GivesNothing()
    {
        var sensor = RecordFactory.Seal(Arbitrary.Sensor(new Random(1)), LabelCodec.Seal(Arbitrary.Label(new Random(1))), default);
        Assert.Null(Degrader.Degrade(new PublishedRecord(0, new byte[16], sensor), Profile(All), Agreement, Arbitrary.Atlantic, Arbitrary.Pacific));
        Assert.Null(Degrader.Degrade(Original(RecordClass.ElementSet), Profile(new DegradationFigures { RangeSigmaKm = 1 }), Agreement, Arbitrary.Atlantic, Arbitrary.Pacific));
    }

    [Theory]
    [InlineData(6_778, 7.66, OrbitalRegime.Leo)]
    [InlineData(26_560, 3.874, OrbitalRegime.Meo)]
    [InlineData(42_164, 3.0747, OrbitalRegime.Geo)]
    [InlineData(6_878, 10.2, OrbitalRegime.Heo)]
    [InlineData(6_878, 12, OrbitalRegime.Unspecified)]
    public void Seal_AnOrbitState_StatesItsRegime(double radiusKm, double speedKmPerS, OrbitalRegime regime)
    {
        var label = LabelCodec.Seal(Arbitrary.Label(new Random(1)));
        var (r, v) = (new Vector3d(radiusKm, 0, 0), new Vector3d(0, speedKmPerS, 0));
        Assert.Equal(regime, RecordFactory.Seal(new OrbitState(null, new CartesianState(default, Frame.Gcrf, r, v), null), Arbitrary.Atlantic, label).Facts.Regime);
        var fixedToEarth = v - new Vector3d(0, 7.292_115e-5 * radiusKm, 0);
        Assert.Equal(regime, RecordFactory.Seal(new OrbitState(null, new CartesianState(default, Frame.Itrf, r, fixedToEarth), null), Arbitrary.Atlantic, label).Facts.Regime);
    }

    [Theory]
    [InlineData(15.5, 0.0007, OrbitalRegime.Leo)]
    [InlineData(2.0057, 0.01, OrbitalRegime.Meo)]
    [InlineData(1.00271, 0.0002, OrbitalRegime.Geo)]
    [InlineData(2.006, 0.7, OrbitalRegime.Heo)]
    public void Seal_AnElementSet_StatesItsRegime(double revPerDay, double eccentricity, OrbitalRegime regime)
        => Assert.Equal(regime, RecordFactory.Seal(new ElementSet(null, default, revPerDay, eccentricity, 1, 1, 1, 1, 0, 0, 0), Arbitrary.Atlantic, LabelCodec.Seal(Arbitrary.Label(new Random(1)))).Facts.Regime);

    private static PublishedRecord Original(RecordClass recordClass)
    {
        var random = new Random(5);
        var label = LabelCodec.Seal(Arbitrary.Label(random));
        var record = recordClass switch
        {
            RecordClass.Observation => RecordFactory.Seal(Arbitrary.Observation(random) with { RangeKm = 800, ObjectTag = "5398" }, Arbitrary.Atlantic, label),
            RecordClass.OrbitState => RecordFactory.Seal(Arbitrary.OrbitState(random) with { ObjectTag = "5398" }, Arbitrary.Atlantic, label),
            _ => RecordFactory.Seal(Arbitrary.ElementSet(random) with { ObjectTag = "5398" }, Arbitrary.Atlantic, label),
        };
        return new PublishedRecord(3, Enumerable.Range(0, 16).Select(i => (byte)i).ToArray(), record);
    }

    private static DegradationProfile Profile(DegradationFigures figures, params RemovedField[] remove)
        => ProfileId.TryParse("coarse", out var id) ? new DegradationProfile(id, figures, [.. remove]) : throw new FormatException();
}
