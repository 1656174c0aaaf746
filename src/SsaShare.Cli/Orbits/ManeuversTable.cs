using System.Globalization;
using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Cli;

/// <summary>Manoeuvres for people.</summary>
internal static class ManeuversTable
{
    /// <param name="id">The object.</param>
    /// <param name="sets">All that were looked at; at least one.</param>
    /// <param name="maneuvers">Those asked for, in order of time.</param>
    public static IEnumerable<string> Lines(string id, IReadOnlyCollection<ElementSet> sets, IReadOnlyCollection<DetectedManeuver> maneuvers)
    {
        yield return $"Manoeuvres of {id}, from {sets.Count:N0} element sets of {Day(sets.Min(set => set.Epoch))} to {Day(sets.Max(set => set.Epoch))}: {(maneuvers.Count == 0 ? "none found" : maneuvers.Count.ToString("N0", CultureInfo.InvariantCulture))}";
        if (maneuvers.Count == 0) yield break;
        yield return "";
        string[] header = ["TIME (UTC)", "DELTA-V (m/s)", "ALONG (m/s)", "ACROSS (m/s)", "CONFIDENCE", "SIGMAS", "FIRST SEEN (UTC)"];
        foreach (string line in Columns.Lines("", header, [.. maneuvers.Select(Row)], 1, 2, 3, 4, 5)) yield return line;
    }

    private static string[] Row(DetectedManeuver one)
        => [Minute(one.Time), Figure(one.DeltaVMPerS, "F4"), Figure(one.AlongTrackMPerS, "F4"), Figure(one.CrossTrackMPerS, "F4"), Figure(one.Confidence, "F3"), Figure(one.Significance, "F1"), Minute(one.FirstSeen)];

    private static string Figure(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private static string Day(Epoch epoch) => Utc.Format(epoch)[..10];

    private static string Minute(Epoch epoch) => $"{Utc.Format(epoch)[..16]}Z";
}
