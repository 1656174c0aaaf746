namespace SsaShare.Scenario.Tests.Agreements;

/// <summary>Afterwards, offline.</summary>
public sealed partial class AgreementLifeTests
{
    /// <summary>All four logs, each verified by itself against the cards of all and then held against the others: none contradicts another.</summary>
    private async Task AuditAsync()
    {
        var nodes = _life.Federation.Nodes;
        string[] bundles = [.. nodes.Select(node => Path.Combine(_life.Federation.Root, $"{node.Partner}.evidence"))];
        foreach (var end in await Task.WhenAll(nodes.Zip(bundles, (node, bundle) => SsaProcess.RunAsync(["audit", "export", "--dir", node.Folder.Path, "--out", bundle])))) Succeeds(end);
        var verified = await SsaProcess.RunAsync(["audit", "verify", .. bundles, "--card", .. nodes.Select(node => node.Folder.CardFile)]);
        Succeeds(verified);
        foreach (string bundle in bundles) Assert.Contains(Path.GetFileName(bundle), verified.Output, StringComparison.Ordinal);
        Assert.Equal(6, verified.Output.Split("Neither contradicts the other.").Length - 1);
    }

    private static void Succeeds(ProgramEnd end) => Assert.True(end.ExitCode == 0, end.ToString());
}
