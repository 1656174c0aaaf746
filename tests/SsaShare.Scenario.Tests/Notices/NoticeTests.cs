using SsaShare.Protocol.Admin.V1;
using SsaShare.Storage.Tests;

namespace SsaShare.Scenario.Tests.Notices;

/// <summary>An originator corrects, withdraws and recalls records at those who have them, over kills on both sides; what may be kept no longer is deleted.</summary>
public sealed class NoticeTests(TestCluster cluster)
{
    private static readonly KeyValuePair<string, string>[] Quick = [new("Notices:RetryDelay", "00:00:00.100"), new("Notices:RetryDelayMax", "00:00:02"), new("Notices:SweepInterval", "00:00:00.200")];

    [Fact]
    public async Task Notices_ReachWhoHasTheRecord_OverKills_AndAreReceipted()
    {
        var random = new Random(Seed.Next());
        await using var federation = new ScenarioFederation(cluster);
        var atlantic = await federation.AddAsync("atlantic", settings: Quick);
        var pacific = await federation.AddAsync("pacific", settings: Quick);
        var caribbean = await federation.AddAsync("caribbean", settings: Quick);
        await federation.StartAsync();
        await atlantic.PublishSensorsAsync("RADAR");
        await ScenarioFederation.AgreeAsync(Yaml.Everything("atlantic", "pacific"), atlantic, pacific);
        await atlantic.PublishAsync(TdmFile.Random(20, random));
        var withdrawn = TdmFile.Random(150, random);
        await atlantic.PublishAsync(withdrawn);
        await WaitForAsync(pacific, 171);
        var ids = await atlantic.ColumnAsync<string>("SELECT encode(r.id, 'hex') FROM record r JOIN publication p ON p.key = r.publication WHERE r.class = 1 AND p.feed_position = 2 ORDER BY r.index");
        Assert.Equal(20, ids.Count);
        var (corrected, replacement, recalled) = (ids[3], ids[4], ids[7]);
        byte[] payload = (await pacific.ColumnAsync<byte[]>($"SELECT payload FROM record WHERE id = '\\x{recalled}'")).Single();

        // The receiver is away, and the originator dies between keeping and sending.
        await KillAsync(pacific);
        await RunAsync(atlantic, "record", "correct", corrected, "--replacement", replacement[..12], "--reason", "range bias");
        await RunAsync(atlantic, "record", "recall", recalled[..16], "--reason", "released by mistake");
        string file = Path.Combine(federation.Root, withdrawn.Name);
        await File.WriteAllBytesAsync(file, withdrawn.Content, TestContext.Current.CancellationToken);
        Assert.Contains("150 records, 150 new notices", await RunAsync(atlantic, "record", "withdraw", "--file", file, "--reason", "antenna out of alignment"), StringComparison.Ordinal);
        Assert.Contains("0 new notices; 150 had been noticed before", await RunAsync(atlantic, "record", "withdraw", "--file", file, "--reason", "again"), StringComparison.Ordinal);
        Assert.Contains("pacific: pending", await RunAsync(atlantic, "record", "notices", "--pending", "-n", "5"), StringComparison.Ordinal);
        await KillAsync(atlantic);
        Assert.Equal(152L, await atlantic.ScalarAsync<long>("SELECT count(*) FROM notice_delivery WHERE NOT is_complete AND partner = 'pacific'"));
        atlantic.Launch();
        pacific.Launch();
        await Task.Delay(random.Next(1_500), TestContext.Current.CancellationToken);
        // It dies again while notices come in.
        await pacific.Process.WaitReadyAsync();
        await KillAsync(pacific);
        await pacific.StartAsync();
        await atlantic.Process.WaitReadyAsync();

        await Eventually.IsAsync(() => atlantic.ScalarAsync<long>("SELECT count(*) FROM notice_delivery WHERE is_complete"), count => count == 152, "notices carried out");
        await AssertCarriedOutAsync(atlantic, pacific, corrected, recalled, payload);

        // Whoever comes later is given the rest alone.
        await ScenarioFederation.AgreeAsync(Yaml.Everything("atlantic", "caribbean", "Later"), atlantic, caribbean);
        var left = (await Ledger.RecordIdsAsync(atlantic, "NOT EXISTS (SELECT FROM notice n WHERE n.publication = p.id AND n.index = r.index)")).ToHashSet();
        Assert.Equal(19, left.Count);
        await WaitForAsync(caribbean, 19);
        Assert.Equal(left, await Ledger.RecordIdsAsync(caribbean));
        Assert.Contains("Noticed", string.Join('\n', (await atlantic.ColumnAsync<byte[]>("SELECT body FROM log_entry WHERE kind = 'withheld'")).Select(System.Text.Encoding.UTF8.GetString)), StringComparison.Ordinal);

        foreach (var node in new[] { atlantic, pacific, caribbean })
        {
            await Ledger.AssertSoundAsync(node, checkpoints: node == atlantic);
            await Evidence.AssertVerifiesAsync(node, federation);
        }
    }

    [Fact]
    public async Task Records_ThatMayBeKeptNoLonger_AreDeletedAndTheProviderIsTold()
    {
        var random = new Random(Seed.Next());
        await using var federation = new ScenarioFederation(cluster);
        var atlantic = await federation.AddAsync("atlantic", settings: Quick);
        var pacific = await federation.AddAsync("pacific", settings: Quick);
        await federation.StartAsync();
        await atlantic.PublishSensorsAsync("RADAR");
        var id = await ScenarioFederation.AgreeAsync(Yaml.Of("atlantic", "pacific", """
            after_end: delete
            grants:
              - id: for-a-while
                from: [atlantic]
                to: [pacific]
                record_classes: [observation]
                objects: [7734]
                max_level: partners_only
                purposes: [research]
                retention: 2s
              - id: to-keep
                from: [atlantic]
                to: [pacific]
                record_classes: [observation]
                objects: [5398]
                max_level: partners_only
                purposes: [research]
            """), atlantic, pacific);
        await atlantic.PublishAsync(TdmFile.Mixed(random, ("RADAR", "7734", 5), ("RADAR", "5398", 3)));
        await WaitForAsync(pacific, 8);
        await Eventually.IsAsync(() => pacific.ScalarAsync<long>("SELECT count(*) FROM record WHERE payload IS NULL"), count => count == 5, "records deleted after their time");
        Assert.Equal(3L, await pacific.ScalarAsync<long>("SELECT count(*) FROM record WHERE payload IS NOT NULL AND object_tag = '5398'"));
        await Eventually.IsAsync(() => atlantic.ScalarAsync<long>("SELECT count(*) FROM deletion_received_item"), count => count == 5, "the provider is told");

        // Revoked, and killed at once: the rest goes when the node is back.
        await atlantic.Admin.ChangeAgreementAsync(new() { AgreementId = id, Event = AgreementEvent.Revoke, Reason = "It is over." });
        await Task.Delay(random.Next(500), TestContext.Current.CancellationToken);
        await KillAsync(pacific);
        await pacific.StartAsync();
        await Eventually.IsAsync(() => pacific.ScalarAsync<long>("SELECT count(*) FROM record WHERE payload IS NOT NULL"), count => count == 0, "records deleted after the end");
        await Eventually.IsAsync(() => atlantic.ScalarAsync<long>("SELECT count(*) FROM deletion_received_item"), count => count == 8, "the provider is told of the rest");
        Assert.Equal(9L, await atlantic.ScalarAsync<long>("SELECT count(*) FROM record WHERE payload IS NOT NULL"));
        foreach (var node in new[] { atlantic, pacific }) await Evidence.AssertVerifiesAsync(node, federation);
    }

    /// <summary>Rows, receipts and log entries on both sides, and that nothing of a recalled payload is left.</summary>
    private static async Task AssertCarriedOutAsync(ScenarioNode atlantic, ScenarioNode pacific, string corrected, string recalled, byte[] payload)
    {
        Assert.Equal([recalled], await pacific.ColumnAsync<string>("SELECT encode(id, 'hex') FROM record WHERE payload IS NULL"));
        Assert.Equal(0L, await pacific.ScalarAsync<long>("SELECT count(*) FROM record WHERE payload IS NULL AND (sensor IS NOT NULL OR object_tag IS NOT NULL)"));
        Assert.Equal(1L, await pacific.ScalarAsync<long>($"SELECT count(*) FROM record WHERE id = '\\x{corrected}' AND payload IS NOT NULL"));
        foreach (string column in new[] { "SELECT payload FROM record WHERE payload IS NOT NULL", "SELECT body FROM log_entry", "SELECT document FROM publication", "SELECT document FROM notice" })
            Assert.DoesNotContain(await pacific.ColumnAsync<byte[]>(column), bytes => bytes.AsSpan().IndexOf(payload) >= 0);
        // The originator keeps what is its own.
        Assert.Equal(0L, await atlantic.ScalarAsync<long>("SELECT count(*) FROM record WHERE payload IS NULL"));

        Assert.Equal(152L, await pacific.ScalarAsync<long>("SELECT count(*) FROM notice"));
        Assert.Equal(["1: 1 of 1", "2: 150 of 1", "3: 1 of 2"], await atlantic.ColumnAsync<string>(
            "SELECT n.action || ': ' || count(*) || ' of ' || r.outcome FROM notice n JOIN notice_receipt r ON r.notice = n.id AND r.receiver = 'pacific' GROUP BY n.action, r.outcome ORDER BY 1"));
        Assert.Equal(["notice 152", "notice-receipt-received 152"], await atlantic.ColumnAsync<string>("SELECT kind || ' ' || count(*) FROM log_entry WHERE kind LIKE 'notice%' GROUP BY kind ORDER BY kind"));
        Assert.Equal(["notice 152", "notice-receipt-issued 152"], await pacific.ColumnAsync<string>("SELECT kind || ' ' || count(*) FROM log_entry WHERE kind LIKE 'notice%' GROUP BY kind ORDER BY kind"));

        string shown = await RunAsync(atlantic, "record", "show", recalled);
        foreach (string part in new[] { "given to pacific as published", "recall", "released by mistake", "pacific: deleted it" }) Assert.Contains(part, shown, StringComparison.Ordinal);
        Assert.Contains("payload deleted", await RunAsync(pacific, "record", "show", recalled), StringComparison.Ordinal);
        Assert.Contains("pacific: uses it no more", await RunAsync(atlantic, "record", "notices", "-n", "0"), StringComparison.Ordinal);
        Assert.Equal(3, (await SsaProcess.RunAsync(["record", "recall", corrected, "--reason", "not mine", "--dir", pacific.Folder.Path])).ExitCode);
    }

    private static Task<long> WaitForAsync(ScenarioNode node, long records)
        => Eventually.IsAsync(() => node.ScalarAsync<long>("SELECT count(*) FROM record"), count => count >= records, $"{records} records at {node.Partner}");

    private static async Task KillAsync(ScenarioNode node)
    {
        await node.Process.KillAsync();
        await node.Process.DisposeAsync();
    }

    private static async Task<string> RunAsync(ScenarioNode node, params string[] words)
    {
        var end = await SsaProcess.RunAsync([.. words, "--dir", node.Folder.Path]);
        Assert.True(end.ExitCode == 0, $"ssa {string.Join(' ', words)}: {end}");
        return end.Output;
    }
}
