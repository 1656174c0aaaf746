using Npgsql;
using SsaShare.Exchange;

namespace SsaShare.Storage;

/// <summary>Publications of which records are stored no more.</summary>
internal static class DroppedPublications
{
    /// <summary>Empties those that are not whole any more, so that nothing of them is used. Where none is, as mostly, nothing is asked of the database.</summary>
    /// <param name="rows">Publication rows.</param>
    /// <param name="records">All that was found of them, by key.</param>
    /// <returns>Keys of those that were emptied.</returns>
    /// <exception cref="InvalidDataException">Records are missing that were never dropped.</exception>
    public static async Task<IReadOnlySet<long>> EmptyAsync(NpgsqlDataSource source, IReadOnlyCollection<PublicationRow> rows, IReadOnlyDictionary<long, List<PublishedRecord>> records, CancellationToken cancellationToken)
    {
        var lacking = rows.Where(row => records[row.Key].Count < row.RecordCount).ToDictionary(row => row.Key);
        var dropped = await FindAsync(source, lacking.Keys, cancellationToken);
        foreach (var row in lacking.Values)
        {
            if (!dropped.Contains(row.Key)) throw new InvalidDataException($"Of publication {Convert.ToHexStringLower(row.Id)}, arrival {row.Arrival}, {row.RecordCount - records[row.Key].Count} records are missing, and they were never dropped.");
            records[row.Key].Clear();
        }
        return dropped;
    }

    /// <returns>Those of these keys whose publications are not whole any more.</returns>
    public static async Task<IReadOnlySet<long>> FindAsync(NpgsqlDataSource source, IReadOnlyCollection<long> keys, CancellationToken cancellationToken)
    {
        var dropped = new HashSet<long>();
        if (keys.Count == 0) return dropped;
        await using var command = source.CreateCommand("SELECT publication FROM dropped_publication WHERE publication = ANY($1)");
        command.Parameters.Add(new() { Value = keys.ToArray() });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) dropped.Add(reader.GetInt64(0));
        return dropped;
    }
}
