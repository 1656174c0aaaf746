using Npgsql;
using SsaShare.Domain;

namespace SsaShare.Storage;

/// <summary>Records that are used no more and given to nobody: noticed by their originator, or deleted because an agreement says so; and ways by which the record may be kept no longer, also while it is kept by another.</summary>
internal static class ClosedRecords
{
    private const string Sql = """
        SELECT p.key, n.index FROM publication p JOIN notice n ON n.publication = p.id AND n.originator = p.originator WHERE p.key = ANY($1)
        UNION
        SELECT publication, index FROM deletion_item WHERE publication = ANY($1)
        UNION
        SELECT publication, index FROM retention WHERE publication = ANY($1) AND due_ns <= $2
        """;

    /// <param name="now">Ways whose time of retention is over by then are closed; an own record has none.</param>
    /// <returns>Keys of publication rows with indices in them.</returns>
    public static async Task<IReadOnlySet<(long Publication, int Index)>> FindAsync(NpgsqlDataSource source, IReadOnlyCollection<PublicationRow> publications, Epoch now, CancellationToken cancellationToken)
    {
        var closed = new HashSet<(long, int)>();
        if (publications.Count == 0) return closed;
        await using var command = source.CreateCommand(Sql);
        command.Parameters.Add(new() { Value = publications.Select(row => row.Key).ToArray() });
        command.Parameters.Add(new() { Value = now.NanosecondsSinceJ2000 });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) closed.Add((reader.GetInt64(0), reader.GetInt16(1)));
        return closed;
    }
}
