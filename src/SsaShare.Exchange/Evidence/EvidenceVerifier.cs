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
    /// <summary>Checks one bundle.</summary>
    /// <param name="trustedCards">See <see cref="EvidenceTrust"/>.</param>
    public static async Task<EvidenceReport> VerifyAsync(Stream bundle, IReadOnlyCollection<SignedNodeCard> trustedCards, CancellationToken cancellationToken)
        => (await VerifyAsync([new EvidenceSource("bundle", bundle)], trustedCards, cancellationToken)).Bundles[0];

    /// <summary>Checks bundles, each by itself and each two against each other.</summary>
    /// <param name="trustedCards">See <see cref="EvidenceTrust"/>.</param>
    public static Task<EvidenceAudit> VerifyAsync(IReadOnlyList<EvidenceSource> bundles, IReadOnlyCollection<SignedNodeCard> trustedCards, CancellationToken cancellationToken)
        => VerifyAsync(bundles, new EvidenceTrust(trustedCards), cancellationToken);

    /// <summary>Checks bundles, each by itself and each two against each other.</summary>
    /// <param name="trust">What the auditor got by another way.</param>
    public static async Task<EvidenceAudit> VerifyAsync(IReadOnlyList<EvidenceSource> bundles, EvidenceTrust trust, CancellationToken cancellationToken)
    {
        var audited = new List<(EvidenceReport Report, AuditedLog? Log)>();
        foreach (var bundle in bundles) audited.Add(await VerifyOneAsync(bundle, trust, cancellationToken));
        var pairs = new List<ReconciliationReport>();
        for (int i = 0; i < audited.Count; i++)
        for (int j = i + 1; j < audited.Count; j++)
            if (audited[i].Log is { } first && audited[j].Log is { } second) pairs.Add(Compare(audited[i].Report.Name, first, audited[j].Report.Name, second));
        foreach (var (report, log) in audited.Where(one => one.Log is not null))
            pairs.AddRange(trust.Checkpoints.Select(held => WitnessedComparison.Compare(new NamedLog(report.Name, log!), held)).OfType<ReconciliationReport>());
        return new EvidenceAudit([.. audited.Select(one => one.Report)], pairs);
    }

    /// <summary>Compares two bundles where what one shows must be in the other.</summary>
    private static ReconciliationReport Compare(string firstName, AuditedLog first, string secondName, AuditedLog second)
        => first.Partner == second.Partner || EvidenceScope.AreComparable(first.Scope, first.Partner, second.Scope, second.Partner)
            ? Reconciliation.Compare(firstName, first, secondName, second)
            : new ReconciliationReport(firstName, secondName, [], [], [$"{firstName} ({first.Scope}) and {secondName} ({second.Scope}) show different parts: they were not compared. Compare bundles of whole logs, or of one agreement without a period."]) { AreComparable = false };

    private static async Task<(EvidenceReport, AuditedLog?)> VerifyOneAsync(EvidenceSource source, EvidenceTrust trust, CancellationToken cancellationToken)
    {
        var steps = new List<VerificationStep>();
        AuditedLog? log = null;
        try
        {
            var lines = new EvidenceLines(source.Lines);
            if (await lines.ReadAsync(cancellationToken) is not { } first || !EvidenceLineReader.TryReadHead(first.Span, out var head)) throw new InvalidDataException("line 1: this is not an evidence bundle of SsaShare.");
            log = Open(head, trust, steps);
            if (log is not null) await ReadAsync(lines, log, cancellationToken);
            return log is null ? Report(null) : Report(EvidenceConclusion.Conclude(head, log, steps));
        }
        catch (InvalidDataException e)
        {
            steps.Add(new VerificationStep("form", false, e.Message));
            return (new EvidenceReport(source.Name, [.. steps.Select(EvidenceMeanings.Explained)], [], log?.Counts ?? []) { Findings = [Finding.Of(source.Name, new BundleFault(FindingKind.Malformed, e.Message))] }, null);
        }

        (EvidenceReport, AuditedLog?) Report(List<string>? notes)
        {
            var faults = log?.Faults ?? [.. steps.Where(step => !step.Succeeded).Select(step => new BundleFault(FindingKind.Forged, $"{step.Name}: {step.Explanation}"))];
            var report = new EvidenceReport(source.Name, [.. steps.Select(EvidenceMeanings.Explained)], notes ?? [], log?.Counts ?? []) { Findings = [.. faults.Select(fault => Finding.Of(source.Name, fault))] };
            return (log is null ? report : report with { Until = log.Until, Proven = report.Succeeded ? EvidenceClaims.Proven(log) : [], Open = EvidenceClaims.Open(log) }, log);
        }
    }

    private static AuditedLog? Open(EvidenceHead head, EvidenceTrust trust, List<VerificationStep> steps)
    {
        bool opened = SignedNodeCard.TryOpen(head.NodeCard, out var card, out string? fault);
        steps.Add(new VerificationStep("node card", opened, opened ? $"The log is of '{card!.Card.PartnerId}', node card {card.Id}." : fault!));
        if (card is null) return null;
        if (AuditedCards.TryCreate(card, trust.Cards, out var cards, out fault)) return new AuditedLog(card, cards, head.Scope) { ExportedAt = head.ExportedAt, AsOf = trust.AsOf, Timestamps = new AuditedTimestamps(trust.TimestampRoots) };
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
}
