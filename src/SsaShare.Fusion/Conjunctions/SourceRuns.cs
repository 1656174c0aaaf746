namespace SsaShare.Fusion;

/// <summary>Updates in a row at which one source was the newest of its line that a reader may see.</summary>
internal readonly record struct SourceRun(long From, long To);

/// <summary>For one reader: when each visible source was the newest of its line. Nothing else enters a reader's answer.</summary>
internal sealed class SourceRuns
{
    private readonly Dictionary<OrbitSourceId, List<SourceRun>> _runs = [];

    public SourceRuns(SourceLog log, RecordSight sight)
    {
        foreach (var held in log.Lines.Values)
        {
            HeldSource[] visible = [.. held.Where(one => sight.MaySee(one.Source))];
            if (visible.Length == 0) continue;
            foreach (var one in visible) Add(one, visible);
        }
        Newest = [.. log.Lines.Values.SelectMany(held => held).Where(one => IsNewestAt(one.Source.Id, log.Times.Last)).Select(one => one.Source).Distinct().Order(VisibleSources.InOrder)];
    }

    /// <summary>Of the last update, in order.</summary>
    public IReadOnlyList<OrbitSource> Newest { get; }

    /// <summary>In order; none where the source was never the newest, or may not be seen.</summary>
    public IReadOnlyList<SourceRun> Of(OrbitSourceId source) => _runs.TryGetValue(source, out var runs) ? runs : [];

    public bool IsNewestAt(OrbitSourceId source, long update) => Of(source).Any(run => run.From <= update && update < run.To);

    /// <summary>The time it was there, less the times of newer ones.</summary>
    private void Add(HeldSource one, HeldSource[] visible)
    {
        List<SourceRun> left = [new(one.From, one.To)];
        foreach (var other in visible)
            if (other.Source.IsNewerThan(one.Source)) left = [.. left.SelectMany(run => Less(run, other))];
        if (left.Count == 0) return;
        if (_runs.TryGetValue(one.Source.Id, out var runs)) runs.AddRange(left);
        else _runs.Add(one.Source.Id, left);
    }

    private static IEnumerable<SourceRun> Less(SourceRun run, HeldSource other)
    {
        if (other.From > run.From) yield return run with { To = Math.Min(run.To, other.From) };
        if (other.To < run.To) yield return run with { From = Math.Max(run.From, other.To) };
    }
}
