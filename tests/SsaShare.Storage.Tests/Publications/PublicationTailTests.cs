using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SsaShare.Domain;
using SsaShare.Exchange;

namespace SsaShare.Storage.Tests;

/// <summary>What was published last is given from memory, and only what the database says may be given.</summary>
public sealed class PublicationTailTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_WhatThisProcessPublished_GivesTheRecordsThatWereSealed()
    {
        var publication = Sample.Publish(Sample.Records(3));
        var stored = await AppendAsync(node.Host, publication);
        Assert.Same(publication.Records, stored.Publication.Records);
        Assert.Equal((publication.Document.Id, publication.TraceParent), (stored.Publication.Document.Id, stored.Publication.TraceParent));
    }

    [Fact]
    public async Task Read_WhatAnotherProcessPublished_IsLoadedAndStandsBetweenWhatIsInMemory()
    {
        long before = await node.Outbox.GetHeadPositionAsync(Token);
        Publication first = Sample.Publish(Sample.Records(2)), others = Sample.Publish(Sample.Records(3)), last = Sample.Publish(Sample.Records(4));
        await AppendAsync(node.Host, first);
        await AppendAsync(node.StartHost(), others);
        await AppendAsync(node.Host, last);

        var read = (await node.Outbox.ReadAsync(FeedLane.Prompt, before, 100, Sample.Now, Token)).Publications;
        Assert.Equal([(before + 1, first.Document.Id), (before + 2, others.Document.Id), (before + 3, last.Document.Id)], read.Select(one => (one.Position, one.Publication.Document.Id)));
        Assert.Equal(others.Records.Select(record => (record.Index, record.LeafHash)), read[1].Publication.Records.Select(record => (record.Index, record.LeafHash)));
        Assert.NotSame(others.Records, read[1].Publication.Records);
        Assert.Same(last.Records, read[2].Publication.Records);
    }

    [Fact]
    public async Task Read_ARecordThatAnotherProcessRecalledSince_IsClosed()
    {
        var publication = Sample.Publish(Sample.Records(3));
        var stored = await AppendAsync(node.Host, publication);
        Assert.Empty(stored.Closed);
        await node.StartHost().GetRequiredService<INoticeStore>().IssueAsync([publication.Notice(1, NoticeAction.Recall)], Token);

        var again = await ReadAsync(node.Outbox, stored.Position);
        Assert.Same(publication.Records, again.Publication.Records);
        Assert.Equal([1], again.Closed);
    }

    [Fact]
    public async Task Read_APublicationThatWasDroppedSince_GivesNothingOfIt()
    {
        var publication = Publication.Create(Sample.Atlantic, [Sample.Record(recordClass: RecordClass.ElementSet)], Sample.Key, Utc.FromDateTime(TimeProvider.System.GetUtcNow()).PlusSeconds(-11 * 86_400.0), null);
        var stored = await AppendAsync(node.Host, publication);
        Assert.Equal((1, 0), (stored.Publication.Records.Count, stored.RecordsOver));
        await NodeStore.SetOwnRetentionAsync(node.Connections.Owner, new Dictionary<RecordClass, TimeSpan> { [RecordClass.ElementSet] = TimeSpan.FromDays(10) }, Token);
        Assert.Equal(1, await node.StartHost().GetRequiredService<IOwnRetention>().DeleteSomeAsync(10, Token));

        var again = await ReadAsync(node.Outbox, stored.Position);
        Assert.Equal((0, 1), (again.Publication.Records.Count, again.RecordsOver));
    }

    [Fact]
    public async Task Read_APublicationThatWasNotStored_IsNotGiven()
    {
        var known = Sample.Publish(Sample.Record());
        await AppendAsync(node.Host, known);
        long before = await node.Outbox.GetHeadPositionAsync(Token);
        Assert.False(await node.Publications.TryAppendAsync([Sample.Publish(Sample.Record()), Sample.Publish(known.Records[0].Record)], Token));
        Assert.Empty((await node.Outbox.ReadAsync(FeedLane.Prompt, before, 100, Sample.Now, Token)).Publications);
    }

    [Fact]
    public void Add_BeyondTheBound_LetsTheOldestGo()
    {
        Publication[] publications = [.. Enumerable.Range(0, 5).Select(_ => Sample.Publish(Sample.Records(10)))];
        // Room for three: of ten records of 64 bytes, with their labels and what objects take.
        var tail = Tail(3 * 10 * (512 + 64 + Sample.Label.Bytes.Length));
        tail.Add(publications[..3]);
        tail.Add(publications[..1]);
        Assert.All(publications[..3], publication => Assert.True(tail.TryFind(publication.Document.Id, out _)));
        tail.Add(publications[3..]);
        Assert.Equal([false, false, true, true, true], publications.Select(publication => tail.TryFind(publication.Document.Id, out _)));
    }

    [Fact]
    public void Add_MoreThanTheBoundAtOnce_KeepsNothingOfIt()
    {
        var publication = Sample.Publish(Sample.Records(10));
        var tail = Tail(0);
        tail.Add([publication]);
        Assert.False(tail.TryFind(publication.Document.Id, out _));
    }

    private static PublicationTail Tail(long bytesMax) => new(Options.Create(new PublicationTailOptions { BytesMax = bytesMax }));

    private async Task<StoredPublication> AppendAsync(IServiceProvider host, Publication publication)
    {
        Assert.True(await host.GetRequiredService<IPublicationStore>().TryAppendAsync([publication], Token));
        return await ReadAsync(host.GetRequiredService<IOutbox>(), await node.Outbox.GetHeadPositionAsync(Token));
    }

    private static async Task<StoredPublication> ReadAsync(IOutbox outbox, long position)
        => Assert.Single((await outbox.ReadAsync(FeedLane.Prompt, position - 1, 1, Sample.Now, Token)).Publications);
}
