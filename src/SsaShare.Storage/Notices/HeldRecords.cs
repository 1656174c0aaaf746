using Npgsql;
using NpgsqlTypes;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Storage;

/// <summary>What is here of the records that notices are about.</summary>
internal static class HeldRecords
{
    private const string HeldSql = """
        SELECT p.id, wanted.index FROM unnest($1, $2, $3) AS wanted(publication, index, originator)
        JOIN publication p ON p.id = wanted.publication AND p.originator = wanted.originator
        WHERE EXISTS (SELECT FROM record r WHERE r.publication = p.key AND r.index = wanted.index)
            OR EXISTS (SELECT FROM record_path k WHERE k.publication = p.key AND k.index = wanted.index)
        """;

    /// <summary>Which of these records came here, in whatever form, with or without their payload now.</summary>
    public static async Task<IReadOnlySet<RecordPlace>> FindAsync(NpgsqlConnection connection, IReadOnlyCollection<NoticeDocument> notices, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(HeldSql, connection);
        command.Parameters.Add(new() { Value = notices.Select(notice => notice.Publication.ToArray()).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea });
        command.Parameters.Add(new() { Value = notices.Select(notice => (short)notice.Index).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Smallint });
        command.Parameters.Add(new() { Value = notices.Select(notice => notice.Originator.Value).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        var held = new HashSet<RecordPlace>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) held.Add(new RecordPlace(new Hash256(reader.GetFieldValue<byte[]>(0)), reader.GetInt16(1)));
        return held;
    }

    /// <summary>Deletes the payloads of received records of these publications that are recalled.</summary>
    /// <returns>How many had one.</returns>
    public static async Task<long> ForgetRecalledAsync(NpgsqlConnection connection, IEnumerable<Hash256> publications, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT forget_recalled($1)", connection);
        command.Parameters.Add(new() { Value = publications.Distinct().Select(id => id.ToArray()).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea });
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
