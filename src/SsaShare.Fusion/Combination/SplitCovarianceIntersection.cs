using SsaShare.Domain;

namespace SsaShare.Fusion;

/// <summary>Combines tracks of one object that declare which part of their error no other shares; the rest may be correlated in any way.</summary>
/// <remarks>
/// Julier and Uhlmann, Handbook of Multisensor Data Fusion, 2001, chapter 12. A declaration is believed where no other track can contain it: not beside another track of its source, one with a common
/// basis, one that agrees better than independent ones do, nor one that declares nothing of itself and may be made of this one. Where none is believed this is <see cref="CovarianceIntersection"/>.
/// The combined track contains its inputs: whoever passes it on declares no independent part.
/// </remarks>
public static class SplitCovarianceIntersection
{
    /// <inheritdoc cref="CovarianceIntersection.Combine"/>
    public static CombinationOutcome Combine(IReadOnlyCollection<ReadyTrack> tracks, Epoch epoch, WeightCriterion criterion = WeightCriterion.Determinant)
        => TrackIntake.Of(tracks, epoch).Combine(intake => PartMerger.Intersect(intake.Parts(believeIndependent: true), criterion));
}
