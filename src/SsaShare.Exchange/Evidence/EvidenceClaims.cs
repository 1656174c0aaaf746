namespace SsaShare.Exchange;

/// <summary>What a bundle that holds proves, by what it shows, and what no bundle of that kind can show. Sentences for people.</summary>
internal static class EvidenceClaims
{
    public static IReadOnlyList<string> Proven(AuditedLog log)
    {
        var scope = log.Scope;
        long shown = log.Tree.Size - log.Tree.HiddenEntries;
        List<string> proven = [$"The {shown} entries shown stood in the log of '{log.Partner}', at their places, unaltered, when it had {log.Tree.Size} entries."];
        if (scope.IsWhole) proven.Add($"No entry is left out of these: towards each receiver, every record up to the last manifest of its chain was given or withheld by a clause, as of {log.LastTime}.");
        else if (scope.Record is not null) proven.Add("The manifests shown gave, or received, this record under the clauses named.");
        else if (scope.CutsChains) proven.Add("Within the period the manifests shown of each chain follow on each other, and each accounts for every record of its own range.");
        else proven.Add("The manifests shown of each chain follow on each other from the first, and account for every record of the node's feed up to the last of them.");
        if (log.Checkpoints.Any(checkpoint => checkpoint.Cosignatures.Count > 0)) proven.Add("Witnesses saw the same log: what a cosigned checkpoint covers cannot have been added or changed after it.");
        return proven;
    }

    public static IReadOnlyList<string> Open(AuditedLog log)
    {
        var scope = log.Scope;
        List<string> open = ["What was given outside of the log: compare with the bundles of those who received (ssa audit reconcile)."];
        open.Add(log.AsOf is { } asOf
            ? $"What happened after {asOf} (--as-of), and what was cut off before that and nobody else holds. The bundle says that it speaks until {log.Until}."
            : $"What happened after {log.Until}: until then the bundle speaks by its own word. When you asked for it you know yourself (--as-of).");
        if (!scope.IsWhole) open.Add($"What the {log.Tree.HiddenEntries} hidden entries say: other exchanges, and a suspension or revocation that the node did not show. A bundle of the whole log, or the other party's, does.");
        if (scope.Record is not null) open.Add("To whom else the record was given.");
        if (scope.CutsChains) open.Add("What was given before and after: chains of manifests begin and end in what is hidden.");
        if (!log.Checkpoints.Any(checkpoint => checkpoint.Cosignatures.Count > 0)) open.Add("Whether the node showed others another log: no checkpoint of this bundle is cosigned by a witness whose card is known here.");
        return open;
    }
}
