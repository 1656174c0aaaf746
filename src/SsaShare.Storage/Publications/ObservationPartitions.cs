using System.Collections.Concurrent;
using Npgsql;
using SsaShare.Agreements;
using SsaShare.Domain;

namespace SsaShare.Storage;

/// <summary>Makes the partitions of the record table that observations need: by calendar month (TT) of their epoch about now, by year otherwise.</summary>
internal sealed class ObservationPartitions(NodeDatabase database)
{
    private static readonly DateTime NoonOf2000 = new(2000, 1, 1, 12, 0, 0);

    // By number of the month since the year 0.
    private readonly ConcurrentDictionary<int, byte> _known = new();

    /// <summary>Does what copies records, with their partitions there; once more where one was dropped since it was made.</summary>
    /// <param name="records">That will be copied.</param>
    /// <param name="copy">A whole transaction: one that failed has stored nothing.</param>
    public async Task<T> WithAsync<T>(IEnumerable<RecordFacts> records, Func<Task<T>> copy, CancellationToken cancellationToken)
    {
        await EnsureAsync(records, cancellationToken);
        try
        {
            return await copy();
        }
        catch (PostgresException e) when (e is { SqlState: PostgresErrorCodes.CheckViolation, ConstraintName: null or "" })
        {
            // "No partition of relation found for row": a check that a row does not pass has a name.
            _known.Clear();
            await EnsureAsync(records, cancellationToken);
            return await copy();
        }
    }

    /// <summary>Commits at once, before records are copied: an empty partition harms nobody.</summary>
    private async Task EnsureAsync(IEnumerable<RecordFacts> records, CancellationToken cancellationToken)
    {
        int last = int.MinValue;
        foreach (var facts in records)
        {
            if (facts.Class != RecordClass.Observation) continue;
            int month = Month(facts.Epoch);
            if (month == last || _known.ContainsKey(last = month)) continue;
            await using var command = database.Source.CreateCommand("SELECT ensure_observation_partition($1, $2)");
            command.Parameters.Add(new() { Value = month / 12 });
            command.Parameters.Add(new() { Value = month % 12 + 1 });
            await command.ExecuteNonQueryAsync(cancellationToken);
            _known[month] = 0;
        }
    }

    internal static int Month(Epoch epoch)
    {
        (long ticks, long rest) = Math.DivRem(epoch.NanosecondsSinceJ2000, 100);
        var date = NoonOf2000.AddTicks(rest < 0 ? ticks - 1 : ticks);
        return 12 * date.Year + date.Month - 1;
    }
}
