using Npgsql;
using SsaShare.Domain;
using SsaShare.Exchange;

namespace SsaShare.Storage;

/// <summary>Notices and deletions in the order of the log, as the records that they remove.</summary>
internal sealed class RecordRemovals(NodeDatabase database) : IRecordRemovals
{
    private const int PageSize = 200;

    private const string HeadSql = "SELECT greatest(coalesce((SELECT max(log_index) FROM notice), -1), coalesce((SELECT max(log_index) FROM deletion), -1))";

    private const string PageSql = """
        WITH page AS (
            SELECT log_index, id, true AS is_notice FROM notice WHERE log_index > $1
            UNION ALL SELECT log_index, id, false FROM deletion WHERE log_index > $1
            ORDER BY log_index LIMIT $2)
        SELECT page.log_index, found.record FROM page LEFT JOIN LATERAL (
            SELECT r.id AS record FROM notice n JOIN publication p ON p.id = n.publication AND p.originator = n.originator
            JOIN record r ON r.publication = p.key AND r.index = n.index WHERE page.is_notice AND n.id = page.id
            UNION
            SELECT k.record FROM notice n JOIN publication p ON p.id = n.publication AND p.originator = n.originator
            JOIN record_path k ON k.publication = p.key AND k.index = n.index WHERE page.is_notice AND n.id = page.id
            UNION
            SELECT i.record FROM deletion_item i WHERE NOT page.is_notice AND i.deletion = page.id) found ON true
        """;

    public async Task<long> GetHeadAsync(CancellationToken cancellationToken)
    {
        await using var command = database.Source.CreateCommand(HeadSql);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    public async Task<RemovedRecords> ReadAsync(long after, CancellationToken cancellationToken)
    {
        await using var command = database.Source.CreateCommand(PageSql);
        command.Parameters.Add(new() { Value = after });
        command.Parameters.Add(new() { Value = PageSize });
        var records = new HashSet<RecordId>();
        long through = after;
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            through = Math.Max(through, reader.GetInt64(0));
            if (!reader.IsDBNull(1)) records.Add(new RecordId(reader.GetFieldValue<byte[]>(1)));
        }
        return new RemovedRecords(through, [.. records]);
    }
}
