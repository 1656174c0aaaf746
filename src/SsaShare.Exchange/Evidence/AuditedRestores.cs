using System.Globalization;
using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>
/// What a log says of its own restores from backups: a signed statement from where it goes on under a new name, and how far others had seen it. What is lost
/// between is no rewriting as long as the statement holds, and it is told.
/// </summary>
internal static class AuditedRestores
{
    /// <summary>What is wrong with the statements of a log that has been read whole.</summary>
    public static IEnumerable<BundleFault> Faults(AuditedLog log)
    {
        var restores = log.Keys.Events.Where(one => one.Cut is not null).ToList();
        for (int i = 0; i < restores.Count; i++)
        {
            var (one, cut) = (restores[i], restores[i].Cut!);
            // What a later restore went back behind is not in this log any more; the later statement speaks for it.
            if (restores.Skip(i + 1).Any(later => later.LogSize < one.LogSize)) continue;
            if (one.LogSize > log.Tree.Size || (log.Tree.RootAt(one.LogSize) is { } root && root != cut.Root))
                yield return new BundleFault(FindingKind.Rewritten, $"the statement of the restore at {Time(one.Effective)} is of another log of {one.LogSize} entries than this one");
            // Whoever could say that less is held than is, or since earlier, could pass off as lost what was never there.
            if (KnownOf(log, one) is var size && size > cut.HeldSize)
                yield return new BundleFault(FindingKind.Rewritten, $"the statement of the restore at {Time(one.Effective)} says that the log is the old one up to {cut.HeldSize}, and it is up to {size} at least");
            var heldAt = cut.HeldAt.Year < 1972 ? new Epoch(long.MinValue) : Utc.FromDateTime(cut.HeldAt);
            if (log.Issued.All.Concat(log.Received.All).LastOrDefault(manifest => manifest.Entry.Index < cut.HeldSize && manifest.Entry.Time > heldAt.Plus(AuditedLog.LongestDelay)) is { } later)
                yield return new BundleFault(FindingKind.Late, $"the statement of the restore at {Time(one.Effective)} dates the last entry held {Time(cut.HeldAt)}, and {later} is of {later.Entry.Time}", later.Entry.Index);
        }
    }

    /// <summary>Entries of the largest checkpoint of the old name that the node had when it was restored: of those that stand in the bundle, and of those that the manifests carry which it had given by then.</summary>
    private static long KnownOf(AuditedLog log, KeyEvent restore)
        => log.Checkpoints.Where(checkpoint => checkpoint.Origin == restore.Previous.Card.LogKey.Name).Select(checkpoint => checkpoint.Size)
            .Concat(log.Claims.Of(restore.Previous.Card.LogKey.Name).Where(claim => claim.Value.Where.Entry < restore.LogSize).Select(claim => claim.Key))
            .Where(size => size <= restore.LogSize).DefaultIfEmpty(0).Max();

    /// <summary>Why a checkpoint of the old name that somebody else holds, and that the restored log begins with, shows that the statement says less is held than is; null when it does not.</summary>
    /// <remarks>A checkpoint that was signed just after the backup can be of it without its node's knowledge: what it counts beyond the statement is then of a moment.</remarks>
    public static string? WhyUnderstated(AuditedLog log, KeyEvent restore, long size)
        => size > restore.Cut!.HeldSize && log.Times.Between(restore.Cut.HeldSize, size) is var time && time > AuditedLog.LongestDelay && log.Tree.RootAt(size) is not null
            ? string.Create(CultureInfo.InvariantCulture, $"is of this log, and the restore at {Time(restore.Effective)} says that it is the old one up to {restore.Cut.HeldSize} alone, although the entries from there are of {time.TotalMinutes:0} minutes")
            : null;

    public static IEnumerable<string> Notes(AuditedLog log)
        => log.Keys.Events.Where(one => one.Cut is not null).Select(one =>
            $"{Describe(log.Partner, one)} What was given, received or signed in that time and is not in this log, the other sides' logs and receipts cover: reconcile with their bundles. The old name's checkpoints that witnesses cosigned stay evidence.");

    /// <summary>One sentence.</summary>
    public static string Describe(PartnerId partner, KeyEvent restore)
        => string.Create(CultureInfo.InvariantCulture, $"The operator of '{partner}' restored its database from a backup at {Time(restore.Effective)} ({restore.Reason}): {restore.Cut!.LostEntries} entries of {restore.Previous.Card.LogKey.Name}, from {restore.Cut.HeldSize} to {restore.Cut.SeenSize}, of the time since {Time(restore.Cut.HeldAt)}, are not covered; the log goes on from {restore.LogSize} as {restore.Next.Card.LogKey.Name}.");

    /// <summary>The restore by which what a log held of some time may be lost; null for none.</summary>
    public static KeyEvent? LostAt(AuditedLog log, Epoch time)
        => log.Keys.Events.FirstOrDefault(one => one.Cut is { } cut && time < Utc.FromDateTime(one.Effective) && (cut.HeldAt.Year < 1972 || time >= Utc.FromDateTime(cut.HeldAt).Plus(-AuditedLog.LongestDelay)));

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
