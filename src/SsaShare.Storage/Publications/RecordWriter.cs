using Npgsql;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Storage;

/// <summary>Records by binary COPY.</summary>
internal static class RecordWriter
{
    internal const string Columns = "id, class, epoch_ns, publication, index, salt, label, regime, sensor, object_tag, payload";
    private const short ColumnCount = 11;
    private const int FlushAtBytes = 64 * 1024;

    /// <param name="connection">In a transaction.</param>
    /// <param name="groups">Records by the key of the publication row that will hold them.</param>
    /// <param name="labelIds">Number of every label that occurs.</param>
    /// <exception cref="PostgresException">Unique violation: one of the records is stored already. The transaction is then only good for a rollback.</exception>
    public static async Task CopyAsync(NpgsqlConnection connection, IEnumerable<(long Publication, IReadOnlyList<PublishedRecord> Records)> groups,
        IReadOnlyDictionary<Hash256, int> labelIds, CancellationToken cancellationToken)
    {
        var copy = await connection.BeginRawBinaryCopyAsync($"COPY record ({Columns}) FROM STDIN (FORMAT BINARY)", cancellationToken);
        try
        {
            var buffer = new CopyRowBuffer(FlushAtBytes);
            buffer.WriteHeader();
            foreach (var (publication, records) in groups)
            {
                foreach (var record in records)
                {
                    WriteRow(buffer, publication, record, labelIds);
                    if (!buffer.IsFull) continue;
                    await copy.WriteAsync(buffer.Written, cancellationToken);
                    buffer.Clear();
                }
            }
            buffer.WriteTrailer();
            await copy.WriteAsync(buffer.Written, cancellationToken);
        }
        catch
        {
            // Disposing would end the COPY as if all had been sent; the transaction is rolled back by its owner.
            await CancelAsync(copy);
            throw;
        }
        await copy.DisposeAsync();
    }

    private static async Task CancelAsync(NpgsqlRawCopyStream copy)
    {
        try
        {
            await copy.CancelAsync();
        }
        catch (Exception e) when (e is ObjectDisposedException or NpgsqlException)
        {
            // The connection broke, or the server refused a row before: the failure that led here says which and is thrown on.
        }
    }

    private static void WriteRow(CopyRowBuffer row, long publication, PublishedRecord published, IReadOnlyDictionary<Hash256, int> labelIds)
    {
        var record = published.Record;
        var facts = record.Facts;
        row.StartRow(ColumnCount);
        record.Id.CopyTo(row.Field(RecordId.Size));
        row.Write((short)facts.Class);
        row.Write(facts.Epoch.NanosecondsSinceJ2000);
        row.Write(publication);
        row.Write((short)published.Index);
        row.Write(published.Salt.Span);
        row.Write(labelIds[record.Label.Hash]);
        row.Write((short)facts.Regime);
        row.Write(facts.Sensor?.Value);
        row.Write(facts.ObjectTag);
        row.Write(record.Payload.Span);
    }
}
