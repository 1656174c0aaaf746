using SsaShare.Domain;
using SsaShare.Transparency;

namespace SsaShare.Exchange;

/// <summary>What an audit of one bundle found.</summary>
/// <param name="Name">Of the bundle, as the auditor named it.</param>
/// <param name="Steps">What was checked.</param>
/// <param name="Notes">What is no fault and still worth knowing, one sentence each.</param>
/// <param name="EntryCounts">How many entries of each kind there are.</param>
public sealed record EvidenceReport(string Name, IReadOnlyList<VerificationStep> Steps, IReadOnlyList<string> Notes, IReadOnlyDictionary<string, int> EntryCounts)
{
    /// <summary>What the failed steps found, each with what it means.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>Until when the bundle speaks for its node, by its own word; null when it could not be read.</summary>
    public Epoch? Until { get; init; }

    /// <summary>What the bundle proves, one sentence each; empty when it does not hold.</summary>
    public IReadOnlyList<string> Proven { get; init; } = [];

    /// <summary>What it cannot show, one sentence each.</summary>
    public IReadOnlyList<string> Open { get; init; } = [];

    public bool Succeeded => Steps.Count > 0 && Steps.All(step => step.Succeeded);
}

/// <summary>What an audit of several bundles found: each by itself, and what they say of each other.</summary>
/// <param name="Bundles">In the order given.</param>
/// <param name="Pairs">What each two bundles that could be read say of each other.</param>
public sealed record EvidenceAudit(IReadOnlyList<EvidenceReport> Bundles, IReadOnlyList<ReconciliationReport> Pairs)
{
    /// <summary>A step for each two bundles that could be compared.</summary>
    public IReadOnlyList<VerificationStep> Comparison => [.. Pairs.Select(pair => pair.ToStep())];

    /// <summary>What the comparison could not decide, one sentence each.</summary>
    public IReadOnlyList<string> Notes => [.. Pairs.SelectMany(pair => pair.Notes)];

    /// <summary>All that was found in one bundle or between two.</summary>
    public IEnumerable<Finding> Findings => Bundles.SelectMany(bundle => bundle.Findings).Concat(Pairs.SelectMany(pair => pair.Findings));

    public bool Succeeded => Bundles.Count > 0 && Bundles.All(bundle => bundle.Succeeded) && Pairs.All(pair => pair.Findings.Count == 0);
}

/// <summary>A bundle to be audited.</summary>
/// <param name="Name">For the report.</param>
/// <param name="Lines">As <see cref="EvidenceBundle"/> writes them. Not closed by the audit.</param>
public sealed record EvidenceSource(string Name, Stream Lines);
