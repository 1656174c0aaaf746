using SsaShare.Storage.Tests;

namespace SsaShare.Scenario.Tests.Notices;

/// <summary>A notice goes as far as its record went, from relay to relay, and every receipt comes back to the originator.</summary>
public sealed class RelayNoticeTests(TestCluster cluster)
{
    private static readonly KeyValuePair<string, string>[] Quick = [new("Notices:RetryDelay", "00:00:00.100"), new("Notices:RetryDelayMax", "00:00:01")];

    [Fact]
    public async Task Notices_FollowTheRecordThroughRelays_AndEveryReceiptComesBack()
    {
        var random = new Random(Seed.Next());
        await using var federation = new ScenarioFederation(cluster);
        var pacific = await federation.AddAsync("pacific", settings: Quick);
        var atlantic = await federation.AddAsync("atlantic", settings: Quick);
        var caribbean = await federation.AddAsync("caribbean", settings: Quick);
        await federation.StartAsync();
        await pacific.PublishSensorsAsync("RADAR");
        await ScenarioFederation.AgreeAsync(Yaml.Of("pacific", "atlantic", "grants: [{id: far, from: [pacific], record_classes: [observation], onward: named, onward_to: [caribbean]}]"), pacific, atlantic);
        await ScenarioFederation.AgreeAsync(Yaml.Of("atlantic", "caribbean", "grants: [{id: all, from: [atlantic], originators: [pacific], record_classes: [observation]}]"), atlantic, caribbean);
        await pacific.PublishAsync(TdmFile.Random(10, random));
        await Eventually.IsAsync(() => caribbean.ScalarAsync<long>("SELECT count(*) FROM record"), count => count == 10, "records behind the relay");
        var ids = await pacific.ColumnAsync<string>("SELECT encode(id, 'hex') FROM record WHERE class = 1 ORDER BY index");

        // The last in the chain is away: the relay answers at once, and says that somebody is pending.
        await caribbean.Process.KillAsync();
        await caribbean.Process.DisposeAsync();
        foreach (var (word, id) in new[] { ("recall", ids[2]), ("withdraw", ids[5]) })
        {
            var end = await SsaProcess.RunAsync(["record", word, id, "--reason", "as the test wants", "--dir", pacific.Folder.Path]);
            Assert.True(end.ExitCode == 0, end.ToString());
        }
        await Eventually.IsAsync(() => pacific.ScalarAsync<long>("SELECT count(*) FROM notice_receipt WHERE receiver = 'atlantic'"), count => count == 2, "the relay's receipts");
        Assert.Equal(2L, await pacific.ScalarAsync<long>("SELECT count(*) FROM notice_delivery WHERE NOT is_complete"));
        Assert.Equal(0L, await pacific.ScalarAsync<long>("SELECT count(*) FROM notice_receipt WHERE receiver = 'caribbean'"));
        await caribbean.StartAsync();

        await Eventually.IsAsync(() => pacific.ScalarAsync<long>("SELECT count(*) FROM notice_delivery WHERE is_complete AND partner = 'atlantic'"), count => count == 2, "carried out by all");
        Assert.Equal(["atlantic: 2 to 1", "atlantic: 3 to 2", "caribbean: 2 to 1", "caribbean: 3 to 2"], await pacific.ColumnAsync<string>(
            "SELECT r.receiver || ': ' || n.action || ' to ' || r.outcome FROM notice_receipt r JOIN notice n ON n.id = r.notice ORDER BY 1"));
        foreach (var node in new[] { atlantic, caribbean })
        {
            Assert.Equal([ids[2]], await node.ColumnAsync<string>("SELECT encode(id, 'hex') FROM record WHERE payload IS NULL"));
            Assert.Equal(2L, await node.ScalarAsync<long>("SELECT count(*) FROM notice"));
        }
        // Nothing is asked of anybody who did not get the record.
        Assert.Equal(["atlantic"], await pacific.ColumnAsync<string>("SELECT DISTINCT partner FROM notice_delivery"));
        Assert.Equal(["caribbean"], await atlantic.ColumnAsync<string>("SELECT DISTINCT partner FROM notice_delivery"));
        foreach (var node in federation.Nodes) await Evidence.AssertVerifiesAsync(node, federation);
    }
}
