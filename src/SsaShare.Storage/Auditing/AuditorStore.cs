using Microsoft.EntityFrameworkCore;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Storage;

/// <summary>Auditors of this node, and every change of them.</summary>
internal sealed class AuditorStore(NodeDatabase database) : IAuditorStore
{
    public async Task<IReadOnlyList<Auditor>> ListAsync(CancellationToken cancellationToken)
    {
        await using var db = database.Read();
        return [.. (await CurrentAsync(db, cancellationToken)).Select(change => new Auditor(change.Name, PinOf(change), new Epoch(change.TimeNs)))];
    }

    public async Task<bool> TryAddAsync(string name, SpkiPin pin, string by, CancellationToken cancellationToken)
    {
        if (!AuditorEvent.IsName(name)) throw new ArgumentException($"'{name}' names no auditor.", nameof(name));
        return await database.WriteAsync(async transaction =>
        {
            await transaction.LockHeadAsync(cancellationToken);
            var same = (await CurrentAsync(transaction.Db, cancellationToken)).Where(change => change.Name == name || PinOf(change) == pin).ToList();
            if (same.Count > 0) return same.All(change => change.Name == name && PinOf(change) == pin);
            Add(transaction, new AuditorEvent(name, pin.Value, AuditorChange.Added, by));
            await transaction.CommitAsync(cancellationToken);
            return true;
        }, cancellationToken);
    }

    public async Task<bool> TryRemoveAsync(string name, string by, CancellationToken cancellationToken)
        => await database.WriteAsync(async transaction =>
        {
            await transaction.LockHeadAsync(cancellationToken);
            if ((await CurrentAsync(transaction.Db, cancellationToken)).SingleOrDefault(change => change.Name == name) is not { } present) return false;
            Add(transaction, new AuditorEvent(name, PinOf(present).Value, AuditorChange.Removed, by));
            await transaction.CommitAsync(cancellationToken);
            return true;
        }, cancellationToken);

    private static void Add(OrderedTransaction transaction, AuditorEvent change)
        => transaction.Db.Add(new AuditorChangeRow
        {
            LogIndex = transaction.Log(new LogEvent(LogKinds.Auditor, change.ToJson())),
            Name = change.Name,
            Pin = change.Pin.ToArray(),
            IsAdded = change.Change == AuditorChange.Added,
            TimeNs = transaction.Now.NanosecondsSinceJ2000,
        });

    /// <summary>They are few, and so are their changes.</summary>
    private static async Task<IReadOnlyList<AuditorChangeRow>> CurrentAsync(NodeDbContext db, CancellationToken cancellationToken)
        => [.. (await db.Set<AuditorChangeRow>().AsNoTracking().OrderBy(change => change.LogIndex).ToListAsync(cancellationToken))
            .GroupBy(change => change.Name, StringComparer.Ordinal).Select(group => group.Last()).Where(change => change.IsAdded).OrderBy(change => change.Name, StringComparer.Ordinal)];

    private static SpkiPin PinOf(AuditorChangeRow row) => new(new Hash256(row.Pin));
}
