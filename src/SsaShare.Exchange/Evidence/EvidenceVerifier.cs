using System.Text;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Exchange;

/// <summary>
/// Checks evidence bundles offline: that the log is whole and signed; that each entry carries the signatures that it must; that every record
/// of the feed was given or withheld by a clause, under an agreement in force; that every checkpoint a manifest carries is of the log whose
/// it claims to be; and that several logs do not contradict each other.
/// </summary>
public static class EvidenceVerifier
{
    private const int FaultsShown = 10;

    /// <summary>Checks one bundle.</summary>
    /// <inheritdoc cref="VerifyAsync(IReadOnlyList{EvidenceSource}, IReadOnlyCollection{SignedNodeCard}, CancellationToken)"/>
    public static async Task<EvidenceReport> VerifyAsync(Stream bundle, IReadOnlyCollection<SignedNodeCard> trustedCards, CancellationToken cancellationToken)
        => (await VerifyAsync([new EvidenceSource("bundle", bundle)], trustedCards, cancellationToken)).Bundles[0];

    /// <summary>Checks bundles, each by itself and each two against each other.</summary>
    /// <param name="trustedCards">Cards that the auditor got by another way. Once there is one, nobody else is believed; without any, the report says what must be compared.</param>
    public static async Task<EvidenceAudit> VerifyAsync(IReadOnlyList<EvidenceSource> bundles, IReadOnlyCollection<SignedNodeCard> trustedCards, CancellationToken cancellationToken)
    {
        var audited = new List<(EvidenceReport Report, AuditedLog? Log)>();
        foreach (var bundle in bundles) audited.Add(await VerifyOneAsync(bundle, trustedCards, cancellationToken));
        var pairs = new List<ReconciliationReport>();
        for (int i = 0; i < audited.Count; i++)
        for (int j = i + 1; j < audited.Count; j++)
            if (audited[i].Log is { } first && audited[j].Log is { } second) pairs.Add(Reconciliation.Compare(audited[i].Report.Name, first, audited[j].Report.Name, second));
        return new EvidenceAudit([.. audited.Select(one => one.Report)], pairs);
    }

    internal static string Enumerate(string what, IReadOnlyList<object> faults)
        => $"{faults.Count} {what}: {string.Join("; ", faults.Take(FaultsShown))}{(faults.Count > FaultsShown ? "; ..." : ".")}";

    private static async Task<(EvidenceReport, AuditedLog?)> VerifyOneAsync(EvidenceSource source, IReadOnlyCollection<SignedNodeCard> trusted, CancellationToken cancellationToken)
    {
        var steps = new List<VerificationStep>();
        AuditedLog? log = null;
        try
        {
            var lines = new EvidenceLines(source.Lines);
            if (await lines.ReadAsync(cancellationToken) is not { } first || !EvidenceLineReader.TryReadHead(first.Span, out var head)) throw new InvalidDataException("line 1: this is not an evidence bundle of SsaShare.");
            log = Open(head, trusted, steps);
            if (log is not null) await ReadAsync(lines, log, cancellationToken);
            return log is null ? Report(null) : Report(Conclude(head, log, steps));
        }
        catch (InvalidDataException e)
        {
            steps.Add(new VerificationStep("form", false, e.Message));
            return (new EvidenceReport(source.Name, steps, [], log?.Counts ?? []) { Findings = [Finding.Of(source.Name, new BundleFault(FindingKind.Malformed, e.Message))] }, null);
        }

        (EvidenceReport, AuditedLog?) Report(List<string>? notes)
        {
            var faults = log?.Faults ?? [.. steps.Where(step => !step.Succeeded).Select(step => new BundleFault(FindingKind.Forged, $"{step.Name}: {step.Explanation}"))];
            return (new EvidenceReport(source.Name, steps, notes ?? [], log?.Counts ?? []) { Findings = [.. faults.Select(fault => Finding.Of(source.Name, fault))] }, log);
        }
    }

    private static AuditedLog? Open(EvidenceHead head, IReadOnlyCollection<SignedNodeCard> trusted, List<VerificationStep> steps)
    {
        bool opened = SignedNodeCard.TryOpen(head.NodeCard, out var card, out string? fault);
        steps.Add(new VerificationStep("node card", opened, opened ? $"The log is of '{card!.Card.PartnerId}', node card {card.Id}." : fault!));
        if (card is null) return null;
        if (AuditedCards.TryCreate(card, trusted, out var cards, out fault)) return new AuditedLog(card, cards, head.Scope) { ExportedAt = head.ExportedAt };
        steps.Add(new VerificationStep("trusted cards", false, fault));
        return null;
    }

    private static async Task ReadAsync(EvidenceLines lines, AuditedLog log, CancellationToken cancellationToken)
    {
        while (await lines.ReadAsync(cancellationToken) is { } line)
        {
            if (!EvidenceLineReader.TryRead(line.Span, out var part)) throw new InvalidDataException($"line {lines.Number}: this is not a part of a log.");
            try
            {
                log.Take(part);
            }
            catch (InvalidDataException e)
            {
                throw new InvalidDataException($"line {lines.Number}: {e.Message}", e);
            }
        }
    }

    /// <summary>Checks what needs the whole log.</summary>
    /// <returns>The notes.</returns>
    private static List<string> Conclude(EvidenceHead head, AuditedLog log, List<VerificationStep> steps)
    {
        AddCards(log, steps);
        var whole = LogEvidence.VerifyTree(Encoding.UTF8.GetBytes(head.Checkpoint), log.Card.Card.LogKey, log.Tree.Size, log.Tree.Root).Steps;
        steps.AddRange(whole);
        if (AuditedCheckpoint.TryOpen(head.Checkpoint, log.Card.Card.LogKey, out var newest, out _)) log.Checkpoints.Add(newest);
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
        int newer = CheckpointClaims.Check(log.Claims.Of(log.Partner.Value), log.Tree, wrong);
        List<BundleFault> checkpoints = [.. wrong.Select(claim => new BundleFault(FindingKind.Rewritten, $"{claim.Where}: its checkpoint is not of this log's first {claim.Size} entries", claim.Where.Entry))];
        if (newer > 0) checkpoints.Add(new BundleFault(FindingKind.Truncated, $"{newer} checkpoints count more entries than this log has"));
        Add("checkpoints given", checkpoints, "checkpoints do not hold", "Every checkpoint that a manifest of this node carries is of the beginning of this log.");
        return Notes(log);

        void Add(string name, List<BundleFault> faults, string what, string good)
        {
            log.Faults.AddRange(faults);
            steps.Add(new VerificationStep(name, faults.Count == 0, faults.Count == 0 ? good : Enumerate(what, faults)));
        }
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
        if (contradicted.Count > 0) notes.Add(Enumerate("receipts for notices contradict receipts for records", contradicted));
        return open.Count == 0 ? notes : [.. notes, $"{open.Count} manifests with records have no receipt: not received, asked for again, or still on the way: {string.Join("; ", open.Take(FaultsShown).Select(one => $"{one}, {one.Chain}"))}."];
    }
}
