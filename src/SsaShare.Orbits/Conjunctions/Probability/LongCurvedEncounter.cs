namespace SsaShare.Orbits;

/// <summary>Expected collisions on curved paths (3D-Nc): the rate of collisions integrated over the whole passage, for encounters however long.</summary>
/// <remarks>
/// Coppola 2012, AAS 12-247; Hall 2021, JSR 58 (3), 715. The passage reaches to the largest distances of the mean orbits before and after the epoch. Steps are halved until the
/// number stands still to 1e-5, four times at most; what the last halving changed is told.
/// </remarks>
public static class LongCurvedEncounter
{
    private const int ScanPoints = 97, MostSteps = 4_000, MostHalvings = 4;
    private const double Negligible = 1e-10, Tolerance = 1e-5, LeastShare = 1e-4, LeastExponent = 60;

    /// <param name="windowSeconds">Start and end of the time that counts, from the pair's epoch; null for the passage.</param>
    /// <exception cref="ArgumentException">The window ends before it starts.</exception>
    public static ExpectedCollisions Of(ConjunctionPair pair, (double Start, double End)? windowSeconds = null)
        => windowSeconds is { } window && !(window.Start < window.End) ? throw new ArgumentException("The window ends before it starts.", nameof(windowSeconds))
            : CurvilinearEncounter.TryOf(pair, out var curved) ? Of(curved!, windowSeconds ?? Passage(curved!)) : new ExpectedCollisions.Failed(CollisionsFailure.NotElliptic);

    internal static ExpectedCollisions Of(CurvilinearEncounter pair, (double Start, double End) window)
    {
        var (start, end) = window;
        List<Bell> bells = [];
        foreach (var peak in Peaks(pair, start, end))
        {
            // A second way to the same bell.
            if (bells.Any(known => peak.Seconds >= known.From && peak.Seconds <= known.To)) continue;
            if (pair.TryAt(peak.Seconds, out var local) && SpherePoints.AreTooFew(local, pair.RadiusKm)) return new ExpectedCollisions.Failed(CollisionsFailure.TooSharp);
            if (!TryBell(pair, peak, start, end, out var bell)) return new ExpectedCollisions.Failed(CollisionsFailure.NoOverlap);
            bells.Add(bell);
        }
        if (bells.Count == 0) return new ExpectedCollisions.Failed(CollisionsFailure.NoPeak);
        var main = bells.MaxBy(bell => bell.Number);
        var counting = bells.Where(bell => bell.Number >= LeastShare * main.Number);
        return new ExpectedCollisions.Found(bells.Sum(bell => bell.Number), main.When, counting.Min(bell => bell.From), counting.Max(bell => bell.To)) { LastChange = counting.Max(bell => bell.LastChange) };
    }

    /// <summary>Between the largest distances of the mean orbits before and after both the epoch and the time that straight lines give; at most 1.1 revolutions either way.</summary>
    internal static (double Start, double End) Passage(CurvilinearEncounter pair)
    {
        double step = pair.ShorterPeriodSeconds / 200, straight = 0;
        if (pair.TryAt(0, out var here)) straight = -here.Velocity.Dot(here.Inverse * here.Position) / here.Velocity.Dot(here.Inverse * here.Velocity);
        straight = double.IsFinite(straight) ? Math.Clamp(straight, -100 * step, 100 * step) : 0;
        return (-Reach(-step, Math.Max(0, -straight)), Reach(step, Math.Max(0, straight)));

        double Reach(double move, double atLeast)
        {
            double before = pair.SquaredDistance(0), now = pair.SquaredDistance(move);
            // The epoch need not be the minimum itself: first downhill, then up.
            for (int i = 2; i <= 220; i++)
            {
                double next = pair.SquaredDistance(i * move);
                if (now >= before && !(next > now) && (i - 1) * step > atLeast) return (i - 1) * step;
                (before, now) = (now, next);
            }
            return 100 * step;
        }
    }

    /// <summary>Where the density at contact has a maximum of its own: by straight lines from the epoch, and by looking over the passage.</summary>
    private static List<OverlapPeak> Peaks(CurvilinearEncounter pair, double start, double end)
    {
        List<OverlapPeak> peaks = [];
        double reach = Math.Max(-start, end);
        if (OverlapPeak.TryFind(pair, 0, reach, out var nearest)) peaks.Add(nearest);
        double step = (end - start) / (ScanPoints - 1), before = double.PositiveInfinity, here = double.PositiveInfinity;
        for (int i = 0; i <= ScanPoints; i++)
        {
            double next = i < ScanPoints && pair.TryAt(start + i * step, out var local) ? local.Modified : double.PositiveInfinity;
            if (here <= before && here < next && double.IsFinite(here))
            {
                double at = start + (i - 1) * step;
                // Where no bell settles, the scan's own width stands in for its sigma.
                peaks.Add(OverlapPeak.TryFind(pair, at, reach, out var found) ? found : new OverlapPeak(at, step));
            }
            (before, here) = (here, next);
        }
        peaks.RemoveAll(peak => peak.Seconds < start || peak.Seconds > end);
        // What is e⁻³⁰ of the likeliest does not count, and its linear picture may not even settle.
        double[] heights = [.. peaks.Select(peak => pair.TryAt(peak.Seconds, out var local) ? local.ModifiedWithin(pair.RadiusKm) : double.PositiveInfinity)];
        double best = heights.DefaultIfEmpty(0).Min();
        return [.. peaks.Where((_, i) => heights[i] <= best + LeastExponent)];
    }

    private readonly record struct Bell(double Number, double LastChange, double When, double From, double To);

    private static bool TryBell(CurvilinearEncounter pair, OverlapPeak peak, double start, double end, out Bell bell)
    {
        bell = default;
        if (!TryRate(pair, peak.Seconds, out double centre)) return false;
        double when = peak.Seconds, highest = centre;
        if (centre <= 1e-300)
        {
            bell = new Bell(0, 0, when, when, when);
            return true;
        }
        double step = peak.SigmaSeconds, sum = centre, from = peak.Seconds, to = peak.Seconds;
        bool isCut = false;
        foreach (int sign in (ReadOnlySpan<int>)[-1, 1])
        for (int i = 1; i < MostSteps; i++)
        {
            double time = Math.Clamp(peak.Seconds + sign * i * step, start, end);
            if (!TryRate(pair, time, out double rate)) return false;
            sum += rate;
            if (rate > highest) (highest, when) = (rate, time);
            (from, to) = (Math.Min(from, time), Math.Max(to, time));
            if (rate < Negligible * highest) break;
            isCut |= time == start || time == end;
            if (time == start || time == end) break;
        }
        if (!(isCut ? TryPanels(pair, from, to, peak.SigmaSeconds, out double number, out double change) : TryTrapezoids(pair, from, to, step, sum, out number, out change))) return false;
        bell = new Bell(number, change, when, from, to);
        return true;
    }

    /// <summary>A whole bell: the error of the trapezoid rule falls faster than any power of the step.</summary>
    private static bool TryTrapezoids(CurvilinearEncounter pair, double from, double to, double step, double sum, out double number, out double change)
    {
        (number, change) = (sum * step, double.NaN);
        for (int halving = 0; halving < MostHalvings; halving++)
        {
            for (double time = from + 0.5 * step; time < to; time += step)
            {
                if (!TryRate(pair, time, out double rate)) return false;
                sum += rate;
            }
            step *= 0.5;
            double finer = sum * step;
            change = Math.Abs(finer - number) / finer;
            number = finer;
            if (change <= Tolerance) break;
        }
        return true;
    }

    /// <summary>A bell that the window cuts: panels of Gauss and Legendre, doubled until nothing changes.</summary>
    private static bool TryPanels(CurvilinearEncounter pair, double from, double to, double sigma, out double number, out double change)
    {
        int panels = (int)Math.Clamp(Math.Ceiling((to - from) / (3 * sigma)), 2, 200);
        var (nodes, weights) = GaussLegendre.Rule(10);
        (number, change) = (double.NaN, double.NaN);
        for (int halving = 0; halving < MostHalvings; halving++, panels *= 2)
        {
            double half = 0.5 * (to - from) / panels, finer = 0;
            for (int panel = 0; panel < panels; panel++)
            for (int i = 0; i < nodes.Length; i++)
            {
                if (!TryRate(pair, from + half * (2 * panel + 1 + nodes[i]), out double rate)) return false;
                finer += half * weights[i] * rate;
            }
            change = Math.Abs(finer - number) / finer;
            number = finer;
            if (change <= Tolerance) break;
        }
        return true;
    }

    private static bool TryRate(CurvilinearEncounter pair, double seconds, out double rate)
    {
        rate = 0;
        if (!pair.TryAt(seconds, out var local)) return false;
        rate = CollisionRate.At(local, pair.RadiusKm);
        return double.IsFinite(rate);
    }
}
