namespace SsaShare.Orbits;

/// <summary>A change of rate along the track at one instant.</summary>
/// <param name="Days">Since the first set.</param>
/// <param name="RateKmPerDay">The change.</param>
/// <param name="Significance">Over its standard deviation, which residuals larger than the noise widen.</param>
/// <param name="Scale">Root mean square of the residuals over the noise.</param>
internal readonly record struct Kink(double Days, double RateKmPerDay, double Significance, double Scale = 1)
{
    /// <summary>What the significance would be if the noise were known.</summary>
    public double Unscaled => Significance * Math.Max(1, Scale);
}

/// <summary>Judges a kink at a given instant.</summary>
/// <remarks>
/// Around the instant the track is a constant, a rate, a drag (held near its usual size) and a ramp for each kink known nearby; the rates that the sets
/// state themselves count little, with an offset of their own. All but the ramp in question is projected out by Gram and Schmidt, twice for the digits.
/// </remarks>
internal sealed class KinkFit(ElementHistory history, ManeuverDetectorOptions options)
{
    public const int LeastSets = 3;
    private const int MostColumns = 16, MostSets = 256;

    // Rates of successive sets share their errors, places hardly do.
    private const double RateFactor = 10;

    private readonly TrackNoise _noise = new(history, options.LeastNoiseKm);

    public TrackNoise Noise => _noise;

    /// <summary>Sets of the lag after the instant are left out: they may still lean on what was seen before it.</summary>
    public Kink At(double days, double lagDays, List<double> kinks)
    {
        foreach (double kink in kinks)
            if (Math.Abs(kink - days) < options.SeparationDays) return default;
        int first = history.IndexAt(days - options.WindowDays), last = history.IndexAt(days + lagDays + options.WindowDays) - 1;
        int middle = history.IndexAt(days), resumed = history.IndexAt(days + lagDays);
        int before = middle - first, n = before + last - resumed + 1;
        if (before < LeastSets || n - before < LeastSets || n > MostSets) return default;
        int rows = 2 * n + 1, center = Math.Min(middle, history.Count - 1);
        Span<double> columns = stackalloc double[MostColumns * rows], y = stackalloc double[rows];
        var sets = new Rows(history, _noise, RateFactor, first, before, resumed, days);
        int count = 0;
        sets.Fill(columns.Slice(count++ * rows, rows), t => 1, t => 0);
        sets.Fill(columns.Slice(count++ * rows, rows), t => 0, t => 1);
        sets.Fill(columns.Slice(count++ * rows, rows), t => t, t => 1);
        var bend = columns.Slice(count++ * rows, rows);
        sets.Fill(bend, t => t * t, t => 2 * t);
        bend[^1] = 1 / _noise.BendKmPerDay2[center];
        foreach (double kink in kinks)
        {
            double at = kink - days;
            if (at <= -options.WindowDays || at >= options.WindowDays + lagDays) continue;
            if (count == MostColumns - 1) return default;
            sets.Fill(columns.Slice(count++ * rows, rows), t => Math.Max(0, t - at), t => t > at ? 1 : 0);
        }
        sets.Fill(columns.Slice(count * rows, rows), t => Math.Max(0, t), t => t > 0 ? 1 : 0);
        sets.Values(y);
        y[^1] = _noise.MeanBendKmPerDay2[center] * bend[^1];
        double rampNorm = 0;
        for (int c = 0; c <= count; c++)
        {
            var column = columns.Slice(c * rows, rows);
            double whole = Norm(column);
            for (int again = 0; again < 2; again++)
                for (int b = 0; b < c; b++) Subtract(column, columns.Slice(b * rows, rows));
            double norm = Norm(column);
            if (!(norm > 1e-6 * whole))
            {
                if (c == count) return default;
                column.Clear();
                continue;
            }
            if (c == count) rampNorm = norm;
            for (int i = 0; i < rows; i++) column[i] /= norm;
            if (c < count) Subtract(y, column);
        }
        Subtract(y, columns.Slice(count * rows, rows), out double size);
        int freedom = rows - count - 1;
        if (freedom < 1) return default;
        double scale = Norm(y) / Math.Sqrt(freedom);
        return new Kink(days, size / rampNorm, Math.Abs(size) / Math.Max(1, scale), scale);
    }

    /// <summary>Places, then rates, then one row for the drag; each over its standard deviation.</summary>
    private readonly ref struct Rows(ElementHistory history, TrackNoise noise, double factor, int first, int before, int resumed, double days)
    {
        public void Fill(Span<double> column, Func<double, double> place, Func<double, double> rate)
        {
            int n = column.Length / 2;
            for (int i = 0; i < n; i++)
            {
                int k = i < before ? first + i : resumed + i - before;
                double t = history.Days[k] - days;
                column[i] = place(t) / noise.TrackKm[k];
                column[n + i] = rate(t) / (factor * noise.RateKmPerDay[k]);
            }
            column[^1] = 0;
        }

        public void Values(Span<double> y)
        {
            int n = y.Length / 2;
            for (int i = 0; i < n; i++)
            {
                int k = i < before ? first + i : resumed + i - before;
                y[i] = history.TrackKm[k] / noise.TrackKm[k];
                y[n + i] = history.RateKmPerDay[k] / (factor * noise.RateKmPerDay[k]);
            }
        }
    }

    private static void Subtract(Span<double> from, ReadOnlySpan<double> unit) => Subtract(from, unit, out _);

    private static void Subtract(Span<double> from, ReadOnlySpan<double> unit, out double share)
    {
        share = 0;
        for (int i = 0; i < from.Length; i++) share += from[i] * unit[i];
        for (int i = 0; i < from.Length; i++) from[i] -= share * unit[i];
    }

    private static double Norm(ReadOnlySpan<double> v)
    {
        double sum = 0;
        foreach (double x in v) sum += x * x;
        return Math.Sqrt(sum);
    }
}
