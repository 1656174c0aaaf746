using SsaShare.Domain;

namespace SsaShare.Fusion;

/// <summary>One approach as a reader may know it.</summary>
/// <param name="When">The first instant at which this pair was the reader's newest, and the approach within the window.</param>
/// <param name="Finding">Of what is no longer current in short: as much as would be left had the sources gone from the board.</param>
/// <param name="IsCurrent">This pair is the reader's newest now.</param>
internal sealed record SeenApproach(Epoch When, PairState Pair, Finding Finding, bool IsCurrent)
{
    /// <summary>Null where it was too far off to be told.</summary>
    public BoardHistoryEntry? ToEntry()
    {
        if (Finding.Probability is not { } probability) return null;
        var approach = Finding.Approach;
        return new BoardHistoryEntry(When, Pair.First.Id, Pair.Second.Id, approach.Tca, approach.MissKm, approach.RelativeSpeedKmPerS, probability.Recommended.Probability, probability.Recommended.Method, probability.First, probability.Second);
    }
}

/// <summary>Sorts what a reader may know of two lines into events: an approach belongs to the event whose last one is nearest in time, and no event holds two approaches of one pair of sources.</summary>
internal static class EventGrouping
{
    /// <returns>Events, each in order of time; the first of an event gives it its name.</returns>
    public static List<List<SeenApproach>> Group(IEnumerable<SeenApproach> ofTwoLines, TimeSpan sameEvent)
    {
        var events = new List<List<SeenApproach>>();
        // At one instant one pair is the newest: those of one time are all of one pair.
        foreach (var together in ofTwoLines.GroupBy(one => one.When).OrderBy(group => group.Key.NanosecondsSinceJ2000))
        {
            var arriving = together.OrderBy(one => one.Finding.Approach.Tca.NanosecondsSinceJ2000).ToList();
            var near = from one in arriving
                       from known in events
                       let apart = Math.Abs(known[^1].Finding.Approach.Tca.SecondsSince(one.Finding.Approach.Tca))
                       where apart < sameEvent.TotalSeconds && !known.Exists(other => IsSamePair(other, one))
                       orderby apart
                       select (one, known);
            foreach (var (one, known) in near.ToList())
                if (arriving.Contains(one) && !known.Exists(other => IsSamePair(other, one)))
                {
                    known.Add(one);
                    arriving.Remove(one);
                }
            events.AddRange(arriving.Select(one => new List<SeenApproach> { one }));
        }
        return events;
    }

    private static bool IsSamePair(SeenApproach a, SeenApproach b) => a.Pair.First.Id == b.Pair.First.Id && a.Pair.Second.Id == b.Pair.Second.Id;
}
