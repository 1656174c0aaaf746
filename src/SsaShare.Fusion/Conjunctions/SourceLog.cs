using SsaShare.Domain;

namespace SsaShare.Fusion;

/// <summary>From when to when a source was on the board.</summary>
/// <param name="From">Of the update that brought it.</param>
/// <param name="To">Of the one that took it away; null while it is there.</param>
internal readonly record struct HeldSource(OrbitSource Source, Epoch From, Epoch? To);

/// <summary>
/// Which sources were on the board when, line by line, as far back as any approach ahead can have been seen. Updates leave no trace but by what they bring and take: how many there were in between, and when, nobody can tell. Immutable.
/// </summary>
internal sealed class SourceLog
{
    private SourceLog(Epoch? last, Dictionary<SourceLine, HeldSource[]> lines) => (Last, Lines) = (last, lines);

    public static SourceLog Empty { get; } = new(null, []);

    /// <summary>Of the last update; null before the first.</summary>
    public Epoch? Last { get; }

    /// <summary>In order of their beginning.</summary>
    public Dictionary<SourceLine, HeldSource[]> Lines { get; }

    /// <param name="now">Of the update; not before the last.</param>
    public SourceLog Add(IReadOnlyDictionary<OrbitSourceId, AdmittedSource> admitted, BlockGrid grid, Epoch now)
    {
        var oldest = grid.Now.Plus(-grid.Options.Ahead);
        var present = admitted.Values.Select(one => one.Source).GroupBy(source => source.Line).ToDictionary(group => group.Key, group => group.ToHashSet());
        var lines = new Dictionary<SourceLine, HeldSource[]>();
        foreach (var line in Lines.Keys.Union(present.Keys))
        {
            var next = Next(Lines.GetValueOrDefault(line) ?? [], present.GetValueOrDefault(line) ?? [], now, oldest, grid.Options.RememberedPerLineMax);
            if (next.Length > 0) lines.Add(line, next);
        }
        return new SourceLog(now, lines);
    }

    private static HeldSource[] Next(HeldSource[] before, HashSet<OrbitSource> present, Epoch now, Epoch oldest, int most)
    {
        // Most lines do not change from one update to the next.
        if (before.Length == present.Count && Array.TrueForAll(before, held => held.To is null && present.Contains(held.Source))) return before;
        var (next, staying) = (new List<HeldSource>(), new HashSet<OrbitSource>());
        foreach (var held in before)
        {
            var to = held.To ?? (present.Contains(held.Source) ? (Epoch?)null : now);
            if (to is null) staying.Add(held.Source);
            // Taken away by the update that brought it, or seen by no approach ahead.
            if (to is null || (to > oldest && to > held.From)) next.Add(held with { To = to });
        }
        next.AddRange(present.Where(source => !staying.Contains(source)).Order(VisibleSources.InOrder).Select(source => new HeldSource(source, now, null)));
        int forgotten = next.Count - most;
        return [.. next.Where(held => held.To is null || forgotten-- <= 0)];
    }
}
