using System.Collections.Immutable;
using SsaShare.Domain;

namespace SsaShare.Agreements;

/// <summary>Which records a degradation profile has something to say about, and which of two profiles leaves more of them.</summary>
internal static class ProfileReach
{
    private static readonly ImmutableArray<DegradedFigure> Observation =
        [DegradedFigure.RangeSigmaKm, DegradedFigure.AngleSigmaDeg, DegradedFigure.RangeRateSigmaKmPerS, DegradedFigure.EpochStepS];

    private static readonly ImmutableArray<DegradedFigure> OrbitState = [DegradedFigure.PositionSigmaKm, DegradedFigure.VelocitySigmaKmPerS, DegradedFigure.EpochStepS];

    private static readonly ImmutableArray<DegradedFigure> ElementSet =
        [DegradedFigure.ElementAngleStepDeg, DegradedFigure.EccentricityStep, DegradedFigure.MeanMotionStepRevPerDay, DegradedFigure.EpochStepS];

    /// <summary>The classes whose records can be degraded at all.</summary>
    public static readonly ImmutableArray<RecordClass> Classes = [RecordClass.Observation, RecordClass.OrbitState, RecordClass.ElementSet];

    /// <summary>Whether the profile hides anything of such a record; where it does not, nothing is released by it.</summary>
    public static bool Reaches(DegradationProfile profile, RecordClass recordClass)
        => FiguresOf(recordClass).Any(figure => profile.Figures[figure] is not null) || FieldsOf(recordClass).Any(profile.Removes);

    /// <summary>Below 0 when <paramref name="a"/> leaves more of a record of the class, 0 when both leave the same, null when each leaves something that the other hides.</summary>
    public static int? Compare(DegradationProfile a, DegradationProfile b, RecordClass recordClass)
    {
        var signs = FiguresOf(recordClass).Select(figure => (a.Figures[figure] ?? 0).CompareTo(b.Figures[figure] ?? 0))
            .Concat(FieldsOf(recordClass).Select(field => a.Removes(field).CompareTo(b.Removes(field)))).ToList();
        return signs.Any(sign => sign < 0) ? signs.Any(sign => sign > 0) ? null : -1 : signs.Any(sign => sign > 0) ? 1 : 0;
    }

    /// <summary>The figures that say something about records of the class.</summary>
    public static ImmutableArray<DegradedFigure> FiguresOf(RecordClass recordClass) => recordClass switch
    {
        RecordClass.Observation => Observation,
        RecordClass.OrbitState => OrbitState,
        RecordClass.ElementSet => ElementSet,
        _ => [],
    };

    private static ImmutableArray<RemovedField> FieldsOf(RecordClass recordClass) => recordClass switch
    {
        RecordClass.Observation => [RemovedField.ObjectTag, RemovedField.RangeRate],
        RecordClass.OrbitState or RecordClass.ElementSet => [RemovedField.ObjectTag],
        _ => [],
    };
}
