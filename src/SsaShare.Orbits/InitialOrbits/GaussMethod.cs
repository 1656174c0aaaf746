using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Gauss's orbit from three lines of sight, for arcs of up to some 60 degrees.</summary>
/// <remarks>
/// Vallado, Fundamentals of Astrodynamics and Applications, section 7.3.2; Curtis, Orbital Mechanics for Engineering Students, section 5.10. The equation of
/// the eighth degree has one to three positive roots by Descartes' rule; each is followed on its own. Lagrange's coefficients are then made exact with the
/// two-body orbit until the ranges stand still; where that does not settle, the first orbit is returned as it is and its miss says how good it is.
/// </remarks>
public static class GaussMethod
{
    private const double LeastTriple = 1e-9, Settled = 1e-11;
    private const int MostIterations = 400;

    /// <param name="first">Earliest.</param>
    /// <param name="middle">Its epoch is that of the states.</param>
    /// <param name="last">Latest; at most half a revolution after the first.</param>
    public static AnglesOnlyOutcome Solve(LineOfSight first, LineOfSight middle, LineOfSight last)
    {
        if (AnglesOnly.Check(first, middle, last) is { } refused) return refused;
        var lines = new Lines(first, middle, last);
        if (!(Math.Abs(lines.Triple) > LeastTriple)) return new AnglesOnlyOutcome.Refused(AnglesOnlyRefusal.Coplanar, "The three lines of sight lie in one plane.");
        var orbits = new List<AnglesOnlyOrbit>();
        foreach (double radius in lines.Radii())
        {
            double mu = TwoBody.EarthMuKm3PerS2, u = mu / (radius * radius * radius), t1 = lines.T1, t3 = lines.T3;
            var start = new Lagrange(1 - 0.5 * u * t1 * t1, t1 - u * t1 * t1 * t1 / 6, 1 - 0.5 * u * t3 * t3, t3 - u * t3 * t3 * t3 / 6);
            if (!lines.TryState(start, out var position, out var velocity)) continue;
            var rough = AnglesOnly.Orbit(first, middle, last, position, velocity, 0);
            var refined = (Refine(lines, start, position, velocity, 0.5) ?? Refine(lines, start, position, velocity, 0.1)) is var (better, speed)
                ? AnglesOnly.Orbit(first, middle, last, better, speed, 0)
                : null;
            if (refined is not null && !(rough?.MissRad < refined.MissRad)) orbits.Add(refined);
            else if (rough is not null) orbits.Add(rough);
        }
        return AnglesOnly.Outcome(orbits);
    }

    private static (Vector3d PositionKm, Vector3d VelocityKmPerS)? Refine(Lines lines, Lagrange now, Vector3d position, Vector3d velocity, double share)
    {
        for (int i = 0; i < MostIterations; i++)
        {
            if (!Lagrange.TryOf(position, velocity, lines.T1, lines.T3, out var exact)) return null;
            // Not all the way to the new: the ranges would swing (Curtis, algorithm 5.6, takes the mean).
            now = now.Towards(exact, share);
            if (!lines.TryState(now, out var next, out velocity)) return null;
            double moved = next.DistanceTo(position);
            position = next;
            if (moved < Settled * position.Norm) return (position, velocity);
        }
        return null;
    }

    /// <summary>f and g at the first and the last instant, from the middle.</summary>
    private readonly record struct Lagrange(double F1, double G1, double F3, double G3)
    {
        public Lagrange Towards(Lagrange o, double share) => new(F1 + share * (o.F1 - F1), G1 + share * (o.G1 - G1), F3 + share * (o.F3 - F3), G3 + share * (o.G3 - G3));

        public static bool TryOf(Vector3d r, Vector3d v, double t1, double t3, out Lagrange coefficients)
        {
            coefficients = default;
            var h = r.Cross(v);
            double h2 = h.NormSquared;
            if (!(h2 > 0) || !TwoBody.TryPropagate(r, v, t1, out var r1, out _) || !TwoBody.TryPropagate(r, v, t3, out var r3, out _)) return false;
            // r1 = f r + g v, so r1 x v = f h and r x r1 = g h.
            coefficients = new Lagrange(r1.Cross(v).Dot(h) / h2, r.Cross(r1).Dot(h) / h2, r3.Cross(v).Dot(h) / h2, r.Cross(r3).Dot(h) / h2);
            return true;
        }
    }

    /// <summary>The geometry of the three lines.</summary>
    private readonly struct Lines
    {
        private readonly LineOfSight _a, _b, _c;
        private readonly Vector3d _p1, _p2, _p3;

        public Lines(LineOfSight a, LineOfSight b, LineOfSight c)
        {
            (_a, _b, _c) = (a, b, c);
            (_p1, _p2, _p3) = (b.Direction.Cross(c.Direction), a.Direction.Cross(c.Direction), a.Direction.Cross(b.Direction));
            Triple = a.Direction.Dot(_p1);
            (T1, T3) = (a.Epoch.SecondsSince(b.Epoch), c.Epoch.SecondsSince(b.Epoch));
        }

        /// <summary>Volume of the three directions; zero when they lie in one plane.</summary>
        public double Triple { get; }
        public double T1 { get; }
        public double T3 { get; }

        /// <summary>Positive roots of Gauss's equation for the distance from the centre in the middle, km, ascending.</summary>
        public List<double> Radii()
        {
            double tau = T3 - T1, d12 = _a.SiteKm.Dot(_p2), d22 = _b.SiteKm.Dot(_p2), d32 = _c.SiteKm.Dot(_p2);
            double a = (-d12 * T3 / tau + d22 + d32 * T1 / tau) / Triple;
            double b = (d12 * (T3 * T3 - tau * tau) * T3 / tau + d32 * (tau * tau - T1 * T1) * T1 / tau) / (6 * Triple);
            double e = _b.SiteKm.Dot(_b.Direction), mu = TwoBody.EarthMuKm3PerS2;
            // In Earth radii, so that the powers keep their digits.
            const double Unit = Wgs84.EquatorialRadiusKm;
            double c6 = -(a * a + 2 * a * e + _b.SiteKm.NormSquared) / (Unit * Unit), c3 = -2 * mu * b * (a + e) / Math.Pow(Unit, 5), c0 = -mu * mu * b * b / Math.Pow(Unit, 8);
            return [.. EighthDegree.PositiveRoots(c6, c3, c0).Select(x => x * Unit)];
        }

        /// <returns>False when a coefficient vanishes.</returns>
        public bool TryState(Lagrange l, out Vector3d positionKm, out Vector3d velocityKmPerS)
        {
            double between = l.F1 * l.G3 - l.F3 * l.G1, c1 = l.G3 / between, c3 = -l.G1 / between;
            Vector3d p1 = _p1, p2 = _p2, p3 = _p3, ra = _a.SiteKm, rb = _b.SiteKm, rc = _c.SiteKm;
            // c1 r1 - r2 + c3 r3 = 0 along the three reciprocal directions.
            double first = (-ra.Dot(p1) + rb.Dot(p1) / c1 - rc.Dot(p1) * c3 / c1) / Triple;
            double middle = (-c1 * ra.Dot(p2) + rb.Dot(p2) - c3 * rc.Dot(p2)) / Triple;
            double last = (-c1 / c3 * ra.Dot(p3) + rb.Dot(p3) / c3 - rc.Dot(p3)) / Triple;
            positionKm = rb + middle * _b.Direction;
            var (r1, r3) = (ra + first * _a.Direction, rc + last * _c.Direction);
            velocityKmPerS = (-l.F3 * r1 + l.F1 * r3) / between;
            return first > 0 && middle > 0 && last > 0 && positionKm.IsFinite && velocityKmPerS.IsFinite;
        }
    }
}
