using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Lambert's problem: every two-body orbit that leads from one position to another in a given time.</summary>
/// <remarks>
/// Izzo's formulation and starting values (2015, see LambertTime) with Householder's iteration, which here never leaves a bracket that holds the root:
/// without whole revolutions the time falls steadily with x, with them it has one minimum between two roots. Relative accuracy 1e-10 and better of the
/// velocities, 1e-6 within 0.01 degrees of a half turn. Pure; allocates the list only.
/// </remarks>
public static class LambertSolver
{
    private const double LeastSine = 1e-9;
    private const int MostIterations = 100;

    /// <param name="fromKm">First position, km, inertial axes of any kind.</param>
    /// <param name="toKm">Second position, same axes.</param>
    /// <param name="seconds">From the first to the second; above 0.</param>
    /// <param name="mostRevolutions">Whole revolutions looked for at most; the time may allow fewer.</param>
    /// <param name="normal">Normal of the plane (any length), for positions opposite each other; motion about it counterclockwise is then called the short way. Ignored elsewhere.</param>
    /// <param name="muKm3PerS2">Of the central body.</param>
    public static LambertOutcome Solve(Vector3d fromKm, Vector3d toKm, double seconds, int mostRevolutions = 0, Vector3d? normal = null, double muKm3PerS2 = TwoBody.EarthMuKm3PerS2)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(mostRevolutions);
        double r1 = fromKm.Norm, r2 = toKm.Norm;
        if (!(seconds > 0) || !double.IsFinite(seconds) || !(r1 > 0) || !(r2 > 0) || !double.IsFinite(r1) || !double.IsFinite(r2))
            return new LambertOutcome.Refused(LambertRefusal.Senseless, "Expected a time above zero and two positions away from the centre.");
        var (u1, u2) = (fromKm / r1, toKm / r2);
        var across = u1.Cross(u2);
        if (!(across.Norm > LeastSine))
        {
            if (u1.Dot(u2) > 0) return new LambertOutcome.Refused(LambertRefusal.SameDirection, "Both positions lie in one direction from the centre.");
            var upright = normal is { } n ? n - n.Dot(u1) * u1 : Vector3d.Zero;
            if (normal is null || !(upright.Norm > 1e-6 * normal.Value.Norm))
                return new LambertOutcome.Refused(LambertRefusal.PlaneUndefined, "The positions are opposite each other, 180 degrees apart: the plane of the transfer is not known.");
            across = upright;
        }
        var pole = across.Unit();
        double chord = fromKm.DistanceTo(toKm), s = (r1 + r2 + chord) / 2, lambda = Math.Sqrt(Math.Max(0, 1 - chord / s));
        double time = Math.Sqrt(2 * muKm3PerS2 / (s * s * s)) * seconds;
        var found = new List<LambertSolution>();
        foreach (var way in (ReadOnlySpan<LambertWay>)[LambertWay.ShortWay, LambertWay.LongWay])
        {
            double signed = way == LambertWay.ShortWay ? lambda : -lambda;
            var (ahead1, ahead2) = way == LambertWay.ShortWay ? (pole.Cross(u1), pole.Cross(u2)) : (u1.Cross(pole), u2.Cross(pole));
            foreach (var (x, revolutions, branch) in Roots(new LambertTime(signed), time, signed, mostRevolutions))
            {
                double gamma = Math.Sqrt(muKm3PerS2 * s / 2), rho = (r1 - r2) / chord, sigma = Math.Sqrt(Math.Max(0, 1 - rho * rho));
                double y = Math.Sqrt(1 - lambda * lambda * (1 - x * x)), ly = signed * y, across1 = gamma * sigma * (y + signed * x);
                var departure = gamma * (ly - x - rho * (ly + x)) / r1 * u1 + across1 / r1 * ahead1;
                var arrival = -gamma * (ly - x + rho * (ly + x)) / r2 * u2 + across1 / r2 * ahead2;
                if (departure.IsFinite && arrival.IsFinite) found.Add(new LambertSolution(way, revolutions, branch, departure, arrival));
            }
        }
        return new LambertOutcome.Solved(found);
    }

    private static List<(double X, int Revolutions, LambertBranch Branch)> Roots(LambertTime of, double time, double lambda, int mostRevolutions)
    {
        var roots = new List<(double, int, LambertBranch)>();
        double x0 = Start(of, time, lambda), high = 2;
        while (of.At(high, 0) > time && high < 1e9) high *= 2;
        if (Root(of, time, 0, x0, -1, high, falling: true) is { } single) roots.Add((single, 0, LambertBranch.Only));
        for (int n = 1; n <= mostRevolutions && n * Math.PI < time; n++)
        {
            double quickest = Quickest(of, n);
            if (of.At(quickest, n) > time) break;
            double left = Math.Pow((n + 1) * Math.PI / (8 * time), 2.0 / 3), right = Math.Pow(8 * time / (n * Math.PI), 2.0 / 3);
            if (Root(of, time, n, (left - 1) / (left + 1), -1, quickest, falling: true) is { } slow) roots.Add((slow, n, LambertBranch.Left));
            if (Root(of, time, n, (right - 1) / (right + 1), quickest, 1, falling: false) is { } fast) roots.Add((fast, n, LambertBranch.Right));
        }
        return roots;
    }

    private static double Start(LambertTime of, double time, double lambda)
    {
        double t0 = of.OfMinimumEnergy, t1 = of.OfParabola;
        if (time >= t0) return (t0 - time) / (time - t0 + 4);
        return time <= t1
            ? 2.5 * t1 * (t1 - time) / (time * (1 - Math.Pow(lambda, 5))) + 1
            : Math.Pow(time / t0, Math.Log(2) / Math.Log(t1 / t0)) - 1;
    }

    /// <summary>Householder's third-order step while it stays inside the bracket, else the middle of it.</summary>
    private static double? Root(LambertTime of, double time, int revolutions, double x, double low, double high, bool falling)
    {
        if (!(x > low && x < high)) x = 0.5 * (low + high);
        for (int i = 0; i < MostIterations; i++)
        {
            double t = of.At(x, revolutions), error = t - time;
            if (!double.IsFinite(t)) return null;
            if (error == 0) return x;
            if (error > 0 == falling) low = x;
            else high = x;
            var (d1, d2, d3) = of.Derivatives(x, t);
            double next = x - error * (d1 * d1 - error * d2 / 2) / (d1 * (d1 * d1 - error * d2) + d3 * error * error / 6);
            if (Math.Abs(next - x) <= 1e-14 * Math.Max(1, Math.Abs(x))) return next;
            if (!(next > low && next < high)) next = 0.5 * (low + high);
            x = next;
        }
        // The last digits may go back and forth.
        return high - low < 1e-9 * Math.Max(1, Math.Abs(x)) || Math.Abs(of.At(x, revolutions) - time) < 1e-11 * time ? x : null;
    }

    /// <summary>The x of least time, where the derivative changes sign: bisection with Newton's steps inside.</summary>
    private static double Quickest(LambertTime of, int revolutions)
    {
        double low = -1, high = 1, x = 0;
        for (int i = 0; i < MostIterations; i++)
        {
            var (d1, d2, _) = of.Derivatives(x, of.At(x, revolutions));
            if (d1 < 0) low = x;
            else high = x;
            double next = x - d1 / d2;
            if (Math.Abs(next - x) < 1e-15) return x;
            if (!(next > low && next < high)) next = 0.5 * (low + high);
            x = next;
        }
        return x;
    }
}
