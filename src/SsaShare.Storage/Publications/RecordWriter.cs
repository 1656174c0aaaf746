using Npgsql;
using NpgsqlTypes;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Storage;

/// <summary>Records by binary COPY.</summary>
internal static class RecordWriter
{
    internal const string Columns = "id, class, epoch_ns, publication, index, salt, label, regime, sensor, object_tag, payload, original_leaf, degraded_index, tag_removed";

    /// <param name="connection">In a transaction.</param>
    /// <param name="groups">Records by the key of the publication row that will hold them.</param>
    /// <param name="labelIds">Number of every label that occurs.</param>
    /// <exception cref="PostgresException">Unique violation: one of the records is stored already. The transaction is then only good for a rollback.</exception>
    public static async Task CopyAsync(NpgsqlConnection connection, IEnumerable<(long Publication, IReadOnlyList<PublishedRecord> Records)> groups,
        IReadOnlyDictionary<Hash256, int> labelIds, CancellationToken cancellationToken)
    {
        await using var copy = await connection.BeginBinaryImportAsync($"COPY record ({Columns}) FROM STDIN (FORMAT BINARY)", cancellationToken);
        foreach (var (publication, records) in groups)
            foreach (var record in records) await WriteAsync(copy, publication, record, labelIds[record.Record.Label.Hash], cancellationToken);
        await copy.CompleteAsync(cancellationToken);
    }

    private static async ValueTask WriteAsync(NpgsqlBinaryImporter copy, long publication, PublishedRecord published, int label, CancellationToken cancellationToken)
    {
        var record = published.Record;
        await copy.StartRowAsync(cancellationToken);
        await copy.WriteAsync(record.Id.ToArray(), NpgsqlDbType.Bytea, cancellationToken);
        await copy.WriteAsync((short)record.Facts.Class, NpgsqlDbType.Smallint, cancellationToken);
        await copy.WriteAsync(record.Facts.Epoch.NanosecondsSinceJ2000, NpgsqlDbType.Bigint, cancellationToken);
        await copy.WriteAsync(publication, NpgsqlDbType.Bigint, cancellationToken);
        await copy.WriteAsync((short)published.Index, NpgsqlDbType.Smallint, cancellationToken);
        await copy.WriteAsync(published.Salt, NpgsqlDbType.Bytea, cancellationToken);
        await copy.WriteAsync(label, NpgsqlDbType.Integer, cancellationToken);
        await copy.WriteAsync((short)record.Facts.Regime, NpgsqlDbType.Smallint, cancellationToken);
        await WriteTextAsync(copy, record.Facts.Sensor?.Value, cancellationToken);
        await WriteTextAsync(copy, record.Facts.ObjectTag, cancellationToken);
        // A record that was recalled before it came leaves a tombstone.
        if (record.Payload.IsEmpty) await copy.WriteNullAsync(cancellationToken);
        else await copy.WriteAsync(record.Payload, NpgsqlDbType.Bytea, cancellationToken);
        if (published.Degraded is { } degraded)
        {
            await copy.WriteAsync(degraded.OriginalLeaf.ToArray(), NpgsqlDbType.Bytea, cancellationToken);
            await copy.WriteAsync((short)degraded.Index, NpgsqlDbType.Smallint, cancellationToken);
        }
        else
        {
            await copy.WriteNullAsync(cancellationToken);
            await copy.WriteNullAsync(cancellationToken);
        }
        await copy.WriteAsync(record.Facts.TagRemoved, NpgsqlDbType.Boolean, cancellationToken);
    }

    private static Task WriteTextAsync(NpgsqlBinaryImporter copy, string? text, CancellationToken cancellationToken)
        => text is null ? copy.WriteNullAsync(cancellationToken) : copy.WriteAsync(text, NpgsqlDbType.Text, cancellationToken);
}
