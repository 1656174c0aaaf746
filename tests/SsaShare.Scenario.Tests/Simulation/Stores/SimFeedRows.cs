using SsaShare.Domain;
using SsaShare.Exchange;

namespace SsaShare.Scenario.Tests.Simulation;

/// <summary>Whole publications in order until as many records are read as are wanted, as the stores of a node read them.</summary>
internal static class SimFeedRows
{
    public static (List<SimPublication> Rows, bool IsLast) Read(IEnumerable<SimPublication> rows, FeedLane lane, int recordsMax, Epoch now)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(recordsMax, 1);
        var until = FeedLanes.PublishedUntil(lane, now);
        var read = new List<SimPublication>();
        int count = 0;
        foreach (var row in rows)
        {
            if (until is { } latest && row.Published > latest) return (read, true);
            if (count >= recordsMax) return (read, false);
            read.Add(row);
            count += row.Slice.Records.Count;
        }
        return (read, true);
    }
}
