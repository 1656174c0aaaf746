using SsaShare.Domain;

namespace SsaShare.Fusion;

/// <summary>From which update to which a source was on the board.</summary>
/// <param name="From">Number of the first update.</param>
/// <param name="To">Number of the one that took it away; <see cref="long.MaxValue"/> while it is there.</param>
internal readonly record struct HeldSource(OrbitSource Source, long From, long To);

/// <summary>Which sources were on the board at which update, line by line, as far back as any approach ahead can have been seen. Immutable.</summary>
internal sealed class SourceLog
{
    private SourceLog(UpdateTimes times, Dictionary<SourceLine, HeldSource[]> lines) => (Times, Lines) = (times, lines);

    public static SourceLog Empty { get; } = new(UpdateTimes.None, []);

    public UpdateTimes Times { get; }

    /// <summary>In order of their beginning.</summary>
    public Dictionary<SourceLine, HeldSource[]> Lines { get; }

    public SourceLog Add(IReadOnlyDictionary<OrbitSourceId, AdmittedSource> admitted, BlockGrid grid)
    {
        var times = Times.Add(grid.Now, grid.Now.Plus(-grid.Options.Ahead));
        long number = times.Last;
        var present = admitted.Values.Select(one => one.Source).GroupBy(source => source.Line).ToDictionary(group => group.Key, group => group.ToList());
        var lines = new Dictionary<SourceLine, HeldSource[]>();
        foreach (var line in Lines.Keys.Union(present.Keys))
        {
            Lines.TryGetValue(line, out var before);
            present.TryGetValue(line, out var now);
            var next = Next(before ?? [], now ?? [], number, times.First, grid.Options.RememberedPerLineMax);
            if (next.Length > 0) lines.Add(line, next);
        }
        return new SourceLog(times, lines);
    }

    private static HeldSource[] Next(HeldSource[] before, List<OrbitSource> now, long number, long first, int most)
    {
        // Most lines do not change from one update to the next.
        if (before.Length == now.Count && before.All(held => held.To == long.MaxValue && now.Contains(held.Source))) return before;
        var next = new List<HeldSource>();
        foreach (var held in before)
        {
            long to = held.To == long.MaxValue && !now.Contains(held.Source) ? number : held.To;
            if (to > first) next.Add(held with { To = to });
        }
        next.AddRange(now.Where(source => !next.Exists(held => held.To == long.MaxValue && held.Source.Equals(source))).Order(VisibleSources.InOrder).Select(source => new HeldSource(source, number, long.MaxValue)));
        for (int i = 0; next.Count > most && i < next.Count;)
            if (next[i].To < long.MaxValue) next.RemoveAt(i);
            else i++;
        return [.. next];
    }
}
