using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Position and velocity, km and km/s, in the frame of the state they come from.</summary>
internal readonly record struct PositionVelocity(Vector3d Position, Vector3d Velocity)
{
    public CartesianState At(Epoch epoch, Frame frame) => new(epoch, frame, Position, Velocity);
}

/// <summary>
/// A Kepler orbit in equinoctial elements n, a_f, a_g, χ, ψ, λ of the epoch (mean motion, eccentricity vector, half-tangent of the inclination, mean longitude), in which an
/// uncertainty stays normal far longer than in position and velocity.
/// </summary>
/// <remarks>
/// Broucke and Cefola 1972, Celestial Mechanics 5, 303; Hall 2021, JSR 58 (3), 715. The elements are taken in the object's own axes (its plane at epoch, x radial), so that no
/// inclination is singular: the nominal χ and ψ are zero.
/// </remarks>
internal sealed class EquinoctialOrbit
{
    public const int N = 0, Af = 1, Ag = 2, Chi = 3, Psi = 4, Lambda = 5;

    private readonly Matrix3 _toInertial;
    private readonly double[] _elements, _fromState = new double[36];

    private EquinoctialOrbit(Matrix3 toInertial, double[] elements) => (_toInertial, _elements) = (toInertial, elements);

    /// <summary>Of the epoch.</summary>
    public ReadOnlySpan<double> Elements => _elements;

    /// <summary>Partials of the elements by position and velocity at epoch, row-major.</summary>
    public ReadOnlySpan<double> FromState => _fromState;

    /// <summary>Rotation from the object's own axes.</summary>
    public Matrix3 ToInertial => _toInertial;

    public double PeriodSeconds => Math.Tau / _elements[N];

    /// <returns>False where the state is on no ellipse or falls straight.</returns>
    public static bool TryOf(CartesianState state, out EquinoctialOrbit? orbit)
    {
        orbit = null;
        var (r, v) = (state.PositionKm, state.VelocityKmPerS);
        double mu = TwoBody.EarthMuKm3PerS2, radius = r.Norm, inverseA = 2 / radius - v.NormSquared / mu;
        var momentum = r.Cross(v);
        if (!(inverseA * radius > 1e-6) || !(momentum.Norm > 1e-6 * radius * v.Norm)) return false;
        double a = 1 / inverseA, radial = v.Dot(r) / radius, across = momentum.Norm / radius;
        // Eccentricity vector in the object's axes: x radial, y forward.
        double af = across * momentum.Norm / mu - 1, ag = -radial * momentum.Norm / mu, s = Math.Sqrt(Math.Max(0, 1 - af * af - ag * ag));
        if (!(s > 1e-4)) return false;
        double beta = 1 / (1 + s), x = radius / a;
        double cosF = af + (1 - af * af * beta) * x / s, sinF = ag - af * ag * beta * x / s;
        double longitude = Math.Atan2(sinF, cosF) + ag * cosF - af * sinF;
        Vector3d first = r / radius, third = momentum.Unit(), second = third.Cross(first);
        var toInertial = new Matrix3(first.X, second.X, third.X, first.Y, second.Y, third.Y, first.Z, second.Z, third.Z);
        var made = new EquinoctialOrbit(toInertial, [Math.Sqrt(mu / (a * a * a)), af, ag, 0, 0, longitude]);
        Span<double> partials = stackalloc double[36];
        if (!made.TryState(made._elements, 0, out _, partials) || !SmallMatrices.TryInvert(partials, made._fromState)) return false;
        orbit = made;
        return true;
    }

    /// <summary>The state, and its partials by position and velocity at epoch, some seconds from the epoch.</summary>
    public bool TryTransition(double seconds, Span<double> transition, out PositionVelocity state)
    {
        Span<double> partials = stackalloc double[36];
        if (!TryState(_elements, seconds, out state, partials)) return false;
        SmallMatrices.Product(partials, _fromState, transition);
        return true;
    }

    /// <summary>Position and velocity of other elements in this object's axes, and their partials by the elements (row-major 6×6).</summary>
    /// <returns>False where the elements are those of no ellipse.</returns>
    public bool TryState(ReadOnlySpan<double> e, double seconds, out PositionVelocity state, Span<double> partials)
    {
        state = default;
        double n = e[N], af = e[Af], ag = e[Ag], s2 = 1 - af * af - ag * ag;
        if (!(n > 0) || !(s2 > 1e-8) || !TrySolveKepler(e[Lambda] + n * seconds, af, ag, out double sin, out double cos)) return false;
        double s = Math.Sqrt(s2), beta = 1 / (1 + s), a = Math.Cbrt(TwoBody.EarthMuKm3PerS2 / (n * n)), rho = 1 - af * cos - ag * sin;
        double one = 1 - ag * ag * beta, two = 1 - af * af * beta, mixed = af * ag * beta;
        double x = one * cos + mixed * sin - af, y = two * sin + mixed * cos - ag, u = mixed * cos - one * sin, w = two * cos - mixed * sin, speed = n * a / rho;
        var basis = new Basis(e[Chi], e[Psi], _toInertial);
        var position = a * (x * basis.F + y * basis.G);
        var velocity = speed * (u * basis.F + w * basis.G);
        state = new PositionVelocity(position, velocity);
        double r = position.Norm, pull = TwoBody.EarthMuKm3PerS2 / (r * r * r);
        Put(partials, Lambda, velocity / n, -pull / n * position);
        Put(partials, N, -2 / (3 * n) * position + seconds / n * velocity, 1 / (3 * n) * velocity - seconds * pull / n * position);
        Put(partials, Chi, a * (x * basis.FChi + y * basis.GChi), speed * (u * basis.FChi + w * basis.GChi));
        Put(partials, Psi, a * (x * basis.FPsi + y * basis.GPsi), speed * (u * basis.FPsi + w * basis.GPsi));
        ByEccentricity(partials, Af, sin / rho, beta * beta * af / s);
        ByEccentricity(partials, Ag, -cos / rho, beta * beta * ag / s);
        return true;

        // At constant mean longitude: what the eccentric longitude turns, and what β changes.
        void ByEccentricity(Span<double> into, int column, double turn, double betaChange)
        {
            bool isAf = column == Af;
            double oneChange = -ag * ag * betaChange - (isAf ? 0 : 2 * ag * beta), twoChange = -af * af * betaChange - (isAf ? 2 * af * beta : 0);
            double mixedChange = af * ag * betaChange + (isAf ? ag : af) * beta, rhoChange = (isAf ? -cos : -sin) + (af * sin - ag * cos) * turn;
            double dx = oneChange * cos + mixedChange * sin - (isAf ? 1 : 0) + u * turn, dy = twoChange * sin + mixedChange * cos - (isAf ? 0 : 1) + w * turn;
            double du = mixedChange * cos - oneChange * sin - (x + af) * turn, dw = twoChange * cos - mixedChange * sin - (y + ag) * turn;
            Put(into, column, a * (dx * basis.F + dy * basis.G), speed * ((du - u * rhoChange / rho) * basis.F + (dw - w * rhoChange / rho) * basis.G));
        }
    }

    private static void Put(Span<double> partials, int column, Vector3d position, Vector3d velocity)
    {
        (partials[column], partials[6 + column], partials[12 + column]) = (position.X, position.Y, position.Z);
        (partials[18 + column], partials[24 + column], partials[30 + column]) = (velocity.X, velocity.Y, velocity.Z);
    }

    /// <summary>Kepler's equation in longitudes, λ = F + a_g cos F - a_f sin F, by Newton's method kept inside the interval where the root lies.</summary>
    private static bool TrySolveKepler(double longitude, double af, double ag, out double sin, out double cos)
    {
        double m = Math.IEEERemainder(longitude, Math.Tau), e = Math.Sqrt(af * af + ag * ag), low = m - e, high = m + e, f = m;
        (sin, cos) = (0, 1);
        for (int i = 0; i < 60; i++)
        {
            (sin, cos) = Math.SinCos(f);
            double error = f + ag * cos - af * sin - m;
            if (error > 0) high = f;
            else low = f;
            double next = f - error / (1 - ag * sin - af * cos);
            if (!(next >= low && next <= high)) next = 0.5 * (low + high);
            if (Math.Abs(next - f) < 2e-16 * (1 + Math.Abs(f)))
            {
                (sin, cos) = Math.SinCos(next);
                return true;
            }
            f = next;
        }
        return double.IsFinite(f);
    }

    /// <summary>The axes f and g of the orbital plane, and how they change with χ and ψ, in inertial axes.</summary>
    internal readonly struct Basis
    {
        public readonly Vector3d F, G, FChi, FPsi, GChi, GPsi;

        public Basis(double chi, double psi, Matrix3 toInertial)
        {
            double d = 1 / (1 + chi * chi + psi * psi);
            var f = d * new Vector3d(1 - chi * chi + psi * psi, 2 * chi * psi, -2 * chi);
            var g = d * new Vector3d(2 * chi * psi, 1 + chi * chi - psi * psi, 2 * psi);
            var mixed = new Vector3d(2 * psi, 2 * chi, 0);
            (F, G) = (toInertial * f, toInertial * g);
            FChi = toInertial * (d * (new Vector3d(-2 * chi, 2 * psi, -2) - 2 * chi * f));
            FPsi = toInertial * (d * (mixed - 2 * psi * f));
            GChi = toInertial * (d * (mixed - 2 * chi * g));
            GPsi = toInertial * (d * (new Vector3d(2 * chi, -2 * psi, 2) - 2 * psi * g));
        }
    }
}
