using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Gooding's orbit from three lines of sight: for long arcs too, over several revolutions.</summary>
/// <remarks>
/// R. H. Gooding, A new procedure for the solution of the classical problem of minimal orbit determination from three lines of sight, Celestial Mechanics and
/// Dynamical Astronomy 66 (1997) 387-423: guess the outer ranges, join them with Lambert's orbit and correct them until it passes through the middle line.
/// Gooding starts from one guess; here a grid of guesses and every Lambert orbit is tried, because all answers are wanted. Corrections are Newton's with
/// halved steps in the logarithms of the ranges, which keeps these positive. Over revolutions a grid may miss an answer (about one in ten of synthetic ones,
/// docs/accuracy.md), and answers under the ground are returned like others.
/// </remarks>
public static class GoodingMethod
{
    private const double Settled = 1e-10, Difference = 1e-6;
    private const int MostIterations = 40;

    // Ranges tried, km: from low orbit overhead to beyond the geostationary ring; closer together over revolutions, where an orbit exists only near the right ranges.
    private static readonly double[] Guesses = [.. Enumerable.Range(0, 11).Select(k => 300 * Math.Pow(1.8, k))];
    private static readonly double[] CloseGuesses = [.. Enumerable.Range(0, 30).Select(k => 300 * Math.Pow(1.22, k))];

    /// <param name="first">Earliest.</param>
    /// <param name="middle">Its epoch is that of the states.</param>
    /// <param name="last">Latest.</param>
    /// <param name="mostRevolutions">Whole revolutions between the first and the last at most.</param>
    public static AnglesOnlyOutcome Solve(LineOfSight first, LineOfSight middle, LineOfSight last, int mostRevolutions = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(mostRevolutions);
        if (AnglesOnly.Check(first, middle, last) is { } refused) return refused;
        var orbits = new List<AnglesOnlyOrbit>();
        double[] guesses = mostRevolutions > 0 ? CloseGuesses : Guesses;
        foreach (double near in guesses)
            foreach (double far in guesses)
            {
                // Ranges that differ by more than a factor of eight belong to no orbit worth a guess of its own.
                if (near > 8 * far || far > 8 * near) continue;
                var problem = new Problem(first, middle, last, mostRevolutions);
                foreach (var kind in problem.Kinds(near, far))
                    if (problem.Correct(kind, Math.Log(near), Math.Log(far)) is { } orbit) orbits.Add(orbit);
            }
        return AnglesOnly.Outcome(orbits);
    }

    private sealed class Problem(LineOfSight first, LineOfSight middle, LineOfSight last, int mostRevolutions)
    {
        private readonly double _seconds = last.Epoch.SecondsSince(first.Epoch), _toMiddle = middle.Epoch.SecondsSince(first.Epoch);
        private readonly Vector3d _side = (Math.Abs(middle.Direction.Z) < 0.9 ? middle.Direction.Cross(new Vector3d(0, 0, 1)) : middle.Direction.Cross(new Vector3d(1, 0, 0))).Unit();

        public IEnumerable<(LambertWay Way, int Revolutions, LambertBranch Branch)> Kinds(double near, double far)
            => Join(near, far) is LambertOutcome.Solved solved ? solved.Solutions.Select(s => (s.Way, s.Revolutions, s.Branch)) : [];

        public AnglesOnlyOrbit? Correct((LambertWay Way, int Revolutions, LambertBranch Branch) kind, double x, double y)
        {
            if (!TryMiss(kind, x, y, out var miss, out _, out _)) return null;
            for (int i = 0; i < MostIterations; i++)
            {
                if (!TryMiss(kind, x + Difference, y, out var byX, out _, out _) || !TryMiss(kind, x, y + Difference, out var byY, out _, out _)) return null;
                double a = (byX.U - miss.U) / Difference, b = (byY.U - miss.U) / Difference, c = (byX.V - miss.V) / Difference, d = (byY.V - miss.V) / Difference;
                double determinant = a * d - b * c;
                if (!(Math.Abs(determinant) > 1e-18)) return null;
                double dx = -(d * miss.U - b * miss.V) / determinant, dy = -(a * miss.V - c * miss.U) / determinant;
                double limit = Math.Max(1, Math.Max(Math.Abs(dx), Math.Abs(dy)) / 0.7);
                (dx, dy) = (dx / limit, dy / limit);
                bool better = false;
                for (int halving = 0; halving < 8 && !better; halving++, dx *= 0.5, dy *= 0.5)
                {
                    if (!TryMiss(kind, x + dx, y + dy, out var next, out var position, out var velocity) || !(next.Size < miss.Size)) continue;
                    (x, y, miss, better) = (x + dx, y + dy, next, true);
                    if (miss.Size < Settled) return AnglesOnly.Orbit(first, middle, last, position, velocity, kind.Revolutions);
                }
                if (!better) return null;
            }
            return null;
        }

        /// <summary>How far the orbit through the ends passes beside the middle line, across it in two directions, rad for small angles.</summary>
        private bool TryMiss((LambertWay Way, int Revolutions, LambertBranch Branch) kind, double x, double y, out (double U, double V, double Size) miss, out Vector3d position, out Vector3d velocity)
        {
            (miss, position, velocity) = (default, default, default);
            if (!(Math.Abs(x) < 14) || !(Math.Abs(y) < 14) || Join(Math.Exp(x), Math.Exp(y)) is not LambertOutcome.Solved solved) return false;
            var orbit = solved.Solutions.FirstOrDefault(s => (s.Way, s.Revolutions, s.Branch) == kind);
            if (orbit is null || !TwoBody.TryPropagate(first.SiteKm + Math.Exp(x) * first.Direction, orbit.DepartureKmPerS, _toMiddle, out position, out velocity)) return false;
            var seen = (position - middle.SiteKm).Unit();
            if (!(seen.Dot(middle.Direction) > 0)) return false;
            double u = seen.Dot(_side), v = seen.Dot(middle.Direction.Cross(_side));
            miss = (u, v, Math.Sqrt(u * u + v * v));
            return double.IsFinite(miss.Size);
        }

        private LambertOutcome Join(double near, double far)
            => LambertSolver.Solve(first.SiteKm + near * first.Direction, last.SiteKm + far * last.Direction, _seconds, mostRevolutions);
    }
}
