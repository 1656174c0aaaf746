using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Carries a filter's state through time along a reference orbit that is integrated for many updates at once. Owned by one filter.</summary>
/// <remarks>
/// The mean follows as a deviation from the reference, by the same partials as the covariance. As soon as it is <see cref="FarthestKm"/> away the reference is
/// begun anew from the estimate, which keeps what linear deviations neglect, d²/r, at a centimetre or two; the result is that of an extended filter, at the
/// price of one integration in a quarter of an hour instead of one for each update.
/// </remarks>
internal sealed class FilterPropagation(Propagator propagator, OrbitProcessNoise noise, double longestStepS, double horizonS = FilterPropagation.HorizonS)
{
    private const double FarthestKm = 0.3, HorizonS = 900;

    private readonly double[] _deviation = new double[FilterState.Orbit], _next = new double[FilterState.Orbit];
    private readonly List<Epoch> _epochs = [];
    private PropagatedState[] _states = [];
    private double[] _wide = [];
    private SurfaceCoefficients _surface;
    private int _node = -1;

    /// <summary>Of the latest advance.</summary>
    public Transition Transition { get; } = new(noise);

    /// <summary>Of the reference orbit at the instant of the latest advance, GCRF.</summary>
    public Vector3d ReachedKm { get; private set; }

    /// <summary>Forgets the reference: the state is another one now.</summary>
    public void Forget() => _node = -1;

    /// <summary>Another one with the same forces and noise, without a reference yet.</summary>
    public FilterPropagation Fresh() => new(propagator, noise, longestStepS, horizonS);

    /// <summary>To be called when the mean was changed by anything else than <see cref="TryAdvance"/>.</summary>
    public void Corrected(FilterState state)
    {
        if (_node < 0) return;
        var reference = _states[_node].PositionKm;
        double x = state.X[0] - reference.X, y = state.X[1] - reference.Y, z = state.X[2] - reference.Z;
        if (!(x * x + y * y + z * z < FarthestKm * FarthestKm)) _node = -1;
    }

    /// <summary>Moves the state to a later instant (or leaves it at its own).</summary>
    /// <param name="state">Replaced.</param>
    /// <param name="to">Not before the state's.</param>
    /// <param name="upcoming">Later instants that will be asked for next, ascending; may be empty.</param>
    /// <param name="about">A state at the present instant that the reference orbit begins from; null for the mean, or to go on with the present reference.</param>
    /// <returns>False where the orbit cannot be followed; the state is then as it was.</returns>
    public bool TryAdvance(FilterState state, Epoch to, ReadOnlySpan<Epoch> upcoming, CartesianState? about)
    {
        Transition.Reset();
        if (to == state.Epoch)
        {
            ReachedKm = state.Cartesian.PositionKm;
            return true;
        }
        if ((about is not null || _node < 0 || !Reaches(to)) && !TryBegin(state, about ?? state.Cartesian, to, upcoming)) return false;
        var x = state.X;
        var start = _states[_node];
        Read(state, start);
        var coefficients = new SurfaceCoefficients(x[FilterState.Ballistic], x[FilterState.Radiation]);
        int node = _node;
        while (_states[node].Epoch < to)
        {
            if (!Transition.TryAdd(_states[node], _states[node + 1], coefficients)) return false;
            node++;
            var step = Transition.Step;
            for (int i = 0; i < FilterState.Orbit; i++)
            {
                double sum = 0;
                for (int j = 0; j < FilterState.Orbit; j++) sum += step[i * FilterState.Orbit + j] * _deviation[j];
                _next[i] = sum;
            }
            _next.CopyTo(_deviation, 0);
        }
        _node = node;
        ReachedKm = _states[node].PositionKm;
        Write(state, _states[node]);
        state.Epoch = to;
        CarryFactor(state);
        Corrected(state);
        return true;
    }

    private bool Reaches(Epoch to)
    {
        for (int i = _node; i < _states.Length; i++) if (_states[i].Epoch == to) return true;
        return false;
    }

    private bool TryBegin(FilterState state, CartesianState about, Epoch to, ReadOnlySpan<Epoch> upcoming)
    {
        _node = -1;
        _epochs.Clear();
        _epochs.Add(state.Epoch);
        addUpTo(to);
        foreach (var epoch in upcoming)
        {
            if (epoch.SecondsSince(to) > horizonS) break;
            if (epoch > _epochs[^1]) addUpTo(epoch);
        }
        _surface = state.Surface;
        if (!propagator.TrySample(about, _surface, _epochs, withPartials: true, out var states)) return false;
        (_states, _node) = (states, 0);
        return true;

        void addUpTo(Epoch end)
        {
            var last = _epochs[^1];
            double seconds = end.SecondsSince(last);
            int steps = (int)Math.Ceiling(seconds / longestStepS);
            for (int i = 1; i < steps; i++) _epochs.Add(last.PlusSeconds(seconds * i / steps));
            _epochs.Add(end);
        }
    }

    /// <summary>Deviation of the mean from the reference, whose coefficients are constants without deviations.</summary>
    private void Read(FilterState state, PropagatedState reference)
    {
        var x = state.X;
        var (r, v) = (reference.PositionKm, reference.VelocityKmPerS);
        (_deviation[0], _deviation[1], _deviation[2]) = (x[0] - r.X, x[1] - r.Y, x[2] - r.Z);
        (_deviation[3], _deviation[4], _deviation[5]) = (x[3] - v.X, x[4] - v.Y, x[5] - v.Z);
        _deviation[FilterState.Ballistic] = x[FilterState.Ballistic] - _surface.BallisticM2PerKg;
        _deviation[FilterState.Radiation] = x[FilterState.Radiation] - _surface.RadiationM2PerKg;
        _deviation[FilterState.BallisticDeviation] = x[FilterState.BallisticDeviation];
        _deviation[FilterState.RadiationDeviation] = x[FilterState.RadiationDeviation];
    }

    private void Write(FilterState state, PropagatedState reference)
    {
        var x = state.X;
        var (r, v) = (reference.PositionKm, reference.VelocityKmPerS);
        (x[0], x[1], x[2]) = (r.X + _deviation[0], r.Y + _deviation[1], r.Z + _deviation[2]);
        (x[3], x[4], x[5]) = (v.X + _deviation[3], v.Y + _deviation[4], v.Z + _deviation[5]);
        x[FilterState.BallisticDeviation] = _deviation[FilterState.BallisticDeviation];
        x[FilterState.RadiationDeviation] = _deviation[FilterState.RadiationDeviation];
        for (int b = 0; b < state.Parameters.Count; b++)
        {
            var one = state.Parameters[b];
            x[FilterState.Orbit + b] = one.Mean + one.Process.Decay(Transition.Seconds) * (x[FilterState.Orbit + b] - one.Mean);
        }
    }

    private void CarryFactor(FilterState state)
    {
        int n = state.Count, width = n + FilterState.Orbit + state.Parameters.Count;
        if (_wide.Length < n * width) _wide = new double[n * width];
        var wide = _wide.AsSpan(0, n * width);
        CarriedArray.Fill(wide, width, state.Factor, n, Transition.Phi, Transition.NoiseFactor, state.Parameters, Transition.Seconds);
        SquareRoots.Triangularise(wide, n, width);
        for (int i = 0; i < n; i++) wide.Slice(i * width, n).CopyTo(state.Factor.AsSpan(i * n));
    }
}
