using SsaShare.Domain;

namespace SsaShare.Fusion;

/// <summary>Combines tracks of one object that declare which part of their error no other shares; the rest may be correlated in any way.</summary>
/// <remarks>
/// Julier and Uhlmann, Handbook of Multisensor Data Fusion, 2001, chapter 12. A declaration counts once: of tracks of one source, of tracks with a common basis, and of those that agree better than independent ones do,
/// none is believed. Where no track declares a part this is <see cref="CovarianceIntersection"/>. The combined track shares the parts of its inputs: whoever passes it on declares none.
/// </remarks>
public static class SplitCovarianceIntersection
{
    /// <inheritdoc cref="CovarianceIntersection.Combine"/>
    public static CombinationOutcome Combine(IReadOnlyCollection<ReadyTrack> tracks, Epoch epoch, WeightCriterion criterion = WeightCriterion.Determinant)
        => TrackIntake.Of(tracks, epoch).Combine(intake => PartMerger.Intersect(intake.Parts(believeIndependent: true), criterion));
}
