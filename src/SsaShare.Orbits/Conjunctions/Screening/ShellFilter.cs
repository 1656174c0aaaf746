namespace SsaShare.Orbits;

/// <summary>
/// Perigee and apogee filter for some on all: of the objects that are not sought from, only those are kept whose shell (<see cref="Sgp4Envelope"/>) comes within the largest radius of the shell of
/// one that is. Whatever has no bounded shell, or may have no state at some instant, is kept, so that it is told.
/// </summary>
internal static class ShellFilter
{
    /// <summary>Below this share nothing is gained by leaving objects out.</summary>
    private const double WorthShare = 0.05;

    /// <param name="seekers">From whom neighbours are looked for.</param>
    /// <returns>The numbers of the objects to be screened; null where they are (nearly) all.</returns>
    public static HashSet<long>? Keep(ScreenedSet set, int[] seekers)
    {
        double radiusKm = set.Count == 0 ? 0 : set.RadiusKm.Max();
        var merged = Merge([.. seekers.Select(set.Shell).Select(shell => (shell.LowKm - radiusKm, shell.HighKm + radiusKm))]);
        var sought = seekers.ToHashSet();
        var kept = new HashSet<long>();
        for (int i = 0; i < set.Count; i++)
            if (sought.Contains(i) || !set.IsSurelyKnown(i) || IsMet(merged, set.Shell(i))) kept.Add(set.Objects[i].Id);
        return kept.Count > (1 - WorthShare) * set.Count ? null : kept;
    }

    /// <summary>Intervals that do not touch, ascending.</summary>
    private static List<(double Low, double High)> Merge((double Low, double High)[] shells)
    {
        Array.Sort(shells);
        var merged = new List<(double Low, double High)>();
        foreach (var shell in shells)
        {
            if (merged.Count > 0 && shell.Low <= merged[^1].High) merged[^1] = (merged[^1].Low, Math.Max(merged[^1].High, shell.High));
            else merged.Add(shell);
        }
        return merged;
    }

    private static bool IsMet(List<(double Low, double High)> merged, (double LowKm, double HighKm) shell)
    {
        int low = 0, high = merged.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (merged[middle].High < shell.LowKm) low = middle + 1;
            else high = middle;
        }
        return low < merged.Count && merged[low].Low <= shell.HighKm;
    }
}
