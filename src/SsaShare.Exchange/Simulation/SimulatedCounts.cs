using SsaShare.Domain;

namespace SsaShare.Exchange;

/// <summary>Adds records up by kind; grows with the number of kinds, not of records.</summary>
internal sealed class SimulatedCounts
{
    private readonly Dictionary<SimulatedKind, Tally> _tallies = [];

    /// <summary>Released before degraded before withheld, then by clause, reason and class.</summary>
    public IReadOnlyList<SimulatedCount> Rows =>
    [
        .. _tallies.Select(pair => new SimulatedCount(pair.Key, pair.Value.Count, [.. pair.Value.Examples]))
            .OrderByDescending(row => row.Kind.Fate)
            .ThenBy(row => row.Kind.Form.ToString(), StringComparer.Ordinal)
            .ThenBy(row => row.Kind.Clause?.Value, StringComparer.Ordinal)
            .ThenBy(row => row.Kind.Reason)
            .ThenBy(row => row.Kind.Class),
    ];

    public void Add(SimulatedKind kind, RecordId record)
    {
        if (!_tallies.TryGetValue(kind, out var tally)) _tallies.Add(kind, tally = new Tally());
        tally.Count++;
        if (tally.Examples.Count < SimulatedCount.ExamplesMax) tally.Examples.Add(record);
    }

    private sealed class Tally
    {
        public long Count { get; set; }
        public List<RecordId> Examples { get; } = [];
    }
}
