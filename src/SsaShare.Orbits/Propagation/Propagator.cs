using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>A propagated state and, where asked for, its derivatives by what it was propagated from.</summary>
/// <param name="Epoch">Of the state.</param>
/// <param name="PositionKm">GCRF.</param>
/// <param name="VelocityKmPerS">GCRF.</param>
/// <param name="Partials">
/// 6×8 by rows: derivatives of x y z vx vy vz by the six components of the starting state and by the ballistic and radiation
/// coefficients (m²/kg); null where they were not asked for.
/// </param>
public sealed record PropagatedState(Epoch Epoch, Vector3d PositionKm, Vector3d VelocityKmPerS, double[]? Partials)
{
    /// <summary>Columns of <see cref="Partials"/>.</summary>
    public const int ParameterCount = 8;

    public CartesianState ToState() => new(Epoch, Frame.Gcrf, PositionKm, VelocityKmPerS);

    /// <summary>The covariance of the starting state carried to this state; the surface coefficients taken as known.</summary>
    /// <exception cref="InvalidOperationException">There are no partials.</exception>
    public Covariance6 Carry(Covariance6 start)
    {
        if (Partials is null) throw new InvalidOperationException("The state was propagated without partials.");
        double[] full = new double[ParameterCount * ParameterCount];
        for (int i = 0; i < 6; i++)
        for (int j = 0; j < 6; j++) full[i * ParameterCount + j] = start[i, j];
        return Carry(full);
    }

    /// <param name="startCovariance">8×8 by rows, over the same parameters as the columns of <see cref="Partials"/>.</param>
    internal Covariance6 Carry(ReadOnlySpan<double> startCovariance)
    {
        double[] partials = Partials ?? throw new InvalidOperationException("The state was propagated without partials.");
        Span<double> half = stackalloc double[6 * ParameterCount], lower = stackalloc double[21];
        for (int i = 0; i < 6; i++)
        for (int j = 0; j < ParameterCount; j++)
        {
            double sum = 0;
            for (int k = 0; k < ParameterCount; k++) sum += partials[i * ParameterCount + k] * startCovariance[k * ParameterCount + j];
            half[i * ParameterCount + j] = sum;
        }
        for (int i = 0, at = 0; i < 6; i++)
        for (int j = 0; j <= i; j++, at++)
        {
            double sum = 0;
            for (int k = 0; k < ParameterCount; k++) sum += half[i * ParameterCount + k] * partials[j * ParameterCount + k];
            lower[at] = sum;
        }
        return new Covariance6(lower);
    }
}

/// <summary>Numerical propagation of orbits, with partial derivatives by the variational equations. Safe for concurrent use.</summary>
/// <param name="forces">The forces.</param>
/// <param name="positionToleranceKm">Error allowed in one step, km; the default adds up to about half a metre in three days of low orbit.</param>
/// <remarks>
/// The partials follow point mass and J2 only: good to about 0.1 % over a day, which slows the convergence of a fit but does not move it.
/// </remarks>
public sealed class Propagator(ForceModel forces, double positionToleranceKm = 1e-6)
{
    private const double LowestRadiusKm = 6_450;
    private const double HighestRadiusKm = 1_500_000;
    private const int MaxSteps = 2_000_000;

    public ForceModel Forces => forces;

    /// <summary>The states at the given instants, in the order given; instants may lie before and after the start.</summary>
    /// <returns>False when the trajectory comes below 70 km, leaves the Earth (1.5 million km), or cannot be integrated.</returns>
    /// <exception cref="ArgumentException">The state is not in GCRF.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The table of Earth orientation does not cover an instant.</exception>
    public bool TrySample(CartesianState start, SurfaceCoefficients surface, IReadOnlyList<Epoch> epochs, bool withPartials, out PropagatedState[] states)
    {
        if (start.Frame != Frame.Gcrf) throw new ArgumentException($"Expected GCRF, got {start.Frame}.", nameof(start));
        states = new PropagatedState[epochs.Count];
        int[] order = [.. Enumerable.Range(0, epochs.Count).OrderBy(i => epochs[i])];
        int split = Array.FindIndex(order, i => epochs[i] >= start.Epoch);
        if (split < 0) split = order.Length;
        return TrySampleOneWay(start, surface, epochs, order[split..], withPartials, states)
            && TrySampleOneWay(start, surface, epochs, [.. order[..split].Reverse()], withPartials, states);
    }

    /// <summary>The state at one instant.</summary>
    /// <returns>False in the cases of <see cref="TrySample"/>.</returns>
    public bool TryPropagate(CartesianState start, SurfaceCoefficients surface, Epoch to, bool withPartials, out PropagatedState state)
    {
        bool done = TrySample(start, surface, [to], withPartials, out var states);
        state = states[0];
        return done;
    }

    private bool TrySampleOneWay(CartesianState start, SurfaceCoefficients surface, IReadOnlyList<Epoch> epochs, int[] order, bool withPartials, PropagatedState[] states)
    {
        if (order.Length == 0) return true;
        var equations = new OrbitEquations(forces, start.Epoch, surface, withPartials);
        double[] y = equations.Initial(start), at = new double[y.Length];
        // A circular orbit turns one radian while its velocity error grows to its position error.
        double radius = start.PositionKm.Norm, rate = Math.Sqrt(forces.Gravity.MuKm3PerS2 / (radius * radius * radius));
        double velocityTolerance = positionToleranceKm * rate;
        var integrator = new Dop853(equations, [positionToleranceKm, positionToleranceKm, positionToleranceKm, velocityTolerance, velocityTolerance, velocityTolerance]);
        double end = epochs[order[^1]].SecondsSince(start.Epoch);
        integrator.Start(0, y, Math.CopySign(0.05 / rate, end));
        int next = 0, steps = 0;
        while (next < order.Length)
        {
            double time = epochs[order[next]].SecondsSince(start.Epoch);
            while (Math.Abs(time) > Math.Abs(integrator.Time))
                if (++steps > MaxSteps || !integrator.TryStep(end) || !IsInBounds(integrator.Values)) return false;
            if (time == integrator.Time) integrator.Values.CopyTo(at);
            else integrator.Interpolate(time, at);
            states[order[next]] = OrbitEquations.ToState(epochs[order[next]], at);
            next++;
        }
        return true;
    }

    private static bool IsInBounds(ReadOnlySpan<double> y)
    {
        double radius = Math.Sqrt(y[0] * y[0] + y[1] * y[1] + y[2] * y[2]);
        return radius > LowestRadiusKm && radius < HighestRadiusKm;
    }
}
