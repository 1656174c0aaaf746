namespace SsaShare.Orbits;

/// <summary>A change of rate along the track at one instant.</summary>
/// <param name="Days">Since the first set.</param>
/// <param name="RateKmPerDay">The change.</param>
/// <param name="Significance">Over its standard deviation, which residuals larger than the noise widen.</param>
/// <param name="LogLikelihood">Of the element sets around it, the size of their noise left open; to compare kinks at other instants and spans.</param>
internal readonly record struct Kink(double Days, double RateKmPerDay, double Significance, double LogLikelihood = 0);

/// <summary>Judges a kink at a given instant.</summary>
/// <remarks>
/// Around the instant the track is a constant, a rate, a drag (held near its usual size) and a turn for each kink known nearby; the rates that the sets state
/// themselves count less, with an offset of their own. All but the turn in question is projected out by Gram and Schmidt, twice for the digits.
/// A set that was fitted to observations of some days (its span) follows a kink only slowly: see <see cref="Turn"/>.
/// </remarks>
internal sealed class KinkFit(ElementHistory history, ManeuverDetectorOptions options)
{
    public const int LeastSets = 3;
    private const int MostColumns = 16, MostSets = 256;

    // Rates of successive sets share their errors, places hardly do.
    private const double RateFactor = 3;

    // Beyond the window: a set of a span of days tells the whole of a kink only when it lies that long behind.
    private const double LongerAfterDays = 3;


    private readonly TrackNoise _noise = new(history, options.LeastNoiseKm);

    public TrackNoise Noise => _noise;

    /// <param name="spanDays">How many days of observations went into each set; 0 where sets follow at once.</param>
    public Kink At(double days, double spanDays, List<double> kinks)
    {
        foreach (double kink in kinks)
            if (Math.Abs(kink - days) < options.SeparationDays) return default;
        int first = history.IndexAt(days - options.WindowDays), last = history.IndexAt(days + options.WindowDays + LongerAfterDays) - 1;
        int middle = history.IndexAt(days), before = middle - first, n = last - first + 1;
        if (before < LeastSets || n - before < LeastSets || n > MostSets) return default;
        int rows = 2 * n + 1, center = Math.Min(middle, history.Count - 1);
        Span<double> columns = stackalloc double[MostColumns * rows], y = stackalloc double[rows];
        var sets = new Rows(history, _noise, first, days);
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
            if (at <= -options.WindowDays - spanDays || at >= options.WindowDays + LongerAfterDays) continue;
            if (count == MostColumns - 1) return default;
            sets.Fill(columns.Slice(count++ * rows, rows), t => Turn(t - at, spanDays).Place, t => Turn(t - at, spanDays).Rate);
        }
        sets.Fill(columns.Slice(count * rows, rows), t => Turn(t, spanDays).Place, t => Turn(t, spanDays).Rate);
        sets.Values(y);
        y[^1] = _noise.MeanBendKmPerDay2[center] * bend[^1];
        double turnNorm = 0;
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
            if (c == count) turnNorm = norm;
            for (int i = 0; i < rows; i++) column[i] /= norm;
            if (c < count) Subtract(y, column);
        }
        Subtract(y, columns.Slice(count * rows, rows), out double size);
        int freedom = rows - count - 1;
        if (freedom < 1) return default;
        double scale = Norm(y) / Math.Sqrt(freedom);
        return new Kink(days, size / turnNorm, Math.Abs(size) / Math.Max(1, scale), -freedom * Math.Log(Math.Max(scale, double.Epsilon)));
    }

    /// <summary>Places, then rates, then one row for the drag; each over its standard deviation.</summary>
    private readonly ref struct Rows(ElementHistory history, TrackNoise noise, int first, double days)
    {
        public void Fill(Span<double> column, Func<double, double> place, Func<double, double> rate)
        {
            int n = column.Length / 2;
            for (int i = 0; i < n; i++)
            {
                int k = first + i;
                double t = history.Days[k] - days;
                column[i] = place(t) / noise.TrackKm[k];
                column[n + i] = rate(t) / (RateFactor * noise.RateKmPerDay[k]);
            }
            column[^1] = 0;
        }

        public void Values(Span<double> y)
        {
            int n = y.Length / 2;
            for (int i = 0; i < n; i++)
            {
                int k = first + i;
                y[i] = history.TrackKm[k] / noise.TrackKm[k];
                y[n + i] = history.RateKmPerDay[k] / (RateFactor * noise.RateKmPerDay[k]);
            }
        }
    }

    /// <summary>What a set says some days after the rate has grown by one: place and rate at its epoch.</summary>
    /// <remarks>
    /// A straight line fitted by least squares to a curve that is 0 over the span's first part and rises over its last part u has the slope u²(3 - 2u) of the rise
    /// and ends at u²(2 - u) of what the rise would make of the span. Until 2012 element sets follow burns like that, with spans of three to seven days.
    /// </remarks>
    private static (double Place, double Rate) Turn(double days, double spanDays)
    {
        if (!(days >= 0)) return (0, 0);
        double u = spanDays > 0 ? days / spanDays : 1;
        return u < 1 ? (spanDays * u * u * (2 - u), u * u * (3 - 2 * u)) : (days, 1);
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
