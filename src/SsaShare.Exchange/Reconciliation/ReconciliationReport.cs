using SsaShare.Domain;
using SsaShare.Transparency;

namespace SsaShare.Exchange;

/// <summary>What two bundles say of each other.</summary>
/// <param name="First">Name of one bundle.</param>
/// <param name="Second">Name of the other.</param>
/// <param name="Directions">Who gave to whom; empty when both are of one node.</param>
/// <param name="Findings">Contradictions.</param>
/// <param name="Notes">What cannot be decided by these two bundles, one sentence each.</param>
public sealed record ReconciliationReport(
    string First, string Second, IReadOnlyList<DirectionSummary> Directions, IReadOnlyList<Finding> Findings, IReadOnlyList<string> Notes)
{
    /// <summary>Whether what one shows must be in the other; where not, nothing was compared.</summary>
    public bool AreComparable { get; init; } = true;

    /// <summary>As one step of an audit.</summary>
    internal VerificationStep ToStep() => new($"{First} and {Second}", Findings.Count == 0, Findings.Count > 0
        ? EvidenceConclusion.Enumerate("contradictions", [.. Findings.Select(finding => finding.Explanation)])
        : !AreComparable ? "They show different parts and were not compared."
        : Directions.Count == 0 ? "One is the beginning of the other." : "Neither contradicts the other.")
    {
        Meaning = Findings.Count == 0 ? null : Findings[0].Meaning,
    };
}

/// <summary>One direction of what two partners gave each other: what each says, and in how much both agree.</summary>
/// <param name="Provider">Who gave.</param>
/// <param name="Receiver">Who got.</param>
/// <param name="ManifestsGiven">With records, by the provider's log.</param>
/// <param name="ManifestsReceived">By the receiver's log.</param>
/// <param name="ManifestsAgreed">In both.</param>
/// <param name="RecordsGiven">By the provider's log, with those of answers that were lost on the way.</param>
/// <param name="RecordsReceived">By the receiver's log.</param>
/// <param name="RecordsAgreed">In manifests that are in both.</param>
/// <param name="RecordsOpen">Given by the provider's log, neither received nor signed for: the answer was lost and asked for again, or is on its way.</param>
public sealed record DirectionSummary(
    PartnerId Provider, PartnerId Receiver, int ManifestsGiven, int ManifestsReceived, int ManifestsAgreed, long RecordsGiven, long RecordsReceived, long RecordsAgreed, long RecordsOpen);
