using Npgsql;
using SsaShare.Domain;

namespace SsaShare.Storage;

/// <summary>Until when received records may be kept under the agreement of the way by which they came.</summary>
internal static class RetentionDates
{
    /// <returns>For keys of publication rows with indices in them; none where no end is set.</returns>
    public static async Task<IReadOnlyDictionary<(long Publication, int Index), Epoch>> FindAsync(NpgsqlDataSource source, IReadOnlyCollection<PublicationRow> publications, CancellationToken cancellationToken)
    {
        var dates = new Dictionary<(long, int), Epoch>();
        if (publications.Count == 0) return dates;
        await using var command = source.CreateCommand("SELECT publication, index, due_ns FROM retention WHERE publication = ANY($1)");
        command.Parameters.Add(new() { Value = publications.Select(row => row.Key).ToArray() });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) dates.Add((reader.GetInt64(0), reader.GetInt16(1)), new Epoch(reader.GetInt64(2)));
        return dates;
    }
}
