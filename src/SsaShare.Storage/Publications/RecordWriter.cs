using Npgsql;
using NpgsqlTypes;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Storage;

/// <summary>Records by binary COPY.</summary>
internal static class RecordWriter
{
    internal const string Columns = "id, class, epoch_ns, publication, index, salt, label, regime, sensor, object_tag, payload";

    /// <param name="connection">In a transaction.</param>
    /// <param name="groups">Records by the key of the publication row that will hold them.</param>
    /// <param name="labelIds">Number of every label that occurs.</param>
    /// <exception cref="PostgresException">Unique violation: one of the records is stored already. The transaction is then only good for a rollback.</exception>
    public static Task CopyAsync(NpgsqlConnection connection, IEnumerable<(long Publication, IReadOnlyList<PublishedRecord> Records)> groups,
        IReadOnlyDictionary<Hash256, int> labelIds, CancellationToken cancellationToken)
        => CopyAsync(connection, "record", groups, labelIds, cancellationToken);

    internal static async Task CopyAsync(NpgsqlConnection connection, string table, IEnumerable<(long Publication, IReadOnlyList<PublishedRecord> Records)> groups,
        IReadOnlyDictionary<Hash256, int> labelIds, CancellationToken cancellationToken)
    {
        await using var copy = await connection.BeginBinaryImportAsync($"COPY {table} ({Columns}) FROM STDIN (FORMAT BINARY)", cancellationToken);
        foreach (var (publication, records) in groups)
        {
            foreach (var published in records)
            {
                var record = published.Record;
                var facts = record.Facts;
                await copy.StartRowAsync(cancellationToken);
                await copy.WriteAsync(record.Id.ToArray(), NpgsqlDbType.Bytea, cancellationToken);
                await copy.WriteAsync((short)facts.Class, NpgsqlDbType.Smallint, cancellationToken);
                await copy.WriteAsync(facts.Epoch.NanosecondsSinceJ2000, NpgsqlDbType.Bigint, cancellationToken);
                await copy.WriteAsync(publication, NpgsqlDbType.Bigint, cancellationToken);
                await copy.WriteAsync((short)published.Index, NpgsqlDbType.Smallint, cancellationToken);
                await copy.WriteAsync(published.Salt, NpgsqlDbType.Bytea, cancellationToken);
                await copy.WriteAsync(labelIds[record.Label.Hash], NpgsqlDbType.Integer, cancellationToken);
                await copy.WriteAsync((short)facts.Regime, NpgsqlDbType.Smallint, cancellationToken);
                await WriteTextAsync(copy, facts.Sensor?.Value, cancellationToken);
                await WriteTextAsync(copy, facts.ObjectTag, cancellationToken);
                await copy.WriteAsync(record.Payload, NpgsqlDbType.Bytea, cancellationToken);
            }
        }
        await copy.CompleteAsync(cancellationToken);
    }

    private static Task WriteTextAsync(NpgsqlBinaryImporter copy, string? text, CancellationToken cancellationToken)
        => text is null ? copy.WriteNullAsync(cancellationToken) : copy.WriteAsync(text, NpgsqlDbType.Text, cancellationToken);
}
