using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Equations of motion, and the variational equations after them: y = r, v, then the partials, six rows of <see cref="Columns"/>.</summary>
/// <remarks>
/// Montenbruck and Gill, Satellite Orbits (2000), section 7.2. Which finite manoeuvres thrust is set between steps, never by the time inside one, so that no step straddles an edge.
/// </remarks>
internal sealed class OrbitEquations : IDifferentialEquations
{
    private readonly ForceModel _forces;
    private readonly Epoch _start;
    private readonly SurfaceCoefficients _surface;
    private readonly IReadOnlyList<OrbitManeuver> _maneuvers;
    private readonly bool[] _isThrusting;
    private bool _isAnyThrusting;

    public OrbitEquations(ForceModel forces, Epoch start, SurfaceCoefficients surface, bool withPartials, IReadOnlyList<OrbitManeuver> maneuvers)
    {
        (_forces, _start, _surface, _maneuvers) = (forces, start, surface, maneuvers);
        _isThrusting = new bool[maneuvers.Count];
        Columns = withPartials ? PropagatedState.ParameterCount + 3 * maneuvers.Count : 0;
    }

    /// <summary>Of the partials; 0 without them.</summary>
    public int Columns { get; }

    public int Size => 6 + 6 * Columns;

    /// <summary>Acceleration and its derivatives at the latest instant asked for, thrust included.</summary>
    public Acceleration Latest { get; private set; }

    public void SetThrusting(int maneuver, bool isThrusting)
    {
        _isThrusting[maneuver] = isThrusting;
        _isAnyThrusting = _isThrusting.Contains(true);
    }

    public void Derivative(double t, ReadOnlySpan<double> y, Span<double> derivative)
    {
        var (position, velocity) = (PositionOf(y), VelocityOf(y));
        var epoch = _start.PlusSeconds(t);
        var acceleration = _forces.At(epoch, position, velocity, _surface, Columns > 0);
        if (_isAnyThrusting) acceleration = AddThrust(acceleration, epoch, position, velocity);
        Latest = acceleration;
        (derivative[0], derivative[1], derivative[2]) = (y[3], y[4], y[5]);
        (derivative[3], derivative[4], derivative[5]) = (acceleration.KmPerS2.X, acceleration.KmPerS2.Y, acceleration.KmPerS2.Z);
        if (Columns > 0) VariationalDerivative(t, acceleration, y, derivative);
    }

    /// <summary>The part of the derivative that belongs to the partials, where the acceleration is known already.</summary>
    public void VariationalDerivative(double t, in Acceleration acceleration, ReadOnlySpan<double> y, Span<double> derivative)
    {
        int n = Columns;
        ReadOnlySpan<double> px = y.Slice(6, n), py = y.Slice(6 + n, n), pz = y.Slice(6 + 2 * n, n);
        ReadOnlySpan<double> vx = y.Slice(6 + 3 * n, n), vy = y.Slice(6 + 4 * n, n), vz = y.Slice(6 + 5 * n, n);
        y.Slice(6 + 3 * n, 3 * n).CopyTo(derivative[6..]);
        var rates = derivative.Slice(6 + 3 * n, 3 * n);
        for (int row = 0; row < 3; row++)
        {
            var (g, h) = row switch
            {
                0 => (acceleration.Gradient.Row0, acceleration.VelocityGradient.Row0),
                1 => (acceleration.Gradient.Row1, acceleration.VelocityGradient.Row1),
                _ => (acceleration.Gradient.Row2, acceleration.VelocityGradient.Row2),
            };
            var rate = rates.Slice(row * n, n);
            for (int j = 0; j < rate.Length; j++) rate[j] = g.X * px[j] + g.Y * py[j] + g.Z * pz[j] + h.X * vx[j] + h.Y * vy[j] + h.Z * vz[j];
        }
        AddColumn(rates, 6, acceleration.PerBallistic);
        AddColumn(rates, 7, acceleration.PerRadiation);
        if (_isAnyThrusting) AddThrustColumns(t, y, rates);
    }

    public static Vector3d PositionOf(ReadOnlySpan<double> y) => new(y[0], y[1], y[2]);

    public static Vector3d VelocityOf(ReadOnlySpan<double> y) => new(y[3], y[4], y[5]);

    private Acceleration AddThrust(Acceleration forces, Epoch epoch, Vector3d position, Vector3d velocity)
    {
        var (total, gradient, velocityGradient) = (forces.KmPerS2, forces.Gradient, forces.VelocityGradient);
        for (int i = 0; i < _maneuvers.Count; i++)
        {
            if (!_isThrusting[i] || _maneuvers[i] is not FiniteManeuver burn) continue;
            var axes = new ThrustAxes(burn.Axes, position, velocity);
            var local = burn.Shape(epoch) * burn.DeltaVKmPerS;
            total += axes.ToGcrf(local);
            if (Columns == 0) continue;
            axes.Gradients(local, out var byPosition, out var byVelocity);
            (gradient, velocityGradient) = (gradient + byPosition, velocityGradient + byVelocity);
        }
        return forces with { KmPerS2 = total, Gradient = gradient, VelocityGradient = velocityGradient };
    }

    private void AddThrustColumns(double t, ReadOnlySpan<double> y, Span<double> rates)
    {
        for (int i = 0; i < _maneuvers.Count; i++)
        {
            if (!_isThrusting[i] || _maneuvers[i] is not FiniteManeuver burn) continue;
            var axes = new ThrustAxes(burn.Axes, PositionOf(y), VelocityOf(y));
            double shape = burn.Shape(_start.PlusSeconds(t));
            int column = PropagatedState.ParameterCount + 3 * i;
            AddColumn(rates, column, shape * axes.X);
            AddColumn(rates, column + 1, shape * axes.Y);
            AddColumn(rates, column + 2, shape * axes.Z);
        }
    }

    private void AddColumn(Span<double> rates, int column, Vector3d add)
    {
        rates[column] += add.X;
        rates[Columns + column] += add.Y;
        rates[2 * Columns + column] += add.Z;
    }
}
