using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;

namespace SsaShare.Storage.Tests;

public sealed class PublicationStoreTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Of another process, which has nothing in its memory.</summary>
    private IOutbox Anew => node.StartHost().GetRequiredService<IOutbox>();

    [Fact]
    public async Task Append_TwoPublications_ReadBackAsTheyWere()
    {
        long before = await node.Outbox.GetHeadPositionAsync(Token);
        var first = Sample.Publish(Sample.Record(), Sample.Record(label: Sample.NewLabel(["pacific"])), Sample.Record(recordClass: RecordClass.Sensor));
        var second = Sample.Publish(Sample.Records(5));

        Assert.True(await node.Publications.TryAppendAsync([first, second], Token));

        var read = (await Anew.ReadAsync(FeedLane.Prompt, before, 1_000, Sample.Now, Token)).Publications;
        Assert.Equal([before + 1, before + 2], read.Select(stored => stored.Position));
        AssertSame(first, read[0].Publication);
        AssertSame(second, read[1].Publication);
    }

    [Fact]
    public async Task Append_RecordsOfAllSizesWithAndWithoutNames_ReadBackAsTheyWere()
    {
        long before = await node.Outbox.GetHeadPositionAsync(Token);
        // Across the pieces in which rows are sent and read, and longer than one of them.
        int[] sizes = [1, 500, 7_000, 40_000, SealedRecord.LongestPayloadBytes, 30_000, 64, SealedRecord.LongestPayloadBytes, 3, 20_000];
        SealedRecord[] records = [.. Enumerable.Range(0, 200).Select(i =>
        {
            byte[] payload = RandomNumberGenerator.GetBytes(i % 3 == 0 ? Math.Max(8, sizes[i % sizes.Length]) : 8);
            return SealedRecord.Seal(payload, Sample.Label, new RecordFacts(i % 7 == 0 ? RecordClass.OrbitState : RecordClass.Observation, Sample.Atlantic,
                i % 2 == 0 ? SensorId.Parse($"radar-{i % 4}") : null, i % 5 == 0 ? default : i % 5 == 1 ? ObjectTags.Of([[$"{i}", "1998-067A"], [], ["7734"]]) : $"Objekt {i} \u00e4\u6708", OrbitalRegime.Leo, Sample.Epoch1996.PlusSeconds(86_400.0 * i), Sample.Label.Parsed));
        })];
        var publication = Sample.Publish(records);

        Assert.True(await node.Publications.TryAppendAsync([publication], Token));

        var read = (await Anew.ReadAsync(FeedLane.Prompt, before, 1_000, Sample.Now, Token)).Publications;
        AssertSame(publication, Assert.Single(read).Publication);
        Assert.Equal(records.Select(record => (record.Facts.Sensor, record.Facts.Objects, record.Facts.Epoch)), read[0].Publication.Records.Select(one => (one.Record.Facts.Sensor, one.Record.Facts.Objects, one.Record.Facts.Epoch)));
    }

    [Fact]
    public async Task Append_ARecordThatIsStored_StoresNothing()
    {
        var known = Sample.Record();
        Assert.True(await node.Publications.TryAppendAsync([Sample.Publish(known)], Token));
        var (position, log) = (await node.Outbox.GetHeadPositionAsync(Token), await node.Log.GetHeadAsync(Token));
        var fresh = Sample.Record();

        Assert.False(await node.Publications.TryAppendAsync([Sample.Publish(fresh), Sample.Publish(known)], Token));

        Assert.Equal((position, log), (await node.Outbox.GetHeadPositionAsync(Token), await node.Log.GetHeadAsync(Token)));
        Assert.Equal([known.Id], await node.Publications.FindKnownAsync([fresh, known], Token));
    }

    [Fact]
    public async Task Append_ASensorAgainWithAnotherEpoch_StoresNothing()
    {
        var sensor = Sample.Record(recordClass: RecordClass.Sensor, epoch: Sample.Now);
        var later = sensor with { Facts = sensor.Facts with { Epoch = Sample.Now.PlusSeconds(60) } };
        Assert.True(await node.Publications.TryAppendAsync([Sample.Publish(sensor)], Token));

        Assert.False(await node.Publications.TryAppendAsync([Sample.Publish(later)], Token));
        Assert.Equal([sensor.Id], await node.Publications.FindKnownAsync([later], Token));
    }

    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(-315_576_000_000_000_000)]
    [InlineData(-31_579_200_000_000_001)]
    [InlineData(-31_579_200_000_000_000)]
    [InlineData(0)]
    [InlineData(long.MaxValue)]
    public async Task Append_AnyEpoch_HasAPartition(long epochNs)
    {
        long before = await node.Outbox.GetHeadPositionAsync(Token);
        var record = Sample.Record(epoch: new Epoch(epochNs));

        Assert.True(await node.Publications.TryAppendAsync([Sample.Publish(record)], Token));

        var read = Assert.Single((await Anew.ReadAsync(FeedLane.Prompt, before, 10, Sample.Now, Token)).Publications);
        Assert.Equal(record.Facts, Assert.Single(read.Publication.Records).Record.Facts);
    }

    [Fact]
    public async Task Read_FromTheMiddle_GivesWholePublicationsUntilEnough()
    {
        long before = await node.Outbox.GetHeadPositionAsync(Token);
        await node.Publications.TryAppendAsync([.. Enumerable.Range(0, 40).Select(_ => Sample.Publish(Sample.Records(3)))], Token);

        Assert.Equal([before + 2], ((await node.Outbox.ReadAsync(FeedLane.Prompt, before + 1, 1, Sample.Now, Token)).Publications).Select(stored => stored.Position));
        Assert.Equal([before + 2, before + 3], ((await node.Outbox.ReadAsync(FeedLane.Prompt, before + 1, 4, Sample.Now, Token)).Publications).Select(stored => stored.Position));
        Assert.Equal(40, ((await node.Outbox.ReadAsync(FeedLane.Prompt, before, 1_000, Sample.Now, Token)).Publications).Count);
        Assert.Empty((await node.Outbox.ReadAsync(FeedLane.Prompt, before + 40, 1_000, Sample.Now, Token)).Publications);
    }

    private static void AssertSame(Publication expected, Publication actual)
    {
        Assert.Equal(expected.Document.Id, actual.Document.Id);
        Assert.True(actual.Document.Verify(Sample.Key.VerificationKey, DocumentContexts.Publication));
        Assert.Equal(expected.TraceParent, actual.TraceParent);
        Assert.Equal(expected.Records.Select(record => (record.Index, record.LeafHash, record.Record.Id, record.Record.Facts)),
            actual.Records.Select(record => (record.Index, record.LeafHash, record.Record.Id, record.Record.Facts)));
        Assert.All(expected.Records.Zip(actual.Records), pair =>
        {
            Assert.Equal(pair.First.Record.Payload.ToArray(), pair.Second.Record.Payload.ToArray());
            Assert.Equal(pair.First.Record.Label.Bytes.ToArray(), pair.Second.Record.Label.Bytes.ToArray());
        });
    }
}
