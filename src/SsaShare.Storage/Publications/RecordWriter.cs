using Npgsql;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Storage;

/// <summary>Records by binary COPY.</summary>
internal static class RecordWriter
{
    internal const string Columns = "id, class, epoch_ns, publication, index, salt, label, regime, sensor, object_tag, payload, original_leaf, degraded_index, tag_removed";

    internal const short ColumnCount = 14;

    /// <param name="connection">In a transaction.</param>
    /// <param name="groups">Records by the key of the publication row that will hold them.</param>
    /// <param name="labelIds">Number of every label that occurs.</param>
    /// <exception cref="PostgresException">Unique violation: one of the records is stored already. The transaction is then only good for a rollback.</exception>
    public static async Task CopyAsync(NpgsqlConnection connection, IEnumerable<(long Publication, IReadOnlyList<PublishedRecord> Records)> groups,
        IReadOnlyDictionary<Hash256, int> labelIds, CancellationToken cancellationToken)
    {
        await using var stream = await connection.BeginRawBinaryCopyAsync($"COPY record ({Columns}) FROM STDIN (FORMAT BINARY)", cancellationToken);
        try
        {
            using var rows = new CopyRows(stream);
            rows.WriteHeader();
            foreach (var (publication, records) in groups)
            {
                foreach (var record in records)
                {
                    Write(rows, publication, record, labelIds[record.Record.Label.Hash]);
                    await rows.SendSomeAsync(cancellationToken);
                }
            }
            await rows.SendLastAsync(cancellationToken);
        }
        catch
        {
            // Disposed as it is, the stream would take what it has for the whole.
            await stream.CancelAsync();
            throw;
        }
    }

    private static void Write(CopyRows rows, long publication, PublishedRecord published, int label)
    {
        var record = published.Record;
        Span<byte> hash = stackalloc byte[RecordId.Size];
        rows.BeginRow(ColumnCount);
        record.Id.CopyTo(hash);
        rows.Write(hash);
        rows.Write((short)record.Facts.Class);
        rows.Write(record.Facts.Epoch.NanosecondsSinceJ2000);
        rows.Write(publication);
        rows.Write((short)published.Index);
        rows.Write(published.Salt.Span);
        rows.Write(label);
        rows.Write((short)record.Facts.Regime);
        rows.Write(record.Facts.Sensor?.Value);
        rows.Write(record.Facts.Objects.Text);
        // A record that was recalled before it came leaves a tombstone.
        if (record.Payload.IsEmpty) rows.WriteNull();
        else rows.Write(record.Payload.Span);
        if (published.Degraded is { } degraded)
        {
            degraded.OriginalLeaf.CopyTo(hash);
            rows.Write(hash);
            rows.Write((short)degraded.Index);
        }
        else
        {
            rows.WriteNull();
            rows.WriteNull();
        }
        rows.Write(record.Facts.TagRemoved);
    }
}
