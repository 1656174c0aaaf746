using System.Numerics;
using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>What stays fixed while a first guess is corrected to a periodic orbit.</summary>
public enum HeldFixed
{
    /// <summary>x where the orbit crosses the xz plane.</summary>
    X = 1,
    /// <summary>z there: its height above the plane of the bodies.</summary>
    Z = 2,
    /// <summary>The period.</summary>
    Period = 3,
}

/// <summary>An orbit of the restricted problem that closes on itself and crosses the xz plane at right angles twice: halo (near rectilinear ones too), Lyapunov and distant retrograde orbits.</summary>
public sealed class PeriodicOrbit
{
    private const int MostIterations = 40;
    private const double Closed = 1e-12;

    private readonly double[] _monodromy;

    private PeriodicOrbit(RestrictedProblem problem, RestrictedState start, double period, double[] monodromy)
        => (Problem, Start, Period, _monodromy) = (problem, start, period, monodromy);

    public RestrictedProblem Problem { get; }

    /// <summary>Where it crosses the xz plane: y, vx and vz are 0.</summary>
    public RestrictedState Start { get; }

    /// <summary>Radians of the bodies' turn.</summary>
    public double Period { get; }

    /// <summary>The state transition matrix over one period, 6×6 by rows.</summary>
    public ReadOnlySpan<double> Monodromy => _monodromy;

    /// <summary>Half of |λ| + 1/|λ| of the largest eigenvalue λ of the monodromy matrix: 1 is stable.</summary>
    /// <remarks>Two eigenvalues are 1; the sums λ + 1/λ of the others solve a quadratic: Broucke, AIAA Journal 7 (1969), 1003.</remarks>
    public double StabilityIndex
    {
        get
        {
            double trace = 0, traceOfSquare = 0;
            for (int i = 0; i < 6; i++)
            {
                trace += _monodromy[7 * i];
                for (int k = 0; k < 6; k++) traceOfSquare += _monodromy[6 * i + k] * _monodromy[6 * k + i];
            }
            double alpha = 2 - trace, beta = 0.5 * (alpha * alpha + 2 - traceOfSquare);
            Complex root = Complex.Sqrt(alpha * alpha - 4 * beta + 8);
            return Math.Max(Index(0.5 * (alpha + root)), Index(0.5 * (alpha - root)));
        }
    }

    /// <summary>Corrects a first guess by Newton's method on the half period, where the orbit has to cross the xz plane at right angles.</summary>
    /// <param name="problem">The bodies.</param>
    /// <param name="guess">At such a crossing; y, vx and vz are taken as 0. With z = 0 the orbit stays in the plane.</param>
    /// <param name="period">A guess of the period, radians of the bodies' turn.</param>
    /// <param name="held">What is not to change.</param>
    /// <returns>Null when the correction does not settle, which is what a bad guess comes to.</returns>
    /// <exception cref="ArgumentException">An orbit in the plane cannot hold z alone, or the period is not positive.</exception>
    public static PeriodicOrbit? Correct(RestrictedProblem problem, RestrictedState guess, double period, HeldFixed held)
    {
        bool isPlanar = guess.Position.Z == 0;
        if (isPlanar && held == HeldFixed.Z) throw new ArgumentException("In the plane z is 0: hold x or the period.", nameof(held));
        if (!(period > 0)) throw new ArgumentException($"A period is positive, not {period}.", nameof(period));
        double x = guess.Position.X, z = guess.Position.Z, speed = guess.Velocity.Y, half = 0.5 * period;
        Span<double> phi = stackalloc double[36];
        for (int i = 0; i < MostIterations; i++)
        {
            // Every point is an orbit of no duration.
            if (!(half > 0.05 * period)) return null;
            var start = new RestrictedState(new Vector3d(x, 0, z), new Vector3d(0, speed, 0));
            if (!problem.TryPropagate(start, half, phi, out var end)) return null;
            var miss = new Vector3d(end.Position.Y, end.Velocity.X, end.Velocity.Z);
            if (miss.Norm < Closed) return Closing(problem, start, 2 * half);
            var acceleration = problem.Acceleration(end);
            Vector3d byX = Column(phi, 0), byZ = Column(phi, 2), bySpeed = Column(phi, 4), byTime = new(end.Velocity.Y, acceleration.X, acceleration.Z);
            // Where something is held its column gives way; in the plane the third equation is that z stays 0.
            Vector3d outOfPlane = new(0, 0, 1);
            var (c0, c1, c2) = held switch
            {
                HeldFixed.X => (isPlanar ? outOfPlane : byZ, bySpeed, byTime),
                HeldFixed.Z => (byX, bySpeed, byTime),
                HeldFixed.Period => (byX, bySpeed, isPlanar ? outOfPlane : byZ),
                _ => throw new ArgumentException($"{held} cannot be held.", nameof(held)),
            };
            double determinant = c0.Dot(c1.Cross(c2));
            var step = new Vector3d(miss.Dot(c1.Cross(c2)), c0.Dot(miss.Cross(c2)), c0.Dot(c1.Cross(miss))) / determinant;
            if (!step.IsFinite) return null;
            // Far from the orbit a whole step may jump to another family.
            step *= Math.Min(1, 0.05 / step.Norm);
            speed -= step.Y;
            switch (held)
            {
                case HeldFixed.X: (z, half) = (isPlanar ? 0 : z - step.X, half - step.Z); break;
                case HeldFixed.Z: (x, half) = (x - step.X, half - step.Z); break;
                default: (x, z) = (x - step.X, isPlanar ? 0 : z - step.Z); break;
            }
        }
        return null;
    }

    private static PeriodicOrbit? Closing(RestrictedProblem problem, RestrictedState start, double period)
    {
        double[] monodromy = new double[36];
        return problem.TryPropagate(start, period, monodromy, out _) ? new PeriodicOrbit(problem, start, period, monodromy) : null;
    }

    private static Vector3d Column(ReadOnlySpan<double> phi, int j) => new(phi[6 + j], phi[18 + j], phi[30 + j]);

    /// <summary>Of the pair with λ² + p·λ + 1 = 0.</summary>
    private static double Index(Complex p)
    {
        double size = ((-p + Complex.Sqrt(p * p - 4)) / 2).Magnitude;
        return 0.5 * (size + 1 / size);
    }
}
