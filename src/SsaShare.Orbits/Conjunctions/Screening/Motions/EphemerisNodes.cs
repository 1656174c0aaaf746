using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>
/// The points of one stretch of an ephemeris, GCRF, and the polynomial between each and the next: through positions and velocities of the points around it (Hermite), so that the path has no kink at a point.
/// </summary>
/// <remarks>
/// Velocities that are missing are taken from the polynomial through the positions around. Points on both sides of a burn do not share a polynomial: between the two points that hold it between them only these two count.
/// </remarks>
internal sealed class EphemerisNodes
{
    private const int DegreeOfNone = 7, PointsOfSlope = 10;

    /// <summary>What other forces than gravity with oblateness may do, km/s²: all that is not a manoeuvre, in orbit about the Earth.</summary>
    private const double OtherForces = 5e-7;

    /// <summary>A smaller change of velocity is no burn but the rounding of points, km/s.</summary>
    private const double LeastBurnKmPerS = 1e-5;

    private const int PiecesOfIntegral = 8;

    private readonly double[] _times;
    private readonly Vector3d[] _positions, _velocities;
    private readonly int[] _runStart, _runEnd;
    private readonly int _points;

    /// <exception cref="ArgumentException">Fewer than two points, or without velocities fewer than four; not in order of time.</exception>
    public EphemerisNodes(EphemerisStretch stretch)
    {
        var nodes = stretch.Nodes;
        Zero = nodes[0].Epoch;
        Count = nodes.Count;
        ToTeme = new TemeTurns(Zero, nodes[^1].Epoch);
        Pole = ToTeme.At(Zero).TransposedTimes(new Vector3d(0, 0, 1));
        (_times, _positions, _velocities) = (new double[Count], new Vector3d[Count], new Vector3d[Count]);
        for (int i = 0; i < Count; i++)
        {
            (_times[i], _positions[i], _velocities[i]) = (nodes[i].Epoch.SecondsSince(Zero), nodes[i].PositionKm, nodes[i].VelocityKmPerS ?? default);
            if (stretch.Frame == Frame.Teme)
            {
                var turn = ToTeme.At(nodes[i].Epoch);
                (_positions[i], _velocities[i]) = (turn.TransposedTimes(_positions[i]), turn.TransposedTimes(_velocities[i]));
            }
            if (i > 0 && !(_times[i] > _times[i - 1])) throw new ArgumentException("Points are not in order of time.", nameof(stretch));
        }
        _points = Math.Clamp(((stretch.Degree ?? DegreeOfNone) + 2) / 2, 2, 6);
        HasVelocities = nodes.All(node => node.VelocityKmPerS is not null);
        if (Count < (HasVelocities ? 2 : 4)) throw new ArgumentException("Too few points.", nameof(stretch));
        if (!HasVelocities) Differentiate(nodes);
        (_runStart, _runEnd) = (new int[Count], new int[Count]);
        FindBurns();
    }

    /// <summary>Epoch of the first point.</summary>
    public Epoch Zero { get; }

    public int Count { get; }

    /// <summary>Over the span of the points.</summary>
    public TemeTurns ToTeme { get; }

    /// <summary>Of the Earth at the first point.</summary>
    public Vector3d Pole { get; }

    /// <summary>Whether every point came with its velocity.</summary>
    public bool HasVelocities { get; }

    /// <summary>Intervals in which the velocity changes by more than forces explain, and by how much, km/s.</summary>
    public List<(int Interval, double KmPerS)> Burns { get; } = [];

    /// <summary>Seconds since <see cref="Zero"/>.</summary>
    public double Time(int node) => _times[node];

    public Epoch Epoch(int node) => Zero.PlusSeconds(_times[node]);

    /// <summary>The interval that holds a time, 0 to <see cref="Count"/> - 2.</summary>
    public int Find(double time)
    {
        int at = Array.BinarySearch(_times, time);
        return Math.Clamp(at >= 0 ? at : ~at - 1, 0, Count - 2);
    }

    /// <summary>The path in an interval, x from -1 at its first point to 1 at its last.</summary>
    /// <param name="coefficients">At least <see cref="HermitePolynomial.PointsMax"/> × 2.</param>
    /// <returns>As many of them as there are.</returns>
    public ReadOnlySpan<Vector3d> Fill(int interval, Span<Vector3d> coefficients)
    {
        bool isBurn = _runEnd[interval] == interval;
        int low = isBurn ? interval : _runStart[interval], high = isBurn ? interval + 1 : _runEnd[interval], points = Math.Min(_points, high - low + 1);
        int first = Math.Clamp(interval + 1 - points / 2, low, high + 1 - points);
        double half = (_times[interval + 1] - _times[interval]) / 2, middle = _times[interval] + half;
        Span<double> x = stackalloc double[points];
        Span<Vector3d> slopes = stackalloc Vector3d[points];
        for (int i = 0; i < points; i++) (x[i], slopes[i]) = ((_times[first + i] - middle) / half, half * _velocities[first + i]);
        HermitePolynomial.Fill(x, _positions.AsSpan(first, points), slopes, coefficients);
        return coefficients[..(2 * points)];
    }

    private void Differentiate(IReadOnlyList<EphemerisNode> nodes)
    {
        int points = Math.Min(PointsOfSlope, Count);
        Span<double> x = stackalloc double[points];
        Span<Vector3d> coefficients = stackalloc Vector3d[points];
        for (int i = 0; i < Count; i++)
        {
            if (nodes[i].VelocityKmPerS is not null) continue;
            int first = Math.Clamp(i - points / 2, 0, Count - points);
            double scale = (_times[first + points - 1] - _times[first]) / (points - 1);
            for (int j = 0; j < points; j++) x[j] = (_times[first + j] - _times[i]) / scale;
            HermitePolynomial.Fill(x, _positions.AsSpan(first, points), [], coefficients);
            _velocities[i] = coefficients[1] / scale;
        }
    }

    private void FindBurns()
    {
        int start = 0;
        for (int i = 0; i + 1 < Count; i++)
        {
            _runStart[i] = start;
            if (!HasVelocities || !IsBurn(i, out double change)) continue;
            Burns.Add((i, change));
            for (int j = start; j <= i; j++) _runEnd[j] = i;
            start = i + 1;
        }
        _runStart[Count - 1] = start;
        for (int j = start; j < Count; j++) _runEnd[j] = Count - 1;
    }

    /// <summary>Whether the velocity changes in an interval by more than what gravity does on the way.</summary>
    private bool IsBurn(int interval, out double change)
    {
        double h = _times[interval + 1] - _times[interval], half = h / 2;
        Span<Vector3d> coefficients = stackalloc Vector3d[4];
        Span<Vector3d> slopes = [half * _velocities[interval], half * _velocities[interval + 1]];
        HermitePolynomial.Fill([-1, 1], _positions.AsSpan(interval, 2), slopes, coefficients);
        var fall = default(Vector3d);
        for (int i = 0; i <= PiecesOfIntegral; i++)
        {
            // Simpson's rule.
            double weight = (i is 0 or PiecesOfIntegral ? 1 : i % 2 == 1 ? 4 : 2) * h / (3 * PiecesOfIntegral);
            fall += weight * SphericalPull.Oblate(HermitePolynomial.Value(coefficients, 2.0 * i / PiecesOfIntegral - 1), Pole);
        }
        change = (_velocities[interval + 1] - _velocities[interval] - fall).Norm;
        // What the cubic between the points misses of the path, and so of the pull: p'''' is about (µ/r³)²·r.
        double r = Math.Min(_positions[interval].Norm, _positions[interval + 1].Norm), rate2 = TwoBody.EarthMuKm3PerS2 / (r * r * r);
        double missed = rate2 * rate2 * r * h * h * h * h / 384 * 2 * rate2 * h;
        return change > LeastBurnKmPerS + OtherForces * h + 4 * missed;
    }
}
