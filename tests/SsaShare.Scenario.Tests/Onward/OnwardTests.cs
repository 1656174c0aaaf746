using SsaShare.Storage.Tests;

namespace SsaShare.Scenario.Tests.Onward;

/// <summary>A record goes from node to node only as far as its originator's agreement lets it, with the originator's signature, and not where that agreement does not name.</summary>
public sealed class OnwardTests(TestCluster cluster)
{
    [Fact]
    public async Task Records_GoOnAsFarAsTheirOriginatorsAgreementSays()
    {
        var random = new Random(Seed.Next());
        await using var federation = new ScenarioFederation(cluster);
        var (pacific, atlantic) = (await federation.AddAsync("pacific"), await federation.AddAsync("atlantic"));
        var (caribbean, baltic) = (await federation.AddAsync("caribbean"), await federation.AddAsync("baltic"));
        await federation.StartAsync();
        await pacific.PublishSensorsAsync("RADAR");
        // Two hops for one object, one for another, none for a third; by name, and baltic is named for the first alone.
        await ScenarioFederation.AgreeAsync(Yaml.Of("pacific", "atlantic", """
            grants:
              - {id: far, from: [pacific], objects: [5398], onward: named, onward_to: [caribbean, baltic], onward_hops: 2}
              - {id: near, from: [pacific], objects: [7734], onward: named, onward_to: [caribbean, baltic], onward_hops: 1}
              - {id: only, from: [pacific], objects: [81900]}
            """), pacific, atlantic);
        await ScenarioFederation.AgreeAsync(Yaml.Of("atlantic", "caribbean", "grants: [{id: all, from: [atlantic], originators: [pacific, atlantic], record_classes: [observation], onward: named, onward_to: [baltic]}]"), atlantic, caribbean);
        await ScenarioFederation.AgreeAsync(Yaml.Of("caribbean", "baltic", "grants: [{id: all, from: [caribbean], originators: [pacific], record_classes: [observation], onward: public}]"), caribbean, baltic);
        await pacific.PublishAsync(TdmFile.Mixed(random, ("RADAR", "5398", 40), ("RADAR", "7734", 30), ("RADAR", "81900", 20)));

        await Eventually.TrueAsync(async () => await CountAsync(atlantic, "true") == 90, "atlantic has all 90");
        await Eventually.TrueAsync(async () => await CountAsync(caribbean, "true") == 70, "caribbean has what may go on");
        await Eventually.TrueAsync(async () => await CountAsync(baltic, "true") == 40, "baltic has what may go twice");
        Assert.Equal((40, 30, 0), (await CountAsync(caribbean, "object_tag = '5398'"), await CountAsync(caribbean, "object_tag = '7734'"), await CountAsync(caribbean, "object_tag = '81900'")));
        Assert.Equal(40, await CountAsync(baltic, "object_tag = '5398'"));

        // The same bytes, under pacific's own signature; what it brings along gets less at each node.
        var published = await Ledger.RecordIdsAsync(pacific, "r.class = 1 AND r.object_tag = '5398'");
        Assert.Equal(published, await Ledger.RecordIdsAsync(baltic, "r.class = 1"));
        Assert.Equal(["pacific"], await baltic.ColumnAsync<string>("SELECT DISTINCT originator FROM publication"));
        Assert.Equal(await pacific.ColumnAsync<byte[]>("SELECT document FROM publication WHERE 1 = ANY(classes) ORDER BY id"), await baltic.ColumnAsync<byte[]>("SELECT document FROM publication ORDER BY id"));
        Assert.Equal([0, 1], (await caribbean.ColumnAsync<string>("SELECT DISTINCT convert_from(terms, 'UTF8') FROM carried_terms")).Select(HopsLeft).Order());
        Assert.Equal([0], (await baltic.ColumnAsync<string>("SELECT DISTINCT convert_from(terms, 'UTF8') FROM carried_terms")).Select(HopsLeft));
        // Each relay's log says what it gave to whom, and its evidence holds.
        foreach (var node in federation.Nodes) await Ledger.AssertSoundAsync(node, checkpoints: false);
        foreach (var node in federation.Nodes) await Evidence.AssertVerifiesAsync(node, federation);
    }

    [Fact]
    public async Task Records_WhoseAgreementIsSuspended_WaitAtTheRelayAndHoldUpNobodyElse()
    {
        var random = new Random(Seed.Next());
        await using var federation = new ScenarioFederation(cluster);
        var (pacific, atlantic, caribbean) = (await federation.AddAsync("pacific"), await federation.AddAsync("atlantic"), await federation.AddAsync("caribbean"));
        await federation.StartAsync();
        await pacific.PublishSensorsAsync("RADAR");
        await atlantic.PublishSensorsAsync("RADAR");
        var source = await ScenarioFederation.AgreeAsync(Yaml.Of("pacific", "atlantic", "grants: [{id: g, from: [pacific], record_classes: [observation], onward: public}]"), pacific, atlantic);
        await pacific.PublishAsync(TdmFile.Random(20, random));
        await Eventually.TrueAsync(async () => await CountAsync(atlantic, "true") == 20, "atlantic has pacific's");
        await pacific.Admin.ChangeAgreementAsync(new() { AgreementId = source, Event = Protocol.Admin.V1.AgreementEvent.Suspend, Reason = "for a while" });
        await Eventually.TrueAsync(async () => (await atlantic.Admin.ListAgreementsAsync(new())).Agreements.Single().State == Protocol.Agreement.V1.AgreementState.Suspended, "atlantic knows");

        await ScenarioFederation.AgreeAsync(Yaml.Of("atlantic", "caribbean", "grants: [{id: all, from: [atlantic], originators: [pacific, atlantic], record_classes: [observation]}]"), atlantic, caribbean);
        await atlantic.PublishAsync(TdmFile.Random(10, random));
        await Eventually.TrueAsync(async () => await CountAsync(caribbean, "true") == 10, "caribbean has atlantic's own");
        Assert.Equal(["atlantic"], await caribbean.ColumnAsync<string>("SELECT DISTINCT originator FROM publication"));
        await pacific.Admin.ChangeAgreementAsync(new() { AgreementId = source, Event = Protocol.Admin.V1.AgreementEvent.Resume, Reason = "again" });
        await Eventually.TrueAsync(async () => await CountAsync(caribbean, "true") == 30, "nothing was lost while it was suspended");
    }

    private static async Task<int> CountAsync(ScenarioNode node, string where) => (int)await node.ScalarAsync<long>($"SELECT count(*) FROM record WHERE class = 1 AND {where}");

    private static int HopsLeft(string terms)
    {
        using var json = System.Text.Json.JsonDocument.Parse(terms);
        return json.RootElement.GetProperty("hops_left").GetInt32();
    }
}
