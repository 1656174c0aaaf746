using Npgsql;

namespace SsaShare.Storage;

/// <summary>Keys for publication rows, taken before their records are copied.</summary>
internal static class PublicationKeys
{
    public static async Task<long[]> TakeAsync(NpgsqlConnection connection, int count, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"SELECT nextval('{NodeDbContext.PublicationKeySequence}') FROM generate_series(1, $1)", connection);
        command.Parameters.Add(new() { Value = count });
        var keys = new long[count];
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        for (int i = 0; await reader.ReadAsync(cancellationToken); i++) keys[i] = reader.GetInt64(0);
        return keys;
    }
}
