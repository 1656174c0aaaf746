using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Finds an object's manoeuvres in its tracking observations: a generalised likelihood ratio test on the innovations of a sequential filter. Safe for concurrent use.</summary>
/// <remarks>
/// Willsky and Jones (IEEE Trans. Automatic Control 21, 1976) for jumps at an unknown time. In each gap between tracks an impulse of unknown direction and size is put into the filter as three
/// states; where the tracks that follow fit so much better than without it that chance cannot explain it, and more than one of them says so, the instant is searched inside the gap and the filter goes
/// on with the impulse. The impulse's filter takes the place of the paper's linear signatures. Where no track fits the old orbit at all, the new one is found afresh and the impulse is where both
/// come nearest. Drag that changes is in the filter's process noise. Burns inside a track are found as burns beside it. The ratio is as honest as the noises are: where errors of a sensor last
/// for a whole pass, <see cref="SequentialFilterOptions.CorrelationSeconds"/> should say so. A weak burn that shows late may be placed some revolutions from where it was, outside the stated
/// span, and be followed by a second one that mends the first.
/// </remarks>
/// <param name="filter">Forces and measurements.</param>
/// <param name="options">How to look; null for the defaults.</param>
public sealed class InnovationManeuverDetector(SequentialFilter filter, InnovationManeuverOptions? options = null)
{
    private const double MetresPerKm = 1_000;

    // Tracks that cost this many times what they should are not explained.
    private const double Poor = 3;

    /// <summary>
    /// How the filter works where nothing else is said: as by default, but errors of a sensor count as one for 300 s instead of 60. Those of real radars last as long as a pass; with 60 s
    /// the detector raised three alarms in 14 days of LCS-1, which cannot manoeuvre, with 300 s one.
    /// </summary>
    public static SequentialFilterOptions Filtering { get; } = new() { CorrelationSeconds = 300 };

    private readonly InnovationManeuverOptions _options = options ?? new InnovationManeuverOptions();

    /// <param name="observations">Of one object, in any order; those before the start are left out.</param>
    /// <param name="start">The orbit before.</param>
    /// <param name="filterOptions">Of the filter: its process noise decides what counts as natural. Null for <see cref="Filtering"/>.</param>
    /// <returns>Ascending in time. Where the orbit can be followed no longer, those found until then.</returns>
    /// <exception cref="ArgumentException">As <see cref="SequentialFilter.Begin"/>.</exception>
    public IReadOnlyList<InnovationManeuver> Detect(IReadOnlyList<TrackingObservation> observations, FilterStart start, SequentialFilterOptions? filterOptions = null)
    {
        filterOptions ??= Filtering;
        var tracks = new TrackList(observations, start.State.Epoch, _options);
        var found = new List<InnovationManeuver>();
        // Filters before each track, and what each track cost without an impulse.
        var before = new FilterSession[tracks.Count];
        double[] costs = new double[tracks.Count];
        var session = filter.Begin(start, filterOptions with { KeepSteps = false });
        int processed = 0, upcoming = 1;
        while (upcoming < tracks.Count)
        {
            int track = upcoming++;
            if (!follow(track + _options.Tracks)) return found;
            if (before[track].Epoch.SecondsSince(start.State.Epoch) < _options.SettlingS) continue;
            if (Trial(before[track], tracks, costs, track, processed) is not { } trial)
            {
                if (IsLost(costs, tracks, track, processed) && reset(track) is { } afresh && !accept(track, afresh)) return found;
                continue;
            }
            // The first gap that shows it lies up to so many tracks before the burn: look on, and let all gaps be judged by the same tracks.
            if (!follow(track + 2 * _options.Tracks - 2)) return found;
            int gap = track;
            var best = ImpulseSearch.Run(before[track], tracks, track, processed, trial);
            double skipped = 0, least = best.Best.Cost;
            for (int next = track + 1; next < track + _options.Tracks && next < processed - 1; next++)
            {
                skipped += costs[next - 1];
                if (Trial(before[next], tracks, costs, next, processed) is not { } other) continue;
                var search = ImpulseSearch.Run(before[next], tracks, next, processed, other);
                if (skipped + search.Best.Cost < least) (gap, best, least) = (next, search, skipped + search.Best.Cost);
            }
            // An impulse that explains the tracks badly was too large to be followed.
            for (int lost = track; lost < track + _options.Tracks && best.Best.Cost > Poor * tracks.Figures(gap, processed); lost++)
            {
                if (!IsLost(costs, tracks, lost, processed) || reset(lost) is not { } meeting) continue;
                (gap, best) = (lost, meeting);
            }
            if (!accept(gap, best)) return found;
        }
        return found;

        ImpulseSearch? reset(int gap)
            => OrbitReset.Run(filter, filterOptions, before[gap], tracks, gap, processed, _options.ImpulseSigmaMPerS / MetresPerKm) is { } trial && trial.Cost < Poor * tracks.Figures(gap, processed)
                ? ImpulseSearch.Known(before[gap], tracks, gap, trial) : null;

        // Goes on with the impulse, from the gap that it lies in.
        bool accept(int gap, ImpulseSearch search)
        {
            double without = 0;
            for (int t = gap; t < processed; t++) without += costs[t];
            found.Add(search.Describe(without));
            session = before[gap].Fork();
            processed = gap;
            upcoming = gap + 1;
            if (!session.TryAdvance(search.Best.At)) return false;
            session.State.Kick(search.Best.DeltaVKmPerS, Widened(search.Best.Covariance), search.InstantSigmaS);
            return true;
        }

        bool follow(int end)
        {
            for (end = Math.Min(end, tracks.Count); processed < end; processed++)
            {
                before[processed] = session.Fork();
                if (!tracks.TryProcess(session, processed, out costs[processed])) return false;
            }
            return true;
        }
    }

    /// <summary>Whether none of several tracks fits the orbit in the least.</summary>
    private static bool IsLost(double[] costs, TrackList tracks, int track, int end)
    {
        for (int t = track; t < end; t++)
            if (!(costs[t] > 5 * tracks.Figures(t, t + 1))) return false;
        return end - track >= 2;
    }

    /// <summary>The impulse in the middle of a gap, where it is significant and more than one track says so.</summary>
    private ImpulseTrial? Trial(FilterSession before, TrackList tracks, double[] costs, int track, int end)
    {
        end = Math.Min(end, track + 2 * _options.Tracks);
        double without = 0;
        for (int t = track; t < end; t++) without += costs[t];
        // Where the tracks cost no more than they should, nothing can be gained that would be significant.
        if (without < tracks.Figures(track, end)) return null;
        var middle = before.Epoch.PlusSeconds(0.5 * tracks.First(track).SecondsSince(before.Epoch));
        // Narrow first: wide trust bends the way to the next track, and is needed only where the track is out of reach without it.
        ImpulseTrial? trial = null;
        foreach (double share in (ReadOnlySpan<double>)[0.01, 1])
        {
            var other = ImpulseTrial.Run(before, middle, tracks, track, end, share * _options.ImpulseSigmaMPerS / MetresPerKm, default);
            if (other is not null && (trial is null || other.Cost < trial.Cost)) trial = other;
            if (trial is not null && trial.Cost < 3 * tracks.Figures(track, end)) break;
        }
        if (trial is null) return null;
        double ratio = 0, most = 0;
        for (int t = track; t < end; t++)
        {
            double gained = costs[t] - trial.Costs[t - track];
            ratio += gained;
            most = Math.Max(most, gained);
        }
        return ratio >= _options.Threshold && ratio - most >= _options.ShareOfOthers * _options.Threshold ? trial : null;
    }

    /// <summary>A square root of the impulse's covariance, twice as wide: the filter goes on over tracks that took part in finding it, and the instant is not exact.</summary>
    private static double[] Widened(double[] covariance)
    {
        double[] factor = [.. covariance.Select(c => 4 * c)];
        // Sums of squares never are indefinite; rounding of nearly dependent ones leaves zeros.
        if (!SquareRoots.TryFactor(factor, 3)) throw new InvalidOperationException("The covariance of an impulse is indefinite.");
        return factor;
    }
}
