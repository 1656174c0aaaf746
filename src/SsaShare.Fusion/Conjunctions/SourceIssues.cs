using SsaShare.Orbits;

namespace SsaShare.Fusion;

/// <summary>What blocks say of sources, joined where it goes on from one to the next, and cut to the window.</summary>
internal static class SourceIssues
{
    public static List<SourceIssue> Of(Timeline timeline, BlockGrid grid, IReadOnlyDictionary<long, OrbitSource> sourceOf)
    {
        var joined = new List<SourceIssue>();
        var all = timeline.Blocks.Values.SelectMany(report => report.Issues).Where(issue => sourceOf.ContainsKey(issue.Id) && issue.To > grid.Now && issue.From < grid.Until);
        foreach (var ofOne in all.GroupBy(issue => (issue.Id, issue.Kind)))
        {
            SourceIssue? last = null;
            foreach (var issue in ofOne.OrderBy(issue => issue.From.NanosecondsSinceJ2000))
            {
                var (from, to) = (issue.From < grid.Now ? grid.Now : issue.From, issue.To > grid.Until ? grid.Until : issue.To);
                if (last is not null && from <= last.To)
                {
                    last = joined[^1] = last with { To = to > last.To ? to : last.To };
                    continue;
                }
                joined.Add(last = new SourceIssue(sourceOf[issue.Id], issue.Kind, from, to, issue.Detail));
            }
        }
        return joined;
    }

    /// <summary>In an order that depends on the sources alone.</summary>
    public static int Compare(SourceIssue a, SourceIssue b)
    {
        int order = VisibleSources.Compare(a.Source, b.Source);
        if (order == 0) order = Nullable.Compare(a.Kind, b.Kind);
        return order != 0 ? order : a.From.CompareTo(b.From);
    }
}
