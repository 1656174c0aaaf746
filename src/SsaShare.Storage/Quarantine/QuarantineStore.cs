using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Storage;

/// <summary>Refused parts in PostgreSQL. Writers take turns by the row of the sums, which therefore are exact.</summary>
internal sealed class QuarantineStore(NodeDatabase database) : IQuarantineStore
{
    /// <summary>What keeping an entry costs beside its content, bytes: row, index, reasons.</summary>
    private const int OverheadBytes = 1_024;

    private const string LockSql = "SELECT bytes FROM quarantine_total WHERE id = 1 FOR UPDATE";

    private const string AddSql = """
        INSERT INTO quarantine (id, source, file, line, field, reasons, may_pass, format, before, text, after, is_cut, label, byte_count, time_ns, last_time_ns)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $15)
        ON CONFLICT (id) DO UPDATE SET times = quarantine.times + 1, last_time_ns = excluded.last_time_ns
        RETURNING xmax = 0
        """;

    /// <summary>Closed entries first, then by age. Some room is made beyond what is needed, so that not every entry after it has to make its own.</summary>
    private const string DropSql = """
        WITH aged AS (SELECT id, byte_count, sum(byte_count) OVER (ORDER BY state = 1, time_ns, id) - byte_count AS dropped_before FROM quarantine),
             dropped AS (DELETE FROM quarantine q USING aged a WHERE q.id = a.id AND a.dropped_before < $1 RETURNING q.byte_count, q.state)
        UPDATE quarantine_total SET bytes = bytes - (SELECT coalesce(sum(byte_count), 0) FROM dropped), dropped_open = dropped_open + (SELECT count(*) FROM dropped WHERE state = 1) WHERE id = 1
        """;

    public async Task<int> AddAsync(IReadOnlyList<QuarantineEntry> entries, long bytesMax, CancellationToken cancellationToken)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var locking = new NpgsqlCommand(LockSql, connection, transaction);
        long bytes = (long)(await locking.ExecuteScalarAsync(cancellationToken))!;
        (int added, long addedBytes) = (0, 0);
        foreach (var entry in entries)
        {
            if (!await InsertAsync(entry, connection, transaction, cancellationToken)) continue;
            added++;
            addedBytes += ByteCount(entry);
        }
        if (addedBytes > 0) await ExecuteAsync("UPDATE quarantine_total SET bytes = bytes + $1 WHERE id = 1", addedBytes, connection, transaction, cancellationToken);
        if (bytes + addedBytes > bytesMax) await ExecuteAsync(DropSql, bytes + addedBytes - (bytesMax - bytesMax / 16), connection, transaction, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return added;
    }

    public async Task<IReadOnlyList<QuarantineEntry>> ListAsync(QuarantineState? state, (Epoch Time, Hash256 Id)? before, int entriesMax, CancellationToken cancellationToken)
    {
        await using var db = database.Read();
        var rows = db.Set<QuarantineRow>().AsQueryable();
        if (state is { } one) rows = rows.Where(row => row.State == (short)one);
        if (before is { } place)
        {
            (long time, byte[] id) = (place.Time.NanosecondsSinceJ2000, place.Id.ToArray());
            rows = db.Set<QuarantineRow>().FromSql($"SELECT * FROM quarantine WHERE (time_ns, id) < ({time}, {id})");
            if (state is { } wanted) rows = rows.Where(row => row.State == (short)wanted);
        }
        return [.. (await rows.OrderByDescending(row => row.TimeNs).ThenByDescending(row => row.Id).Take(entriesMax).ToListAsync(cancellationToken)).Select(row => row.ToEntry())];
    }

    public async Task<IReadOnlyList<QuarantineEntry>> ListPassableAsync((Epoch Time, Hash256 Id)? after, int entriesMax, CancellationToken cancellationToken)
    {
        await using var db = database.Read();
        (long time, byte[] id) = after is { } place ? (place.Time.NanosecondsSinceJ2000, place.Id.ToArray()) : (long.MinValue, []);
        var rows = db.Set<QuarantineRow>().FromSql($"SELECT * FROM quarantine WHERE state = 1 AND may_pass AND (time_ns, id) > ({time}, {id}) ORDER BY time_ns, id LIMIT {entriesMax}");
        return [.. (await rows.ToListAsync(cancellationToken)).Select(row => row.ToEntry())];
    }

    public async Task<IReadOnlyList<QuarantineEntry>> FindAsync(Hash256 first, Hash256 last, int entriesMax, CancellationToken cancellationToken)
    {
        await using var db = database.Read();
        (byte[] least, byte[] greatest) = (first.ToArray(), last.ToArray());
        var rows = db.Set<QuarantineRow>().FromSql($"SELECT * FROM quarantine WHERE id BETWEEN {least} AND {greatest} ORDER BY id LIMIT {entriesMax}");
        return [.. (await rows.ToListAsync(cancellationToken)).Select(row => row.ToEntry())];
    }

    public async Task<bool> TryCloseAsync(Hash256 id, QuarantineState state, string remark, CancellationToken cancellationToken)
    {
        if (state is not (QuarantineState.Mended or QuarantineState.Dismissed)) throw new ArgumentOutOfRangeException(nameof(state), state, "Expected mended or dismissed.");
        await using var db = database.Read();
        return await db.Database.ExecuteSqlAsync($"UPDATE quarantine SET state = {(short)state}, remark = {remark} WHERE id = {id.ToArray()} AND state = 1", cancellationToken) == 1;
    }

    public async Task<QuarantineTotals> CountAsync(CancellationToken cancellationToken)
    {
        await using var db = database.Read();
        var counts = await db.Set<QuarantineRow>().GroupBy(row => row.State).Select(group => new { State = group.Key, Count = group.LongCount() }).ToDictionaryAsync(group => (QuarantineState)group.State, group => group.Count, cancellationToken);
        var total = await db.Set<QuarantineTotalRow>().SingleAsync(cancellationToken);
        return new QuarantineTotals(counts.GetValueOrDefault(QuarantineState.Open), counts.GetValueOrDefault(QuarantineState.Mended), counts.GetValueOrDefault(QuarantineState.Dismissed), total.Bytes, total.DroppedOpen);
    }

    private static int ByteCount(QuarantineEntry entry) => entry.Content.Bytes + OverheadBytes;

    private static async Task<bool> InsertAsync(QuarantineEntry entry, NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(AddSql, connection, transaction);
        var (place, content) = (entry.Place, entry.Content);
        foreach (object value in (object[])[entry.Id.ToArray(), (short)place.Source, place.File, place.Line, place.Field, place.Reasons, place.MayPass, content.Format,
            content.Before.ToArray(), content.Text.ToArray(), content.After.ToArray(), content.IsCut, entry.Label.ToArray(), ByteCount(entry), entry.Time.NanosecondsSinceJ2000])
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task ExecuteAsync(string sql, long number, NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection, transaction);
        command.Parameters.Add(new NpgsqlParameter { Value = number, NpgsqlDbType = NpgsqlDbType.Bigint });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
