using Npgsql;
using SsaShare.Exchange;

namespace SsaShare.Storage;

/// <summary>Asks the database to drop what is over; by which rule it decides itself.</summary>
internal sealed class OwnRetention(NodeDatabase database) : IOwnRetention
{
    public async Task<DroppedRecords?> DropNextAsync(CancellationToken cancellationToken)
    {
        await using var command = database.Source.CreateCommand("SELECT dropped, dropped_records FROM drop_over_observations()");
        // A scan of the partition comes before it goes.
        command.CommandTimeout = 3_600;
        try
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            return await reader.ReadAsync(cancellationToken) ? new DroppedRecords(reader.GetString(0), reader.GetInt64(1)) : null;
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected)
        {
            // Somebody reads it or writes to it. They are not kept waiting.
            return null;
        }
    }

    public async Task<long> DeleteSomeAsync(int publicationsMax, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(publicationsMax, 1);
        await using var command = database.Source.CreateCommand("SELECT delete_over_others($1)");
        command.Parameters.Add(new() { Value = publicationsMax });
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
