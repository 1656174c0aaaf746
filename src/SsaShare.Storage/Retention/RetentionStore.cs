using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Storage;

/// <summary>Deletes what may be kept no longer, and says so to those who had given it.</summary>
internal sealed partial class RetentionStore(NodeDatabase database) : IRetentionStore
{
    // Every way of every record of which some way has run out; ways that were deleted before count as run out.
    private const string RunOutSql = """
        WITH over AS (
            SELECT t.publication, t.index FROM retention t WHERE t.due_ns <= $1
            UNION SELECT r.publication, r.index FROM publication p JOIN record r ON r.publication = p.key WHERE p.agreement = ANY($3)
            UNION SELECT k.publication, k.index FROM publication p JOIN record_path k ON k.publication = p.key WHERE p.agreement = ANY($3)),
        candidate AS (
            SELECT r.id, r.class, r.epoch_ns FROM over o JOIN record r ON r.publication = o.publication AND r.index = o.index WHERE r.payload IS NOT NULL
            UNION
            SELECT r.id, r.class, r.epoch_ns FROM over o JOIN record_path k ON k.publication = o.publication AND k.index = o.index
            JOIN record r ON (r.id, r.class, r.epoch_ns) = (k.record, k.class, k.epoch_ns) WHERE r.payload IS NOT NULL),
        way AS (
            SELECT c.id, c.class, c.epoch_ns, r.publication, r.index FROM candidate c JOIN record r ON (r.id, r.class, r.epoch_ns) = (c.id, c.class, c.epoch_ns)
            UNION ALL
            SELECT c.id, c.class, c.epoch_ns, k.publication, k.index FROM candidate c JOIN record_path k ON (k.record, k.class, k.epoch_ns) = (c.id, c.class, c.epoch_ns)),
        judged AS (
            SELECT w.*, p.id AS publication_id, p.profile, p.provider, p.agreement, d.deletion IS NOT NULL AS is_deleted, coalesce(t.due_ns <= $1, false) AS is_due, coalesce(p.agreement = ANY($2), false) AS is_ended
            FROM way w JOIN publication p ON p.key = w.publication
            LEFT JOIN retention t ON t.publication = w.publication AND t.index = w.index
            LEFT JOIN deletion_item d ON d.publication = w.publication AND d.index = w.index),
        free AS (
            SELECT id, class, epoch_ns FROM judged GROUP BY id, class, epoch_ns
            HAVING bool_and(provider IS NOT NULL AND (is_deleted OR is_due OR is_ended)) ORDER BY id LIMIT $4)
        SELECT j.id, j.class, j.epoch_ns, j.publication, j.index, j.publication_id, j.provider, j.agreement, j.is_due, j.profile
        FROM judged j JOIN free f ON (f.id, f.class, f.epoch_ns) = (j.id, j.class, j.epoch_ns) WHERE NOT j.is_deleted
        """;

    // What was recalled before its time was over, or deleted now, needs no date any more.
    private const string TidySql = """
        DELETE FROM retention t USING record r WHERE t.due_ns <= $1 AND r.publication = t.publication AND r.index = t.index AND r.payload IS NULL
        """;

    private const string TidyPathsSql = """
        DELETE FROM retention t USING record_path k JOIN record r ON (r.id, r.class, r.epoch_ns) = (k.record, k.class, k.epoch_ns)
        WHERE t.due_ns <= $1 AND k.publication = t.publication AND k.index = t.index AND r.payload IS NULL
        """;

    public async Task<int> DeleteRunOutAsync(Epoch now, IReadOnlyCollection<AgreementId> ended, IReadOnlyCollection<AgreementId> toSearch, int recordsMax,
        Func<PartnerId, AgreementId, DeletionReason, IReadOnlyList<DeletedRecords>, SignedDeletion> sign, CancellationToken cancellationToken)
        => await database.WriteAsync(async transaction =>
        {
            // Locked first: no further way can come while it is judged whether all have run out.
            await transaction.LockHeadAsync(cancellationToken);
            var ways = await ReadRunOutAsync(transaction.Connection, now, ended, toSearch, recordsMax, cancellationToken);
            if (ways.Count == 0) return 0;
            var deletions = new List<byte[]>();
            foreach (var group in ways.GroupBy(way => (way.Provider, way.Agreement, Reason: way.IsDue ? DeletionReason.Retention : DeletionReason.AgreementEnded)))
                foreach (var part in Divide(group))
                {
                    var signed = sign(PartnerId.Parse(group.Key.Provider), group.Key.Agreement, group.Key.Reason, part.Records);
                    Add(transaction, signed, part.Ways);
                    deletions.Add(signed.Id.ToArray());
                }
            await transaction.Db.SaveChangesAsync(cancellationToken);
            int records = ways.Select(way => (new RecordId(way.Record), way.Class, way.EpochNs)).Distinct().Count();
            long forgotten = await ForgetAsync(transaction.Connection, deletions, cancellationToken);
            if (forgotten != records) throw new InvalidDataException($"Of {records} records whose ways have all run out {forgotten} could be deleted; nothing is.");
            foreach (string sql in (string[])[TidySql, TidyPathsSql])
            {
                await using var tidy = new NpgsqlCommand(sql, transaction.Connection);
                tidy.Parameters.Add(new() { Value = now.NanosecondsSinceJ2000 });
                await tidy.ExecuteNonQueryAsync(cancellationToken);
            }
            await transaction.CommitAsync(cancellationToken);
            return records;
        }, cancellationToken);

    private static async Task<List<RunOutWay>> ReadRunOutAsync(NpgsqlConnection connection, Epoch now, IReadOnlyCollection<AgreementId> ended, IReadOnlyCollection<AgreementId> toSearch, int recordsMax, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(RunOutSql, connection);
        command.Parameters.Add(new() { Value = now.NanosecondsSinceJ2000 });
        command.Parameters.Add(new() { Value = ended.Select(id => id.Value.ToArray()).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea });
        command.Parameters.Add(new() { Value = toSearch.Select(id => id.Value.ToArray()).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea });
        command.Parameters.Add(new() { Value = recordsMax });
        var ways = new List<RunOutWay>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            ways.Add(new RunOutWay(reader.GetFieldValue<byte[]>(0), reader.GetInt16(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt16(4), new Hash256(reader.GetFieldValue<byte[]>(5)),
                reader.IsDBNull(9) ? null : reader.GetString(9), reader.GetString(6), new AgreementId(new Hash256(reader.GetFieldValue<byte[]>(7))), reader.GetBoolean(8)));
        }
        return ways;
    }

    /// <summary>In parts that a document can hold.</summary>
    private static IEnumerable<(IReadOnlyList<DeletedRecords> Records, IReadOnlyList<RunOutWay> Ways)> Divide(IEnumerable<RunOutWay> ways)
    {
        List<DeletedRecords> records = [];
        List<RunOutWay> taken = [];
        foreach (var group in ways.GroupBy(way => (way.PublicationId, way.Profile)))
        {
            var indices = group.Select(way => (int)way.Index).Distinct().Order().ToList();
            if (records.Count == DeletionDocument.PublicationsMax || records.Sum(one => one.Indices.Count) + indices.Count > DeletionDocument.RecordsMax)
            {
                yield return (records, taken);
                (records, taken) = ([], []);
            }
            records.Add(new DeletedRecords(group.Key.PublicationId, group.Key.Profile, indices));
            taken.AddRange(group);
        }
        yield return (records, taken);
    }

    private static void Add(OrderedTransaction transaction, SignedDeletion signed, IReadOnlyList<RunOutWay> ways)
    {
        byte[] id = signed.Id.ToArray();
        transaction.Db.Add(new DeletionRow
        {
            Id = id,
            LogIndex = transaction.Log(new LogEvent(LogKinds.DeletionIssued, signed.Document.ToJson())),
            Provider = signed.Deletion.Provider.Value,
            Agreement = signed.Deletion.Agreement.Value.ToArray(),
            Document = signed.Document.Payload.ToArray(),
            KeyId = signed.Document.KeyId.Value.ToArray(),
            Signature = signed.Document.Signature.ToArray(),
        });
        transaction.Db.Add(new DeletionDeliveryRow { Deletion = id });
        transaction.Db.AddRange(ways.Select(way => new DeletionItemRow { Publication = way.Publication, Index = way.Index, Deletion = id, Record = way.Record, Class = way.Class, EpochNs = way.EpochNs }));
    }

    private static async Task<long> ForgetAsync(NpgsqlConnection connection, IReadOnlyCollection<byte[]> deletions, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT forget_deleted($1)", connection);
        command.Parameters.Add(new() { Value = deletions.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea });
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>A way in which a record came, and under which it may be kept no longer.</summary>
    private sealed record RunOutWay(byte[] Record, short Class, long EpochNs, long Publication, short Index, Hash256 PublicationId, string? Profile, string Provider, AgreementId Agreement, bool IsDue);
}
