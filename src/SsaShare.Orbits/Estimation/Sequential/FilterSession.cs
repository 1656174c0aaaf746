using System.Runtime.InteropServices;
using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>A sequential filter at work: fed with observations as they come, asked for the orbit at any time. For one thread.</summary>
public sealed partial class FilterSession
{
    private readonly FilterState _state, _origin, _before, _predicted;
    private readonly FilterPropagation _propagation;
    private readonly MeasurementUpdate _update;
    private readonly SequentialFilterOptions _options;
    private readonly List<FilteredObservation> _observations = [];
    private readonly List<FilterStep> _steps = [];
    private Epoch _refusedSince;
    private int _refused, _latestFrom;

    internal FilterSession(Propagator propagator, MeasurementModel model, FilterStart start, SequentialFilterOptions options)
        : this(propagator, model, Initial(start, NoiseOf(start.State, options)), options) { }

    internal FilterSession(Propagator propagator, MeasurementModel model, FilterCheckpoint from, SequentialFilterOptions options) : this(propagator, model, from.ToState(), options) { }

    private FilterSession(Propagator propagator, MeasurementModel model, FilterState state, SequentialFilterOptions options)
    {
        options.Check();
        (_options, _state) = (options, state);
        (_origin, _before, _predicted) = (_state.Copy(), _state.Copy(), _state.Copy());
        _propagation = new FilterPropagation(propagator, NoiseOf(state.Cartesian, options), options.LongestStepS);
        _update = new MeasurementUpdate(model, propagator.Forces.Rotation, options);
        Keep(_state.X);
    }

    private FilterSession(FilterSession other)
    {
        _options = other._options with { KeepSteps = false };
        (_state, _origin, _before, _predicted) = (other._state.Copy(), other._state.Copy(), other._state.Copy(), other._state.Copy());
        (_propagation, _update) = (other._propagation.Fresh(), other._update.Fresh());
    }

    /// <summary>Of the latest observation, or the start.</summary>
    public Epoch Epoch => _state.Epoch;

    /// <summary>The estimate at <see cref="Epoch"/>.</summary>
    public FilterEstimate Estimate => _state.ToEstimate();

    /// <summary>The orbit at <see cref="Epoch"/>, to go on from later; what was learnt of biases is left behind.</summary>
    public FilterCheckpoint Checkpoint => FilterCheckpoint.Of(_state);

    /// <summary>First of the observations refused without one accepted since, once there are <see cref="SequentialFilterOptions.LostAfter"/>; else null.</summary>
    public Epoch? LostSince => _refused >= _options.LostAfter ? _refusedSince : null;

    /// <summary>Processes observations of one instant together.</summary>
    /// <param name="observations">All of one epoch.</param>
    /// <param name="results">What became of each, in order; indices are positions in this list.</param>
    /// <returns>False where the orbit cannot be followed to the instant; nothing changes then.</returns>
    /// <exception cref="ArgumentException">The epochs differ, or there is none.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The table of Earth orientation does not cover the instant; nothing changes then either.</exception>
    public bool TryProcess(IReadOnlyList<TrackingObservation> observations, out IReadOnlyList<FilteredObservation> results)
    {
        if (observations.Count == 0 || observations.Any(o => o.Epoch != observations[0].Epoch)) throw new ArgumentException("Expected observations of one epoch.", nameof(observations));
        int[] order = [.. Enumerable.Range(0, observations.Count)];
        bool done = TryProcess(observations, order, []);
        results = [.. LatestResults];
        return done;
    }

    /// <summary>Processes observations of one object, those of one instant together.</summary>
    /// <param name="observations">Ascending in time.</param>
    /// <param name="results">What became of each that was reached, in order; indices are positions in this list.</param>
    /// <returns>False where the orbit cannot be followed to one; what came before it has been processed.</returns>
    /// <exception cref="ArgumentException">The epochs do not ascend.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The table of Earth orientation does not cover an instant.</exception>
    public bool TryProcessAll(IReadOnlyList<TrackingObservation> observations, out IReadOnlyList<FilteredObservation> results)
    {
        int[] order = [.. Enumerable.Range(0, observations.Count)];
        Epoch[] epochs = [.. observations.Select(o => o.Epoch)];
        for (int i = 1; i < epochs.Length; i++)
            if (epochs[i] < epochs[i - 1]) throw new ArgumentException("Expected ascending instants.", nameof(observations));
        var all = new List<FilteredObservation>(observations.Count);
        results = all;
        for (int first = 0, end; first < order.Length; first = end)
        {
            end = first + 1;
            while (end < order.Length && epochs[end] == epochs[first]) end++;
            if (!TryProcess(observations, order.AsSpan(first, end - first), epochs.AsSpan(end))) return false;
            all.AddRange(LatestResults);
        }
        return true;
    }

    /// <summary>The orbit at a later instant, with process noise, without changing the filter.</summary>
    /// <returns>False where the orbit cannot be followed so far.</returns>
    /// <exception cref="ArgumentException">The instant lies before <see cref="Epoch"/>.</exception>
    public bool TryPredict(Epoch to, out FilterEstimate estimate)
    {
        if (to < _state.Epoch) throw new ArgumentException($"{to} lies before {_state.Epoch}.", nameof(to));
        var copy = _state.Copy();
        bool done = _propagation.Fresh().TryAdvance(copy, to, [], null);
        estimate = copy.ToEstimate();
        return done;
    }

    /// <summary>How later observations compare with what the filter predicts now, without letting them change it.</summary>
    /// <remarks>What is expected of them comes from the filter's process noise; <see cref="OrbitPrediction"/>, for batch fits, has a fixed allowance for forces in its place.</remarks>
    /// <param name="observations">Not before <see cref="Epoch"/>, in any order.</param>
    /// <param name="results">One for each, in the order of their epochs; marked used where the gate would let it pass.</param>
    /// <returns>False where the orbit cannot be followed to all of them.</returns>
    /// <exception cref="ArgumentException">One lies before <see cref="Epoch"/>.</exception>
    public bool TryCompare(IReadOnlyList<TrackingObservation> observations, out IReadOnlyList<FilteredObservation> results)
    {
        var (copy, propagation, compared) = (_state.Copy(), _propagation.Fresh(), new List<FilteredObservation>(observations.Count));
        results = compared;
        int[] order = [.. Enumerable.Range(0, observations.Count).OrderBy(i => observations[i].Epoch)];
        Epoch[] epochs = [.. order.Select(i => observations[i].Epoch)];
        if (epochs.Length > 0 && epochs[0] < _state.Epoch) throw new ArgumentException($"{epochs[0]} lies before {_state.Epoch}.", nameof(observations));
        for (int i = 0; i < order.Length; i++)
        {
            if (!propagation.TryAdvance(copy, epochs[i], epochs.AsSpan(i + 1), null)) return false;
            _update.Register(copy, observations[order[i]]);
            compared.Add(_update.Compare(copy, observations, order[i]));
        }
        return true;
    }

    /// <summary>Another filter that goes on from here, without steps and results so far.</summary>
    internal FilterSession Fork() => new(this);

    internal FilterState State => _state;

    /// <summary>Of the latest call; as long as no other is made.</summary>
    internal ReadOnlySpan<FilteredObservation> LatestResults => CollectionsMarshal.AsSpan(_observations)[_latestFrom..];

    /// <summary>Whether the results of earlier calls are kept for <see cref="ToRun"/>.</summary>
    internal bool KeepsResults { get; init; }

    /// <summary>Moves the estimate to a later instant without an observation. The smoother cannot go back over it.</summary>
    internal bool TryAdvance(Epoch to) => _propagation.TryAdvance(_state, to, [], null);

    internal bool TryProcess(IReadOnlyList<TrackingObservation> observations, ReadOnlySpan<int> group, ReadOnlySpan<Epoch> upcoming)
    {
        if (!KeepsResults) _observations.Clear();
        _latestFrom = _observations.Count;
        var epoch = observations[group[0]].Epoch;
        if (epoch < _state.Epoch)
        {
            foreach (int i in group) _observations.Add(new FilteredObservation(i, epoch, observations[i].Sensor.Key, FilterEdit.OutOfOrder, [], 0));
            return true;
        }
        _origin.CopyFrom(_state);
        bool done = false;
        try
        {
            foreach (int i in group) _update.Register(_state, observations[i]);
            done = TryReach(observations, group, upcoming) && IsFinite(_state.X);
        }
        finally
        {
            if (!done) Restore();
        }
        if (!done) return false;
        _update.Commit(LatestResults);
        foreach (var result in LatestResults) Count(result);
        Keep(_predicted.X);
        return true;
    }

    /// <summary>What was done so far, for the smoother and for statistics; where <see cref="SequentialFilterOptions.KeepSteps"/> is off, the latest results only.</summary>
    public FilterRun ToRun() => new(Estimate, [.. _observations], [.. _steps], [.. _state.Parameters], LostSince);

    private void Restore()
    {
        _state.CopyFrom(_origin);
        _propagation.Forget();
        _observations.RemoveRange(_latestFrom, _observations.Count - _latestFrom);
    }

    private static bool IsFinite(double[] x)
    {
        foreach (double value in x) if (!double.IsFinite(value)) return false;
        return true;
    }

    private void Count(FilteredObservation observation)
    {
        if (observation.Edit == FilterEdit.Used) _refused = 0;
        else if (observation.Edit == FilterEdit.BeyondGate && _refused++ == 0) _refusedSince = observation.Epoch;
    }

    private void Keep(double[] predicted)
    {
        if (!_options.KeepSteps) return;
        var way = _propagation.Transition;
        _steps.Add(new FilterStep
        {
            Epoch = _state.Epoch, Seconds = way.Seconds, Phi = [.. way.Phi], NoiseFactor = [.. way.NoiseFactor],
            Predicted = [.. predicted], Updated = [.. _state.X], Factor = FilterStep.Pack(_state.Factor, _state.Count),
        });
    }

    internal static OrbitProcessNoise NoiseOf(CartesianState state, SequentialFilterOptions options) => options.ProcessNoise ?? OrbitProcessNoise.For(OrbitalRegimes.Of(state));

    private static FilterState Initial(FilterStart start, OrbitProcessNoise noise)
    {
        if (start.State.Frame != Frame.Gcrf) throw new ArgumentException($"Expected GCRF, got {start.State.Frame}.", nameof(start));
        if (!(start.SurfaceSigma.BallisticM2PerKg >= 0 && start.SurfaceSigma.RadiationM2PerKg >= 0)) throw new ArgumentException("A sigma is negative.", nameof(start));
        var state = new FilterState(start.State.Epoch);
        var (r, v) = (start.State.PositionKm, start.State.VelocityKmPerS);
        double[] mean = [r.X, r.Y, r.Z, v.X, v.Y, v.Z, start.Surface.BallisticM2PerKg, start.Surface.RadiationM2PerKg];
        mean.CopyTo(state.X, 0);
        Span<double> p = stackalloc double[36];
        for (int i = 0; i < 36; i++) p[i] = start.Covariance[i / 6, i % 6];
        if (!SquareRoots.TryFactor(p, 6)) throw new ArgumentException("The covariance is indefinite.", nameof(start));
        const int n = FilterState.Orbit;
        for (int i = 0; i < 6; i++) p.Slice(i * 6, i + 1).CopyTo(state.Factor.AsSpan(i * n));
        set(FilterState.Ballistic, start.SurfaceSigma.BallisticM2PerKg);
        set(FilterState.Radiation, start.SurfaceSigma.RadiationM2PerKg);
        set(FilterState.BallisticDeviation, Math.Abs(start.Surface.BallisticM2PerKg) * noise.Drag.Sigma);
        set(FilterState.RadiationDeviation, Math.Abs(start.Surface.RadiationM2PerKg) * noise.Radiation.Sigma);
        return state;

        void set(int i, double sigma) => state.Factor[i * n + i] = sigma;
    }
}
