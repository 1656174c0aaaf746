namespace SsaShare.Orbits;

/// <summary>Finds the instants at which the rate along the track changes: a kink in a smooth curve, since the place does not jump.</summary>
/// <remarks>
/// Greedy: what successive sets show clearly, then the largest kink first and its neighbours again after it (orthogonal matching pursuit, Pati et al. 1993),
/// at last each again with all others known. Days and km.
/// </remarks>
internal sealed class TrackKinks(ElementHistory history, ManeuverDetectorOptions options)
{
    private const double GridDays = 0.05, EarliestDays = 2, LatestDays = 0.5;

    // Days of observations behind each set, tried for the finding and for the time.
    private static readonly double[] CoarseSpansDays = [0, 2.5, 5], SpansDays = [0, 1, 2, 3, 4, 5, 6, 7];

    private readonly KinkFit _fit = new(history, options);
    private readonly List<double> _kinks = [];
    private readonly Dictionary<double, Kink> _steps = [];

    public List<Kink> Find()
    {
        var found = new List<Kink>();
        if (history.Count < 2 * KinkFit.LeastSets) return found;
        foreach (var step in CleanSteps.Find(history, _fit.Noise, options).Concat(TrackJumps.Find(history, _fit.Noise, options)))
        {
            _kinks.Add(step.Days);
            _steps[step.Days] = step;
        }
        int cells = (int)(history.Days[^1] / GridDays) + 1;
        double[] score = new double[cells];
        Score(score, 0, cells - 1);
        int reach = (int)(2 * options.WindowDays / GridDays);
        while (true)
        {
            int best = 0;
            for (int c = 1; c < cells; c++)
                if (score[c] > score[best]) best = c;
            if (!(score[best] >= options.Threshold)) break;
            _kinks.Add(best * GridDays);
            Score(score, best - reach, best + reach);
        }
        // Each again with all others known.
        for (int pass = 0; pass < 3; pass++)
        {
            for (int k = _kinks.Count - 1; k >= 0; k--)
            {
                double at = _kinks[k];
                if (_steps.ContainsKey(at)) continue;
                _kinks.RemoveAt(k);
                var better = Around(at);
                if (better.Significance >= options.Threshold) _kinks.Insert(k, better.Days);
            }
        }
        foreach (double at in _kinks.Order().ToList())
        {
            if (_steps.TryGetValue(at, out var step))
            {
                found.Add(step);
                continue;
            }
            _kinks.Remove(at);
            found.Add(Settled(at));
            _kinks.Add(at);
        }
        found.Sort((a, b) => a.Days.CompareTo(b.Days));
        for (int k = found.Count - 1; k > 0; k--)
        {
            if (found[k].Days - found[k - 1].Days >= 0.5 * options.SeparationDays) continue;
            found.RemoveAt(found[k].Significance > found[k - 1].Significance ? k - 1 : k);
        }
        return found;
    }

    /// <summary>The kink again, at the mean of all instants and spans weighted by how likely they make the sets: which span it was is not known.</summary>
    private Kink Settled(double days)
    {
        var tried = new List<Kink>();
        foreach (double span in SpansDays)
            for (double at = days - EarliestDays; at <= days + LatestDays; at += GridDays)
                if (_fit.At(at, span, _kinks) is var kink && kink.Significance >= options.Threshold) tried.Add(kink);
        if (tried.Count == 0) return Found(days);
        var best = tried.MaxBy(k => k.LogLikelihood);
        double sum = 0, mean = 0;
        foreach (var kink in tried)
        {
            double weight = Math.Exp(kink.LogLikelihood - best.LogLikelihood);
            sum += weight;
            mean += weight * kink.Days;
        }
        return best with { Days = mean / sum };
    }

    private Kink Around(double days)
    {
        var best = Found(days);
        for (int step = -10; step <= 10; step++)
        {
            var other = Found(days + step * 0.1 * options.SeparationDays);
            if (other.Significance > best.Significance) best = other;
        }
        return best;
    }

    private Kink Found(double days)
    {
        Kink best = default;
        foreach (double span in CoarseSpansDays)
            if (_fit.At(days, span, _kinks) is var kink && kink.Significance > best.Significance) best = kink;
        return best;
    }

    private void Score(double[] score, int from, int to)
    {
        for (int c = Math.Max(0, from); c <= Math.Min(score.Length - 1, to); c++) score[c] = Found(c * GridDays).Significance;
    }
}
