using Npgsql;
using NpgsqlTypes;
using SsaShare.Domain;
using SsaShare.Exchange;

namespace SsaShare.Storage;

/// <summary>Which records are stored already.</summary>
internal static class KnownRecords
{
    // An observation's id implies its epoch, so the epochs at hand say which partitions to search.
    private const string Sql = """
        SELECT id, epoch_ns FROM record WHERE class = 1 AND id = ANY($1) AND epoch_ns BETWEEN $2 AND $3
        UNION ALL
        SELECT id, epoch_ns FROM record WHERE class <> 1 AND id = ANY($4)
        """;

    /// <returns>Those that are, with the epoch under which they are stored.</returns>
    public static async Task<IReadOnlyDictionary<RecordId, Epoch>> FindAsync(NpgsqlConnection connection, IReadOnlyCollection<SealedRecord> records, CancellationToken cancellationToken)
    {
        var known = new Dictionary<RecordId, Epoch>();
        if (records.Count == 0) return known;
        var observations = records.Where(record => record.Facts.Class == RecordClass.Observation).ToList();
        var others = records.Where(record => record.Facts.Class != RecordClass.Observation);
        await using var command = new NpgsqlCommand(Sql, connection);
        command.Parameters.Add(Ids(observations));
        command.Parameters.Add(new() { Value = observations.Count == 0 ? 0L : observations.Min(record => record.Facts.Epoch.NanosecondsSinceJ2000) });
        command.Parameters.Add(new() { Value = observations.Count == 0 ? 0L : observations.Max(record => record.Facts.Epoch.NanosecondsSinceJ2000) });
        command.Parameters.Add(Ids(others));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) known.Add(new RecordId(reader.GetFieldValue<byte[]>(0)), new Epoch(reader.GetInt64(1)));
        return known;
    }

    private static NpgsqlParameter Ids(IEnumerable<SealedRecord> records)
        => new() { Value = records.Select(record => record.Id.ToArray()).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea };
}
