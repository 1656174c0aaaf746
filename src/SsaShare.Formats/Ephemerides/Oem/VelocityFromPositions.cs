namespace SsaShare.Formats;

/// <summary>
/// Gives points the velocity that their format does not: the derivative, at the point, of the polynomial through it and its neighbours (Lagrange's form). Points are given on in
/// order, a few behind those that are added.
/// </summary>
/// <remarks>Nine points 300 s apart on LAGEOS's orbit are good to 0.01 mm/s within and 0.1 mm/s at the ends. The velocity is relative to the frame of the positions.</remarks>
internal sealed class VelocityFromPositions(Action<EphemerisPoint> give)
{
    public const int WindowSize = 9;
    private readonly List<EphemerisPoint> _window = [];
    private readonly double[] _seconds = new double[WindowSize];
    private EphemerisTimeSystem _system;
    private int _next;

    /// <summary>Points added so far.</summary>
    public long Count { get; private set; }

    /// <param name="point">Later than the one before; with a position.</param>
    public void Add(EphemerisPoint point, EphemerisTimeSystem system)
    {
        _system = system;
        Count++;
        if (_window.Count == WindowSize)
        {
            _window.RemoveAt(0);
            _next--;
        }
        _window.Add(point);
        if (_window.Count < WindowSize) return;
        while (_next <= WindowSize / 2) Give();
    }

    /// <summary>There are no more points. A single one has no velocity and is not given on.</summary>
    public void Complete()
    {
        if (_window.Count < 2) return;
        while (_next < _window.Count) Give();
    }

    private void Give()
    {
        int at = _next++;
        for (int i = 0; i < _window.Count; i++) _seconds[i] = (double)_window[i].Time.SecondsSince(_window[at].Time, _system);
        var velocity = Vector3d.Zero;
        for (int i = 0; i < _window.Count; i++) velocity += Weight(at, i) * _window[i].PositionKm!.Value;
        give(_window[at] with { VelocityKmPerS = velocity });
    }

    /// <summary>Derivative, at point <paramref name="at"/> (time 0), of the polynomial that is 1 at point <paramref name="i"/> and 0 at the others.</summary>
    private double Weight(int at, int i)
    {
        if (i == at)
        {
            double sum = 0;
            for (int k = 0; k < _window.Count; k++)
                if (k != at) sum -= 1 / _seconds[k];
            return sum;
        }
        double weight = 1 / _seconds[i];
        for (int k = 0; k < _window.Count; k++)
            if (k != i && k != at) weight *= _seconds[k] / (_seconds[k] - _seconds[i]);
        return weight;
    }
}
