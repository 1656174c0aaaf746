using SsaShare.Orbits;

namespace SsaShare.Cli;

/// <summary>What a screening has to say of objects, for people.</summary>
internal static class ScreeningText
{
    /// <summary>So many of what costs no approach are told one by one, of each kind; losses always.</summary>
    private const int MostOfAKind = 20;

    public static IEnumerable<string> Lines(ScreeningReport report)
    {
        foreach (var issue in report.Issues)
            if (issue.IsLoss) yield return Line(issue);
        foreach (var kind in report.Issues.Where(issue => !issue.IsLoss).GroupBy(issue => issue.Kind))
        {
            foreach (var issue in kind.Take(MostOfAKind)) yield return Line(issue);
            if (kind.Count() > MostOfAKind) yield return $"... and {kind.Count() - MostOfAKind:N0} more notices of this kind ({Word(kind.Key)}); --to json has all";
        }
    }

    public static string Summary(ScreeningReport report)
    {
        int slow = report.Approaches.Count(one => one.IsCoMoving), groups = report.CoMovingGroups().Count;
        int lost = report.Issues.Where(issue => issue.IsLoss).Select(issue => issue.Id).Distinct().Count();
        return $"{Count(report.Objects.Count, "object", "objects")}, {Count(report.Approaches.Count, "approach", "approaches")}"
            + (slow > 0 ? $", {slow:N0} of them of pairs that move together, in {groups:N0} group{(groups == 1 ? "" : "s")}" : "")
            + (lost > 0 ? $"; {Count(lost, "object", "objects")} not screened, or not at all times" : "");
    }

    private static string Count(int count, string one, string many) => $"{count:N0} {(count == 1 ? one : many)}";

    /// <summary>As programs read it.</summary>
    public static string Word(ScreeningIssueKind kind) => kind switch
    {
        ScreeningIssueKind.Malformed => "malformed",
        ScreeningIssueKind.Duplicate => "duplicate",
        ScreeningIssueKind.OtherLeftOut => "other_left_out",
        ScreeningIssueKind.SeveralRefused => "several_refused",
        ScreeningIssueKind.Stale => "stale",
        ScreeningIssueKind.NoState => "no_state",
        ScreeningIssueKind.UnknownPrimary => "unknown_primary",
        ScreeningIssueKind.BeyondModel => "beyond_model",
        ScreeningIssueKind.SameOrbit => "same_orbit",
        ScreeningIssueKind.SameOrbitUntold => "same_orbit_untold",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private static string Line(ScreeningIssue issue) => issue.Kind switch
    {
        ScreeningIssueKind.NoState or ScreeningIssueKind.BeyondModel => $"{issue.Id}: {ScreeningCsv.Time(issue.From)} to {ScreeningCsv.Time(issue.To)}: {issue.Detail}",
        ScreeningIssueKind.Malformed or ScreeningIssueKind.SeveralRefused => $"{issue.Id}: not screened: {issue.Detail}",
        ScreeningIssueKind.UnknownPrimary or ScreeningIssueKind.SameOrbitUntold => $"{issue.Id}: {issue.Detail}",
        _ => $"{issue.Id}: notice: {issue.Detail}",
    };
}
