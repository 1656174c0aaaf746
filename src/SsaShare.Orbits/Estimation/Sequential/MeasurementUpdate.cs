using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Gates the observations of one instant and lets those that pass move a filter's state. Owned by one filter.</summary>
/// <remarks>
/// Array form: an orthogonal transformation takes [R½, H·L; 0, L] to [V½, 0; K·V½, L⁺]. Iterated as Gauss and Newton's method where the measurements bend within the correction
/// (Bell and Cathey, IEEE Trans. Automatic Control 38, 1993).
/// </remarks>
internal sealed partial class MeasurementUpdate(MeasurementModel model, EarthRotation rotation, SequentialFilterOptions options)
{
    private const int Kinds = MeasurementFigureAccess.KindCount, PlatformErrors = 6;

    // An update is iterated until the measurements are linear within this share of their noise.
    private const double Linear = 0.02;
    private const int MostIterations = 8;

    private readonly Dictionary<(SensorKey, MeasurementKind), Epoch> _latest = [];
    private readonly List<Row> _rows = [];
    private readonly double[] _gates = Gates(options.GateProbability);
    private double[] _array = [], _partials = [], _before = [], _correction = [], _residuals = [];

    /// <summary>One figure that takes part.</summary>
    private readonly record struct Row(int Observation, MeasurementKind Kind, double Measured, double Variance, int Bias, int Platform);

    /// <summary>Another one that has seen nothing.</summary>
    public MeasurementUpdate Fresh() => new(model, rotation, options);

    /// <summary>Gives the biases of a sensor and the errors of its platform their places.</summary>
    public void Register(FilterState state, TrackingObservation observed)
    {
        var (sensor, measured) = (observed.Sensor, observed.Measured);
        if (!IsCovered(observed)) return;
        if (sensor.Place.Uncertainty(observed.Epoch) is not null && IndexOf(state, ParameterRole.Platform, sensor.Key, 0) < 0)
            for (int i = 0; i < PlatformErrors; i++) state.Add(new FilterParameter(ParameterRole.Platform, sensor.Key, i, 0, new GaussMarkov(1, options.PlatformTimeConstantS)));
        if (!options.EstimateBiases) return;
        for (int k = 0; k < Kinds; k++)
        {
            var kind = (MeasurementKind)k;
            if (measured.Of(kind) is not { } value || !double.IsFinite(value) || !(sensor.Sigma.Of(kind) is > 0 and < double.PositiveInfinity)) continue;
            if (IndexOf(state, ParameterRole.Bias, sensor.Key, k) >= 0) continue;
            // A published bias is known about as well as it is large; without one, the noise is the scale of what a calibration would leave.
            double published = sensor.Bias.Of(kind) ?? 0, noise = sensor.Sigma.Of(kind)!.Value;
            double sigma = options.BiasSigmaInNoise * noise ?? Math.Max(Math.Abs(published), noise);
            if (double.IsFinite(published)) state.Add(new FilterParameter(ParameterRole.Bias, sensor.Key, k, published, new GaussMarkov(sigma, options.BiasTimeConstantS)));
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

    /// <summary>The latest results stand: later figures of the same sensors and kinds are their neighbours.</summary>
    public void Commit(ReadOnlySpan<FilteredObservation> results)
    {
        foreach (var one in results)
        {
            if (one.Edit != FilterEdit.Used) continue;
            foreach (var innovation in one.Innovations) _latest[(one.Sensor, innovation.Kind)] = one.Epoch;
        }
    }

    private static int IndexOf(FilterState state, ParameterRole role, SensorKey sensor, int number)
    {
        for (int i = 0; i < state.Parameters.Count; i++)
        {
            var one = state.Parameters[i];
            if (one.Number == number && one.Role == role && one.Sensor == sensor) return FilterState.Orbit + i;
        }
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

    private static void Reserve(ref double[] buffer, int length)
    {
        if (buffer.Length < length) buffer = new double[length];
    }
}
