namespace SsaShare.Orbits;

/// <summary>How much an object's element sets scatter, from themselves: medians of absolute deviations over the 50 sets before and the 8 after, so that a manoeuvre does not count.</summary>
internal sealed class TrackNoise
{
    private const int Before = 50, After = 8;
    private const double ToSigma = 1.4826;
    private const double LeastRateKmPerDay = 0.01, LeastBendKmPerDay2 = 0.002;

    public TrackNoise(ElementHistory history, double leastKm)
    {
        int n = history.Count;
        double[] track = new double[n], rate = new double[n], slope = new double[n];
        for (int k = 0; k < n; k++)
        {
            bool inside = k >= 2 && k < n - 2;
            track[k] = inside ? Math.Abs(OffCurve(history, history.TrackKm, k)) : double.NaN;
            rate[k] = inside ? Math.Abs(OffCurve(history, history.RateKmPerDay, k)) : double.NaN;
            slope[k] = inside ? (history.RateKmPerDay[k + 2] - history.RateKmPerDay[k - 2]) / (history.Days[k + 2] - history.Days[k - 2]) : double.NaN;
        }
        TrackKm = [.. Enumerable.Range(0, n).Select(k => Math.Max(leastKm, ToSigma * Middle(track, k)))];
        RateKmPerDay = [.. Enumerable.Range(0, n).Select(k => Math.Max(LeastRateKmPerDay, ToSigma * Middle(rate, k)))];
        MeanBendKmPerDay2 = [.. Enumerable.Range(0, n).Select(k => 0.5 * Middle(slope, k))];
        double[] step = new double[n];
        for (int k = 0; k < n; k++)
            step[k] = k == 0 ? double.NaN : Math.Abs(history.RateKmPerDay[k] - history.RateKmPerDay[k - 1] - 2 * MeanBendKmPerDay2[k] * (history.Days[k] - history.Days[k - 1]));
        StepKmPerDay = [.. Enumerable.Range(0, n).Select(k => Math.Max(LeastRateKmPerDay, ToSigma * Middle(step, k)))];
        double[] jump = [.. Enumerable.Range(0, n).Select(k => k == 0 ? double.NaN : Math.Abs(Jump(history, k)))];
        JumpKm = [.. Enumerable.Range(0, n).Select(k => Math.Max(leastKm, ToSigma * Middle(jump, k)))];
        BendKmPerDay2 = new double[n];
        for (int k = 0; k < n; k++)
        {
            double mean = 2 * MeanBendKmPerDay2[k];
            BendKmPerDay2[k] = Math.Max(LeastBendKmPerDay2, 0.5 * ToSigma * Middle(slope, k, value => Math.Abs(value - mean)));
        }
    }

    /// <summary>Standard deviation of each set's place along the track, km.</summary>
    public double[] TrackKm { get; }

    /// <summary>Standard deviation of each set's rate, km/day.</summary>
    public double[] RateKmPerDay { get; }

    /// <summary>Standard deviation of the change of rate from one set to the next beyond usual drag, km/day.</summary>
    public double[] StepKmPerDay { get; }

    /// <summary>Standard deviation of <see cref="Jump"/>, km.</summary>
    public double[] JumpKm { get; }

    /// <summary>Usual factor of the squared time (days) in the track: what drag makes, km/day².</summary>
    public double[] MeanBendKmPerDay2 { get; }

    /// <summary>How much that factor varies, km/day².</summary>
    public double[] BendKmPerDay2 { get; }

    /// <summary>How far the place of a set lies from that of the set before, moved on with the mean of both rates, km.</summary>
    public static double Jump(ElementHistory h, int k)
        => h.TrackKm[k] - h.TrackKm[k - 1] - 0.5 * (h.RateKmPerDay[k] + h.RateKmPerDay[k - 1]) * (h.Days[k] - h.Days[k - 1]);

    private static double Middle(double[] values, int k, Func<double, double>? of = null)
    {
        double[] near = [.. values[Math.Max(0, k - Before)..Math.Min(values.Length, k + After + 1)].Where(double.IsFinite).Select(v => of is null ? v : of(v))];
        return near.Length == 0 ? 0 : ElementHistory.Median(near);
    }

    /// <summary>Distance of a value from the cubic through two neighbours on each side, in the standard deviation of one value.</summary>
    private static double OffCurve(ElementHistory h, double[] values, int k)
    {
        ReadOnlySpan<int> at = [k - 2, k - 1, k + 1, k + 2];
        double predicted = 0, variance = 1;
        foreach (int i in at)
        {
            double weight = 1;
            foreach (int j in at)
                if (j != i) weight *= (h.Days[k] - h.Days[j]) / (h.Days[i] - h.Days[j]);
            predicted += weight * values[i];
            variance += weight * weight;
        }
        return (values[k] - predicted) / Math.Sqrt(variance);
    }
}
