using Npgsql;
using NpgsqlTypes;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;

namespace SsaShare.Storage;

/// <summary>The next of the ways that have run out, by the index: a part at a time, whatever there is of them.</summary>
/// <param name="Ways">Keys of publication rows with indices in them.</param>
/// <param name="Reached">From where to go on.</param>
/// <param name="IsLast">There are no more.</param>
internal sealed record RunOutWays(IReadOnlyList<(long Publication, short Index)> Ways, RunOutPosition Reached, bool IsLast)
{
    private const string DueSql = """
        SELECT due_ns, publication, index FROM retention WHERE due_ns <= $1 AND (due_ns, publication, index) > ($2, $3, $4)
        ORDER BY due_ns, publication, index LIMIT $5
        """;

    private const string PublicationsSql = "SELECT key, record_count FROM publication WHERE agreement = $1 AND key > $2 ORDER BY key LIMIT $3";

    // What was deleted before is not looked at again.
    private const string OfPublicationsSql = """
        SELECT w.publication, w.index FROM (
            SELECT publication, index FROM record WHERE publication = ANY($1) AND payload IS NOT NULL
            UNION ALL SELECT publication, index FROM record_path WHERE publication = ANY($1)) w
        WHERE NOT EXISTS (SELECT FROM deletion_item d WHERE d.publication = w.publication AND d.index = w.index)
        """;

    public static async Task<RunOutWays> DueAsync(NpgsqlDataSource source, Epoch now, RunOutPosition after, int waysMax, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(DueSql);
        command.Parameters.Add(new() { Value = now.NanosecondsSinceJ2000 });
        command.Parameters.Add(new() { Value = after.DueNs });
        command.Parameters.Add(new() { Value = after.Publication });
        command.Parameters.Add(new() { Value = (short)after.Index });
        command.Parameters.Add(new() { Value = waysMax });
        var ways = new List<(long, short)>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            after = new RunOutPosition(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt16(2));
            ways.Add((after.Publication, (short)after.Index));
        }
        return new RunOutWays(ways, after, ways.Count < waysMax);
    }

    public static async Task<RunOutWays> OfAgreementAsync(NpgsqlDataSource source, AgreementId agreement, RunOutPosition after, int waysMax, CancellationToken cancellationToken)
    {
        var keys = new List<long>();
        bool isLast = true;
        await using (var command = source.CreateCommand(PublicationsSql))
        {
            command.Parameters.Add(new() { Value = agreement.Value.ToArray() });
            command.Parameters.Add(new() { Value = after.Publication });
            command.Parameters.Add(new() { Value = waysMax + 1 });
            int count = 0;
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                count += reader.GetInt16(1);
                if (keys.Count > 0 && count > waysMax)
                {
                    isLast = false;
                    break;
                }
                keys.Add(reader.GetInt64(0));
            }
        }
        var ways = new List<(long, short)>();
        if (keys.Count == 0) return new RunOutWays(ways, after, true);
        await using var ofThem = source.CreateCommand(OfPublicationsSql);
        ofThem.Parameters.Add(new() { Value = keys.ToArray() });
        await using var found = await ofThem.ExecuteReaderAsync(cancellationToken);
        while (await found.ReadAsync(cancellationToken)) ways.Add((found.GetInt64(0), found.GetInt16(1)));
        return new RunOutWays(ways, RunOutPosition.Start with { Publication = keys[^1] }, isLast);
    }

    /// <summary>Adds ways as two parameters.</summary>
    public static void AddTo(NpgsqlCommand command, IReadOnlyList<(long Publication, short Index)> ways)
    {
        command.Parameters.Add(new() { Value = ways.Select(way => way.Publication).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
        command.Parameters.Add(new() { Value = ways.Select(way => way.Index).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Smallint });
    }
}
