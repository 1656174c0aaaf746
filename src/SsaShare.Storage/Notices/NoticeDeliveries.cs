using Npgsql;
using NpgsqlTypes;

namespace SsaShare.Storage;

/// <summary>Whom a notice must reach: everybody to whom the record was ever given, by the ledger, also under agreements that have ended since.</summary>
internal static class NoticeDeliveries
{
    private const string Sql = """
        INSERT INTO notice_delivery (notice, partner, is_complete)
        SELECT DISTINCT n.id, m.receiver, false
        FROM notice n JOIN release r ON r.publication = n.publication JOIN manifest_issued m ON m.id = r.manifest
        WHERE n.index < 8 * octet_length(r.indexes) AND get_bit(r.indexes, n.index) = 1 AND m.receiver <> n.originator
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

    /// <returns>How many there were that no notice was on its way to.</returns>
    public static async Task<int> AddMissedAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand($"{Sql} {OnlyNew}");
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
