using Npgsql;
using NpgsqlTypes;
using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Storage;

/// <summary>Records for which a partner has signed: its receipt is kept for a manifest that gave them.</summary>
internal static class ReceiptedRecords
{
    private const string Sql = """
        SELECT DISTINCT n.id
        FROM notice n JOIN publication p ON p.id = n.publication AND p.originator = n.originator
        JOIN release r ON r.publication = n.publication JOIN manifest_issued m ON m.id = r.manifest JOIN receipt_received t ON t.manifest = m.id
        WHERE n.id = ANY($1) AND m.receiver = $2 AND n.index < 8 * octet_length(r.indexes) AND get_bit(r.indexes, n.index) = 1
        """;

    /// <param name="connection">In any transaction.</param>
    /// <param name="partner">Who signed.</param>
    /// <param name="notices">Ids.</param>
    /// <returns>Those of the notices whose record the partner has signed for.</returns>
    public static async Task<IReadOnlySet<Hash256>> FindNoticedAsync(NpgsqlConnection connection, PartnerId partner, IReadOnlyCollection<byte[]> notices, CancellationToken cancellationToken)
    {
        var found = new HashSet<Hash256>();
        if (notices.Count == 0) return found;
        await using var command = new NpgsqlCommand(Sql, connection);
        command.Parameters.Add(new() { Value = notices.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea });
        command.Parameters.Add(new() { Value = partner.Value });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) found.Add(new Hash256(reader.GetFieldValue<byte[]>(0)));
        return found;
    }
}
