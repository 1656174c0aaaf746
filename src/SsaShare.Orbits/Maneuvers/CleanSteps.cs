namespace SsaShare.Orbits;

/// <summary>Manoeuvres that two successive element sets show by themselves: their rates differ by far more than noise, and their orbits meet between them.</summary>
/// <remarks>What a window cannot tell apart, several burns in as many days, these do. Sets that follow a burn only slowly meet elsewhere and are left to the curve.</remarks>
internal static class CleanSteps
{
    private const double Slack = 0.1, LongestGapDays = 4;

    public static IEnumerable<Kink> Find(ElementHistory h, TrackNoise noise, ManeuverDetectorOptions options)
    {
        for (int k = 1; k < h.Count; k++)
        {
            double gap = h.Days[k] - h.Days[k - 1], change = h.RateKmPerDay[k] - h.RateKmPerDay[k - 1] - 2 * noise.MeanBendKmPerDay2[k] * gap;
            double deviation = noise.StepKmPerDay[k];
            if (gap > LongestGapDays || !(Math.Abs(change) > options.StepThreshold * deviation)) continue;
            // track before + rate before * t = track after + rate after * (t - gap)
            double meet = (h.TrackKm[k - 1] - h.TrackKm[k] + h.RateKmPerDay[k] * gap) / change;
            double uncertain = Math.Sqrt(noise.TrackKm[k] * noise.TrackKm[k] + noise.TrackKm[k - 1] * noise.TrackKm[k - 1]) / Math.Abs(change);
            if (uncertain > options.SeparationDays || meet < -Slack - uncertain || meet > gap + Slack + uncertain) continue;
            // After the set before and not after the set behind: each tells its own side.
            yield return new Kink(Math.Min(h.Days[k], h.Days[k - 1] + Math.Max(1e-6, meet)), change, Math.Abs(change) / deviation);
        }
    }
}
