using Microsoft.EntityFrameworkCore;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Storage;

/// <summary>Others' checkpoints: held, cosigned, in conflict.</summary>
internal sealed class WitnessStore(NodeDatabase database) : IWitnessStore
{
    public async Task<WitnessedCheckpoint?> GetLatestAsync(string origin, CancellationToken cancellationToken)
    {
        await using var db = database.Read();
        var row = await Witnessed(db).Where(row => row.Cosigned.Origin == origin).OrderByDescending(row => row.Cosigned.Size).FirstOrDefaultAsync(cancellationToken);
        return row is null ? null : ToWitnessed(row);
    }

    public async Task<IReadOnlyList<WitnessedCheckpoint>> ListLatestAsync(CancellationToken cancellationToken)
    {
        await using var db = database.Read();
        var rows = await Witnessed(db)
            .Where(row => !db.Set<WitnessedCheckpointRow>().Any(later => later.Origin == row.Cosigned.Origin && later.Size > row.Cosigned.Size))
            .OrderBy(row => row.Cosigned.Origin).ToListAsync(cancellationToken);
        return [.. rows.Select(ToWitnessed)];
    }

    public async Task<bool> TryAdvanceAsync(WitnessedCheckpoint next, long latestSize, CancellationToken cancellationToken)
    {
        byte[] root = next.Head.Root.ToArray();
        await using var db = database.Read();
        // One statement: the unique name of the predecessor lets one of several through, and the others wait for its commit.
        return await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO witnessed_checkpoint (origin, size, previous_size, note, time_s)
                SELECT h.origin, h.size, {latestSize}, {next.Note}, {next.UnixTimeS} FROM held_checkpoint h
                WHERE h.origin = {next.Origin} AND h.size = {next.Head.Size} AND h.root = {root}
                    AND ({latestSize} = 0 OR EXISTS (SELECT 1 FROM witnessed_checkpoint w WHERE w.origin = h.origin AND w.size = {latestSize}))
                ON CONFLICT DO NOTHING
            """, cancellationToken) == 1;
    }

    public async Task<HeldCheckpoint> HoldAsync(HeldCheckpoint checkpoint, CancellationToken cancellationToken)
    {
        byte[] root = checkpoint.Head.Root.ToArray();
        await using var db = database.Read();
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO held_checkpoint (origin, size, root, note, source, time_ns)
                VALUES ({checkpoint.Origin}, {checkpoint.Head.Size}, {root}, {checkpoint.Note}, {checkpoint.Source.Value}, {checkpoint.At.NanosecondsSinceJ2000})
                ON CONFLICT DO NOTHING
            """, cancellationToken);
        return ToHeld(await db.Set<HeldCheckpointRow>().SingleAsync(row => row.Origin == checkpoint.Origin && row.Size == checkpoint.Head.Size, cancellationToken));
    }

    public async Task<IReadOnlyList<HeldCheckpoint>> ListHeldAsync(int most, CancellationToken cancellationToken)
    {
        await using var db = database.Read();
        var rows = await db.Set<HeldCheckpointRow>()
            .Where(row => !db.Set<HeldCheckpointRow>().Any(later => later.Origin == row.Origin && later.Size > row.Size))
            .OrderByDescending(row => row.TimeNs).Take(most).ToListAsync(cancellationToken);
        return [.. rows.Select(ToHeld)];
    }

    public async Task<bool> AddConflictAsync(string origin, Misbehaviour conflict, CancellationToken cancellationToken)
    {
        byte[] document = conflict.ToJson();
        byte[] id = Hash256.Of(document).ToArray();
        return await database.WriteAsync(async transaction =>
        {
            await transaction.LockHeadAsync(cancellationToken);
            if (await transaction.Db.Set<LogConflictRow>().AnyAsync(row => row.Id.Equals(id), cancellationToken)) return false;
            long index = transaction.Log(new LogEvent(LogKinds.CheckpointConflict, document));
            transaction.Db.Add(new LogConflictRow { Id = id, Origin = origin, Document = document, LogIndex = index });
            await transaction.CommitAsync(cancellationToken);
            return true;
        }, cancellationToken);
    }

    public async Task<IReadOnlyList<LogConflict>> ListConflictsAsync(CancellationToken cancellationToken)
    {
        await using var db = database.Read();
        var rows = await db.Set<LogConflictRow>().OrderBy(row => row.LogIndex)
            .Select(row => new { Conflict = row, Forgiven = db.Set<LogConflictForgivenRow>().Where(forgiven => forgiven.Conflict == row.Id).Select(forgiven => forgiven.Reason).FirstOrDefault() })
            .ToListAsync(cancellationToken);
        return [.. rows.Select(row => new LogConflict(new Hash256(row.Conflict.Id), row.Conflict.Origin,
            Misbehaviour.TryParse(row.Conflict.Document, out var document) ? document : throw new InvalidDataException("A stored conflict is damaged."),
            row.Conflict.LogIndex, row.Forgiven))];
    }

    public async Task<int> ForgiveAsync(string origin, string reason, CancellationToken cancellationToken)
        => await database.WriteAsync(async transaction =>
        {
            await transaction.LockHeadAsync(cancellationToken);
            var db = transaction.Db;
            var open = await db.Set<LogConflictRow>().AsNoTracking()
                .Where(row => row.Origin == origin && !db.Set<LogConflictForgivenRow>().Any(forgiven => forgiven.Conflict == row.Id)).ToListAsync(cancellationToken);
            foreach (var conflict in open)
            {
                long index = transaction.Log(new LogEvent(LogKinds.CheckpointForgiven, new ForgivenConflict(new Hash256(conflict.Id), origin, reason).ToJson()));
                db.Add(new LogConflictForgivenRow { Conflict = conflict.Id, Reason = reason, LogIndex = index });
            }
            if (open.Count > 0) await transaction.CommitAsync(cancellationToken);
            return open.Count;
        }, cancellationToken);

    private static IQueryable<WitnessedRow> Witnessed(NodeDbContext db)
        => db.Set<WitnessedCheckpointRow>().Join(db.Set<HeldCheckpointRow>(), row => new { row.Origin, row.Size }, held => new { held.Origin, held.Size },
            (row, held) => new WitnessedRow { Cosigned = row, Held = held });

    private static WitnessedCheckpoint ToWitnessed(WitnessedRow row)
        => new(row.Cosigned.Origin, new LogHead(row.Cosigned.Size, new Hash256(row.Held.Root)), row.Cosigned.Note, row.Cosigned.TimeS);

    private static HeldCheckpoint ToHeld(HeldCheckpointRow row)
        => new(row.Origin, new LogHead(row.Size, new Hash256(row.Root)), row.Note, PartnerId.Parse(row.Source), new Epoch(row.TimeNs));

    private sealed class WitnessedRow
    {
        public required WitnessedCheckpointRow Cosigned { get; init; }
        public required HeldCheckpointRow Held { get; init; }
    }
}
