namespace SsaShare.Orbits;

/// <summary>The array [Φ·L, noise] whose product with its transpose is the covariance carried over an interval.</summary>
internal static class CarriedArray
{
    /// <param name="target">n rows of <paramref name="stride"/> at least n + 10 + number of parameters; those columns are written, others left.</param>
    /// <param name="stride">Length of a row of the target.</param>
    /// <param name="factor">L, n×n lower triangular.</param>
    /// <param name="n">States.</param>
    /// <param name="phi">10×10: of the orbit's states.</param>
    /// <param name="noise">10×10 lower triangular: of the orbit's states.</param>
    /// <param name="parameters">They go each by itself.</param>
    /// <param name="seconds">Length of the interval.</param>
    public static void Fill(Span<double> target, int stride, ReadOnlySpan<double> factor, int n, ReadOnlySpan<double> phi, ReadOnlySpan<double> noise, List<FilterParameter> parameters, double seconds)
    {
        const int orbit = FilterState.Orbit;
        int width = n + orbit + parameters.Count;
        for (int i = 0; i < n; i++)
        {
            var row = target.Slice(i * stride, width);
            row.Clear();
            if (i < orbit)
            {
                for (int k = 0; k < orbit; k++)
                {
                    double weight = phi[i * orbit + k];
                    if (weight == 0) continue;
                    for (int j = 0; j <= k; j++) row[j] += weight * factor[k * n + j];
                }
                noise.Slice(i * orbit, orbit).CopyTo(row[n..]);
            }
            else
            {
                var process = parameters[i - orbit].Process;
                double decay = process.Decay(seconds);
                for (int j = 0; j <= i; j++) row[j] = decay * factor[i * n + j];
                row[n + i] = process.NewSigma(seconds);
            }
        }
    }
}
