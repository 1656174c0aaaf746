using SsaShare.Domain;

namespace SsaShare.Exchange;

/// <summary>Whether manifests of agreements that ask for witnesses went out only while enough of them had seen this log lately. The provider itself never counts.</summary>
internal static class AuditedQuorum
{
    /// <param name="log">Whose manifests; all of it has been read.</param>
    /// <param name="faults">Takes manifests that went out although the witnesses had been away for longer than their agreement's grace.</param>
    /// <param name="notes">Takes what no quorum has seen yet.</param>
    public static void Check(AuditedLog log, List<BundleFault> faults, List<string> notes)
    {
        foreach (var chain in log.Issued.Chains)
        {
            if (log.Agreements.Find(chain.Key.Agreement) is not { } agreement || WitnessQuorum.Of(agreement, log.Partner) is not { } quorum) continue;
            var seen = new QuorumSizes(log.Checkpoints, quorum);
            foreach (var manifest in chain)
                if (WhatIsWrong(manifest.Entry, seen, log.Times, quorum) is { } fault) faults.Add(manifest.Fault(FindingKind.OutOfAgreement, $"{chain.Key}: {fault}"));
            int open = chain.Count(manifest => manifest.Entry.Index >= seen.Newest);
            if (open > 0) notes.Add($"{open} of {chain.Count()} manifests of {chain.Key} stand in no part of the log that {quorum.Count} witnesses cosigned in this bundle: for these there is the node's word, and its receivers'.");
        }
    }

    private static string? WhatIsWrong(EntryPlace manifest, QuorumSizes seen, AuditedTimes times, WitnessQuorum quorum)
    {
        // By the witnesses' clocks, which may differ from the node's.
        var until = manifest.Time.Plus(AuditedLog.LongestDelay);
        long covered = seen.At(until);
        if (covered > manifest.Index || times.FirstAfter(covered) is not { } first || first.Index >= manifest.Index) return null;
        return manifest.Time > first.Time.Plus(quorum.Grace).Plus(AuditedLog.LongestDelay)
            ? $"{quorum.Count} witnesses had cosigned no more than {covered} entries, and entry {first.Index} of {first.Time} was not among them for longer than {quorum.Grace}"
            : null;
    }
}
