using Microsoft.EntityFrameworkCore;
using NpgsqlTypes;
using SsaShare.Domain;
using SsaShare.Exchange;

namespace SsaShare.Storage;

/// <summary>The fusion service's conjunction messages.</summary>
internal sealed class ConjunctionLedger(NodeDatabase database) : IConjunctionLedger
{
    public async Task<IReadOnlyList<LedgerMessage>> LoadAsync(CancellationToken cancellationToken)
    {
        await using var db = database.Read();
        var rows = await db.Set<ConjunctionMessageRow>().Where(row => row.State != ConjunctionMessageRow.Withdrawn).OrderBy(row => row.MadeNs).ThenBy(row => row.Record).ToListAsync(cancellationToken);
        return [.. rows.Select(row => row.ToMessage())];
    }

    public async Task HoldAsync(IReadOnlyCollection<LedgerMessage> messages, CancellationToken cancellationToken)
    {
        const string sql = """
            INSERT INTO conjunction_message (record, reader, first_object, second_object, time_ns, miss_km, probability, made_ns, basis, sources, payload, label, state)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1) ON CONFLICT (record) DO NOTHING
            """;
        await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var batch = connection.CreateBatch();
        batch.Transaction = transaction;
        foreach (var message in messages)
        {
            var (payload, label) = message.Unpublished ?? throw new ArgumentException($"Message {message.Record} has no bytes to hold.", nameof(messages));
            var command = batch.CreateBatchCommand();
            command.CommandText = sql;
            command.Parameters.Add(new() { Value = message.Record.ToArray() });
            command.Parameters.Add(new() { Value = message.Reader.Value });
            command.Parameters.Add(new() { Value = message.FirstObject });
            command.Parameters.Add(new() { Value = message.SecondObject });
            command.Parameters.Add(new() { Value = message.Time.NanosecondsSinceJ2000 });
            command.Parameters.Add(new() { Value = message.MissKm });
            command.Parameters.Add(new() { Value = (object?)message.Probability ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Double });
            command.Parameters.Add(new() { Value = message.Made.NanosecondsSinceJ2000 });
            command.Parameters.Add(new() { Value = Ids(message.Basis), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea });
            command.Parameters.Add(new() { Value = message.Sources });
            command.Parameters.Add(new() { Value = payload.ToArray() });
            command.Parameters.Add(new() { Value = label.ToArray() });
            batch.BatchCommands.Add(command);
        }
        if (batch.BatchCommands.Count == 0) return;
        await batch.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    public Task MarkPublishedAsync(IReadOnlyCollection<RecordId> records, CancellationToken cancellationToken)
        => MarkAsync("UPDATE conjunction_message SET state = 2, payload = NULL, label = NULL WHERE record = ANY($1) AND state = 1", records, cancellationToken);

    public Task MarkWithdrawnAsync(IReadOnlyCollection<RecordId> records, CancellationToken cancellationToken)
        => MarkAsync("UPDATE conjunction_message SET state = 3, payload = NULL, label = NULL WHERE record = ANY($1)", records, cancellationToken);

    public async Task ForgetAsync(Epoch before, CancellationToken cancellationToken)
    {
        await using var command = database.Source.CreateCommand("DELETE FROM conjunction_message WHERE time_ns < $1");
        command.Parameters.Add(new() { Value = before.NanosecondsSinceJ2000 });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task MarkAsync(string sql, IReadOnlyCollection<RecordId> records, CancellationToken cancellationToken)
    {
        if (records.Count == 0) return;
        await using var command = database.Source.CreateCommand(sql);
        command.Parameters.Add(new() { Value = Ids(records), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static byte[][] Ids(IEnumerable<RecordId> records) => [.. records.Select(record => record.ToArray())];
}
