using System.Net;
using SsaShare.Peering;
using SsaShare.Storage.Tests;

namespace SsaShare.Scenario.Tests.Witnessing;

/// <summary>An operator shows one history to one peer and another to the other; neither sees more than an honest log.</summary>
public sealed class SplitViewTests(TestCluster cluster)
{
    private const int ConflictFound = 247;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Gossip_TwoHistoriesOfOneSize_BecomeAProofThatAnybodyCanCheck()
    {
        await using var federation = new ScenarioFederation(cluster);
        var atlantic = await federation.AddAsync("atlantic");
        var pacific = await federation.AddAsync("pacific");
        await federation.StartAsync();
        using var rogue = ActingPartner.Create(federation.Root, "rogue");
        foreach (var node in federation.Nodes) await node.PinAsync(rogue.Card);
        await ScenarioFederation.AgreeAsync(Yaml.Everything("atlantic", "pacific"), atlantic, pacific);
        using var toAtlantic = PinnedChannel.OpenHttp(atlantic.Card.Card, rogue.Identity.TlsCertificate);
        using var toPacific = PinnedChannel.OpenHttp(pacific.Card.Card, rogue.Identity.TlsCertificate);
        var one = new RogueLog(rogue.Identity.LogSigner, "one");
        var other = new RogueLog(rogue.Identity.LogSigner, "other");

        Assert.Equal(HttpStatusCode.OK, (await RogueLog.PostAsync(toAtlantic, one.Request(0, 7).ToBytes(), Token)).Status);
        Assert.Equal(HttpStatusCode.OK, (await RogueLog.PostAsync(toPacific, other.Request(0, 7).ToBytes(), Token)).Status);

        // The next answers between the two carry what each has seen.
        foreach (var node in federation.Nodes)
        {
            var found = await Eventually.IsAsync(async () => (await node.Admin.GetWitnessStatusAsync(new())).Conflicts, conflicts => conflicts.Count > 0, $"conflict at {node.Partner}");
            Assert.Equal(rogue.Identity.LogSigner.Name, Assert.Single(found).Origin);
            await node.Process.LoggedAsync(ConflictFound, rogue.Identity.LogSigner.Name);
            Assert.Equal(1, (await node.Admin.GetStatusAsync(new())).Witnessing.OpenConflictCount);
            Assert.Equal(1, await node.ScalarAsync<long>("SELECT count(*) FROM log_entry WHERE kind = 'checkpoint-conflict'"));
        }

        // The proof holds with nothing but the file and the log's public key.
        string proofs = Path.Combine(federation.Root, "proofs");
        var written = await SsaProcess.RunAsync(["witness", "conflicts", "--dir", pacific.Folder.Path, "--out", proofs]);
        Assert.True(written.ExitCode == 0, written.ToString());
        string file = Assert.Single(Directory.GetFiles(proofs));
        var proven = await SsaProcess.RunAsync(["witness", "check-conflict", file, "--key", rogue.Card.Card.LogKey.ToString()]);
        Assert.True(proven.ExitCode == 0 && proven.Output.Contains("7 entries", StringComparison.Ordinal), proven.ToString());
        Assert.Equal(6, (await SsaProcess.RunAsync(["witness", "check-conflict", file, "--key", atlantic.Card.Card.LogKey.ToString()])).ExitCode);

        // It is not cosigned until the operator says so.
        Assert.Equal(HttpStatusCode.Forbidden, (await RogueLog.PostAsync(toPacific, other.Request(7, 9).ToBytes(), Token)).Status);
        var forgiven = await SsaProcess.RunAsync(["witness", "forgive", rogue.Identity.LogSigner.Name, "--reason", "a test", "--dir", pacific.Folder.Path]);
        Assert.True(forgiven.ExitCode == 0, forgiven.ToString());
        Assert.Equal(HttpStatusCode.OK, (await RogueLog.PostAsync(toPacific, other.Request(7, 9).ToBytes(), Token)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await RogueLog.PostAsync(toAtlantic, one.Request(7, 9).ToBytes(), Token)).Status);
        // An auditor finds it in the bundle of an honest node, which holds.
        string bundle = Path.Combine(federation.Root, "pacific.evidence");
        var exported = await SsaProcess.RunAsync(["audit", "export", "--dir", pacific.Folder.Path, "--out", bundle]);
        Assert.True(exported.ExitCode == 0, exported.ToString());
        var verified = await SsaProcess.RunAsync(["audit", "verify", bundle, "--card", rogue.Folder.CardFile, .. federation.Nodes.Select(node => node.Folder.CardFile)]);
        Assert.True(verified.Output.Contains("checkpoint-conflict", StringComparison.Ordinal), verified.ToString());
    }
}
