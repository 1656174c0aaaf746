namespace SsaShare.Fusion;

/// <summary>Sources that hang together by pairs that move together.</summary>
internal static class CoMovingGroups
{
    public static IReadOnlyList<CoMovingGroup> Of(IReadOnlyCollection<BoardConjunction> pairs)
    {
        var leader = new Dictionary<OrbitSource, OrbitSource>();
        foreach (var pair in pairs)
        {
            var (a, b) = (Lead(pair.First), Lead(pair.Second));
            if (VisibleSources.Compare(a, b) > 0) (a, b) = (b, a);
            leader[b] = a;
        }
        var same = pairs.Where(pair => pair.IsSameOrbit).Select(pair => Lead(pair.First)).ToHashSet();
        return [.. leader.Keys.ToArray().GroupBy(Lead).OrderBy(group => group.Key, VisibleSources.InOrder).Select(group => new CoMovingGroup([.. group.Order(VisibleSources.InOrder)], same.Contains(group.Key)))];

        OrbitSource Lead(OrbitSource source)
        {
            leader.TryAdd(source, source);
            while (!leader[source].Equals(source)) source = leader[source] = leader[leader[source]];
            return source;
        }
    }
}
