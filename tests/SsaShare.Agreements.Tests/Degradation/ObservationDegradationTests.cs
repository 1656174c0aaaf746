using SsaShare.Domain;

namespace SsaShare.Agreements.Tests;

/// <summary>Observations: a receiver's normalised error is honest, and no number of pulls, profiles or records brings it nearer to the truth.</summary>
public sealed class ObservationDegradationTests
{
    private const int Count = 4_000;
    private static readonly DegradationFigures Fine = new() { RangeSigmaKm = 0.2, RangeRateSigmaKmPerS = 0.005, AngleSigmaDeg = 0.05, EpochStepS = 0.1 };
    private static readonly DegradationFigures Coarse = new() { RangeSigmaKm = 1, RangeRateSigmaKmPerS = 0.02, AngleSigmaDeg = 0.5, EpochStepS = 2 };

    public static TheoryData<double, double> Figures => new() { { 0.001, 0.0001 }, { 0.5, 0.02 }, { 5, 0.2 }, { 50, 2 } };

    [Theory, MemberData(nameof(Figures))]
    public void Apply_Thousands_NormalisedErrorIsHonest(double rangeSigmaKm, double angleSigmaDeg)
    {
        var figures = new DegradationFigures { RangeSigmaKm = rangeSigmaKm, AngleSigmaDeg = angleSigmaDeg, RangeRateSigmaKmPerS = 0.01, EpochStepS = 5 };
        var sums = new double[5];
        foreach (var original in Sky.Observations(Count, seed: 11))
        {
            double[] errors = NormalisedErrors(original, figures);
            for (int i = 0; i < errors.Length; i++) sums[i] += errors[i] * errors[i];
        }
        foreach (double sum in sums) ChiSquare.AssertHonest(sum, Count);
        ChiSquare.AssertHonest(sums.Sum(), sums.Length * Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void Apply_NearTheZenith_StaysADirectionAndIsNotOverconfident(double zenithDistanceSigma)
    {
        double sigmaRad = 0.5 * Math.PI / 180, azimuths = 0, elevations = 0;
        foreach (var original in Sky.Observations(Count, seed: 12).Select(o => o with { ElevationRad = Math.PI / 2 - zenithDistanceSigma * sigmaRad }))
        {
            var (degraded, added) = ObservationDegradation.Apply(original, Sky.Profile(new DegradationFigures { AngleSigmaDeg = 0.5 }), Sky.NoiseOf(original))!.Value;
            Assert.InRange(degraded.ElevationRad!.Value, 0, Math.PI / 2);
            Assert.InRange(degraded.AzimuthRad!.Value, 0, Math.Tau);
            azimuths += Math.Pow(Math.IEEERemainder(degraded.AzimuthRad.Value - original.AzimuthRad!.Value, Math.Tau) / added.AzimuthRad!.Value, 2);
            elevations += Math.Pow((degraded.ElevationRad.Value - original.ElevationRad!.Value) / added.ElevationRad!.Value, 2);
        }
        ChiSquare.AssertNotOverconfident(azimuths, Count);
        // At the pole itself both axes of the noise go into the elevation.
        ChiSquare.AssertNotOverconfident(elevations / (zenithDistanceSigma < 1 ? 2 : 1), Count);
    }

    [Fact]
    public void Apply_OneThousandPulls_AreOneAndTheSame()
    {
        var original = Sky.Observations(1, seed: 13).Single();
        var pulls = Enumerable.Range(0, 1_000).Select(_ => ObservationDegradation.Apply(original, Sky.Profile(Coarse), Sky.NoiseOf(original))!.Value).ToList();
        Assert.Single(pulls.Distinct());
        Assert.NotEqual(original.RangeKm, pulls.Average(pull => pull.Degraded.RangeKm!.Value));
    }

    [Fact]
    public void Apply_ForTwoRecipients_DrawsIndependentNoise()
    {
        var originals = Sky.Observations(Count, seed: 14).ToList();
        var one = originals.Select(o => NormalisedErrors(o, Coarse, "atlantic")).ToList();
        var other = originals.Select(o => NormalisedErrors(o, Coarse, "caribbean")).ToList();
        for (int i = 0; i < one[0].Length; i++) ChiSquare.AssertUncorrelated([.. one.Select(e => e[i])], [.. other.Select(e => e[i])]);
    }

    [Fact]
    public void Apply_QuantitiesOfOneItem_HaveIndependentErrors()
    {
        var errors = Sky.Observations(Count, seed: 15).Select(o => NormalisedErrors(o, Coarse)).ToList();
        for (int i = 0; i < errors[0].Length; i++)
        for (int j = i + 1; j < errors[0].Length; j++) ChiSquare.AssertUncorrelated([.. errors.Select(e => e[i])], [.. errors.Select(e => e[j])]);
    }

    [Fact]
    public void Apply_FinerAndCoarserOfOneItem_TogetherTellNoMoreThanTheFiner()
    {
        // The coarse error less the fine one is independent of the fine one: the best estimate from both puts no weight on the coarse.
        var pairs = Sky.Observations(Count, seed: 16).Select(o => (Fine: Errors(o, Fine), Coarse: Errors(o, Coarse))).ToList();
        for (int i = 0; i < 4; i++)
            ChiSquare.AssertUncorrelated([.. pairs.Select(p => p.Fine[i])], [.. pairs.Select(p => p.Coarse[i] - p.Fine[i])]);
        // Epochs are rounded last. Even who saw the unrounded finer epoch would learn nothing from the coarser.
        double rest = pairs.Sum(p => Math.Pow(p.Coarse[4] - p.Fine[4], 2) / ((2 * 2 - 0.1 * 0.1) / 4 + (2 * 2 + 0.1 * 0.1) / 12));
        ChiSquare.AssertHonest(rest, Count);
    }

    [Fact]
    public void Apply_ACorrectionOfTheSameMeasurement_DrawsTheSameNoise()
    {
        var original = Sky.Observations(1, seed: 17).Single();
        var corrected = original with { RangeKm = original.RangeKm + 0.25 };
        var profile = Sky.Profile(new DegradationFigures { RangeSigmaKm = 1 });
        double before = ObservationDegradation.Apply(original, profile, Sky.NoiseOf(original))!.Value.Degraded.RangeKm!.Value;
        double after = ObservationDegradation.Apply(corrected, profile, Sky.NoiseOf(corrected))!.Value.Degraded.RangeKm!.Value;
        Assert.Equal(0.25, after - before, 0.0011);
    }

    [Fact]
    public void NoiseOf_TwoUntaggedObjectsAtOneInstant_Differs()
    {
        var facts = Sky.Facts(Sky.Observations(1, seed: 18).Single() with { ObjectTag = null });
        var tagged = Sky.Facts(Sky.Observations(1, seed: 18).Single());
        Assert.NotEqual(Noise(facts, "one"u8), Noise(facts, "other"u8));
        Assert.Equal(Noise(tagged, "one"u8), Noise(tagged, "corrected"u8));
        Assert.NotEqual(Noise(tagged, "one"u8), Noise(tagged with { Objects = "5398" }, "one"u8));
        Assert.Equal(Noise(tagged, "one"u8), Noise(tagged with { Objects = "025544" }, "one"u8));
        Assert.NotEqual(Noise(tagged, "one"u8), Noise(tagged with { Originator = Federation.Atlantic }, "one"u8));
        Assert.NotEqual(Noise(tagged, "one"u8), Noise(tagged with { Class = RecordClass.OrbitState }, "one"u8));
    }

    [Fact]
    public void Apply_Digits_TellNoDecimalOfTheOriginal()
    {
        foreach (var original in Sky.Observations(200, seed: 19))
        {
            var degraded = ObservationDegradation.Apply(original, Sky.Profile(new DegradationFigures { RangeSigmaKm = 0.5 }), Sky.NoiseOf(original))!.Value.Degraded;
            double thousandths = degraded.RangeKm!.Value / 0.0005;
            Assert.Equal(Math.Round(thousandths), thousandths, 1e-6);
        }
    }

    [Fact]
    public void Apply_StatedSigmas_FollowFromProfileAndDegradedValues()
    {
        foreach (var original in Sky.Observations(100, seed: 20))
        {
            var (degraded, added) = ObservationDegradation.Apply(original, Sky.Profile(Coarse), Sky.NoiseOf(original))!.Value;
            double sigma = 0.5 * Math.PI / 180;
            var expected = new AddedSigma
            {
                RangeKm = 1, RangeRateKmPerS = 0.02, ElevationRad = sigma, AzimuthRad = ObservationDegradation.AzimuthSigmaRad(sigma, degraded.ElevationRad!.Value), EpochS = 2 / Math.Sqrt(3),
            };
            Assert.Equal(expected, added);
        }
    }

    [Fact]
    public void Apply_Removals_TakeTheFieldsAndAlterNothingElse()
    {
        var original = Sky.Observations(1, seed: 21).Single();
        var (degraded, added) = ObservationDegradation.Apply(original, Sky.Profile(new DegradationFigures(), RemovedField.ObjectTag, RemovedField.RangeRate), Sky.NoiseOf(original))!.Value;
        Assert.Equal(original with { ObjectTag = null, RangeRateKmPerS = null }, degraded);
        Assert.Equal(new AddedSigma(), added);
    }

    [Fact]
    public void Apply_AProfileThatHidesNothingOfIt_GivesNothing()
    {
        var angles = Sky.Observations(1, seed: 22).Single() with { RangeKm = null, RangeRateKmPerS = null };
        Assert.Null(Give(angles, new DegradationFigures { RangeSigmaKm = 1 }));
        Assert.Null(Give(angles, new DegradationFigures { PositionSigmaKm = 1, ElementAngleStepDeg = 1 }, RemovedField.RangeRate));
        Assert.NotNull(Give(angles, new DegradationFigures { EpochStepS = 1 }));
        var rate = angles with { AzimuthRad = null, ElevationRad = null, RangeRateKmPerS = 1 };
        Assert.Null(Give(rate, new DegradationFigures { EpochStepS = 1 }, RemovedField.RangeRate));
        Assert.NotNull(Give(angles with { AzimuthRad = null }, new DegradationFigures { AngleSigmaDeg = 1 }));
        Assert.NotNull(Give(angles with { ElevationRad = null }, new DegradationFigures { AngleSigmaDeg = 1 }));

        static object? Give(Observation observation, DegradationFigures figures, params RemovedField[] remove)
            => ObservationDegradation.Apply(observation, Sky.Profile(figures, remove), Sky.NoiseOf(observation));
    }

    [Fact]
    public void Apply_AShortRangeWithMuchNoise_StaysPositive()
    {
        foreach (var original in Sky.Observations(1_000, seed: 23).Select(o => o with { RangeKm = 1 }))
            Assert.True(ObservationDegradation.Apply(original, Sky.Profile(new DegradationFigures { RangeSigmaKm = 100 }), Sky.NoiseOf(original))!.Value.Degraded.RangeKm > 0);
    }

    private static double Noise(RecordFacts facts, ReadOnlySpan<byte> payload)
    {
        var (least, greatest) = DegradationFigures.Range(DegradedFigure.RangeSigmaKm);
        return Sky.Key.NoiseOf(MeasuredItem.Of(facts, payload), Federation.Atlantic).At(NoiseQuantity.Range, least, greatest);
    }

    /// <summary>Range km, range rate km/s, azimuth on the sky rad, elevation rad, epoch s.</summary>
    private static double[] Errors(Observation original, DegradationFigures figures, string recipient = "atlantic")
    {
        var degraded = ObservationDegradation.Apply(original, Sky.Profile(figures), Sky.NoiseOf(original, recipient))!.Value.Degraded;
        return
        [
            degraded.RangeKm!.Value - original.RangeKm!.Value,
            degraded.RangeRateKmPerS!.Value - original.RangeRateKmPerS!.Value,
            Math.IEEERemainder(degraded.AzimuthRad!.Value - original.AzimuthRad!.Value, Math.Tau) * Math.Cos(degraded.ElevationRad!.Value),
            degraded.ElevationRad.Value - original.ElevationRad!.Value,
            degraded.Epoch.SecondsSince(original.Epoch),
        ];
    }

    private static double[] NormalisedErrors(Observation original, DegradationFigures figures, string recipient = "atlantic")
    {
        var (degraded, added) = ObservationDegradation.Apply(original, Sky.Profile(figures), Sky.NoiseOf(original, recipient))!.Value;
        double[] errors = Errors(original, figures, recipient);
        return
        [
            errors[0] / added.RangeKm!.Value, errors[1] / added.RangeRateKmPerS!.Value, errors[2] / Math.Cos(degraded.ElevationRad!.Value) / added.AzimuthRad!.Value,
            errors[3] / added.ElevationRad!.Value, errors[4] / added.EpochS!.Value,
        ];
    }
}
