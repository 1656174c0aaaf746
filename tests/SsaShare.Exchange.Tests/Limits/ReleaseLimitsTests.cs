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

    /// <summary>A reader that asks all the time: over any stretch it gets the limit's share of it, one window and one answer more at most.</summary>
    [Fact]
    public void MayRelease_AReaderThatAsksAllTheTime_KeepsThePace()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            var paces = new Dictionary<PaceKey, Epoch>();
            var (now, given) = (Sample.Now, new List<(Epoch At, int Records)>());
            int largest = random.Next(1, 40);
            for (int i = 0; i < 3_000; i++)
            {
                now = now.PlusSeconds(random.NextDouble() * 2);
                if (!Limits.MayRelease(paces, now))
                {
                    Assert.True(Limits.FreeAt(paces) > now);
                    continue;
                }
                int records = random.Next(1, largest + 1);
                given.Add((now, records));
                foreach (var charge in Limits.Charge([Slice(records)])) paces[charge.Key] = charge.After(paces.TryGetValue(charge.Key, out var pace) ? pace : null, now);
            }
            for (int from = 0; from < given.Count; from += 7)
            {
                long sum = 0;
                for (int to = from; to < given.Count; to++)
                {
                    sum += given[to].Records;
                    double minutes = given[to].At.SecondsSince(given[from].At) / 60;
                    Assert.True(sum <= 60 * (minutes + 1) + largest, $"seed {seed}: {sum} records in {minutes} min");
                }
            }
            double all = given[^1].At.SecondsSince(given[0].At) / 60;
            Assert.True(given.Sum(one => one.Records) > 0.9 * 60 * all, $"seed {seed}: too slow");
        }
    }

    private static PublicationSlice Slice(int records)
    {
        var publication = Sample.Publish(Sample.Records(records));
        return new PublicationSlice(publication.Document, publication.Records, [], null);
    }

    private static ClauseId Id(string name) => ClauseId.TryParse(name, out var id) ? id : throw new ArgumentException(name);
}
