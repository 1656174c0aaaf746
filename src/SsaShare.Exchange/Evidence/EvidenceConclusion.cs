using System.Globalization;
using System.Text;
using SsaShare.Transparency;

namespace SsaShare.Exchange;

/// <summary>Checks what needs a bundle's whole log: its root, the account of the feed, and what others have seen of it. Each becomes a step of the report.</summary>
internal static class EvidenceConclusion
{
    private const int FaultsShown = 10;

    /// <summary>Checks what needs the whole log.</summary>
    /// <returns>The notes.</returns>
    public static List<string> Conclude(EvidenceHead head, AuditedLog log, List<VerificationStep> steps)
    {
        log.Complete();
        AddCards(log, steps);
        var whole = LogEvidence.VerifyTree(Encoding.UTF8.GetBytes(head.Checkpoint), log.Keys.LogKey(log.Keys.LogName, log.Tree.Size) ?? log.Card.Card.LogKey, log.Tree.Size, log.Tree.Root).Steps;
        steps.AddRange(whole);
        log.TakeNewest(head.Checkpoint);
        AddScope(log, steps);
        log.Faults.AddRange(steps.Where(step => !step.Succeeded).Select(step => new BundleFault(whole.Contains(step) ? FindingKind.Rewritten : FindingKind.Forged, $"{step.Name}: {step.Explanation}")));
        Add("entries", log.EntryFaults, "entries do not hold",
            $"Each of {log.Tree.Size - log.Tree.HiddenEntries} entries is of a known kind; signatures{(log.Cards.Unchecked.Count > 0 ? " of those whose cards are here" : "")} hold; manifests were issued while their agreement was in force.");

        var gaps = new List<BundleFault>();
        FeedCompleteness.CheckIssued(log.Issued, log.Publications, log.Scope, gaps);
        FeedCompleteness.CheckReceived(log.Received, gaps);
        Add("completeness", gaps, "manifests do not add up",
            $"{log.Issued.All.Count} manifests issued account for every record of their ranges, given or withheld; {log.Received.All.Count} received follow on each other, each with a receipt.");

        Add("notices", [.. log.Notices.Unreceipted.Select(fault => new BundleFault(FindingKind.Missing, fault))], "notices do not add up", $"{log.Notices.Count} notices, each signed by the originator of its record; each taken from others has this node's receipt.");

        var wrong = new List<(long Size, ClaimPlace Where)>();
        int newer = log.Keys.Cards.Select(card => card.Card.LogKey.Name).Distinct().Sum(origin => CheckpointClaims.Check(log.Claims.Of(origin), log.Tree, wrong));
        List<BundleFault> checkpoints = [.. wrong.Select(claim => new BundleFault(FindingKind.Rewritten, $"{claim.Where}: its checkpoint is not of this log's first {claim.Size} entries", claim.Where.Entry))];
        if (newer > 0) checkpoints.Add(new BundleFault(FindingKind.Truncated, $"{newer} checkpoints count more entries than this log has"));
        Add("checkpoints given", checkpoints, "checkpoints do not hold", "Every checkpoint that a manifest of this node carries is of the beginning of this log.");
        var restores = log.Keys.Events.Where(one => one.Cut is not null).ToList();
        if (restores.Count > 0) Add("restores", [.. AuditedRestores.Faults(log)], "statements do not hold", string.Join(" ", restores.Select(one => AuditedRestores.Describe(log.Partner, one))));
        Add("times", log.Times.Faults, "times cannot be true", $"No entry's time goes back, or lies outside of what witnesses{(log.Timestamps.Verified.Count > 0 ? " and time-stamps" : "")} allow, by more than {AuditedLog.LongestDelay.TotalMinutes:0} minutes.");
        Add("cosignatures", log.CheckpointFaults, "checkpoints do not hold", Cosigned(log));
        if (log.Timestamps.Verified.Count > 0) steps.Add(new VerificationStep("time-stamps", true, Stamped(log.Timestamps)));
        List<BundleFault> unwitnessed = [];
        List<string> notes = [.. AuditedRestores.Notes(log), .. Notes(log)];
        if (log.Timestamps.Unchecked > 0) notes.Add($"{log.Timestamps.Unchecked} time-stamps were not checked: give the root of their authority by --timestamp-root.");
        AuditedQuorum.Check(log, unwitnessed, notes);
        Add("witnesses", unwitnessed, "manifests went out unwitnessed", "Where an agreement asks for witnesses, nothing went out while too few of them had seen this log for longer than it allows.");
        return notes;

        void Add(string name, List<BundleFault> faults, string what, string good)
        {
            log.Faults.AddRange(faults);
            steps.Add(faults.Count == 0
                ? new VerificationStep(name, true, good)
                : new VerificationStep(name, false, Enumerate(what, faults)) { Meaning = Meaning([.. faults.Select(fault => fault.Meaning)]) });
        }
    }

    internal static string Enumerate(string what, IReadOnlyList<object> faults)
        => $"{faults.Count} {what}: {string.Join("; ", faults.Take(FaultsShown))}{(faults.Count > FaultsShown ? "; ..." : ".")}";

    /// <summary>What the commonest of some faults mean.</summary>
    private static string Meaning(IReadOnlyList<FindingKind> kinds)
        => string.Join(" ", kinds.CountBy(kind => kind).OrderByDescending(pair => pair.Value).Take(2).Select(pair => pair.Key.Meaning()));

    private static string Stamped(AuditedTimestamps stamps)
    {
        var shown = stamps.Verified.TakeLast(FaultsShown).Select(stamp => $"the first {stamp.Size} entries at {stamp.Time} by {stamp.Authority}");
        return $"{stamps.Verified.Count} hold{(stamps.Verified.Count > FaultsShown ? $"; the newest {FaultsShown}" : "")}: {string.Join("; ", shown)}.";
    }

    private static string Cosigned(AuditedLog log)
    {
        var newest = log.Checkpoints.LastOrDefault(checkpoint => checkpoint.Cosignatures.Count > 0);
        if (newest is null) return "No checkpoint of this bundle is cosigned by a witness whose card is here.";
        string witnesses = string.Join(", ", newest.Cosignatures.Select(one => $"'{one.Witness}' at {one.At}"));
        var (until, whose) = log.AsOf is { } asOf ? (asOf, "you ask for") : (log.Until, "the bundle speaks for");
        double hours = Math.Max(0, until.SecondsSince(newest.Cosignatures.Max(one => one.At))) / 3_600;
        string age = string.Create(CultureInfo.InvariantCulture, $"It is {hours:0.0} hours older than the time that {whose}, {until}.");
        return $"{log.Checkpoints.Count(checkpoint => checkpoint.Cosignatures.Count > 0)} checkpoints are cosigned; the newest, of {newest.Size} entries, by {witnesses}. {age} {log.Tree.Size - newest.Size} entries are newer.";
    }

    private static void AddScope(AuditedLog log, List<VerificationStep> steps)
    {
        bool holds = !log.Scope.IsWhole || log.Tree.HiddenEntries == 0;
        steps.Add(new VerificationStep("scope", holds, !holds ? $"The bundle says that it shows the whole log, and hides {log.Tree.HiddenEntries} of {log.Tree.Size} entries."
            : log.Scope.IsWhole ? "Every entry of the log is shown."
            : $"Shown is {log.Scope}: {log.Tree.Size - log.Tree.HiddenEntries} of {log.Tree.Size} entries; of the others only hashes are here."));
    }

    private static void AddCards(AuditedLog log, List<VerificationStep> steps)
    {
        var wrong = log.Cards.Conclude().ToList();
        if (wrong.Count > 0) steps.Add(new VerificationStep("trusted cards", false, string.Join(" ", wrong)));
        var missing = log.Cards.Unchecked;
        string unread = string.Join(", ", missing.Select(one => $"{one.Value} documents of '{one.Key}'"));
        steps.Add(missing.Count > 0
            ? new VerificationStep("cards", false, log.Cards.AreGiven ? $"Not checked, because no card of theirs was given: {unread}." : $"Not checked, because the log pins no card of theirs before: {unread}.")
            : new VerificationStep("cards", true, log.Cards.AreGiven
                ? "Only cards given by the auditor were believed."
                : $"No card was given (--card): believed are the cards that the log says were pinned. Compare their ids by another way: {log.Cards.Ids}."));
    }

    private static List<string> Notes(AuditedLog log)
    {
        var open = log.Issued.All.Where(manifest => manifest.Receipt is null && manifest.Document.ItemCount > 0).ToList();
        List<string> notes = log.Notices.Unanswered == 0 ? [] : [$"{log.Notices.Unanswered} notices of this node have no receipt: their records went to nobody, or nobody has answered yet."];
        var contradicted = log.Notices.Contradicted(log.Issued).ToList();
        notes.AddRange(log.Cards.Notes);
        notes.AddRange(WitnessedComparison.Conflicts(log).Select(conflict => $"Entry {conflict.Entry}: this node {conflict}."));
        notes.AddRange(log.Equivocations.Select(one => $"Entry {one.Entry}: '{one.Provider}' signed two manifests that contradict each other ({one.Contradiction}); the second was refused. The two together prove it to anybody."));
        if (contradicted.Count > 0) notes.Add(Enumerate("receipts for notices contradict receipts for records", contradicted));
        return open.Count == 0 ? notes : [.. notes, $"{open.Count} manifests with records have no receipt: not received, asked for again, or still on the way: {string.Join("; ", open.Take(FaultsShown).Select(one => $"{one}, {one.Chain}"))}."];
    }
}
