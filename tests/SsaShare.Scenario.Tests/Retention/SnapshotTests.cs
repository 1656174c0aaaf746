using SsaShare.Exchange;
using SsaShare.Signing;
using SsaShare.Storage.Tests;

namespace SsaShare.Scenario.Tests.Retention;

/// <summary>A reader comes after its provider has let go what it publishes no longer: it gets what is still held, and the provider's signed word for the rest.</summary>
public sealed class SnapshotTests(TestCluster cluster)
{
    private const int PartDropped = 280, GoneAtProvider = 283, Over = 30, Held = 20;

    /// <summary>What is over is looked for ten times less often.</summary>
    private static readonly KeyValuePair<string, string>[] Keeping = [new("Retention:Observation", "1d"), new("Notices:SweepInterval", "00:00:00.100")];

    [Fact]
    public async Task Reader_AfterAPartitionWasDropped_GetsWhatIsHeldAndTheSnapshotAndBothBundlesVerify()
    {
        var random = new Random(Seed.Next());
        await using var federation = new ScenarioFederation(cluster);
        var atlantic = await federation.AddAsync("atlantic", settings: Keeping);
        var pacific = await federation.AddAsync("pacific");
        await federation.StartAsync();
        await atlantic.PublishSensorsAsync("RADAR");
        Assert.Equal(Over, (await atlantic.PublishAsync(TdmFile.Random(Over, random))).AcceptedCount);
        await LetGoAsync(atlantic);
        Assert.Equal(Held, (await atlantic.PublishAsync(TdmFile.Random(Held, random))).AcceptedCount);

        await ScenarioFederation.AgreeAsync(Yaml.Everything("atlantic", "pacific"), atlantic, pacific);
        await Eventually.IsAsync(() => pacific.ScalarAsync<long>("SELECT count(*) FROM record WHERE class = 1"), count => count == Held, "observations that are held");
        Assert.Equal(1L, await pacific.ScalarAsync<long>("SELECT count(*) FROM record WHERE class <> 1"));
        Assert.Equal(await Ledger.RecordIdsAsync(atlantic), await Ledger.RecordIdsAsync(pacific));

        // The manifests that this reader signed for say how many are gone, and up to where.
        var snapshots = (await pacific.ColumnAsync<byte[]>("SELECT document FROM manifest_received")).Select(Read).Where(one => one is not null).ToList();
        Assert.Equal(Over, snapshots.Sum(one => one!.DroppedRecords));
        long position = await atlantic.ScalarAsync<long>($"SELECT max(p.feed_position) FROM publication p WHERE EXISTS (SELECT FROM dropped_publication d WHERE d.publication = p.key)");
        Assert.Equal(position + 1, snapshots.Max(one => one!.HeldFromPosition));
        await pacific.Process.LoggedAsync(GoneAtProvider, "atlantic");
        var status = await SsaProcess.RunAsync(["node", "status", "--dir", pacific.Folder.Path]);
        Assert.True(status.ExitCode == 0, status.ToString());
        Assert.Contains($"atlantic signed that it held {Over} records no more", status.ToString(), StringComparison.Ordinal);

        await Ledger.AssertSoundAsync(pacific, checkpoints: false);
        await Evidence.AssertVerifiesAsync(atlantic, federation);
        await Evidence.AssertVerifiesAsync(pacific, federation);
    }

    /// <summary>As if the day of the setting had gone by: what is published now is over at once, until the setting's rule stands again.</summary>
    private static async Task LetGoAsync(ScenarioNode node)
    {
        await ExecuteAsync("ALTER TABLE own_retention DROP CONSTRAINT ck_own_retention_keep_s; UPDATE own_retention SET keep_s = 0");
        await node.Process.LoggedAsync(PartDropped, "record_observation_1997");
        await ExecuteAsync("UPDATE own_retention SET keep_s = 86400; ALTER TABLE own_retention ADD CONSTRAINT ck_own_retention_keep_s CHECK (keep_s >= 86400)");
        Assert.Equal(0L, await node.ScalarAsync<long>("SELECT count(*) FROM record WHERE class = 1"));

        async Task ExecuteAsync(string sql)
        {
            await using var command = node.Database!.CreateCommand(sql);
            await command.ExecuteNonQueryAsync();
        }
    }

    private static FeedSnapshot? Read(byte[] payload)
    {
        Assert.True(DocumentJson.TryRead<ManifestDocument>(payload, DocumentContexts.Manifest, out var manifest));
        return manifest.Snapshot;
    }
}
