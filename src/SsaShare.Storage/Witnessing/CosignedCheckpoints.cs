using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Storage;

/// <summary>Cosignatures of this node's log.</summary>
internal sealed class CosignedCheckpoints(NodeDatabase database) : ICosignedCheckpoints
{
    private const int PageSize = 500;

    public async Task<CosignedCheckpoint?> GetNewestAsync(CancellationToken cancellationToken)
    {
        await using var db = database.Read();
        long? size = await db.Set<LogCosignatureRow>().MaxAsync(row => (long?)row.Size, cancellationToken);
        return size is null ? null : await ReadOneAsync(db, size.Value, cancellationToken);
    }

    public async Task<CosignedCheckpoint?> GetNewestWithAsync(int quorum, IReadOnlySet<PartnerId> witnesses, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(quorum, 1);
        string[] names = [.. witnesses.Select(witness => witness.Value)];
        await using var db = database.Read();
        long? size = await db.Set<LogCosignatureRow>().Where(row => names.Contains(row.Witness)).GroupBy(row => row.Size)
            .Where(group => group.Select(row => row.Witness).Distinct().Count() >= quorum)
            .OrderByDescending(group => group.Key).Select(group => (long?)group.Key).FirstOrDefaultAsync(cancellationToken);
        return size is null ? null : await ReadOneAsync(db, size.Value, cancellationToken);
    }

    public async IAsyncEnumerable<CosignedCheckpoint> ReadAsync(long fromSize, long toSize, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var db = database.Read();
        while (true)
        {
            var sizes = await db.Set<LogCosignatureRow>().Where(row => row.Size >= fromSize && row.Size <= toSize)
                .Select(row => row.Size).Distinct().OrderBy(size => size).Take(PageSize).ToListAsync(cancellationToken);
            if (sizes.Count == 0) yield break;
            var checkpoints = await db.Set<LogCheckpointRow>().Where(row => sizes.Contains(row.Size)).OrderBy(row => row.Size).ToListAsync(cancellationToken);
            var lines = (await db.Set<LogCosignatureRow>().Where(row => sizes.Contains(row.Size)).ToListAsync(cancellationToken)).ToLookup(row => row.Size);
            foreach (var checkpoint in checkpoints)
                yield return Compose(checkpoint, lines[checkpoint.Size].GroupBy(row => row.Witness).Select(rows => rows.MinBy(row => row.TimeS)!));
            fromSize = sizes[^1] + 1;
        }
    }

    public async Task<IReadOnlyDictionary<PartnerId, (long Size, Epoch At)>> ListWitnessesAsync(CancellationToken cancellationToken)
    {
        await using var db = database.Read();
        var rows = await db.Set<LogCosignatureRow>().GroupBy(row => row.Witness)
            .Select(group => new { Witness = group.Key, Size = group.Max(row => row.Size), TimeS = group.Max(row => row.TimeS) }).ToListAsync(cancellationToken);
        return rows.ToDictionary(row => PartnerId.Parse(row.Witness), row => (row.Size, At(row.TimeS)));
    }

    public async Task AddAsync(LogHead head, string note, CosignatureLine cosignature, CancellationToken cancellationToken)
    {
        byte[] root = head.Root.ToArray();
        await using var db = database.Read();
        // The signer keeps its checkpoint in a file first; after a crash between the two this one comes before its row.
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO log_checkpoint (size, root, note) VALUES ({head.Size}, {root}, {note}) ON CONFLICT DO NOTHING;
            INSERT INTO log_cosignature (size, witness, time_s, line)
                SELECT c.size, {cosignature.Witness.Value}, {cosignature.UnixTimeS}, {cosignature.Line} FROM log_checkpoint c WHERE c.size = {head.Size} AND c.root = {root}
                ON CONFLICT DO NOTHING;
            """, cancellationToken);
    }

    private static async Task<CosignedCheckpoint> ReadOneAsync(NodeDbContext db, long size, CancellationToken cancellationToken)
    {
        var checkpoint = await db.Set<LogCheckpointRow>().SingleAsync(row => row.Size == size, cancellationToken);
        var lines = await db.Set<LogCosignatureRow>().Where(row => row.Size == size).ToListAsync(cancellationToken);
        return Compose(checkpoint, lines.GroupBy(row => row.Witness).Select(rows => rows.MaxBy(row => row.TimeS)!));
    }

    private static CosignedCheckpoint Compose(LogCheckpointRow checkpoint, IEnumerable<LogCosignatureRow> lines)
    {
        List<LogCosignatureRow> ordered = [.. lines.OrderBy(row => row.Witness, StringComparer.Ordinal)];
        return new CosignedCheckpoint(checkpoint.Size, new Hash256(checkpoint.Root), checkpoint.Note + string.Concat(ordered.Select(row => row.Line + "\n")),
            [.. ordered.Select(row => (PartnerId.Parse(row.Witness), At(row.TimeS)))]);
    }

    private static Epoch At(long unixTimeS) => CosignedCheckpoint.ToEpoch(unixTimeS) ?? throw new InvalidDataException($"A stored cosignature's time, {unixTimeS} s, is no date.");
}
