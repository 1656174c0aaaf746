using SsaShare.Domain;

namespace SsaShare.Fusion;

/// <summary>
/// Combines tracks of one object by what is known of their errors: those of disjoint known observations add their information, those that share some, or do not say, are intersected.
/// </summary>
public static class TrackCombiner
{
    /// <inheritdoc cref="CovarianceIntersection.Combine"/>
    public static CombinationOutcome Combine(IReadOnlyCollection<ReadyTrack> tracks, Epoch epoch, WeightCriterion criterion = WeightCriterion.Determinant)
        => TrackIntake.Of(tracks, epoch).Combine(intake =>
        {
            // With a track of unknown basis anything may be shared: it meets the others last, whole.
            var merged = new List<TrackPart>();
            foreach (var group in Groups([.. intake.Tracks.Where(track => track.Basis is not null)]))
            {
                if (PartMerger.Intersect(intake.Parts(group, believeIndependent: true), criterion) is not { } part) return null;
                merged.Add(part);
            }
            var unknown = intake.Parts([.. intake.Tracks.Where(track => track.Basis is null)], believeIndependent: true);
            if (merged.Count == 0) return PartMerger.Intersect(unknown, criterion);
            if (unknown.Count == 0) return PartMerger.Add(merged);
            return PartMerger.Add(merged) is { } known ? PartMerger.Intersect([known.AllCorrelated(), .. unknown], criterion) : null;
        });

    /// <summary>Tracks that share an observation, directly or over others.</summary>
    private static List<List<ReadyTrack>> Groups(List<ReadyTrack> tracks)
    {
        var groups = new List<(List<ReadyTrack> Tracks, HashSet<RecordId> Basis)>();
        foreach (var track in tracks)
        {
            var joined = groups.Where(group => group.Basis.Overlaps(track.Basis!)).ToList();
            var whole = (Tracks: joined.SelectMany(group => group.Tracks).Append(track).ToList(), Basis: joined.SelectMany(group => group.Basis).Concat(track.Basis!).ToHashSet());
            groups.RemoveAll(joined.Contains);
            groups.Add(whole);
        }
        return [.. groups.Select(group => tracks.Where(group.Tracks.Contains).ToList()).OrderBy(group => tracks.IndexOf(group[0]))];
    }
}
