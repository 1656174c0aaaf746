namespace SsaShare.Scenario.Tests.Agreements;

/// <summary>Afterwards, offline.</summary>
public sealed partial class AgreementLifeTests
{
    /// <summary>Each node's log verifies by itself and against the cards of all; then all four together, none contradicting another.</summary>
    private async Task AuditAsync()
    {
        var nodes = _life.Federation.Nodes;
        string[] cards = ["--card", .. nodes.Select(node => node.Folder.CardFile)], bundles = [.. nodes.Select(node => Path.Combine(_life.Federation.Root, $"{node.Partner}.evidence"))];
        foreach (var (node, bundle) in nodes.Zip(bundles)) Succeeds(await SsaProcess.RunAsync(["audit", "export", "--dir", node.Folder.Path, "--out", bundle]));
        foreach (string bundle in bundles) Succeeds(await SsaProcess.RunAsync(["audit", "verify", bundle, .. cards]));
        Succeeds(await SsaProcess.RunAsync(["audit", "verify", .. bundles, .. cards]));
    }

    private static void Succeeds(ProgramEnd end) => Assert.True(end.ExitCode == 0, end.ToString());
}
