using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>An unbroken part of an ephemeris, with a proven bound of its acceleration. Immutable; safe for concurrent use.</summary>
/// <remarks>
/// Between two points the path p is a polynomial. e = p'' + µp/r³ is taken at <see cref="Samples"/> + 1 instants of each interval; between two of them, a time d apart, it is no further from the straight line through both values than
/// (P + S)·d²/8, P being a bound of the fourth derivative of p by the sum of its coefficients, S that of d²(µp/r³)/dt² as <see cref="MotionBound"/> has it. The largest value and this margin together are the bound.
/// </remarks>
internal sealed class EphemerisArc : IScreenedMotion
{
    private const int Samples = 8;

    /// <summary>That TEME turns (8e-12 rad/s) adds no more to an acceleration, km/s².</summary>
    private const double TurningOfTeme = 1e-9;

    private readonly EphemerisNodes _nodes;

    /// <param name="first">Not before the first point.</param>
    /// <param name="last">Not after the last one.</param>
    public EphemerisArc(EphemerisNodes nodes, Epoch first, Epoch last, double accelerationBeyondGravityKmPerS2)
        => (_nodes, First, Last, AccelerationBeyondGravityKmPerS2) = (nodes, first, last, accelerationBeyondGravityKmPerS2);

    public Epoch First { get; }
    public Epoch Last { get; }
    public double AccelerationBeyondGravityKmPerS2 { get; }

    /// <summary>None: positions and velocities meet at the points.</summary>
    public double VelocityStepKmPerS => 0;

    public void At(Epoch epoch, out Vector3d positionKm, out Vector3d velocityKmPerS)
    {
        if (epoch < First || epoch > Last) throw new ArgumentOutOfRangeException(nameof(epoch), epoch, $"The ephemeris covers {First} to {Last}.");
        Span<Vector3d> room = stackalloc Vector3d[2 * HermitePolynomial.PointsMax];
        double time = epoch.SecondsSince(_nodes.Zero);
        int interval = _nodes.Find(time);
        var path = _nodes.Fill(interval, room);
        double half = (_nodes.Time(interval + 1) - _nodes.Time(interval)) / 2, x = (time - _nodes.Time(interval)) / half - 1;
        var turn = _nodes.ToTeme.At(epoch);
        (positionKm, velocityKmPerS) = (turn * HermitePolynomial.Value(path, x), turn * HermitePolynomial.Slope(path, x) / half);
    }

    /// <summary>What can be said of an interval.</summary>
    /// <param name="beyondGravity">No acceleration of the path differs by more from the pull of a spherical Earth, km/s².</param>
    /// <param name="errorKm">
    /// How far the path may be from one of free fall through the same two points: the largest difference of its acceleration from gravity with oblateness, times h²/8 (error of linear interpolation). That holds also what other forces do to
    /// the true path, below 1 m for points a minute apart.
    /// </param>
    public static void Measure(EphemerisNodes nodes, int interval, out double beyondGravity, out double errorKm)
    {
        Span<Vector3d> room = stackalloc Vector3d[2 * HermitePolynomial.PointsMax];
        var path = nodes.Fill(interval, room);
        double half = (nodes.Time(interval + 1) - nodes.Time(interval)) / 2, step = 2.0 / Samples;
        double bend = HermitePolynomial.Bound(path, 2) / (half * half), snap = HermitePolynomial.Bound(path, 4) / (half * half * half * half), d = step * half;
        double largest = 0, oblate = 0, least = double.PositiveInfinity, fastest = 0;
        for (int i = 0; i <= Samples; i++)
        {
            double x = i * step - 1;
            Vector3d position = HermitePolynomial.Value(path, x), acceleration = HermitePolynomial.Bend(path, x) / (half * half);
            largest = Math.Max(largest, (acceleration - SphericalPull.Plain(position)).Norm);
            oblate = Math.Max(oblate, (acceleration - SphericalPull.Oblate(position, nodes.Pole)).Norm);
            least = Math.Min(least, position.Norm);
            fastest = Math.Max(fastest, HermitePolynomial.Slope(path, x).Norm / half);
        }
        (least, fastest) = (least - bend * d * d / 8 - fastest * d, fastest + bend * d);
        // So near the centre, or so far between points, nothing can be said.
        if (!(least > 1_000) || !double.IsFinite(largest))
        {
            (beyondGravity, errorKm) = (double.PositiveInfinity, double.PositiveInfinity);
            return;
        }
        double r3 = least * least * least, pullBend = 2 * MotionBound.MuKm3PerS2 * bend / r3 + 6 * MotionBound.MuKm3PerS2 * fastest * fastest / (r3 * least);
        double margin = (snap + pullBend) * d * d / 8;
        (beyondGravity, errorKm) = (largest + margin + TurningOfTeme, (oblate + margin) * half * half / 2);
    }
}
