using SsaShare.Domain;

namespace SsaShare.Fusion;

/// <summary>How long one source was the newest of its line that a reader may see.</summary>
/// <param name="To">And without this instant; null where it is so still.</param>
internal readonly record struct SourceRun(Epoch From, Epoch? To);

/// <summary>For one reader: when each visible source was the newest of its line. Nothing else enters a reader's answer.</summary>
internal sealed class SourceRuns
{
    private readonly Dictionary<OrbitSourceId, List<SourceRun>> _runs = [];

    public SourceRuns(SourceLog log, RecordSight sight)
    {
        var newest = new List<OrbitSource>();
        foreach (var held in log.Lines.Values)
        {
            HeldSource[] visible = [.. held.Where(one => sight.MaySee(one.Source))];
            if (visible.Length > 0 && Sweep(visible) is { } last) newest.Add(last);
        }
        newest.Sort(VisibleSources.InOrder);
        Newest = newest;
    }

    /// <summary>Of the last update, in order.</summary>
    public IReadOnlyList<OrbitSource> Newest { get; }

    /// <summary>In order; none where the source was never the newest, or may not be seen.</summary>
    public IReadOnlyList<SourceRun> Of(OrbitSourceId source) => _runs.TryGetValue(source, out var runs) ? runs : [];

    /// <summary>From change to change of one line: what is there and newer than all else that is there.</summary>
    /// <returns>The newest at last; null where nothing is left.</returns>
    private OrbitSource? Sweep(HeldSource[] visible)
    {
        HeldSource[] arriving = [.. visible.OrderBy(one => one.From.NanosecondsSinceJ2000)], ranked = [.. visible];
        Array.Sort(ranked, (a, b) => a.Source.Equals(b.Source) ? 0 : a.Source.IsNewerThan(b.Source) ? -1 : 1);
        var rankOf = new Dictionary<OrbitSource, int>();
        for (int rank = 0; rank < ranked.Length; rank++) rankOf.TryAdd(ranked[rank].Source, rank);
        Epoch[] changes = [.. visible.Select(one => one.From).Concat(visible.Select(one => one.To).OfType<Epoch>()).Distinct().OrderBy(epoch => epoch.NanosecondsSinceJ2000)];
        var there = new PriorityQueue<HeldSource, int>();
        int next = 0;
        for (int i = 0; i < changes.Length; i++)
        {
            for (; next < arriving.Length && arriving[next].From <= changes[i]; next++) there.Enqueue(arriving[next], rankOf[arriving[next].Source]);
            while (there.TryPeek(out var gone, out _) && gone.To <= changes[i]) there.Dequeue();
            if (there.TryPeek(out var newest, out _)) Add(newest.Source.Id, new SourceRun(changes[i], i + 1 < changes.Length ? changes[i + 1] : null));
        }
        return there.TryPeek(out var last, out _) ? last.Source : null;
    }

    private void Add(OrbitSourceId source, SourceRun run)
    {
        if (!_runs.TryGetValue(source, out var runs)) _runs.Add(source, runs = []);
        // It goes on: others came and went that are older.
        if (runs.Count > 0 && runs[^1].To == run.From) runs[^1] = runs[^1] with { To = run.To };
        else runs.Add(run);
    }
}
