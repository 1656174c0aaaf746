using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using SsaShare.Domain;
using SsaShare.Exchange;

namespace SsaShare.Storage;

/// <summary>Time-stamps of checkpoints in PostgreSQL.</summary>
internal sealed class TimestampStore(NodeDatabase database) : ITimestampStore
{
    public async Task AddAsync(CheckpointTimestamp timestamp, CancellationToken cancellationToken)
    {
        await using var db = database.Read();
        await db.Database.ExecuteSqlAsync(
            $"INSERT INTO checkpoint_timestamp (size, time_ns, note, token) VALUES ({timestamp.Size}, {timestamp.Time.NanosecondsSinceJ2000}, {timestamp.Note}, {timestamp.Token.ToArray()}) ON CONFLICT DO NOTHING",
            cancellationToken);
    }

    public async Task<CheckpointTimestamp?> GetNewestAsync(CancellationToken cancellationToken)
    {
        await using var db = database.Read();
        return await db.Set<CheckpointTimestampRow>().OrderByDescending(row => row.Size).ThenByDescending(row => row.TimeNs).FirstOrDefaultAsync(cancellationToken) is { } row ? ToTimestamp(row) : null;
    }

    public async IAsyncEnumerable<CheckpointTimestamp> ReadAsync(long fromSize, long toSize, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var db = database.Read();
        var rows = db.Set<CheckpointTimestampRow>().Where(row => row.Size >= fromSize && row.Size <= toSize).OrderBy(row => row.Size).ThenBy(row => row.TimeNs).AsAsyncEnumerable();
        await foreach (var row in rows.WithCancellation(cancellationToken)) yield return ToTimestamp(row);
    }

    private static CheckpointTimestamp ToTimestamp(CheckpointTimestampRow row) => new(row.Size, row.Note, row.Token, new Epoch(row.TimeNs));
}
