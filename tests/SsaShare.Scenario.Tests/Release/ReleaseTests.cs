using SsaShare.Domain;
using SsaShare.Storage.Tests;

namespace SsaShare.Scenario.Tests.Release;

/// <summary>Labels and clauses decide record by record what a peer receives; what is withheld leaves no trace there beyond a publication's size.</summary>
public sealed class ReleaseTests(TestCluster cluster)
{
    private const string Clauses = """
        grants:
          - id: open-objects
            from: [atlantic]
            to: [pacific]
            record_classes: [observation]
            objects: [5398, 7734]
            max_level: partners_only
            purposes: [research]
          - id: sensors
            from: [atlantic]
            to: [pacific]
            record_classes: [sensor]
            sensors: [RADAR, OTHER]
            max_level: partners_only
            purposes: [research]
        prohibitions:
          - id: not-of-other
            sensors: [OTHER]
            objects: [7734]
        """;

    [Fact]
    public async Task Records_AreReleasedOrWithheldOneByOne()
    {
        var random = new Random(Seed.Next());
        await using var federation = new ScenarioFederation(cluster);
        var provider = await federation.AddAsync("atlantic");
        var receiver = await federation.AddAsync("pacific");
        await federation.StartAsync();
        await provider.PublishSensorsAsync("RADAR", "OTHER", "HIDDEN");

        var label = ScenarioNode.Label;
        (string Name, TdmFile File, Label Label, bool Released)[] cases =
        [
            ("granted object", TdmFile.Random(5, random), label, true),
            ("granted object, listed receiver", TdmFile.Random(5, random), label with { ReleasableTo = ["caribbean", "pacific"] }, true),
            ("granted object, public", TdmFile.Random(5, random), label with { Level = HandlingLevel.Public }, true),
            ("granted object of a granted sensor", TdmFile.Random(5, random, "OTHER", "5398"), label, true),
            ("other object granted", TdmFile.Random(5, random, "RADAR", "7734"), label, true),
            ("object that is not granted", TdmFile.Random(5, random, "RADAR", "99999"), label, false),
            ("prohibited pair of sensor and object", TdmFile.Random(5, random, "OTHER", "7734"), label, false),
            ("receiver not listed", TdmFile.Random(5, random), label with { ReleasableTo = ["caribbean"] }, false),
            ("nobody listed", TdmFile.Random(5, random), label with { ReleasableTo = [] }, false),
            ("exercise", TdmFile.Random(5, random), label with { Mode = DataMode.Exercise }, false),
            ("simulated", TdmFile.Random(5, random), label with { Mode = DataMode.Simulated }, false),
            ("test", TdmFile.Random(5, random), label with { Mode = DataMode.Test }, false),
            ("restricted", TdmFile.Random(5, random), label with { Level = HandlingLevel.Restricted }, false),
            ("half granted", TdmFile.Mixed(random, ("RADAR", "5398", 4), ("RADAR", "99999", 3), ("OTHER", "7734", 2)), label, true),
        ];
        var published = new Dictionary<string, HashSet<string>>();
        foreach (var (name, file, marking, _) in cases)
        {
            var before = await Ledger.RecordIdsAsync(provider);
            Assert.Equal(file.Count, (await provider.PublishAsync(file, marking)).AcceptedCount);
            published[name] = [.. (await Ledger.RecordIdsAsync(provider)).Except(before)];
        }

        // Agreed after publishing: what lies in the feed is decided when it is asked for.
        await ScenarioFederation.AgreeAsync(Yaml.Of("atlantic", "pacific", Clauses), provider, receiver);
        long head = await provider.ScalarAsync<long>("SELECT feed_position FROM head");
        await Eventually.TrueAsync(async () => (await receiver.ColumnAsync<long>("SELECT position FROM inbox_lane WHERE priority = 0")).SequenceEqual([head]), "the receiver has come to the provider's head");

        var received = await Ledger.RecordIdsAsync(receiver, "r.class = 1");
        foreach (var (name, _, _, released) in cases.SkipLast(1))
            Assert.True(released ? received.IsSupersetOf(published[name]) : !received.Overlaps(published[name]), name);
        Assert.Equal(4, received.Intersect(published["half granted"]).Count());
        // Which objects a sensor sees is not known, so the prohibition keeps back the description of the one that it names.
        Assert.Equal(["RADAR"], await receiver.ColumnAsync<string>("SELECT sensor FROM record WHERE class = 8 ORDER BY sensor"));

        await AssertNoTraceAsync(receiver, [.. published.Values.SelectMany(ids => ids).Except(received)]);
        // The receiver learns that the mixed publication has nine records and gets four.
        Assert.Equal(["4 of 9"], await receiver.ColumnAsync<string>("SELECT record_count || ' of ' || size FROM publication WHERE record_count < size"));
        // The provider's own log says what it kept back, and why.
        string withheld = string.Join('\n', (await provider.ColumnAsync<byte[]>("SELECT body FROM log_entry WHERE kind = 'withheld'")).Select(System.Text.Encoding.UTF8.GetString));
        foreach (string reason in new[] { "NotGranted", "not-of-other", "NotReleasableTo", "DataModeNotCovered" }) Assert.Contains(reason, withheld, StringComparison.Ordinal);
        await Ledger.AssertSoundAsync(receiver, checkpoints: false);
    }

    /// <summary>Neither the id nor the payload of a withheld record stands anywhere in the receiver's database.</summary>
    private static async Task AssertNoTraceAsync(ScenarioNode receiver, IReadOnlyCollection<string> withheld)
    {
        Assert.NotEmpty(withheld);
        foreach (var (table, column) in new[] { ("record", "id"), ("record", "payload"), ("record_path", "record"), ("log_entry", "body"), ("publication", "document"), ("publication", "proof"), ("manifest_received", "document") })
        {
            var values = await receiver.ColumnAsync<byte[]>($"SELECT {column} FROM {table}");
            foreach (string hex in values.Select(Convert.ToHexStringLower))
                Assert.DoesNotContain(withheld, id => hex.Contains(id, StringComparison.Ordinal));
            Assert.DoesNotContain(values, value => System.Text.Encoding.ASCII.GetString(value).Contains("99999", StringComparison.Ordinal));
        }
        Assert.Equal(0L, await receiver.ScalarAsync<long>("SELECT count(*) FROM log_entry WHERE kind = 'withheld'"));
        Assert.Equal(0L, await receiver.ScalarAsync<long>("SELECT count(*) FROM record WHERE sensor = 'HIDDEN' OR object_tag = '99999'"));
    }
}
