using SsaShare.Agreements;
using SsaShare.Domain;

namespace SsaShare.Exchange.Tests;

public sealed class ReleaseLimitsTests
{
    private static readonly TestFeed Feed = new("""
        limits:
          - {id: pace, records_per_minute: 60, records_per_day: 10000}
          - {id: volume, to: [atlantic], bytes_per_day: 400000}
          - {id: other-way, from: [atlantic], records_per_minute: 1}
        grants:
          - {id: all, record_classes: [observation]}
        """);
    private static readonly Dictionary<int, PublicationSlice> Slices = [];
    private static readonly ReleaseLimits Limits = ReleaseLimits.Of(Feed.Agreement, Feed.Provider, Feed.Reader);

    [Fact]
    public void Of_OneDirection_TakesItsLimitsAlone()
    {
        var release = Feed.Publish(TestFeed.Records(3));
        Assert.Equal(
            [
                (Id("pace"), LimitedFigure.RecordsPerMinute, 3, 60, TimeSpan.FromMinutes(1)), (Id("pace"), LimitedFigure.RecordsPerDay, 3, 10_000, TimeSpan.FromDays(1)),
                (Id("volume"), LimitedFigure.BytesPerDay, 120L, 400_000L, TimeSpan.FromDays(1)),
            ],
            Limits.Charge([new PublicationSlice(release.Document, release.Records, [], null)]).Select(charge => (charge.Key.Limit, charge.Key.Figure, charge.Amount, charge.Limit, charge.Window)));
        Assert.Equal(60, Limits.AtMost(5_000));
        Assert.Equal(10, Limits.AtMost(10));
        Assert.True(ReleaseLimits.Of(TestFeed.DegradedAtOnceFullAfterADay().Agreement, Feed.Provider, Feed.Reader).AreNone);
        Assert.Empty(Limits.Charge([]));
    }

    [Fact]
    public void AtMost_SomeIsUsed_IsWhatIsLeftOfTheWindow()
    {
        var paces = new Dictionary<PaceKey, Epoch>();
        Charge(paces, Sample.Now, 45);
        var limits = Limits.At(paces, Sample.Now);
        Assert.Equal((15, null), (limits.AtMost(5_000), limits.FreeAt > Sample.Now ? limits.FreeAt : null));
        Charge(paces, Sample.Now, 15);
        limits = Limits.At(paces, Sample.Now);
        Assert.Equal((1, Sample.Now.PlusSeconds(1)), (limits.AtMost(5_000), limits.FreeAt));
        Assert.Equal(60, Limits.At(paces, Sample.Now.PlusSeconds(60)).AtMost(5_000));
    }

    [Fact]
    public void TryTake_MoreThanIsLeft_WaitsUntilItsShareHasComeBack()
    {
        var paces = new Dictionary<PaceKey, Epoch>();
        Charge(paces, Sample.Now, 45);
        var room = Limits.At(paces, Sample.Now).Room();
        Assert.True(room.TryTake([Slice(10)]));
        Assert.False(room.TryTake([Slice(10)]));
        Assert.Null(room.FreeAt);
        Assert.True(room.TryTake([Slice(5)]));
        Assert.True(room.TryTake([]));
        Assert.False(room.TryTake([Slice(1)]));

        room = Limits.At(paces, Sample.Now).Room();
        Assert.False(room.TryTake([Slice(20)]));
        Assert.Equal(Sample.Now.PlusSeconds(5), room.FreeAt);
        Assert.True(Limits.At(paces, Sample.Now.PlusSeconds(5)).Room().TryTake([Slice(20)]));
    }

    [Fact]
    public void TryTake_MoreThanTheLimitAllows_GoesAloneWhenNothingIsUsed()
    {
        var paces = new Dictionary<PaceKey, Epoch>();
        Charge(paces, Sample.Now, 1);
        var room = Limits.At(paces, Sample.Now).Room();
        Assert.False(room.TryTake([Slice(90)]));
        Assert.Equal(Sample.Now.PlusSeconds(1), room.FreeAt);
        room = Limits.At(paces, Sample.Now.PlusSeconds(1)).Room();
        Assert.True(room.TryTake([Slice(90)]));
        Assert.False(room.TryTake([Slice(1)]));
        // Not behind another, although nothing was used when the answer was begun.
        room = Limits.Room();
        Assert.True(room.TryTake([Slice(1)]));
        Assert.False(room.TryTake([Slice(90)]));
    }

    [Fact]
    public void TryTake_BytesOfADay_BoundOneAnswerByPublication()
    {
        var feed = new TestFeed("""
            limits:
              - {id: volume, bytes_per_day: 400}
            grants:
              - {id: all, record_classes: [observation]}
            """);
        // A record has 40 bytes.
        var room = ReleaseLimits.Of(feed.Agreement, feed.Provider, feed.Reader).At(new Dictionary<PaceKey, Epoch>(), Sample.Now).Room();
        Assert.Equal([true, true, false], Enumerable.Range(0, 3).Select(_ => room.TryTake([Slice(5)])));
    }

    /// <summary>A reader that asks all the time: over any stretch it gets the limit's share of it and one window, and no more.</summary>
    [Fact]
    public void TryTake_AReaderThatAsksAllTheTime_KeepsThePace()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            var paces = new Dictionary<PaceKey, Epoch>();
            var (now, given) = (Sample.Now, new List<(Epoch At, int Records)>());
            int largest = random.Next(1, 60);
            for (int i = 0; i < 3_000; i++)
            {
                now = now.PlusSeconds(random.NextDouble() * 2);
                var limits = Limits.At(paces, now);
                var answer = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Slice(random.Next(1, largest + 1))).ToList();
                var room = limits.Room();
                answer = [.. answer.TakeWhile(slice => room.TryTake([slice]))];
                Assert.Equal(answer.Count == 0, room.FreeAt > now);
                if (answer.Count == 0) continue;
                given.Add((now, answer.Sum(slice => slice.Records.Count)));
                foreach (var charge in limits.Charge(answer)) paces[charge.Key] = charge.After(paces.TryGetValue(charge.Key, out var pace) ? pace : null, now);
            }
            for (int from = 0; from < given.Count; from += 7)
            {
                long sum = 0;
                for (int to = from; to < given.Count; to++)
                {
                    sum += given[to].Records;
                    double minutes = given[to].At.SecondsSince(given[from].At) / 60;
                    Assert.True(sum <= 60 * (minutes + 1) + 1e-6, $"seed {seed}: {sum} records in {minutes} min");
                }
            }
            double all = given[^1].At.SecondsSince(given[0].At) / 60;
            Assert.True(given.Sum(one => one.Records) > 0.9 * 60 * all, $"seed {seed}: too slow");
        }
    }

    private static void Charge(Dictionary<PaceKey, Epoch> paces, Epoch now, int records)
    {
        foreach (var charge in Limits.Charge([Slice(records)])) paces[charge.Key] = charge.After(paces.TryGetValue(charge.Key, out var pace) ? pace : null, now);
    }

    private static PublicationSlice Slice(int records)
    {
        if (Slices.TryGetValue(records, out var slice)) return slice;
        var publication = Sample.Publish(Sample.Records(records));
        return Slices[records] = new PublicationSlice(publication.Document, publication.Records, [], null);
    }

    private static ClauseId Id(string name) => ClauseId.TryParse(name, out var id) ? id : throw new ArgumentException(name);
}
