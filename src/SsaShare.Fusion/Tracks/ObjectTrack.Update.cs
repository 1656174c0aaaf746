using System.Collections.Immutable;
using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Fusion;

/// <summary>Tracklets that come and go.</summary>
public sealed partial class ObjectTrack
{
    // What linear deviations neglect, d²/r, is 1 m in low orbit at three times as much.
    private const double LinearKm = 1;

    /// <summary>The track with one tracklet more, however late it comes.</summary>
    /// <param name="tracklet">Of the object. Its observations that are further off than chance allows are refused; whether it is believed at all is for the caller to judge by the fit.</param>
    /// <exception cref="ArgumentException">A tracklet of this id is there already.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The table of Earth orientation does not cover an instant.</exception>
    public TrackUpdate Update(ObservedTracklet tracklet)
    {
        if (Tracklets.Any(t => t.Id == tracklet.Id)) throw new ArgumentException($"The track has {tracklet.Id} already.", nameof(tracklet));
        if (tracklet.Start < Earliest) return new TrackUpdate.TooOld(Earliest);
        int kept = StepsBefore(tracklet.Start);
        var from = kept == _steps.Length && _carried is not null && _carried.Epoch <= tracklet.Start && IsLinear(_carried) ? _carried : null;
        return Rerun(kept, [.. _steps.Skip(kept).SelectMany(s => s.Tracklets), tracklet], from, tracklet);
    }

    /// <summary>The track without one of its tracklets: as if it had never been there.</summary>
    /// <param name="id">Of one of <see cref="Tracklets"/>.</param>
    /// <exception cref="ArgumentException">The track has no such tracklet among those that can be taken out.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The table of Earth orientation does not cover an instant.</exception>
    public TrackUpdate Without(string id)
    {
        int kept = 0;
        while (kept < _steps.Length && _steps[kept].Tracklets.All(t => t.Id != id)) kept++;
        if (kept == _steps.Length) throw new ArgumentException($"The track has no {id}.", nameof(id));
        return Rerun(kept, [.. _steps.Skip(kept).SelectMany(s => s.Tracklets).Where(t => t.Id != id)], null, null);
    }

    /// <summary>Whether an update may begin from a prediction: the way there cannot be gone again about the orbit that the update finds, which has to be done where the uncertainty bends with the orbit.</summary>
    private static bool IsLinear(FilterCheckpoint carried) => carried.Covariance.PositionSigmaKm < LinearKm;

    /// <summary>Steps that are wholly over before an instant.</summary>
    private int StepsBefore(Epoch start)
    {
        int count = _steps.Length;
        while (count > 0 && _steps[count - 1].After.Epoch > start) count--;
        return count;
    }

    private TrackUpdate Rerun(int kept, List<ObservedTracklet> tracklets, FilterCheckpoint? from, ObservedTracklet? added)
    {
        tracklets.Sort((a, b) => a.Start != b.Start ? a.Start.CompareTo(b.Start) : string.CompareOrdinal(a.Id, b.Id));
        var steps = _steps.Take(kept).ToList();
        from ??= kept == 0 ? _anchor : steps[^1].After;
        TrackletFit? fit = null;
        for (int first = 0, end; first < tracklets.Count; first = end)
        {
            end = first + 1;
            for (var until = tracklets[first].End; end < tracklets.Count && tracklets[end].Start < until; end++)
                if (tracklets[end].End > until) until = tracklets[end].End;
            if (Process([.. tracklets[first..end]], from, added, ref fit) is not { } step) return new TrackUpdate.NotFollowed();
            steps.Add(step);
            from = step.After;
        }
        // What can no longer be taken back is summed up in the anchor.
        int surplus = Math.Max(0, steps.Count - _dynamics.Options.MostSteps);
        return new TrackUpdate.Updated(new ObjectTrack(this, surplus == 0 ? _anchor : steps[surplus - 1].After, [.. steps.Skip(surplus)], null), fit);
    }

    private TrackStep? Process(ObservedTracklet[] tracklets, FilterCheckpoint from, ObservedTracklet? added, ref TrackletFit? fit)
    {
        IReadOnlyList<TrackingObservation> observations = tracklets.Length == 1 ? tracklets[0].Observations : [.. tracklets.SelectMany(t => t.Observations).OrderBy(o => o.Epoch)];
        var session = _dynamics.Filter(_regime).Resume(from, _options);
        if (!session.TryProcessAll(observations, out var results)) return null;
        if (added is not null && tracklets.Contains(added))
        {
            var own = new HashSet<TrackingObservation>(added.Observations, ReferenceEqualityComparer.Instance);
            fit = new TrackletFit([.. results.Where(r => own.Contains(observations[r.ObservationIndex])).Select((r, i) => r with { ObservationIndex = i })]);
        }
        var all = new TrackletFit(results);
        return new TrackStep(tracklets, session.Checkpoint, all.ChiSquare, all.Figures, all.Refused);
    }
}
