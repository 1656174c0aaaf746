using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>Whether a node showed everybody one history: by its bundles, by the checkpoints that others hold of its log, and by its card.</summary>
internal static class HistoryComparison
{
    /// <summary>Two bundles of one node: one is the beginning of the other.</summary>
    public static void CompareSameNode(NamedLog first, NamedLog second, FindingList found)
    {
        var (one, other) = (first.Log.Tree, second.Log.Tree);
        if ((AreAroundRestore(first, second) ?? AreAroundRestore(second, first)) is { } end)
        {
            found.Lost(end, first, null, second.Log.Keys.EndOf(first.Log.Keys.LogName) is null ? first : second, "bundles of before");
            return;
        }
        if (!first.Log.Keys.IsConsistentWith(second.Log.Keys)) found.Add(FindingKind.SplitView, second, (long?)null, $"they carry cards of different keys of '{first.Partner}'");
        long both = Math.Min(one.Size, other.Size);
        if (one.FirstDifference(other) is { } index) found.Add(FindingKind.SplitView, second, index, $"'{first.Partner}' shows two histories: they differ from entry {index} on");
        else if (one.RootAt(both) is not { } root || other.RootAt(both) is not { } otherRoot) found.Note($"Whether both bundles of '{first.Partner}' are of one history cannot be told: what one hides reaches over the other's end.");
        else if (root != otherRoot) found.Add(FindingKind.SplitView, second, (long?)null, $"'{first.Partner}' shows two histories of {both} entries");
    }

    /// <summary>The restore between two bundles of one node, of which the later one lacks what the earlier one holds; null where they are of one name, or do not begin alike as far as the restore says that they do.</summary>
    private static KeyEvent? AreAroundRestore(NamedLog before, NamedLog after)
        => after.Log.Keys.EndOf(before.Log.Keys.LogName) is { Cut: { } cut } end && before.Log.Keys.IsConsistentWith(after.Log.Keys)
            && before.Log.Tree.Size <= cut.SeenSize && !(before.Log.Tree.FirstDifference(after.Log.Tree) < cut.HeldSize)
            && (before.Log.Tree.Size != cut.SeenSize || before.Log.Tree.Root == cut.SeenRoot) && !IsIn(after, before.Log.Tree.Size, before.Log.Tree.Root, end)
            ? end : null;

    /// <summary>The card that one pinned of the other, and what followed on it, are those in that bundle.</summary>
    public static void CompareCards(NamedLog log, NamedLog other, FindingList found)
    {
        if (log.Log.Cards.Find(other.Partner.Value) is { } pinned && !pinned.IsConsistentWith(other.Log.Keys))
            found.Add(FindingKind.Forged, other, (long?)null, $"'{log.Partner}' pins another card of '{other.Partner}' than the one in that bundle");
    }

    /// <summary>Checkpoints that the two hold of each other's logs fit those logs; those that they hold of others' fit each other.</summary>
    public static void CompareCheckpoints(NamedLog first, NamedLog second, FindingList found)
    {
        CheckClaims(first, second, found);
        CheckClaims(second, first, found);
        foreach (string origin in first.Log.Claims.Origins.Intersect(second.Log.Claims.Origins))
        {
            var claims = second.Log.Claims.Of(origin);
            foreach (var (size, claim) in first.Log.Claims.Of(origin))
                if (claims.TryGetValue(size, out var other) && other.Root != claim.Root)
                    found.Add(FindingKind.SplitView, second, other.Where.Entry, $"'{NoteNames.OwnerOfLog(origin)?.Value ?? origin}' shows two histories of {size} entries: the checkpoint at {other.Where} has another root than that at {claim.Where}");
        }
    }

    /// <param name="holder">Who holds checkpoints.</param>
    /// <param name="signer">Whose log they are of.</param>
    private static void CheckClaims(NamedLog holder, NamedLog signer, FindingList found)
    {
        foreach (var end in signer.Log.Keys.Events.Where(one => one.Cut is not null)) CheckEnded(holder, signer, end, found);
        // Of what the holder knows and the bundle does not say, such as a later name, nothing can be told.
        var claims = holder.Log.Claims.Of(signer.Log.Keys.LogName);
        var wrong = new List<(long Size, ClaimPlace Where)>();
        int newer = CheckpointClaims.Check(claims, signer.Log.Tree, wrong);
        foreach (var (size, where) in wrong)
            found.Add(FindingKind.Rewritten, holder, where.Entry, $"{where}: its checkpoint of '{signer.Partner}' is not of that log's first {size} entries as the bundle has them");
        if (newer == 0) return;
        // What was signed before the bundle's last entry was logged counts no more entries than the bundle has.
        var beyond = claims.Where(claim => claim.Key > signer.Log.Tree.Size).OrderBy(claim => claim.Key).ToList();
        var provable = beyond.Where(claim => signer.Covers(claim.Value.Where.Time)).ToList();
        if (provable.Count > 0)
            found.Add(FindingKind.Truncated, holder, provable[^1].Value.Where.Entry, $"'{holder.Partner}' holds a checkpoint of {provable[^1].Key} entries of '{signer.Partner}' since {provable[^1].Value.Where.Time}; the bundle has {signer.Log.Tree.Size} and speaks for the time until {signer.Until}");
        else found.Note($"'{holder.Partner}' has {newer} checkpoints of '{signer.Partner}' that are newer than that bundle, which speaks for the time until {signer.Until}.");
    }

    /// <summary>What one holds of the log under the name that it had before a restore: it is in the restored log, or of what the restore says is lost.</summary>
    private static void CheckEnded(NamedLog holder, NamedLog signer, KeyEvent end, FindingList found)
    {
        foreach (var (size, claim) in holder.Log.Claims.Of(end.Previous.Card.LogKey.Name))
        {
            if (IsIn(signer, size, claim.Root, end))
            {
                if (AuditedRestores.WhyUnderstated(signer.Log, end, size) is { } why) found.Add(FindingKind.Rewritten, holder, claim.Where.Entry, $"{claim.Where}: its checkpoint of {size} entries of '{signer.Partner}' {why}");
                continue;
            }
            if (size <= end.Cut!.HeldSize)
                found.Add(FindingKind.Rewritten, holder, claim.Where.Entry, $"{claim.Where}: its checkpoint of '{signer.Partner}' is not of that log's first {size} entries as the bundle has them, and the restore says that the log is the old one up to {end.Cut.HeldSize}");
            else if (size == end.Cut.SeenSize && claim.Root != end.Cut.SeenRoot)
                found.Add(FindingKind.SplitView, holder, claim.Where.Entry, $"{claim.Where}: its checkpoint of {size} entries of '{signer.Partner}' has another root than the one that the restore names");
            else if (size > end.Cut.SeenSize) found.Lost(end, holder, claim.Where.Entry, signer, $"checkpoints beyond the {end.Cut.SeenSize} entries that the statement names: more is lost than it says");
            else found.Lost(end, holder, claim.Where.Entry, signer, "checkpoints");
        }
    }

    /// <summary>Whether a checkpoint of before a restore is of the restored log's own beginning. Where a bundle hides what would tell, it counts as in it.</summary>
    public static bool IsIn(NamedLog log, long size, Hash256 root, KeyEvent end) => size <= end.LogSize && size <= log.Log.Tree.Size && (log.Log.Tree.RootAt(size) is not { } own || own == root);
}
