using SsaShare.Domain;

namespace SsaShare.Fusion;

/// <summary>Combines tracks of one object whose errors may be correlated in any way: never optimistic, whoever copied from whom.</summary>
/// <remarks>Julier and Uhlmann, ACC 1997. Independent parts and bases that tracks declare do not count. Tracks further apart than their covariances can explain are quarantined (<see cref="TrackFault.Contradicts"/>).</remarks>
public static class CovarianceIntersection
{
    /// <param name="tracks">Of one object, in any order, which does not change a bit of the answer.</param>
    /// <param name="epoch">Of all of them.</param>
    /// <param name="criterion">What the weights make small.</param>
    public static CombinationOutcome Combine(IReadOnlyCollection<ReadyTrack> tracks, Epoch epoch, WeightCriterion criterion = WeightCriterion.Determinant)
        => TrackIntake.Of(tracks, epoch).Combine(intake => PartMerger.Intersect(intake.Parts(believeIndependent: false), criterion));
}
