namespace SsaShare.Exchange;

/// <summary>
/// Whether a provider's log accounts for every record of its feed towards each receiver. Position n of the feed is the n-th entry of kind
/// "publication", because both are given out in one transaction.
/// </summary>
internal static class FeedCompleteness
{
    /// <param name="issued">Manifests that the node issued.</param>
    /// <param name="sizes">Records of each own publication, in order of the log.</param>
    /// <param name="faults">Takes what is wrong.</param>
    public static void CheckIssued(AuditedManifests issued, IReadOnlyList<int> sizes, List<string> faults)
    {
        long[] recordsUpTo = new long[sizes.Count + 1];
        for (int i = 0; i < sizes.Count; i++) recordsUpTo[i + 1] = recordsUpTo[i] + sizes[i];
        foreach (var chain in issued.Chains)
        {
            // A receiver that did not get an answer, or lost it, asks again from a position where an earlier manifest began or ended.
            var reached = new HashSet<long> { 0 };
            foreach (var manifest in chain)
            {
                if (WhatIsWrong(manifest, reached, recordsUpTo) is { } fault) faults.Add($"{manifest}, {chain.Key}: {fault}");
                else if (manifest.Document.Previous is { } previous && issued.Find(previous) is { } before && (before.Chain != chain.Key || before.Document.ToPosition != manifest.Document.AfterPosition))
                    faults.Add($"{manifest}, {chain.Key}: the manifest before it, {before}, does not lead there");
                reached.Add(manifest.Document.ToPosition);
            }
        }
    }

    /// <summary>Whether a receiver's manifests follow on each other. A stretch of which everything is withheld is logged at the provider alone, so there may be gaps, but no way back.</summary>
    public static void CheckReceived(AuditedManifests received, List<string> faults)
    {
        foreach (var chain in received.Chains)
        {
            AuditedManifest? last = null;
            foreach (var manifest in chain)
            {
                if (manifest.Receipt is null) faults.Add($"{manifest}, {chain.Key}: no receipt for it was issued");
                if (manifest.Document.ItemCount < 1 || manifest.Document.ToPosition <= manifest.Document.AfterPosition) faults.Add($"{manifest}, {chain.Key}: it lists nothing");
                if (manifest.Document.AfterPosition < (last?.Document.ToPosition ?? 0)) faults.Add($"{manifest}, {chain.Key}: it begins before the last one ended, at {last?.Document.ToPosition ?? 0}");
                if (manifest.Document.Previous is { } previous && received.Find(previous) is { } before && before != last)
                    faults.Add($"{manifest}, {chain.Key}: it follows {before}, not the last one");
                if (manifest.CheckpointSize < last?.CheckpointSize) faults.Add($"{manifest}, {chain.Key}: the provider's log shrank from {last.CheckpointSize} to {manifest.CheckpointSize} entries");
                last = manifest;
            }
        }
    }

    private static string? WhatIsWrong(AuditedManifest manifest, HashSet<long> reached, long[] recordsUpTo)
    {
        var document = manifest.Document;
        if (document.AfterPosition < 0 || document.ToPosition < document.AfterPosition || document.ToPosition > manifest.PublicationsBefore)
            return $"the log holds {manifest.PublicationsBefore} publications before it";
        if (document.ItemCount < 0 || document.PublicationCount < 0) return "it counts below 0";
        if (!reached.Contains(document.AfterPosition)) return $"no manifest before it reaches position {document.AfterPosition}: one is left out";
        if (document.Previous is null && document.AfterPosition > 0) return "it names no manifest before it";
        long there = recordsUpTo[document.ToPosition] - recordsUpTo[document.AfterPosition], withheld = manifest.Withheld ?? 0;
        if (document.ItemCount + withheld != there) return $"of {there} records in its range {document.ItemCount} are given and {withheld} withheld";
        long publications = document.ToPosition - document.AfterPosition;
        return document.PublicationCount > publications || document.PublicationCount > document.ItemCount || (document.PublicationCount < 1 && document.ItemCount > 0)
            ? $"{document.ItemCount} records of {document.PublicationCount} publications cannot be in {publications}"
            : null;
    }
}
