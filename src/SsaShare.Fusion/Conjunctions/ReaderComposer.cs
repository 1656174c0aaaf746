using SsaShare.Domain;

namespace SsaShare.Fusion;

/// <summary>
/// Composes what one reader is told from sources that this reader may see, and from the times of updates. Everything else on the board, withheld sources and what was found of them, is passed over before
/// anything is decided: which source of a line is the newest, what belongs to one event, what its name is.
/// </summary>
internal static class ReaderComposer
{
    public static ReaderConjunctions Compose(SourceLog log, PairBook book, IReadOnlyList<SourceIssue> issues, BlockGrid grid, Func<RecordId, bool> maySeeRecord)
    {
        var sight = new RecordSight(maySeeRecord);
        var runs = new SourceRuns(log, sight);
        var newest = runs.Newest.Select(source => source.Id).ToHashSet();
        var (single, together) = (new Dictionary<(SourceLine, SourceLine), List<SeenApproach>>(), new List<BoardConjunction>());
        foreach (var pair in book.Pairs.Values)
        {
            bool isCurrent = newest.Contains(pair.First.Id) && newest.Contains(pair.Second.Id);
            if (isCurrent && pair.Together is { } stay) together.Add(Together(pair, stay, Since(runs, pair)));
            foreach (var finding in pair.Single)
            {
                if (finding.Approach.Tca < grid.Now || finding.Approach.Tca >= grid.Until || FirstSeen(runs, pair, finding.Approach.Tca, grid.Options) is not { } when) continue;
                var lines = (pair.First.Line, pair.Second.Line);
                if (!single.TryGetValue(lines, out var ofLines)) single.Add(lines, ofLines = []);
                ofLines.Add(new SeenApproach(when, pair, isCurrent ? finding : finding.InShort(grid.Options.HistoryWithinKm), isCurrent));
            }
        }
        List<BoardConjunction> all = [.. together, .. single.Values.SelectMany(seen => EventGrouping.Group(seen, grid.Options.SameEvent)).Select(seen => Event(seen, grid.Options.HistoryMax)).OfType<BoardConjunction>()];
        all.Sort(Compare);
        return new ReaderConjunctions(grid.Now, grid.Until, runs.Newest, all, CoMovingGroups.Of(together), [.. issues.Where(issue => issue.Kind is null ? sight.MaySee(issue.Source) : newest.Contains(issue.Source.Id))]);
    }

    /// <summary>The first instant at which both were the reader's newest and the approach was ahead within the window: it does not hang on when updates took place in between.</summary>
    private static Epoch? FirstSeen(SourceRuns runs, PairState pair, Epoch tca, BoardOptions options)
    {
        var entered = options.FirstWindowWith(tca);
        Epoch? first = null;
        foreach (var a in runs.Of(pair.First.Id))
            foreach (var b in runs.Of(pair.Second.Id))
            {
                var from = Later(Later(a.From, b.From), entered);
                if (from <= tca && !(from >= a.To) && !(from >= b.To) && !(from >= first)) first = from;
            }
        return first;
    }

    /// <summary>From when on both have been the reader's newest until now.</summary>
    private static Epoch Since(SourceRuns runs, PairState pair) => Later(runs.Of(pair.First.Id)[^1].From, runs.Of(pair.Second.Id)[^1].From);

    private static Epoch Later(Epoch a, Epoch b) => a > b ? a : b;

    /// <returns>Null where nothing is left to tell.</returns>
    private static BoardConjunction? Event(List<SeenApproach> seen, int historyMax)
    {
        if ((seen.LastOrDefault(one => one.IsCurrent) ?? seen.LastOrDefault(one => one.Finding.Probability is not null)) is not { Finding.Probability: { } probability } told) return null;
        var anchor = (seen[0].Pair.First.Id, seen[0].Pair.Second.Id, seen[0].Finding.Approach.Tca);
        return new BoardConjunction(
            SourceHash.OfEvent(told.Pair.First.Line, told.Pair.Second.Line, anchor), told.Pair.First, told.Pair.Second, told.Finding.Approach, probability, told.IsCurrent, false, 1,
            [.. seen.Select(one => one.ToEntry()).OfType<BoardHistoryEntry>().TakeLast(historyMax)]);
    }

    private static BoardConjunction Together(PairState pair, Finding stay, Epoch since)
    {
        bool isSame = PairAssessor.IsSameOrbit(stay.Approach);
        return new BoardConjunction(
            SourceHash.OfEvent(pair.First.Line, pair.Second.Line, null), pair.First, pair.Second, stay.Approach, stay.Probability!, true, isSame, pair.Stays, [new SeenApproach(since, pair, stay, true).ToEntry()!]);
    }

    private static int Compare(BoardConjunction a, BoardConjunction b)
    {
        int order = a.Approach.Tca.CompareTo(b.Approach.Tca);
        if (order == 0) order = VisibleSources.Compare(a.First, b.First);
        return order != 0 ? order : VisibleSources.Compare(a.Second, b.Second);
    }
}
