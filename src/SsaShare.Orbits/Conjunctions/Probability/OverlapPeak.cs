namespace SsaShare.Orbits;

/// <summary>When two objects on curved paths are most likely to touch.</summary>
/// <param name="Seconds">From the pair's epoch.</param>
/// <param name="SigmaSeconds">Width of the density's rise and fall about it.</param>
internal readonly record struct OverlapPeak(double Seconds, double SigmaSeconds)
{
    private const int MostSteps = 60;

    /// <summary>The minimum of Hall's modified distance nearest to a start: straight lines lead there, a parabola over one sigma to each side settles it.</summary>
    public static bool TryFind(CurvilinearEncounter pair, double start, double reachSeconds, out OverlapPeak peak)
    {
        peak = default;
        double time = start, sigma = 0;
        bool isNear = false;
        for (int step = 0; step < MostSteps; step++)
        {
            if (!pair.TryAt(time, out var here)) return false;
            if (!isNear)
            {
                // The distance of the most likely orbits that touch changes with their own velocity.
                var velocity = here.VelocityAtContact;
                double rate = velocity.Dot(here.Inverse * velocity), change = -velocity.Dot(here.Inverse * here.Position) / rate;
                sigma = 1 / Math.Sqrt(rate);
                if (!double.IsFinite(change)) return false;
                isNear = Math.Abs(change) < 0.3 * sigma || step > MostSteps / 2;
                time += Math.Clamp(change, -reachSeconds / 8, reachSeconds / 8);
                if (Math.Abs(time) > reachSeconds) return false;
                continue;
            }
            double width = Math.Min(sigma, reachSeconds / 50);
            if (!pair.TryAt(time - width, out var before) || !pair.TryAt(time + width, out var after)) return false;
            double slope = (after.Modified - before.Modified) / (2 * width), half = (after.Modified + before.Modified - 2 * here.Modified) / (2 * width * width);
            double move = half > 0 ? -slope / (2 * half) : -Math.Sign(slope) * width;
            if (half > 0) sigma = 1 / Math.Sqrt(half);
            if (half > 0 && Math.Abs(move) < 0.05 * sigma)
            {
                peak = new OverlapPeak(time + move, sigma);
                return true;
            }
            time += Math.Clamp(move, -2 * width, 2 * width);
            if (Math.Abs(time) > reachSeconds) return false;
        }
        return false;
    }
}
