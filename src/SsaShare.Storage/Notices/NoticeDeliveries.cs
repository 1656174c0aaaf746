using Npgsql;
using NpgsqlTypes;
using SsaShare.Signing;

namespace SsaShare.Storage;

/// <summary>Whom a notice must reach: everybody to whom the record was ever given, by the ledger, also under agreements that have ended since.</summary>
/// <remarks>Only a publication's own originator can notice its records; what another signs about them counts for nothing.</remarks>
internal static class NoticeDeliveries
{
    private const string Sql = """
        INSERT INTO notice_delivery (notice, partner, is_complete)
        SELECT DISTINCT n.id, m.receiver, false
        FROM notice n JOIN release r ON r.publication = n.publication JOIN manifest_issued m ON m.id = r.manifest
        JOIN publication p ON p.id = n.publication AND p.originator = n.originator
        WHERE n.index < 8 * octet_length(r.indexes) AND get_bit(r.indexes, n.index) = 1 AND m.receiver <> n.originator
        """;

    private const string NoticedSql = """
        SELECT EXISTS (
            SELECT FROM release r JOIN notice n ON n.publication = r.publication
            JOIN publication p ON p.id = n.publication AND p.originator = n.originator
            WHERE r.manifest = $1 AND n.index < 8 * octet_length(r.indexes) AND get_bit(r.indexes, n.index) = 1)
        """;

    private const string OnlyNew = "ON CONFLICT (notice, partner) DO NOTHING";

    /// <param name="connection">In a transaction that holds the head's lock, with the notices written.</param>
    /// <param name="notices">Their ids.</param>
    public static async Task AddAsync(NpgsqlConnection connection, IReadOnlyCollection<byte[]> notices, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"{Sql} AND n.id = ANY($1) {OnlyNew}", connection);
        command.Parameters.Add(new() { Value = notices.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Whether a record that goes out with a manifest has been noticed.</summary>
    /// <param name="connection">In the transaction that keeps the manifest, with the head's lock: no notice can come in between.</param>
    public static async Task<bool> IsNoticedAsync(NpgsqlConnection connection, Hash256 manifest, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(NoticedSql, connection);
        command.Parameters.Add(new() { Value = manifest.ToArray() });
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Looks again at whom the next notices in the order of the log must reach.</summary>
    /// <returns>How many there were that no notice was on its way to, and up to which entry was looked; null when there are no more notices.</returns>
    public static async Task<(int Added, long Through)?> AddMissedAsync(NpgsqlDataSource source, long after, int noticesMax, CancellationToken cancellationToken)
    {
        await using var next = source.CreateCommand("SELECT max(log_index) FROM (SELECT log_index FROM notice WHERE log_index > $1 ORDER BY log_index LIMIT $2) AS next_notices");
        next.Parameters.Add(new() { Value = after });
        next.Parameters.Add(new() { Value = noticesMax });
        if (await next.ExecuteScalarAsync(cancellationToken) is not long through) return null;
        await using var command = source.CreateCommand($"{Sql} AND n.log_index > $1 AND n.log_index <= $2 {OnlyNew}");
        command.Parameters.Add(new() { Value = after });
        command.Parameters.Add(new() { Value = through });
        return (await command.ExecuteNonQueryAsync(cancellationToken), through);
    }
}
