using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>Whether a node showed everybody one history: by its bundles, by the checkpoints that others hold of its log, and by its card.</summary>
internal static class HistoryComparison
{
    /// <summary>Two bundles of one node: one is the beginning of the other.</summary>
    public static void CompareSameNode(NamedLog first, NamedLog second, FindingList found)
    {
        var (one, other) = (first.Log.Tree, second.Log.Tree);
        if (!first.Log.Keys.IsConsistentWith(second.Log.Keys)) found.Add(FindingKind.SplitView, second, (long?)null, $"they carry cards of different keys of '{first.Partner}'");
        long both = Math.Min(one.Size, other.Size);
        if (one.FirstDifference(other) is { } index) found.Add(FindingKind.SplitView, second, index, $"'{first.Partner}' shows two histories: they differ from entry {index} on");
        else if (one.RootAt(both) is not { } root || other.RootAt(both) is not { } otherRoot) found.Note($"Whether both bundles of '{first.Partner}' are of one history cannot be told: what one hides reaches over the other's end.");
        else if (root != otherRoot) found.Add(FindingKind.SplitView, second, (long?)null, $"'{first.Partner}' shows two histories of {both} entries");
    }

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
        foreach (string partner in first.Log.Claims.Partners.Intersect(second.Log.Claims.Partners))
        {
            var claims = second.Log.Claims.Of(partner);
            foreach (var (size, claim) in first.Log.Claims.Of(partner))
                if (claims.TryGetValue(size, out var other) && other.Root != claim.Root)
                    found.Add(FindingKind.SplitView, second, other.Where.Entry, $"'{partner}' shows two histories of {size} entries: the checkpoint at {other.Where} has another root than that at {claim.Where}");
        }
    }

    /// <param name="holder">Who holds checkpoints.</param>
    /// <param name="signer">Whose log they are of.</param>
    private static void CheckClaims(NamedLog holder, NamedLog signer, FindingList found)
    {
        var claims = holder.Log.Claims.Of(signer.Partner.Value);
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
}
