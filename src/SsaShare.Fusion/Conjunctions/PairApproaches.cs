using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Fusion;

/// <summary>All approaches of one pair of sources in the blocks of a window: it depends on these two sources and the window alone.</summary>
/// <param name="Single">Passages, in order of time.</param>
/// <param name="Together">Of all stays in which they move together, the nearest; null where there is none.</param>
/// <param name="Stays">How many.</param>
internal sealed record PairApproaches(OrbitSource First, OrbitSource Second, IReadOnlyList<CloseApproach> Single, CloseApproach? Together, int Stays)
{
    /// <summary>Joins what was found in the blocks.</summary>
    /// <param name="sourceOf">By number.</param>
    public static List<PairApproaches> Of(Timeline timeline, BlockGrid grid, IReadOnlyDictionary<long, OrbitSource> sourceOf)
    {
        var found = new Dictionary<(long, long), List<CloseApproach>>();
        foreach (var (block, report) in timeline.Blocks)
            foreach (var one in report.Approaches)
                if (one.IsCoMoving ? grid.Touches(block, one) : grid.Owns(block, one.Tca))
                {
                    if (!found.TryGetValue((one.Id1, one.Id2), out var ofPair)) found.Add((one.Id1, one.Id2), ofPair = []);
                    ofPair.Add(one);
                }
        var pairs = new List<PairApproaches>(found.Count);
        foreach (var ((a, b), approaches) in found)
        {
            // Other names than the strongest may say that the two are one.
            if (sourceOf[a].Designation.IsSameObjectAs(sourceOf[b].Designation)) continue;
            if (Of(sourceOf[a], sourceOf[b], approaches, grid) is { } pair) pairs.Add(pair);
        }
        return pairs;
    }

    private static PairApproaches? Of(OrbitSource a, OrbitSource b, List<CloseApproach> approaches, BlockGrid grid)
    {
        if (VisibleSources.Compare(a, b) > 0) (a, b) = (b, a);
        // Numbers tell in which order sources came, hidden ones among them: nobody sees them.
        var named = approaches.Select(one => one with { Id1 = 1, Id2 = 2 }).ToList();
        var single = WithoutTwins(named.Where(one => !one.IsCoMoving && one.Tca >= grid.Now));
        var stays = Joined(named.Where(one => one.IsCoMoving)).Where(stay => stay.InsideTo > grid.Now && stay.InsideFrom < grid.Until).ToList();
        if (single.Count == 0 && stays.Count == 0) return null;
        return new PairApproaches(a, b, single, stays.Count == 0 ? null : stays.MinBy(stay => stay.MissKm), stays.Count);
    }

    /// <summary>Of two that were found from both sides of a border the one of the earlier block.</summary>
    private static List<CloseApproach> WithoutTwins(IEnumerable<CloseApproach> inOrderOfBlocks)
    {
        var kept = new List<CloseApproach>();
        foreach (var one in inOrderOfBlocks)
            if (!kept.Exists(other => Math.Abs(other.Tca.NanosecondsSinceJ2000 - one.Tca.NanosecondsSinceJ2000) <= BlockGrid.SameNs)) kept.Add(one);
        kept.Sort((x, y) => x.Tca.CompareTo(y.Tca));
        return kept;
    }

    /// <summary>Stays that go on over a border are one.</summary>
    private static List<CloseApproach> Joined(IEnumerable<CloseApproach> stays)
    {
        var joined = new List<CloseApproach>();
        foreach (var stay in stays.OrderBy(stay => stay.InsideFrom.NanosecondsSinceJ2000))
        {
            if (joined.Count == 0 || stay.InsideFrom > joined[^1].InsideTo)
            {
                joined.Add(stay);
                continue;
            }
            var (before, nearer) = (joined[^1], stay.MissKm < joined[^1].MissKm ? stay : joined[^1]);
            joined[^1] = nearer with { InsideTo = stay.InsideTo > before.InsideTo ? stay.InsideTo : before.InsideTo, InsideFrom = before.InsideFrom };
        }
        // Nearest at the edge of a block is no edge where the stay goes on.
        return [.. joined.Select(stay => stay.Tca > stay.InsideFrom.PlusSeconds(1) && stay.Tca < stay.InsideTo.PlusSeconds(-1) ? stay with { Traits = stay.Traits & ~CloseApproachTraits.AtEdge } : stay)];
    }
}
