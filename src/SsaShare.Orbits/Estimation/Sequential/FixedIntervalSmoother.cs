namespace SsaShare.Orbits;

/// <summary>Estimates at all instants of a filter's run from all of its observations, those after the instant included.</summary>
/// <remarks>
/// Rauch, Tung and Striebel (AIAA Journal 3, 1965) in square-root form: the array [Φ·L, N; L, 0] becomes [L⁻, 0; C, D] by an orthogonal transformation, the gain is C/L⁻, and what the later
/// observations leave of the covariance is D·Dᵀ + G·Pˢ·Gᵀ: a sum, so that it is never indefinite (Park and Kailath, IEEE Trans. Automatic Control 40, 1995). Linear about the filter's estimates.
/// </remarks>
public static class FixedIntervalSmoother
{
    /// <param name="run">Of a filter that kept its steps.</param>
    /// <returns>As many estimates as the run has; the last is the filter's.</returns>
    /// <exception cref="ArgumentException">The run has no steps.</exception>
    public static SmoothedRun Smooth(FilterRun run)
    {
        if (run.Count == 0) throw new ArgumentException("The filter kept no steps.", nameof(run));
        return new SmoothedRun(run, Backward(run));
    }

    private static SmoothedStep[] Backward(FilterRun run)
    {
        var parameters = run.ParameterSlots as List<FilterParameter> ?? [.. run.ParameterSlots];
        int n = FilterState.Orbit + parameters.Count, noise = FilterState.Orbit + parameters.Count, width = n + noise;
        double[] array = new double[2 * n * width], later = new double[n * n], joined = new double[n * (noise + n)], shift = new double[n];
        var last = run.StateAt(run.Count - 1);
        var smoothed = new SmoothedStep[run.Count];
        smoothed[^1] = new SmoothedStep(last.X, FilterStep.Pack(last.Factor, n));
        last.Factor.CopyTo(later, 0);
        for (int k = run.Count - 2; k >= 0; k--)
        {
            var (state, next) = (run.StateAt(k), run.Steps[k + 1]);
            Array.Clear(array);
            CarriedArray.Fill(array, width, state.Factor, n, next.Phi, next.NoiseFactor, parameters, next.Seconds);
            for (int i = 0; i < n; i++) state.Factor.AsSpan(i * n, n).CopyTo(array.AsSpan((n + i) * width));
            SquareRoots.Triangularise(array, 2 * n, width);
            // C/L⁻ in place of C: each row solves (L⁻)ᵀ from the right.
            for (int i = 0; i < n; i++) SquareRoots.SolveUpper(array, n, width, array.AsSpan((n + i) * width, n));
            double[] x = state.X;
            for (int j = 0; j < n; j++) shift[j] = smoothed[k + 1].X[j] - (j < next.Predicted.Length ? next.Predicted[j] : parameters[j - FilterState.Orbit].Mean);
            int columns = noise + n;
            for (int i = 0; i < n; i++)
            {
                var gain = array.AsSpan((n + i) * width, n);
                for (int j = 0; j < n; j++) x[i] += gain[j] * shift[j];
                var row = joined.AsSpan(i * columns, columns);
                array.AsSpan((n + i) * width + n, noise).CopyTo(row);
                row[noise..].Clear();
                for (int m = 0; m < n; m++)
                {
                    if (gain[m] == 0) continue;
                    for (int j = 0; j <= m; j++) row[noise + j] += gain[m] * later[m * n + j];
                }
            }
            SquareRoots.Triangularise(joined, n, columns);
            for (int i = 0; i < n; i++) joined.AsSpan(i * columns, n).CopyTo(later.AsSpan(i * n));
            smoothed[k] = new SmoothedStep(x, FilterStep.Pack(later, n));
        }
        return smoothed;
    }
}

/// <summary>Mean and lower triangle of the factor by rows.</summary>
internal readonly record struct SmoothedStep(double[] X, double[] Factor);
