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
    // Every way of every record that came by one of these ways; ways that were deleted before count as run out.
    private const string RunOutSql = """
        WITH over AS (SELECT * FROM unnest($3, $4) AS o(publication, index)),
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
            HAVING bool_and(provider IS NOT NULL AND (is_deleted OR is_due OR is_ended)))
        SELECT j.id, j.class, j.epoch_ns, j.publication, j.index, j.publication_id, j.provider, j.agreement, j.is_due, j.profile
        FROM judged j JOIN free f ON (f.id, f.class, f.epoch_ns) = (j.id, j.class, j.epoch_ns) WHERE NOT j.is_deleted
        """;

    // What was recalled before its time was over, or deleted now, needs no date any more.
    private const string TidySql = """
        DELETE FROM retention t USING unnest($1, $2) AS o(publication, index)
        WHERE t.publication = o.publication AND t.index = o.index AND (
            EXISTS (SELECT FROM record r WHERE r.publication = t.publication AND r.index = t.index AND r.payload IS NULL)
            OR EXISTS (
                SELECT FROM record_path k JOIN record r ON (r.id, r.class, r.epoch_ns) = (k.record, k.class, k.epoch_ns)
                WHERE k.publication = t.publication AND k.index = t.index AND r.payload IS NULL))
        """;

    public async Task<RunOutPart> DeleteRunOutAsync(Epoch now, IReadOnlyCollection<AgreementId> ended, AgreementId? of, RunOutPosition after, int waysMax,
        Func<PartnerId, AgreementId, DeletionReason, IReadOnlyList<DeletedRecords>, SignedDeletion> sign, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(waysMax, 1);
        // Looked up before the lock, which everybody who publishes, gives or takes in waits for.
        var part = of is { } agreement
            ? await RunOutWays.OfAgreementAsync(database.Source, agreement, after, waysMax, cancellationToken)
            : await RunOutWays.DueAsync(database.Source, now, after, waysMax, cancellationToken);
        int deleted = part.Ways.Count == 0 ? 0 : await DeleteAsync(now, ended, part.Ways, sign, cancellationToken);
        return new RunOutPart(deleted, part.Reached, part.IsLast);
    }

    private async Task<int> DeleteAsync(Epoch now, IReadOnlyCollection<AgreementId> ended, IReadOnlyList<(long Publication, short Index)> candidates,
        Func<PartnerId, AgreementId, DeletionReason, IReadOnlyList<DeletedRecords>, SignedDeletion> sign, CancellationToken cancellationToken)
        => await database.WriteAsync(async transaction =>
        {
            // Locked before it is judged: no further way can come meanwhile.
            await transaction.LockHeadAsync(cancellationToken);
            var ways = await ReadRunOutAsync(transaction.Connection, now, ended, candidates, cancellationToken);
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
            long forgotten = deletions.Count == 0 ? 0 : await ForgetAsync(transaction.Connection, deletions, cancellationToken);
            if (forgotten != records) throw new InvalidDataException($"Of {records} records whose ways have all run out {forgotten} could be deleted; nothing is.");
            await using var tidy = new NpgsqlCommand(TidySql, transaction.Connection);
            RunOutWays.AddTo(tidy, [.. candidates, .. ways.Select(way => (way.Publication, way.Index))]);
            int tidied = await tidy.ExecuteNonQueryAsync(cancellationToken);
            if (records + tidied > 0) await transaction.CommitAsync(cancellationToken);
            return records;
        }, cancellationToken);

    private static async Task<List<RunOutWay>> ReadRunOutAsync(NpgsqlConnection connection, Epoch now, IReadOnlyCollection<AgreementId> ended, IReadOnlyList<(long Publication, short Index)> candidates, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(RunOutSql, connection);
        command.Parameters.Add(new() { Value = now.NanosecondsSinceJ2000 });
        command.Parameters.Add(new() { Value = ended.Select(id => id.Value.ToArray()).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea });
        RunOutWays.AddTo(command, candidates);
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
            LogIndex = transaction.Log(new LogEvent(LogKinds.DeletionIssued, signed.Document.ToJson()) { Peer = signed.Deletion.Provider, Agreement = signed.Deletion.Agreement }),
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
