using Npgsql;
using NpgsqlTypes;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Storage;

/// <summary>A notice that is here, by what it asks for which record. What one originator says of one place is kept apart from what another says of it.</summary>
internal readonly record struct KnownNotice(Hash256 Id, PartnerId Originator, RecordPlace Place, NoticeAction Action);

/// <summary>What is here of notices: of those alone that are asked for, and without their documents.</summary>
internal static class KnownNotices
{
    private const string OfRecordsSql = """
        SELECT DISTINCT n.id, n.originator, n.publication, n.index, n.action FROM unnest($1, $2, $3) AS w(publication, index, originator)
        JOIN notice n ON n.publication = w.publication AND n.index = w.index AND n.originator = w.originator
        """;

    private const string ReceiptsSql = "SELECT notice, outcome FROM notice_receipt WHERE is_own AND notice = ANY($1)";

    private const string CountSql = "SELECT count(*) FROM (SELECT FROM notice WHERE originator = $1 LIMIT $2) AS some_notices";

    // What has come since counts no more.
    private const string UnknownSql = """
        SELECT count(*) FROM notice n WHERE n.originator = $1
            AND NOT EXISTS (SELECT FROM publication p JOIN record r ON r.publication = p.key AND r.index = n.index WHERE p.id = n.publication AND p.originator = n.originator)
            AND NOT EXISTS (SELECT FROM publication p JOIN record_path k ON k.publication = p.key AND k.index = n.index WHERE p.id = n.publication AND p.originator = n.originator)
        """;

    /// <summary>Every notice that is here of the same originators for the same records.</summary>
    public static async Task<List<KnownNotice>> FindAsync(NpgsqlConnection connection, IReadOnlyCollection<NoticeDocument> notices, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(OfRecordsSql, connection);
        command.Parameters.Add(new() { Value = notices.Select(notice => notice.Publication.ToArray()).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea });
        command.Parameters.Add(new() { Value = notices.Select(notice => (short)notice.Index).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Smallint });
        command.Parameters.Add(new() { Value = notices.Select(notice => notice.Originator.Value).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        var known = new List<KnownNotice>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            known.Add(new KnownNotice(new Hash256(reader.GetFieldValue<byte[]>(0)), PartnerId.Parse(reader.GetString(1)), new RecordPlace(new Hash256(reader.GetFieldValue<byte[]>(2)), reader.GetInt16(3)), (NoticeAction)reader.GetInt16(4)));
        return known;
    }

    /// <summary>What this node has signed of each of these.</summary>
    public static async Task<ILookup<Hash256, NoticeOutcome>> FindSaidAsync(NpgsqlConnection connection, IEnumerable<Hash256> notices, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(ReceiptsSql, connection);
        command.Parameters.Add(new() { Value = notices.Select(id => id.ToArray()).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea });
        var said = new List<(Hash256 Notice, NoticeOutcome Outcome)>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) said.Add((new Hash256(reader.GetFieldValue<byte[]>(0)), (NoticeOutcome)reader.GetInt16(1)));
        return said.ToLookup(one => one.Notice, one => one.Outcome);
    }

    /// <summary>How many notices of an originator wait for records that are not here; counted one by one only where there are so many notices at all.</summary>
    public static async Task<long> CountUnknownAsync(NpgsqlConnection connection, PartnerId originator, int max, CancellationToken cancellationToken)
    {
        await using var all = new NpgsqlCommand(CountSql, connection);
        all.Parameters.Add(new() { Value = originator.Value });
        all.Parameters.Add(new() { Value = max });
        long count = (long)(await all.ExecuteScalarAsync(cancellationToken))!;
        if (count < max) return count;
        await using var unknown = new NpgsqlCommand(UnknownSql, connection);
        unknown.Parameters.Add(new() { Value = originator.Value });
        return (long)(await unknown.ExecuteScalarAsync(cancellationToken))!;
    }
}
