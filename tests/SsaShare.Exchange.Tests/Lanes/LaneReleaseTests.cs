using SsaShare.Agreements;

namespace SsaShare.Exchange.Tests;

/// <summary>What goes out in which lane: everything that is granted at some age, once, and the rest is accounted for in each.</summary>
public sealed class LaneReleaseTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Fact]
    public void Lanes_WithoutDelays_AreThePromptOneAlone()
        => Assert.Equal([FeedLane.Prompt], new TestFeed("grants: [{id: all, record_classes: [observation]}]").Lanes);

    [Fact]
    public void Release_DegradedAtOnceAndFullLater_GivesEachFormInItsLane()
    {
        var feed = TestFeed.DegradedAtOnceFullAfterADay();
        Assert.Equal([FeedLane.Prompt, TestFeed.Late], feed.Lanes);
        feed.Publish([.. TestFeed.Records(3), .. TestFeed.Records(2, "7734")]);

        var prompt = feed.Take(FeedLane.Prompt);
        var slice = Assert.Single(prompt.Slices);
        Assert.Equal((3, 3, "coarse"), (prompt.ItemCount, prompt.Manifest.Records, slice.Form.ToString()));
        Assert.All(slice.Slice.Records, record => Assert.Null(record.Record.Facts.ObjectTag));
        Assert.Empty(feed.Release(TestFeed.Late).Slices);

        feed.Now = feed.Now.Plus(Day);
        var late = feed.Take(TestFeed.Late);
        Assert.Equal((3, true), (late.ItemCount, late.Slices.Single().Form.IsFull));
        Assert.Equal(feed.Publications[0].Publication.Records.Take(3).Select(record => record.Record.Id), late.Slices.Single().Slice.Records.Select(record => record.Record.Id));
    }

    [Fact]
    public void Release_Withheld_SaysWhichLaneGivesIt()
    {
        var feed = new TestFeed("""
            degradation_profiles:
              - {id: coarse, range_sigma_km: 1}
            grants:
              - {id: now, record_classes: [observation], objects: ["1"]}
              - {id: later, record_classes: [observation], objects: ["2"], delay: 24h}
              - {id: five, record_classes: [observation], purposes: [fusion], objects: ["5"], degradation: coarse}
            prohibitions:
              - {id: never, objects: ["3"]}
            """);
        feed.Publish([.. TestFeed.Records(1, "1"), .. TestFeed.Records(2, "2"), .. TestFeed.Records(3, "3"), .. TestFeed.Records(4, "4"), .. TestFeed.Records(1, "5")]);
        feed.Now = feed.Now.Plus(Day);
        Assert.Equal([new(null, "NotGranted", 4), new(null, "NotYetDue", 2), new(null, "NothingLeftToGive", 1), new WithheldCount("never", "Prohibited", 3)], feed.Release(FeedLane.Prompt).Withheld);
        Assert.Equal([new(null, "GivenBefore", 2), new(null, "NotGranted", 4), new WithheldCount("never", "Prohibited", 3)], feed.Release(TestFeed.Late).Withheld);
    }

    [Fact]
    public void Release_TheSameAgain_GivesTheSameBytes()
    {
        var feed = TestFeed.DegradedAtOnceFullAfterADay();
        feed.Publish(TestFeed.Records(5));
        PublicationSlice first = feed.Release(FeedLane.Prompt).Slices.Single(), again = feed.Release(FeedLane.Prompt).Slices.Single();
        Assert.Equal(first.Degraded!.Document.Payload.ToArray(), again.Degraded!.Document.Payload.ToArray());
        Assert.Equal(first.Records.Select(record => record.LeafHash), again.Records.Select(record => record.LeafHash));
        Assert.Equal(first.Records.SelectMany(record => record.Salt.ToArray().Concat(record.Record.Payload.ToArray())), again.Records.SelectMany(record => record.Salt.ToArray().Concat(record.Record.Payload.ToArray())));
    }

    /// <summary>Agreements of random grants: whatever they say, every record goes out in each form that is released at some age, in the first lane that may, and never twice.</summary>
    [Fact]
    public void Release_AnyAgreement_GivesEachFormOnceInTheFirstLaneThatMay()
    {
        int given = 0, twoForms = 0;
        for (int seed = 0; seed < 150; seed++)
        {
            var random = new Random(seed);
            var feed = new TestFeed(Terms(random));
            for (int i = random.Next(1, 4); i > 0; i--) feed.Publish([.. Enumerable.Range(0, random.Next(1, 9)).Select(_ => TestFeed.Records(1, random.GetItems(["1", "2", "3", null], 1)[0])[0])]);
            feed.Now = feed.Now.Plus(10 * Day);
            var found = new Dictionary<(Signing.Hash256, int, ReleaseForm), FeedLane>();
            foreach (var lane in feed.Lanes)
            {
                var release = feed.Release(lane);
                Assert.Equal(feed.Publications.Sum(stored => stored.Publication.Records.Count), Batch.CountRecords(release.Slices) + release.Withheld.Sum(count => count.Count));
                foreach (var slice in release.Slices)
                    foreach (var record in slice.Records) Assert.True(found.TryAdd((slice.Document.Id, record.Index, slice.Form), lane), $"seed {seed}: given twice");
                feed.Take(lane);
            }
            foreach (var publication in feed.Publications.Select(stored => stored.Publication))
                foreach (var record in publication.Records)
                    foreach (var form in feed.Agreement.Forms)
                    {
                        var first = feed.Lanes.Where(lane => ReleasePolicy.Decide(record.Record.Facts, form, feed.Agreement, AgreementState.Active, feed.Provider, feed.Reader, feed.Now, lane.Delay).IsReleased)
                            .Select(lane => (FeedLane?)lane).FirstOrDefault();
                        Assert.Equal(first, found.TryGetValue((publication.Document.Id, record.Index, form), out var lane) ? lane : null);
                    }
            given += found.Count;
            twoForms += found.Keys.GroupBy(key => (key.Item1, key.Item2)).Count(group => group.Count() > 1);
        }
        Assert.True(given > 500 && twoForms > 50, $"{given} given, {twoForms} in several forms: the agreements are too poor to show anything");
    }

    private static string Terms(Random random)
    {
        string[] forms = ["", ", degradation: fine", ", degradation: coarse"], delays = ["", ", delay: 1h", ", delay: 24h", ", delay: 3d"], uses = ["", ", purposes: [fusion]", ", purposes: [research, enforcement]"];
        string[] objects = ["", ", objects: [\"1\"]", ", objects: [\"2\", \"3\"]"];
        string One(string[] choices) => choices[random.Next(choices.Length)];
        var grants = Enumerable.Range(0, random.Next(1, 6)).Select(i => $"  - {{id: g{i}, record_classes: [observation]{One(forms)}{One(delays)}{One(uses)}{One(objects)}}}").ToList();
        // Every profile is in use, or the agreement would be refused.
        grants.Add("  - {id: gy, record_classes: [observation], degradation: fine, purposes: [research], objects: [\"3\"], delay: 24h}");
        grants.Add("  - {id: gz, record_classes: [observation], degradation: coarse, purposes: [research], objects: [\"3\"]}");
        string prohibitions = random.Next(2) == 0 ? "" : $"\nprohibitions:\n  - {{id: p0{One(uses)}{One(objects)}, record_classes: [observation]}}";
        return $"""
            degradation_profiles:
              - {"{"}id: fine, range_sigma_km: 0.1{"}"}
              - {"{"}id: coarse, range_sigma_km: 1, remove: [object_tag]{"}"}
            safety_of_flight_minimum: {"{"}range_sigma_km: 1{"}"}
            grants:
            {string.Join('\n', grants)}{prohibitions}
            """;
    }
}
