namespace SsaShare.Scenario.Tests;

/// <summary>A node's log as an auditor sees it.</summary>
internal static class Evidence
{
    /// <summary>Exports with one process and verifies with another, against cards from elsewhere and the bundles exported before.</summary>
    public static async Task AssertVerifiesAsync(ScenarioNode node, ScenarioFederation federation)
    {
        string file = Path.Combine(federation.Root, $"{node.Partner}.evidence");
        var exported = await SsaProcess.RunAsync(["audit", "export", "--dir", node.Folder.Path, "--out", file]);
        Assert.True(exported.ExitCode == 0, exported.ToString());
        var verified = await SsaProcess.RunAsync(["audit", "verify", .. Directory.GetFiles(federation.Root, "*.evidence"), "--card", .. federation.Nodes.Select(one => one.Folder.CardFile)]);
        Assert.True(verified.ExitCode == 0, verified.ToString());
    }
}
