using SsaShare.Exchange;

namespace SsaShare.Scenario.Tests.Simulation;

/// <summary>The auditors' own check of what a run leaves: every node's whole log, each by itself and each two against each other.</summary>
internal static class SimAudit
{
    /// <returns>What they find; null when nothing.</returns>
    public static async Task<string?> FindAsync(IReadOnlyList<SimNode> nodes)
    {
        var bundles = new List<EvidenceSource>();
        foreach (var node in nodes) bundles.Add(new EvidenceSource(node.Partner.Value, new MemoryStream(await node.Process!.ExportAsync())));
        var audit = await EvidenceVerifier.VerifyAsync(bundles, [.. nodes.Select(node => node.Identity.Card)], CancellationToken.None);
        if (audit.Succeeded) return null;
        var steps = audit.Bundles.SelectMany(bundle => bundle.Steps.Where(step => !step.Succeeded).Select(step => $"{bundle.Name}: {step}"));
        return $"The audit finds: {string.Join("\n", steps.Concat(audit.Findings.Select(finding => finding.ToString())))}";
    }
}
