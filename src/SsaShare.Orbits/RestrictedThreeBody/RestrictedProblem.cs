using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>The circular restricted three-body problem: motion of a small object about two bodies on a circle, in units in which their distance, their mass and their rate of turn are 1.</summary>
/// <remarks>
/// Szebehely, Theory of Orbits (1967), chapters 1 and 4. Gives first guesses in cislunar space; <see cref="EarthMoonFrames.FromNormalized"/> takes its states into kilometres at an epoch,
/// from where <see cref="Propagator"/> flies them with the real Moon. Immutable.
/// </remarks>
public sealed class RestrictedProblem
{
    private const double Tolerance = 1e-13, ShortestStep = 1e-12;

    /// <param name="massShare">μ: share of the smaller body in the mass of both, above 0 to 0.5.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such share.</exception>
    public RestrictedProblem(double massShare)
    {
        if (!(massShare > 0 && massShare <= 0.5)) throw new ArgumentOutOfRangeException(nameof(massShare), massShare, "The share of the smaller body is above 0 and at most 0.5.");
        MassShare = massShare;
    }

    /// <summary>Earth and Moon by DE430.</summary>
    public static RestrictedProblem EarthMoon { get; } = new(EarthMoonFrames.MoonMassShare);

    /// <summary>μ.</summary>
    public double MassShare { get; }

    /// <summary>Jacobi's constant, x² + y² + 2(1-μ)/r₁ + 2μ/r₂ - v²: the only integral of the problem.</summary>
    public double JacobiConstant(RestrictedState state)
    {
        var (p, v) = (state.Position, state.Velocity);
        var (r1, r2) = Distances(p);
        return p.X * p.X + p.Y * p.Y + 2 * (1 - MassShare) / r1 + 2 * MassShare / r2 - v.NormSquared;
    }

    /// <summary>One of the five points of rest: 1 between the bodies, 2 behind the smaller, 3 behind the larger, 4 ahead of the smaller by 60 degrees and 5 behind it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are five.</exception>
    public Vector3d LibrationPoint(int number)
    {
        double mu = MassShare;
        return number switch
        {
            // Euler's quintics in the distance from the nearer body; Szebehely, section 4.4.
            1 => new Vector3d(1 - mu - Root([-mu, 2 * mu, -mu, 3 - 2 * mu, mu - 3, 1], Math.Cbrt(mu / 3)), 0, 0),
            2 => new Vector3d(1 - mu + Root([-mu, -2 * mu, -mu, 3 - 2 * mu, 3 - mu, 1], Math.Cbrt(mu / 3)), 0, 0),
            3 => new Vector3d(-mu - Root([mu - 1, 2 * (mu - 1), mu - 1, 1 + 2 * mu, 2 + mu, 1], 1 - 7 * mu / 12), 0, 0),
            4 => new Vector3d(0.5 - mu, Math.Sqrt(0.75), 0),
            5 => new Vector3d(0.5 - mu, -Math.Sqrt(0.75), 0),
            _ => throw new ArgumentOutOfRangeException(nameof(number), number, "There are five points, 1 to 5."),
        };
    }

    /// <summary>The state some radians of the bodies' turn later or, negative, earlier.</summary>
    /// <returns>False when it runs into one of the bodies, or a figure of the state is none.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time is not finite.</exception>
    public bool TryPropagate(RestrictedState start, double time, out RestrictedState state) => TryPropagate(start, time, default, out state);

    /// <summary>The same with the state transition matrix.</summary>
    /// <param name="start">Where it begins.</param>
    /// <param name="time">Radians of the bodies' turn.</param>
    /// <param name="transition">6×6 by rows, order x y z vx vy vz; may be empty.</param>
    /// <param name="state">Where it ends.</param>
    /// <returns>False when it runs into one of the bodies, or a figure of the state is none.</returns>
    /// <exception cref="ArgumentException">The matrix has not 36 entries.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The time is not finite.</exception>
    public bool TryPropagate(RestrictedState start, double time, Span<double> transition, out RestrictedState state)
    {
        if (transition.Length is not (0 or 36)) throw new ArgumentException($"Expected 36 entries, got {transition.Length}.", nameof(transition));
        if (!double.IsFinite(time)) throw new ArgumentOutOfRangeException(nameof(time), time, "A time is finite.");
        double[] y = new double[6 + transition.Length], tolerances = new double[6];
        (y[0], y[1], y[2], y[3], y[4], y[5]) = (start.Position.X, start.Position.Y, start.Position.Z, start.Velocity.X, start.Velocity.Y, start.Velocity.Z);
        for (int i = 0; i < 6 && transition.Length > 0; i++) y[6 + 7 * i] = 1;
        Array.Fill(tolerances, Tolerance);
        var integrator = new Dop853(new RestrictedEquations(MassShare), tolerances) { ShortestStep = ShortestStep };
        integrator.Start(0, y, Math.CopySign(0.01, time));
        state = start;
        while (integrator.Time != time)
            if (!integrator.TryStep(time)) return false;
        integrator.Values.CopyTo(y);
        y.AsSpan(6).CopyTo(transition);
        state = new RestrictedState(new Vector3d(y[0], y[1], y[2]), new Vector3d(y[3], y[4], y[5]));
        return state.Position.IsFinite && state.Velocity.IsFinite;
    }

    /// <summary>Acceleration in the rotating axes.</summary>
    internal Vector3d Acceleration(RestrictedState state)
    {
        double[] y = [state.Position.X, state.Position.Y, state.Position.Z, state.Velocity.X, state.Velocity.Y, state.Velocity.Z], rates = new double[6];
        new RestrictedEquations(MassShare).Derivative(0, y, rates);
        return new Vector3d(rates[3], rates[4], rates[5]);
    }

    private (double ToLarger, double ToSmaller) Distances(Vector3d p)
        => ((p - new Vector3d(-MassShare, 0, 0)).Norm, (p - new Vector3d(1 - MassShare, 0, 0)).Norm);

    /// <summary>By Newton's method from a guess near enough; coefficients from the constant upwards.</summary>
    private static double Root(ReadOnlySpan<double> c, double x)
    {
        for (int i = 0; i < 50; i++)
        {
            double value = 0, slope = 0;
            for (int k = c.Length - 1; k >= 0; k--) (value, slope) = (value * x + c[k], slope * x + value);
            double step = value / slope;
            x -= step;
            if (Math.Abs(step) < 1e-16) break;
        }
        return x;
    }
}
