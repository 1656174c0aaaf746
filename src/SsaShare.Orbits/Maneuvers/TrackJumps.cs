namespace SsaShare.Orbits;

/// <summary>Pairs of burns between two successive element sets: there and back again, as to let another object pass. The place along the track jumps, the rate hardly changes.</summary>
/// <remarks>
/// One burn moves the place by at most half of what its change of rate makes in the gap. The burns are put at a quarter and three quarters of the gap, since nothing tells where they were:
/// their changes of rate are right in sum, and each only as large as that distance in time asks for.
/// </remarks>
internal static class TrackJumps
{
    // Sets that follow a burn slowly jump several times on, a bad set jumps back.
    private const double OfNeighbours = 0.25;

    private const double LongestGapDays = 4;

    public static IEnumerable<Kink> Find(ElementHistory h, TrackNoise noise, ManeuverDetectorOptions options)
    {
        for (int k = 2; k < h.Count - 1; k++)
        {
            double gap = h.Days[k] - h.Days[k - 1], jump = TrackNoise.Jump(h, k), deviation = noise.JumpKm[k];
            double change = h.RateKmPerDay[k] - h.RateKmPerDay[k - 1];
            if (gap < options.SeparationDays || gap > LongestGapDays || !(Math.Abs(jump) > 0.5 * Math.Abs(change) * gap + options.StepThreshold * deviation)) continue;
            if (Math.Max(Math.Abs(TrackNoise.Jump(h, k - 1)), Math.Abs(TrackNoise.Jump(h, k + 1))) > OfNeighbours * Math.Abs(jump)) continue;
            // first + second = change, and first * 3/4 gap + second * 1/4 gap = change * gap / 2 + jump
            double apart = 2 * jump / gap, significance = Math.Abs(jump) / deviation;
            yield return new Kink(h.Days[k - 1] + 0.25 * gap, 0.5 * change + apart, significance);
            yield return new Kink(h.Days[k - 1] + 0.75 * gap, 0.5 * change - apart, significance);
        }
    }
}
