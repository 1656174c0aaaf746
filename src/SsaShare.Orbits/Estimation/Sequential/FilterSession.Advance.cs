using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>The way to the next observations.</summary>
public sealed partial class FilterSession
{
    // Beyond this distance from the reference orbit an advance is done again: what linear deviations neglect there, d²/r, is some centimetres in low orbit.
    private const double LinearKm = 0.5;
    private const int MostPasses = 6;

    /// <summary>Advance and update; again about the orbit that the update found where the first was far from it, since the way there was not linear over that distance.</summary>
    private bool TryReach(IReadOnlyList<TrackingObservation> observations, ReadOnlySpan<int> group, ReadOnlySpan<Epoch> upcoming)
    {
        _before.CopyFrom(_state);
        int from = _observations.Count;
        CartesianState? about = null;
        for (int pass = 1; ; pass++)
        {
            if (!_propagation.TryAdvance(_state, observations[group[0]].Epoch, upcoming, about))
                return false;
            _predicted.CopyFrom(_state);
            if (!_update.Apply(_state, observations, group, _observations)) return true;
            double offKm = _state.Cartesian.PositionKm.DistanceTo(_propagation.ReachedKm);
            if (!(offKm > LinearKm) || pass == MostPasses || _propagation.Transition.Seconds == 0)
            {
                _propagation.Corrected(_state);
                return true;
            }
            about = SmoothedStart();
            _observations.RemoveRange(from, _observations.Count - from);
            _state.CopyFrom(_before);
        }
    }

    /// <summary>The state before the advance as the update sees it: one step of the smoother, x + P·Φᵀ·(P⁻)⁻¹·(x⁺ - x⁻).</summary>
    private CartesianState SmoothedStart()
    {
        const int orbit = FilterState.Orbit;
        int n = _state.Count;
        Span<double> shift = stackalloc double[n], carried = stackalloc double[n], half = stackalloc double[n];
        for (int i = 0; i < n; i++) shift[i] = _state.X[i] - _predicted.X[i];
        SquareRoots.SolveLower(_predicted.Factor, n, n, shift);
        SquareRoots.SolveUpper(_predicted.Factor, n, n, shift);
        var way = _propagation.Transition;
        carried.Clear();
        for (int i = 0; i < orbit; i++)
        for (int j = 0; j < orbit; j++) carried[j] += way.Phi[i * orbit + j] * shift[i];
        for (int i = orbit; i < n; i++) carried[i] = _state.Parameters[i - orbit].Process.Decay(way.Seconds) * shift[i];
        half.Clear();
        for (int i = 0; i < n; i++)
        for (int j = 0; j <= i; j++) half[j] += _before.Factor[i * n + j] * carried[i];
        Span<double> x = stackalloc double[6];
        for (int i = 0; i < 6; i++)
        {
            x[i] = _before.X[i];
            for (int j = 0; j <= i; j++) x[i] += _before.Factor[i * n + j] * half[j];
        }
        return new CartesianState(_before.Epoch, Frame.Gcrf, new Vector3d(x[0], x[1], x[2]), new Vector3d(x[3], x[4], x[5]));
    }
}
