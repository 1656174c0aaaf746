namespace SsaShare.Orbits;

/// <summary>Every approach of a span, and of what nothing can be said. Immutable; <see cref="ConjunctionScreener.Rescreen"/> builds on it.</summary>
public sealed class ScreeningReport
{
    internal ScreeningReport(
        ScreeningOptions options, IReadOnlyDictionary<long, ScreenedObject> objects, IReadOnlyList<CloseApproach> approaches, IReadOnlyList<ScreeningIssue> issues, ScreeningWork work)
        => (Options, Objects, Approaches, Issues, Work) = (options, objects, approaches, issues, work);

    public ScreeningOptions Options { get; }

    /// <summary>What was screened, by number.</summary>
    public IReadOnlyDictionary<long, ScreenedObject> Objects { get; }

    /// <summary>In order of time.</summary>
    public IReadOnlyList<CloseApproach> Approaches { get; }

    /// <summary>In order of the objects' numbers.</summary>
    public IReadOnlyList<ScreeningIssue> Issues { get; }

    public ScreeningWork Work { get; }

    /// <summary>Objects that move together: each group is held together by co-moving pairs; numbers ascend, groups by their first.</summary>
    public IReadOnlyList<IReadOnlyList<long>> CoMovingGroups()
    {
        var leader = new Dictionary<long, long>();
        foreach (var pair in Approaches)
        {
            if (!pair.IsCoMoving) continue;
            long a = Lead(pair.Id1), b = Lead(pair.Id2);
            leader[Math.Max(a, b)] = Math.Min(a, b);
        }
        return [.. leader.Keys.ToArray().GroupBy(Lead).OrderBy(group => group.Key).Select(group => (IReadOnlyList<long>)[.. group.Order()])];

        long Lead(long id)
        {
            leader.TryAdd(id, id);
            while (leader[id] != id) id = leader[id] = leader[leader[id]];
            return id;
        }
    }
}

/// <summary>How much was done.</summary>
/// <param name="Windows">Pieces of time, of up to <see cref="ScreeningWindows.LengthS"/> s each.</param>
/// <param name="States">Positions that were propagated at their ends.</param>
/// <param name="PairsTested">Pairs in neighbouring cells.</param>
/// <param name="PairsExamined">Of these, near enough to be examined with the models themselves.</param>
/// <param name="SlowPairs">Pairs followed over the whole span.</param>
public sealed record ScreeningWork(long Windows, long States, long PairsTested, long PairsExamined, int SlowPairs);
