using SsaShare.Exchange;

namespace SsaShare.Node;

/// <summary>Counts of withheld records over the rounds of one pull, one for each clause and reason.</summary>
internal sealed class WithheldSum
{
    private readonly Dictionary<(string?, string), int> _counts = [];

    public IReadOnlyList<WithheldCount> Counts
        => [.. _counts.Select(pair => new WithheldCount(pair.Key.Item1, pair.Key.Item2, pair.Value)).OrderBy(count => count.Clause, StringComparer.Ordinal).ThenBy(count => count.Reason, StringComparer.Ordinal)];

    public void Add(IReadOnlyList<WithheldCount> counts)
    {
        foreach (var count in counts) _counts[(count.Clause, count.Reason)] = _counts.GetValueOrDefault((count.Clause, count.Reason)) + count.Count;
    }
}
