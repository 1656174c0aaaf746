using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Agreements.Tests;

/// <summary>What every degrader states passes; anything less, more or other does not.</summary>
public sealed class StatedErrorTests
{
    private static readonly DegradationProfile Profile = Sky.Profile(new DegradationFigures
    {
        RangeSigmaKm = 0.5, AngleSigmaDeg = 0.05, RangeRateSigmaKmPerS = 0.01, PositionSigmaKm = 2, VelocitySigmaKmPerS = 0.002, EpochStepS = 0.5,
        ElementAngleStepDeg = 0.2, EccentricityStep = 0.0005, MeanMotionStepRevPerDay = 0.001,
    }, RemovedField.ObjectTag);

    private static readonly ItemNoise Noise = Sky.NoiseOf(Sky.Observations(1, seed: 61).Single());

    [Fact]
    public void IsOf_WhatDegradersState_Passes()
    {
        foreach (var original in Sky.Observations(200, seed: 62))
        {
            Assert.True(StatedError.IsOf(Mark(ObservationDegradation.Apply(original, Profile, Sky.NoiseOf(original))!.Value.Added), Profile, RecordClass.Observation));
            var angles = original with { RangeKm = null, RangeRateKmPerS = null, ElevationRad = Math.PI / 2 - 0.001 };
            Assert.True(StatedError.IsOf(Mark(ObservationDegradation.Apply(angles, Profile, Sky.NoiseOf(angles))!.Value.Added), Profile, RecordClass.Observation));
        }
        Assert.True(StatedError.IsOf(Mark(State), Profile, RecordClass.OrbitState));
        Assert.True(StatedError.IsOf(Mark(Elements), Profile, RecordClass.ElementSet));
    }

    public static TheoryData<string, RecordClass, Func<AddedSigma, AddedSigma>> Lies => new()
    {
        { "less range", RecordClass.Observation, added => added with { RangeKm = 0.2 } },
        { "more range", RecordClass.Observation, added => added with { RangeKm = 1 } },
        { "less elevation", RecordClass.Observation, added => added with { ElevationRad = 0.0005 } },
        { "less azimuth than on the sky", RecordClass.Observation, added => added with { AzimuthRad = 0.0005 } },
        { "less range rate", RecordClass.Observation, added => added with { RangeRateKmPerS = 0.001 } },
        { "no epoch", RecordClass.Observation, added => added with { EpochS = null } },
        { "less epoch", RecordClass.OrbitState, added => added with { EpochS = 0.1 } },
        { "a position in an observation", RecordClass.Observation, added => added with { PositionKm = 2 } },
        { "no position", RecordClass.OrbitState, added => added with { PositionKm = null } },
        { "less velocity", RecordClass.OrbitState, added => added with { VelocityKmPerS = 0.001 } },
        { "a range in a state", RecordClass.OrbitState, added => added with { RangeKm = 0.5 } },
        { "no angle", RecordClass.ElementSet, added => added with { ElementAngleRad = null } },
        { "less eccentricity", RecordClass.ElementSet, added => added with { Eccentricity = 0.0001 } },
        { "less mean motion", RecordClass.ElementSet, added => added with { MeanMotionRevPerDay = 0.0001 } },
        { "not a number", RecordClass.ElementSet, added => added with { MeanMotionRevPerDay = double.NaN } },
    };

    [Theory, MemberData(nameof(Lies))]
    public void IsOf_AnotherError_Fails(string what, RecordClass recordClass, Func<AddedSigma, AddedSigma> bend)
    {
        var honest = recordClass switch { RecordClass.Observation => Seen, RecordClass.OrbitState => State, _ => Elements };
        Assert.True(StatedError.IsOf(Mark(honest), Profile, recordClass));
        Assert.False(StatedError.IsOf(Mark(bend(honest)), Profile, recordClass), what);
    }

    [Fact]
    public void IsOf_OtherRemovalsProfileOrClass_Fails()
    {
        Assert.False(StatedError.IsOf(Mark(State) with { Removed = [] }, Profile, RecordClass.OrbitState));
        Assert.False(StatedError.IsOf(Mark(State) with { Profile = default }, Profile, RecordClass.OrbitState));
        Assert.False(StatedError.IsOf(Mark(State), Profile, RecordClass.Sensor));
        Assert.False(StatedError.IsOf(Mark(State), Profile, RecordClass.ElementSet));
    }

    private static AddedSigma Seen => ObservationDegradation.Apply(Sky.Observations(1, seed: 63).Single(), Profile, Noise)!.Value.Added;
    private static AddedSigma State => StateDegradation.Apply(new OrbitState("1", Sky.States(1, seed: 64).Single(), null), Profile, Noise)!.Value.Added;
    private static AddedSigma Elements => ElementDegradation.Apply(new ElementSet("1", Epoch.J2000, 15, 0.001, 1, 1, 1, 1, 0, 0, 0), Profile, Noise)!.Value.Added;

    private static DegradationMark Mark(AddedSigma added)
        => new(Profile.Id, Federation.Pacific, new AgreementId(Hash256.Of("agreement"u8)), Hash256.Of("leaf"u8), added, Profile.Remove);
}
