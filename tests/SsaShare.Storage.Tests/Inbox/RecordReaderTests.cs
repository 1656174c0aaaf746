using SsaShare.Domain;
using SsaShare.Exchange;

namespace SsaShare.Storage.Tests;

public sealed class RecordReaderTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_OwnAndReceived_InOrderOfArrivalWithTheirWay()
    {
        long after = await LastArrivalAsync();
        var counts = (await node.Records.CountAsync(Token)).ToDictionary(pair => pair.Provider?.Value ?? "", pair => pair.Count);
        var own = Sample.Publish(Sample.Record(), Sample.Record(recordClass: RecordClass.Sensor), Sample.Record());
        await node.Publications.TryAppendAsync([own], Token);
        var answers = await Answers.StartAsync(node);
        var received = answers.Publish(Answers.Records(2));
        var batch = answers.Next([received]);
        await node.Inbox.AcceptAsync(batch, Answers.Receipt(batch), Token);

        var read = await node.Records.ReadAsync(after, [RecordClass.Observation], 100, Token);

        Assert.Equal([own.Records[0].Record.Id, own.Records[2].Record.Id, .. received.Records.Select(record => record.Record.Id)], read.Select(record => record.Record.Id));
        Assert.Equal([after + 1, after + 1, after + 2, after + 2], read.Select(record => record.Arrival));
        Assert.Equal([null, null, Sample.Pacific, Sample.Pacific], read.Select(record => record.Provider));
        Assert.Equal([null, null, answers.Agreement, answers.Agreement], read.Select(record => record.Agreement));
        Assert.Equal([Sample.Now, Sample.Now], read.Take(2).Select(record => record.Published));
        Assert.All(read, record => Assert.Equal(own.TraceParent, record.TraceParent));
        Assert.Equal(Sample.Pacific, read[3].Record.Facts.Originator);
        Assert.Equal(own.Records[1].Record.Id, Assert.Single(await node.Records.ReadAsync(after, [RecordClass.Sensor], 100, Token)).Record.Id);

        var now = (await node.Records.CountAsync(Token)).ToDictionary(pair => pair.Provider?.Value ?? "", pair => pair.Count);
        Assert.Equal(counts.GetValueOrDefault("") + 3, now[""]);
        Assert.Equal(counts.GetValueOrDefault("pacific") + 2, now["pacific"]);
    }

    [Fact]
    public async Task Read_ARecordThatCameBySeveralWays_IsGivenOnceForEach()
    {
        long after = await LastArrivalAsync();
        long before = (await node.Records.CountAsync(Token)).Sum(count => count.Count);
        var sensor = Sample.Record(Sample.Pacific, recordClass: RecordClass.Sensor);
        var shared = Answers.Records(3);
        var (first, second) = (await Answers.StartAsync(node), await Answers.StartAsync(node));
        await AcceptAsync(first, first.Publish([.. shared, sensor]));
        var fresh = Sample.Record(Sample.Pacific);
        // The sensor's epoch is that of its publication; what it came with first is what is stored.
        var later = sensor with { Facts = sensor.Facts with { Epoch = sensor.Facts.Epoch.PlusSeconds(60) } };
        var narrow = shared[1] with { Label = Sample.NewLabel(["atlantic"]) };
        await AcceptAsync(second, second.Publish(shared[2], fresh, later, narrow, fresh));

        var read = await node.Records.ReadAsync(after, [RecordClass.Observation, RecordClass.Sensor], 100, Token);

        Assert.Equal([shared[0].Id, shared[1].Id, shared[2].Id, sensor.Id, shared[2].Id, fresh.Id, sensor.Id, shared[1].Id, fresh.Id], read.Select(record => record.Record.Id));
        Assert.Equal([.. Enumerable.Repeat(after + 1, 4), .. Enumerable.Repeat(after + 2, 5)], read.Select(record => record.Arrival));
        Assert.Equal([.. Enumerable.Repeat(first.Agreement, 4), .. Enumerable.Repeat(second.Agreement, 5)], read.Select(record => record.Agreement!.Value));
        Assert.Equal(shared[2].Payload.ToArray(), read[4].Record.Payload.ToArray());
        Assert.Equal(sensor.Facts.Epoch, read[6].Record.Facts.Epoch);
        Assert.Equal((Sample.Label.Hash, narrow.Label.Hash), (read[1].Record.Label.Hash, read[7].Record.Label.Hash));
        Assert.Equal(sensor.Id, Assert.Single(await node.Records.ReadAsync(after + 1, [RecordClass.Sensor], 100, Token)).Record.Id);
        Assert.Equal(before + 5, (await node.Records.CountAsync(Token)).Sum(count => count.Count));
    }

    [Fact]
    public async Task Read_InPages_GivesEveryRecordOnce()
    {
        long after = await LastArrivalAsync();
        var expected = new List<RecordId>();
        for (int i = 0; i < 90; i++)
        {
            var publication = Sample.Publish([.. Sample.Records(2), Sample.Record(recordClass: RecordClass.Sensor)]);
            await node.Publications.TryAppendAsync([publication, Sample.Publish(Sample.Record(recordClass: RecordClass.Sensor))], Token);
            expected.AddRange(publication.Records.Take(2).Select(record => record.Record.Id));
        }

        foreach (int recordsMax in (int[])[1, 7, 150, 10_000])
        {
            var read = new List<RecordId>();
            for (long arrival = after; ;)
            {
                var page = await node.Records.ReadAsync(arrival, [RecordClass.Observation], recordsMax, Token);
                if (page.Count == 0) break;
                read.AddRange(page.Select(record => record.Record.Id));
                arrival = page[^1].Arrival;
            }
            Assert.Equal(expected, read);
        }
    }

    private async Task AcceptAsync(Answers answers, Publication publication)
    {
        var batch = answers.Next([publication]);
        await node.Inbox.AcceptAsync(batch, Answers.Receipt(batch), Token);
    }

    private Task<long> LastArrivalAsync() => node.ScalarAsync<long>("SELECT arrival FROM head");
}
