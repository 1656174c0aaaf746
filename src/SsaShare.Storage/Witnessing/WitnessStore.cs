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

    public async Task<HeldCheckpoint?> FindHeldAsync(string origin, long size, CancellationToken cancellationToken)
    {
        await using var db = database.Read();
        return await db.Set<HeldCheckpointRow>().SingleOrDefaultAsync(row => row.Origin == origin && row.Size == size, cancellationToken) is { } row ? ToHeld(row) : null;
    }

    public async Task<HeldCheckpoint?> FindLargestHeldAsync(string origin, long sizeMax, CancellationToken cancellationToken)
    {
        await using var db = database.Read();
        return await db.Set<HeldCheckpointRow>().Where(row => row.Origin == origin && row.Size <= sizeMax).OrderByDescending(row => row.Size).FirstOrDefaultAsync(cancellationToken) is { } row ? ToHeld(row) : null;
    }

    public async Task<bool> AddConflictAsync(string origin, Misbehaviour conflict, CancellationToken cancellationToken)
    {
        byte[] document = conflict.ToJson();
        if (document.Length > Misbehaviour.BytesMax) throw new ArgumentException($"The conflict's document has {document.Length} bytes; at most {Misbehaviour.BytesMax} are kept.", nameof(conflict));
        byte[] id = Hash256.Of(document).ToArray();
        return await database.WriteAsync(async transaction =>
        {
            await transaction.LockHeadAsync(cancellationToken);
            var db = transaction.Db;
            if (await db.Set<LogConflictRow>().AnyAsync(row => row.Id.Equals(id)
                || (row.Origin == origin && !db.Set<LogConflictForgivenRow>().Any(forgiven => forgiven.Conflict == row.Id)), cancellationToken)) return false;
            long index = transaction.Log(new LogEvent(LogKinds.CheckpointConflict, document));
            db.Add(new LogConflictRow { Id = id, Origin = origin, Document = document, LogIndex = index });
            await transaction.CommitAsync(cancellationToken);
            return true;
        }, cancellationToken);
    }

    public async Task AddUnprovenAsync(PartnerId owner, UnprovenGrowth growth, CancellationToken cancellationToken)
        => await database.WriteAsync(async transaction =>
        {
            await transaction.LockHeadAsync(cancellationToken);
            transaction.Log(new LogEvent(LogKinds.CheckpointUnproven, growth.ToJson()) { Peer = owner });
            await transaction.CommitAsync(cancellationToken);
            return true;
        }, cancellationToken);

    public async Task<IReadOnlyList<LogConflict>> ListConflictsAsync(CancellationToken cancellationToken)
    {
        await using var db = database.Read();
        var rows = db.Set<LogConflictRow>().OrderBy(row => row.LogIndex)
            .Select(row => new { Conflict = row, Forgiven = db.Set<LogConflictForgivenRow>().Where(forgiven => forgiven.Conflict == row.Id).Select(forgiven => forgiven.Reason).FirstOrDefault() })
            .AsAsyncEnumerable();
        var conflicts = new List<LogConflict>();
        // One document at a time. A damaged one is still a conflict: it was verified when it was kept.
        await foreach (var row in rows.WithCancellation(cancellationToken))
            conflicts.Add(new LogConflict(new Hash256(row.Conflict.Id), row.Conflict.Origin, Misbehaviour.TryParse(row.Conflict.Document, out var document) ? document.Size : null, row.Conflict.LogIndex, row.Forgiven));
        return conflicts;
    }

    public async Task<ReadOnlyMemory<byte>?> ReadConflictAsync(Hash256 id, CancellationToken cancellationToken)
    {
        byte[] key = id.ToArray();
        await using var db = database.Read();
        return await db.Set<LogConflictRow>().Where(row => row.Id.Equals(key)).Select(row => row.Document).SingleOrDefaultAsync(cancellationToken) is { } document ? document : null;
    }

    public async Task<int> ForgiveAsync(string origin, string reason, CancellationToken cancellationToken)
        => await database.WriteAsync(async transaction =>
        {
            await transaction.LockHeadAsync(cancellationToken);
            var db = transaction.Db;
            var open = await db.Set<LogConflictRow>().AsNoTracking()
                .Where(row => row.Origin == origin && !db.Set<LogConflictForgivenRow>().Any(forgiven => forgiven.Conflict == row.Id)).ToListAsync(cancellationToken);
            if (open.Count > 0 && await db.Set<LogConflictRow>().CountAsync(row => row.Origin == origin, cancellationToken) >= LogConflict.PerLogMax) return 0;
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
