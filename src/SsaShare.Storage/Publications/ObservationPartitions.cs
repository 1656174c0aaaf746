using System.Collections.Concurrent;
using SsaShare.Agreements;
using SsaShare.Domain;

namespace SsaShare.Storage;

/// <summary>Makes the partitions of the record table that observations need, by calendar year (TT) of their epoch.</summary>
internal sealed class ObservationPartitions(NodeDatabase database)
{
    private static readonly DateTime NoonOf2000 = new(2000, 1, 1, 12, 0, 0);
    private readonly ConcurrentDictionary<int, byte> _known = new();

    /// <summary>Commits at once, before records are copied: an empty partition harms nobody.</summary>
    public async Task EnsureAsync(IEnumerable<RecordFacts> records, CancellationToken cancellationToken)
    {
        int last = int.MinValue;
        foreach (var facts in records)
        {
            if (facts.Class != RecordClass.Observation) continue;
            int year = Year(facts.Epoch);
            if (year == last || _known.ContainsKey(last = year)) continue;
            await using var command = database.Source.CreateCommand("SELECT ensure_observation_partition($1)");
            command.Parameters.Add(new() { Value = year });
            await command.ExecuteNonQueryAsync(cancellationToken);
            _known[year] = 0;
        }
    }

    internal static int Year(Epoch epoch)
    {
        (long ticks, long rest) = Math.DivRem(epoch.NanosecondsSinceJ2000, 100);
        return NoonOf2000.AddTicks(rest < 0 ? ticks - 1 : ticks).Year;
    }
}
