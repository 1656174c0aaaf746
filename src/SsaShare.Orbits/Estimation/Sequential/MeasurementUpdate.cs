using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Gates the observations of one instant and lets those that pass move a filter's state. Owned by one filter.</summary>
/// <remarks>
/// Array form: an orthogonal transformation takes [R½, H·L; 0, L] to [V½, 0; K·V½, L⁺]. Iterated as Gauss and Newton's method where the measurements bend within the correction
/// (Bell and Cathey, IEEE Trans. Automatic Control 38, 1993).
/// </remarks>
internal sealed partial class MeasurementUpdate(MeasurementModel model, SequentialFilterOptions options)
{
    private const int Kinds = MeasurementFigureAccess.KindCount;

    // An update is iterated until the measurements are linear within this share of their noise.
    private const double Linear = 0.02;
    private const int MostIterations = 8;

    private readonly Dictionary<SensorKey, Epoch> _latest = [];
    private readonly List<Row> _rows = [];
    private readonly double[] _gates = Gates(options.GateProbability);
    private double[] _array = [], _partials = [], _before = [], _correction = [], _residuals = [];

    /// <summary>One figure that takes part.</summary>
    private readonly record struct Row(int Observation, MeasurementKind Kind, double Measured, double Variance, int Bias);

    /// <summary>Another one that has seen nothing.</summary>
    public MeasurementUpdate Fresh() => new(model, options);

    /// <summary>Gives the biases of a sensor their places.</summary>
    public void Register(FilterState state, TrackingSensor sensor, TrackingFigures measured)
    {
        if (!options.EstimateBiases) return;
        for (int k = 0; k < Kinds; k++)
        {
            var kind = (MeasurementKind)k;
            if (measured.Of(kind) is null || sensor.Sigma.Of(kind) is not > 0 || IndexOf(state, sensor.Key, kind) >= 0) continue;
            // A published bias is known about as well as it is large; without one, the noise is the scale of what a calibration would leave.
            double published = sensor.Bias.Of(kind) ?? 0, sigma = Math.Max(Math.Abs(published), sensor.Sigma.Of(kind)!.Value);
            state.Add(new FilterBias(sensor.Key, kind, published, new GaussMarkov(sigma, options.BiasTimeConstantS)));
        }
    }

    /// <summary>Processes observations of the state's instant.</summary>
    /// <param name="state">Replaced where an observation passes.</param>
    /// <param name="observations">All of the run.</param>
    /// <param name="group">Indices of those of this instant.</param>
    /// <param name="results">One is added for each.</param>
    /// <returns>Whether the state was changed.</returns>
    public bool Apply(FilterState state, IReadOnlyList<TrackingObservation> observations, ReadOnlySpan<int> group, List<FilteredObservation> results)
    {
        _rows.Clear();
        foreach (int i in group) results.Add(Gate(state, observations, i));
        if (_rows.Count == 0) return false;
        Correct(state, observations);
        return true;
    }

    /// <summary>What would become of an observation of the state's instant.</summary>
    public FilteredObservation Compare(FilterState state, IReadOnlyList<TrackingObservation> observations, int index)
    {
        _rows.Clear();
        return Gate(state, observations, index);
    }

    /// <summary>The latest results stand: later observations of the same sensors are their neighbours.</summary>
    public void Commit(ReadOnlySpan<FilteredObservation> results)
    {
        foreach (var one in results)
            if (one.Edit == FilterEdit.Used) _latest[one.Sensor] = one.Epoch;
    }

    private static int IndexOf(FilterState state, SensorKey sensor, MeasurementKind kind)
    {
        for (int b = 0; b < state.Biases.Count; b++)
            if (state.Biases[b].Kind == kind && state.Biases[b].Sensor == sensor) return FilterState.Orbit + b;
        return -1;
    }

    private void Correct(FilterState state, IReadOnlyList<TrackingObservation> observations)
    {
        int n = state.Count, m = _rows.Count, width = m + n;
        Reserve(ref _array, width * width);
        Reserve(ref _partials, m * n);
        Reserve(ref _residuals, 2 * m);
        Reserve(ref _before, n);
        Reserve(ref _correction, n);
        Span<double> partials = _partials.AsSpan(0, m * n), correction = _correction.AsSpan(0, n);
        Span<double> residuals = _residuals.AsSpan(0, m), innovation = _residuals.AsSpan(m, m);
        state.X.CopyTo(_before, 0);
        Linearise(state, observations, partials, residuals);
        for (int iteration = 1; ; iteration++)
        {
            var array = _array.AsSpan(0, width * width);
            array.Clear();
            for (int i = 0; i < m; i++)
            {
                array[i * width + i] = Math.Sqrt(_rows[i].Variance);
                Project(partials.Slice(i * n, n), state.Factor, n, array.Slice(i * width + m, n));
                innovation[i] = residuals[i];
                for (int j = 0; j < n; j++) innovation[i] += partials[i * n + j] * (state.X[j] - _before[j]);
            }
            for (int i = 0; i < n; i++) state.Factor.AsSpan(i * n, n).CopyTo(array[((m + i) * width + m)..]);
            SquareRoots.Triangularise(array, width, width);
            SquareRoots.SolveLower(array, m, width, innovation);
            for (int i = 0; i < n; i++)
            {
                double sum = _before[i];
                for (int j = 0; j < m; j++) sum += array[(m + i) * width + j] * innovation[j];
                correction[i] = sum - state.X[i];
            }
            // What the residuals become if the measurements are linear, and what they do become.
            for (int i = 0; i < m; i++)
            {
                innovation[i] = residuals[i];
                for (int j = 0; j < n; j++) innovation[i] -= partials[i * n + j] * correction[j];
            }
            for (int i = 0; i < n; i++) state.X[i] += correction[i];
            Linearise(state, observations, partials, residuals);
            double bent = 0;
            for (int i = 0; i < m; i++) bent = Math.Max(bent, Math.Abs(residuals[i] - innovation[i]) / Math.Sqrt(_rows[i].Variance));
            if (bent > Linear && iteration < MostIterations) continue;
            for (int i = 0; i < n; i++) array.Slice((m + i) * width + m, n).CopyTo(state.Factor.AsSpan(i * n));
            return;
        }
    }

    /// <summary>Residuals of the rows at the state, and their partials.</summary>
    private void Linearise(FilterState state, IReadOnlyList<TrackingObservation> observations, Span<double> partials, Span<double> residuals)
    {
        int n = state.Count, observation = -1;
        Span<double> byState = stackalloc double[Kinds * 6];
        PredictedFigures predicted = default;
        partials.Clear();
        for (int i = 0; i < _rows.Count; i++)
        {
            var row = _rows[i];
            if (row.Observation != observation)
            {
                observation = row.Observation;
                var now = state.Cartesian;
                predicted = model.Predict(observations[observation], now.PositionKm, now.VelocityKmPerS, byState);
            }
            Fill(state, row, predicted, byState, partials.Slice(i * n, n), out residuals[i]);
        }
    }

    private static void Fill(FilterState state, Row row, PredictedFigures predicted, ReadOnlySpan<double> byState, Span<double> partials, out double residual)
    {
        double across = predicted.Across(row.Kind);
        residual = predicted.Residual(row.Kind, row.Measured - (row.Bias >= 0 ? state.X[row.Bias] : 0));
        for (int j = 0; j < 6; j++) partials[j] = across * byState[(int)row.Kind * 6 + j];
        if (row.Bias >= 0) partials[row.Bias] = across;
    }

    /// <summary>A row of H·L.</summary>
    private static void Project(ReadOnlySpan<double> partials, ReadOnlySpan<double> factor, int n, Span<double> target)
    {
        target.Clear();
        for (int k = 0; k < n; k++)
        {
            double weight = partials[k];
            if (weight == 0) continue;
            for (int j = 0; j <= k; j++) target[j] += weight * factor[k * n + j];
        }
    }

    private static void Reserve(ref double[] buffer, int length)
    {
        if (buffer.Length < length) buffer = new double[length];
    }
}
