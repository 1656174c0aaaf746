using System.Text;
using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>
/// Compares a log with what others have seen of it: checkpoints that an auditor got from witnesses, and proofs of misbehaviour that a log holds. That finds what all
/// parties to an exchange agree to hide.
/// </summary>
internal static class WitnessedComparison
{
    /// <summary>A bundle against a checkpoint that the auditor got by another way.</summary>
    /// <returns>Null when it is of another log.</returns>
    public static ReconciliationReport? Compare(NamedLog log, OutsideCheckpoint held)
    {
        var found = new FindingList();
        byte[] note = Encoding.UTF8.GetBytes(held.Note);
        if (!held.IsOf(log.Partner)) return null;
        if (CosignedCheckpoint.TryOpen(note, log.Partner, log.LogKey, log.WitnessKey, out string fault) is not { } checkpoint)
            found.Findings.Add(new Finding(FindingKind.Forged, new FindingPlace(held.Name, null), null, null, $"{held.Name} is no checkpoint of '{log.Partner}': {fault}"));
        else if (log.Log.Keys.EndOf(checkpoint.Origin) is { } end) CompareEnded(log, held.Name, checkpoint, end, found);
        else Compare(log, held.Name, checkpoint, found);
        found.CloseLost();
        return new ReconciliationReport(log.Name, held.Name, [], found.Findings, found.Notes);
    }

    /// <summary>Proofs of misbehaviour that a log holds.</summary>
    public static void CheckConflicts(NamedLog log, FindingList found)
    {
        foreach (var conflict in Conflicts(log.Log)) found.Add(conflict.Meaning, log, conflict.Entry, $"'{log.Partner}' {conflict.Explanation}");
    }

    /// <summary>What a log's proofs of others' misbehaviour show.</summary>
    public static IEnumerable<BundleFault> Conflicts(AuditedLog log)
    {
        foreach (var (conflict, entry) in log.Conflicts)
        {
            if (conflict.Owner is not { } owner) continue;
            yield return conflict.Verify((origin, size) => log.Cards.LogKey(owner, origin, size), out long size, out string? fault)
                ? new BundleFault(FindingKind.SplitView, $"holds two checkpoints of {size} entries with different roots, both signed by '{owner}'", entry)
                : new BundleFault(FindingKind.Forged, $"says that '{owner}' showed two histories, and does not prove it: {fault}", entry);
        }
    }

    /// <summary>A checkpoint of the name that a log had before a restore: what the restored log holds must fit, what it lost is what the statement says.</summary>
    private static void CompareEnded(NamedLog log, string name, CosignedCheckpoint checkpoint, KeyEvent end, FindingList found)
    {
        string what = $"{name}, of {checkpoint.Size} entries of {checkpoint.Origin}, cosigned by {Witnesses(checkpoint)},";
        if (HistoryComparison.IsIn(log, checkpoint.Size, checkpoint.Root, end))
        {
            if (AuditedRestores.WhyUnderstated(log.Log, end, checkpoint.Size) is { } why) found.Add(FindingKind.Rewritten, log, (long?)null, $"{what} {why}");
            return;
        }
        if (checkpoint.Size <= end.Cut!.HeldSize)
            found.Add(FindingKind.Rewritten, log, (long?)null, $"{what} is of another history than the bundle shows, and the restore at {end.Effective:yyyy-MM-dd'T'HH:mm:ss'Z'} says that the log is the old one up to {end.Cut.HeldSize}");
        else if (checkpoint.Size > end.Cut.SeenSize)
            found.Add(FindingKind.Truncated, log, (long?)null, $"{what} counts more than the {end.Cut.SeenSize} entries that the restore at {end.Effective:yyyy-MM-dd'T'HH:mm:ss'Z'} says others had seen: more is lost than it says");
        else if (checkpoint.Size == end.Cut.SeenSize && checkpoint.Root != end.Cut.SeenRoot)
            found.Add(FindingKind.SplitView, log, (long?)null, $"{what} has another root than the one that the restore at {end.Effective:yyyy-MM-dd'T'HH:mm:ss'Z'} names for that size");
        else found.Lost(end, log, null, log, "checkpoints");
    }

    private static string Witnesses(CosignedCheckpoint checkpoint)
        => checkpoint.Cosignatures.Count == 0 ? "nobody" : string.Join(", ", checkpoint.Cosignatures.Select(one => $"'{one.Witness}' at {one.At}"));

    private static void Compare(NamedLog log, string name, CosignedCheckpoint checkpoint, FindingList found)
    {
        string witnesses = Witnesses(checkpoint);
        if (checkpoint.Size <= log.Log.Tree.Size)
        {
            if (log.Log.Tree.RootAt(checkpoint.Size) is not { } root) found.Note($"{name} is of {checkpoint.Size} entries, which end in a part of the log of '{log.Partner}' that the bundle hides.");
            else if (root != checkpoint.Root)
                found.Add(FindingKind.Rewritten, log, (long?)null, $"'{log.Partner}' signed another history of its first {checkpoint.Size} entries ({name}, cosigned by {witnesses}) than the bundle shows");
        }
        else if (checkpoint.Cosignatures.Any(one => log.Covers(one.At)))
            found.Add(FindingKind.Truncated, log, (long?)null, $"'{log.Partner}' signed a checkpoint of {checkpoint.Size} entries ({name}, cosigned by {witnesses}); the bundle has {log.Log.Tree.Size} and speaks for the time until {log.Until}");
        else found.Note($"{name} is of {checkpoint.Size} entries of '{log.Partner}', cosigned by {witnesses}: newer than the bundle, which has {log.Log.Tree.Size} and speaks for the time until {log.Until}, or cut off from it.");
    }
}
