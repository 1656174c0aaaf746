using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Storage;

/// <summary>Telling of deletions, both sides.</summary>
internal sealed partial class RetentionStore
{
    private const string GivenSql = """
        SELECT
            EXISTS (
                SELECT FROM release r JOIN manifest_issued m ON m.id = r.manifest
                WHERE r.publication = i.publication AND coalesce(r.profile, '') = i.profile AND m.agreement = $4 AND m.receiver = $5
                    AND i.index < 8 * octet_length(r.indexes) AND get_bit(r.indexes, i.index) = 1),
            NOT EXISTS (
                SELECT FROM deletion_received_item d JOIN deletion_received h ON h.id = d.deletion
                WHERE d.publication = i.publication AND d.index = i.index AND d.profile = i.profile AND h.holder = $5 AND h.agreement = $4)
        FROM unnest($1, $2, $3) WITH ORDINALITY AS i(publication, index, profile, place) ORDER BY i.place
        """;

    public async Task<IReadOnlyList<DueDeletion>> ListUndeliveredAsync(PartnerId provider, long afterLogIndex, int deletionsMax, CancellationToken cancellationToken)
    {
        await using var db = database.Read();
        var rows = await (from delivery in db.Set<DeletionDeliveryRow>()
                          where !delivery.IsComplete
                          join deletion in db.Set<DeletionRow>() on delivery.Deletion equals deletion.Id
                          where deletion.Provider == provider.Value && deletion.LogIndex > afterLogIndex
                          orderby deletion.LogIndex
                          select deletion).Take(deletionsMax).ToListAsync(cancellationToken);
        return [.. rows.Select(row => DocumentJson.TryRead<DeletionDocument>(row.Document, DocumentContexts.Deletion, out var deletion)
            ? new DueDeletion(row.LogIndex, new SignedDeletion(new SignedDocument(row.Document, new KeyId(new Hash256(row.KeyId)), row.Signature), deletion))
            : throw new InvalidDataException($"Stored deletion {Convert.ToHexStringLower(row.Id)} is damaged."))];
    }

    public async Task SetDeliveredAsync(IReadOnlyCollection<SignedDeletion> deletions, CancellationToken cancellationToken)
    {
        byte[][] ids = [.. deletions.Select(deletion => deletion.Id.ToArray())];
        await using var db = database.Read();
        await db.Set<DeletionDeliveryRow>().Where(delivery => ids.Contains(delivery.Deletion)).ExecuteUpdateAsync(update => update.SetProperty(delivery => delivery.IsComplete, true), cancellationToken);
    }

    public async Task<bool> TryReceiveAsync(SignedDeletion deletion, CancellationToken cancellationToken)
        => await database.WriteAsync(async transaction =>
        {
            byte[] id = deletion.Id.ToArray(), agreement = deletion.Deletion.Agreement.Value.ToArray();
            await transaction.LockHeadAsync(cancellationToken);
            if (await transaction.Db.Set<DeletionReceivedRow>().AnyAsync(row => row.Id.Equals(id), cancellationToken)) return true;
            var items = deletion.Deletion.Records.SelectMany(one => one.Indices, (one, index) => new DeletionReceivedItemRow
            {
                Publication = one.Publication.ToArray(), Index = (short)index, Deletion = id, Profile = one.Profile ?? "",
            }).ToList();
            if (await FindNewAsync(transaction, deletion.Deletion, items, cancellationToken) is not { } news) return false;
            // Nothing is new: it was told before.
            if (news.Count == 0) return true;
            // What a holder says cannot fill the log: no more than twice what it was given.
            if (2 * news.Count < items.Count) return false;
            transaction.Db.Add(new DeletionReceivedRow
            {
                Id = id,
                LogIndex = transaction.Log(new LogEvent(LogKinds.DeletionReceived, deletion.Document.ToJson()) { Peer = deletion.Deletion.Holder, Agreement = deletion.Deletion.Agreement }),
                Holder = deletion.Deletion.Holder.Value,
                Agreement = agreement,
                Document = deletion.Document.Payload.ToArray(),
                KeyId = deletion.Document.KeyId.Value.ToArray(),
                Signature = deletion.Document.Signature.ToArray(),
            });
            transaction.Db.AddRange(news);
            await transaction.CommitAsync(cancellationToken);
            return true;
        }, cancellationToken);

    /// <summary>Those that were not named before.</summary>
    /// <returns>Null when one was not given to the holder under the agreement in its form.</returns>
    private static async Task<List<DeletionReceivedItemRow>?> FindNewAsync(OrderedTransaction transaction, DeletionDocument deletion, IReadOnlyList<DeletionReceivedItemRow> items, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(GivenSql, transaction.Connection);
        command.Parameters.Add(new() { Value = items.Select(item => item.Publication).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea });
        command.Parameters.Add(new() { Value = items.Select(item => item.Index).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Smallint });
        command.Parameters.Add(new() { Value = items.Select(item => item.Profile).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = deletion.Agreement.Value.ToArray() });
        command.Parameters.Add(new() { Value = deletion.Holder.Value });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var news = new List<DeletionReceivedItemRow>();
        foreach (var item in items)
        {
            await reader.ReadAsync(cancellationToken);
            if (!reader.GetBoolean(0)) return null;
            if (reader.GetBoolean(1)) news.Add(item);
        }
        return news;
    }
}
