using System.Globalization;
using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

/// <summary>Burns as operators told them, and how detections compare.</summary>
internal static class TrueBurns
{
    /// <summary>
    /// The times of a file of the benchmark, less one day: the benchmark's conversion adds the day of the year to the first of January
    /// without taking one off, so that every time in it is 24 hours late. The operator's list behind it has the first burn of CryoSat-2 on day 105 of 2010,
    /// the 15th of April, the benchmark on the 16th; and the orbits say the same (see ManeuverDetectionTests).
    /// </summary>
    public static List<Epoch> Read(string file)
        => [.. ReferenceData.Lines(file).Where(l => l.StartsWith("- ", StringComparison.Ordinal))
            .Select(l => Utc.FromDateTime(DateTimeOffset.Parse(l[2..], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).AddDays(-1))).Order()];

    internal readonly record struct Score(int Hits, int Detections, int Burns)
    {
        public double Precision => Hits / (double)Math.Max(1, Detections);
        public double Recall => Hits / (double)Math.Max(1, Burns);
        public double F1 => 2.0 * Hits / Math.Max(1, Detections + Burns);
    }

    /// <summary>Each burn with at most one detection and the other way round, nearest pairs first.</summary>
    public static Score Compare(IReadOnlyList<Epoch> detections, IReadOnlyList<Epoch> burns, double withinHours)
    {
        var pairs = from d in Enumerable.Range(0, detections.Count)
                    from b in Enumerable.Range(0, burns.Count)
                    let apart = Math.Abs(detections[d].SecondsSince(burns[b]))
                    where apart <= withinHours * 3600
                    orderby apart
                    select (d, b);
        var (usedDetections, usedBurns) = (new HashSet<int>(), new HashSet<int>());
        foreach (var (d, b) in pairs)
        {
            if (usedDetections.Contains(d) || usedBurns.Contains(b)) continue;
            usedDetections.Add(d);
            usedBurns.Add(b);
        }
        return new Score(usedBurns.Count, detections.Count, burns.Count);
    }
}
