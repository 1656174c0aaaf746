using Npgsql;
using NpgsqlTypes;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Storage;

/// <summary>What notices, deletions and agreements say of records that arrive.</summary>
internal static class ArrivingRecords
{
    private const string RecalledSql = "SELECT publication, index, originator FROM notice WHERE publication = ANY($1) AND action = 3";

    private const string EmptySql = """
        SELECT r.id FROM unnest($1, $2, $3) AS known(id, class, epoch_ns)
        JOIN record r ON (r.id, r.class, r.epoch_ns) = (known.id, known.class, known.epoch_ns) WHERE r.payload IS NULL
        """;

    private const string RetentionSql = "INSERT INTO retention (publication, index, due_ns) SELECT * FROM unnest($1, $2, $3)";

    /// <summary>A record that was recalled before it came leaves a tombstone; its payload is never stored.</summary>
    public static async Task<IReadOnlyList<SortedSlice>> WithoutRecalledAsync(NpgsqlConnection connection, IReadOnlyList<SortedSlice> slices, CancellationToken cancellationToken)
    {
        var recalled = await FindRecalledAsync(connection, slices, cancellationToken);
        return recalled.Count == 0 ? slices : [.. slices.Select(slice => slice with { New = [.. slice.New.Select(record => IsRecalled(slice, record) ? Tombstone(record) : record)] })];

        bool IsRecalled(SortedSlice slice, PublishedRecord record) => recalled.Contains((slice.Received.Slice.Document.Id, record.Index, slice.Received.Publication.Originator));
    }

    /// <summary>
    /// With the head's lock: deletes what was recalled since, fills in again what had been deleted under another agreement and now came anew, and notes until when
    /// each record may be kept.
    /// </summary>
    /// <param name="transaction">That stores the records, all of it but the last commit.</param>
    /// <param name="slices">By the key of their publication row.</param>
    public static async Task SettleAsync(OrderedTransaction transaction, IReadOnlyList<(long Key, SortedSlice Slice)> slices, CancellationToken cancellationToken)
    {
        if (slices.Count == 0) return;
        var recalled = await FindRecalledAsync(transaction.Connection, [.. slices.Select(one => one.Slice)], cancellationToken);
        if (recalled.Count > 0)
        {
            await transaction.Db.SaveChangesAsync(cancellationToken);
            await HeldRecords.ForgetRecalledAsync(transaction.Connection, recalled.Select(one => one.Publication), cancellationToken);
        }
        await RefillAsync(transaction.Connection, [.. slices.SelectMany(one => one.Slice.Known)], cancellationToken);
        await NoteDuesAsync(transaction, slices, cancellationToken);
    }

    private static async Task<HashSet<(Hash256 Publication, int Index, PartnerId Originator)>> FindRecalledAsync(NpgsqlConnection connection, IReadOnlyList<SortedSlice> slices, CancellationToken cancellationToken)
    {
        var recalled = new HashSet<(Hash256, int, PartnerId)>();
        if (slices.Count == 0) return recalled;
        await using var command = new NpgsqlCommand(RecalledSql, connection);
        command.Parameters.Add(new() { Value = slices.Select(slice => slice.Received.Slice.Document.Id).Distinct().Select(id => id.ToArray()).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) recalled.Add((new Hash256(reader.GetFieldValue<byte[]>(0)), reader.GetInt16(1), PartnerId.Parse(reader.GetString(2))));
        return recalled;
    }

    /// <summary>The database takes only bytes that hash to the record's id, and none of what was recalled.</summary>
    private static async Task RefillAsync(NpgsqlConnection connection, IReadOnlyList<KnownRecord> known, CancellationToken cancellationToken)
    {
        if (known.Count == 0) return;
        var empty = new HashSet<RecordId>();
        await using (var command = new NpgsqlCommand(EmptySql, connection))
        {
            command.Parameters.Add(new() { Value = known.Select(one => one.Published.Record.Id.ToArray()).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea });
            command.Parameters.Add(new() { Value = known.Select(one => (short)one.Published.Record.Facts.Class).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Smallint });
            command.Parameters.Add(new() { Value = known.Select(one => one.StoredEpoch.NanosecondsSinceJ2000).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken)) empty.Add(new RecordId(reader.GetFieldValue<byte[]>(0)));
        }
        foreach (var one in known.Where(one => empty.Contains(one.Published.Record.Id)))
        {
            var (record, facts) = (one.Published.Record, one.Published.Record.Facts);
            await using var command = new NpgsqlCommand("SELECT refill_record($1, $2, $3, $4, $5, $6, $7)", connection);
            command.Parameters.Add(new() { Value = record.Id.ToArray() });
            command.Parameters.Add(new() { Value = (short)facts.Class });
            command.Parameters.Add(new() { Value = one.StoredEpoch.NanosecondsSinceJ2000 });
            command.Parameters.Add(new() { Value = record.Payload, NpgsqlDbType = NpgsqlDbType.Bytea });
            command.Parameters.Add(new() { Value = (object?)facts.Sensor?.Value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
            command.Parameters.Add(new() { Value = (object?)facts.Objects.Text ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
            command.Parameters.Add(new() { Value = (short)facts.Regime });
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private static async Task NoteDuesAsync(OrderedTransaction transaction, IReadOnlyList<(long Key, SortedSlice Slice)> slices, CancellationToken cancellationToken)
    {
        var now = transaction.Now;
        var dues = (from one in slices
                    from pair in one.Slice.Received.Slice.Records.Zip(one.Slice.Received.Decisions)
                    let due = RetentionRules.DueOf(pair.Second, pair.First.Terms?.Parsed, now)
                    where due is not null
                    select (one.Key, Index: (short)pair.First.Index, DueNs: due.Value.NanosecondsSinceJ2000)).ToList();
        if (dues.Count == 0) return;
        await using var command = new NpgsqlCommand(RetentionSql, transaction.Connection);
        command.Parameters.Add(new() { Value = dues.Select(due => due.Key).ToArray() });
        command.Parameters.Add(new() { Value = dues.Select(due => due.Index).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Smallint });
        command.Parameters.Add(new() { Value = dues.Select(due => due.DueNs).ToArray() });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static PublishedRecord Tombstone(PublishedRecord record)
        => record with { Record = record.Record with { Payload = default, Facts = record.Record.Facts with { Sensor = null, Objects = default, Regime = OrbitalRegime.Unspecified } } };
}
