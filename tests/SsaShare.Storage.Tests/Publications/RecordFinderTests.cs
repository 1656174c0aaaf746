using Microsoft.Extensions.DependencyInjection;
using SsaShare.Domain;
using SsaShare.Exchange;

namespace SsaShare.Storage.Tests;

public sealed class RecordFinderTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    private IRecordFinder Finder => node.Host.GetRequiredService<IRecordFinder>();
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Find_AnOwnRecord_GivesItsPlaceAndTime()
    {
        var publication = Sample.Publish(Sample.Record(), Sample.Record(recordClass: RecordClass.Sensor), Sample.Record());
        await node.Publications.TryAppendAsync([publication], Token);

        foreach (var published in publication.Records)
            foreach (int digits in (int[])[8, 9, 64])
            {
                var found = Assert.Single(await Finder.FindAsync(Prefix(published.Record.Id.ToString()[..digits]), 5, Token));
                Assert.Equal((published.Record.Id, published.Index, published.LeafHash), (found.Id, found.Record.Index, found.Record.LeafHash));
                Assert.Equal(published.Record.Facts, found.Record.Record.Facts);
                Assert.Equal((publication.Document.Id, Sample.Now, null, null), (found.PublicationId, found.Published, found.Provider, found.Agreement));
            }
    }

    [Fact]
    public async Task Find_ARecordThatCameBySeveralWays_GivesEach()
    {
        var shared = Answers.Records(2);
        var (first, second) = (await Answers.StartAsync(node), await Answers.StartAsync(node));
        await AcceptAsync(first, first.Publish(shared));
        var narrow = shared[1] with { Label = Sample.NewLabel(["atlantic"]) };
        await AcceptAsync(second, second.Publish(Sample.Record(Sample.Pacific), narrow));

        var found = await Finder.FindAsync(Prefix(shared[1].Id.ToString()), 1, Token);

        Assert.Equal([first.Agreement, second.Agreement], found.Select(way => way.Agreement!.Value));
        Assert.All(found, way => Assert.Equal((shared[1].Id, Sample.Pacific, 1), (way.Id, way.Provider!.Value, way.Record.Index)));
        Assert.Equal([Sample.Label.Hash, narrow.Label.Hash], found.Select(way => way.Record.Record.Label.Hash));
    }

    [Fact]
    public async Task Find_APrefixOfSeveral_GivesTheFirstByIdAndNoMoreThanWanted()
    {
        var records = Twins();
        await node.Publications.TryAppendAsync([Sample.Publish(records)], Token);
        var prefix = Prefix(Shared);
        Assert.Equal(records.Select(record => record.Id.ToString()).Order(StringComparer.Ordinal).Take(2), (await Finder.FindAsync(prefix, 2, Token)).Select(found => found.Id.ToString()));
        Assert.Equal(3, (await Finder.FindAsync(prefix, 10, Token)).Count);
    }

    [Fact]
    public async Task Find_WhatItsOriginatorHasNoticed_IsClosed()
    {
        var own = Sample.Publish(Sample.Records(2));
        await node.Publications.TryAppendAsync([own], Token);
        await node.Notices.IssueAsync([own.Notice(0, NoticeAction.Withdraw)], Token);
        Assert.True((await FindAsync(own.Records[0])).IsClosed);
        Assert.False((await FindAsync(own.Records[1])).IsClosed);

        var answers = await Answers.StartAsync(node);
        var received = answers.Publish(Answers.Records(1));
        await AcceptAsync(answers, received);
        await node.Notices.ReceiveAsync([received.Notice(0, NoticeAction.Recall)], [Sample.Pacific], NoticeSample.Sign, Token);
        var recalled = await FindAsync(received.Records[0]);
        Assert.Equal((true, 0), (recalled.IsClosed, recalled.Record.Record.Payload.Length));
    }

    [Fact]
    public async Task Find_WhatIsNotHere_GivesNothing() => Assert.Empty(await Finder.FindAsync(Prefix(Sample.Record().Id.ToString()), 10, Token));

    /// <summary>With scans discouraged a plan holds one only where no index serves.</summary>
    [Fact]
    public async Task Find_OfOneRecord_ReadsIndexesAlone()
    {
        await node.Publications.TryAppendAsync([Sample.Publish(Sample.Record(), Sample.Record(recordClass: RecordClass.Sensor))], Token);
        await using var connection = await node.OwnerSource.OpenConnectionAsync(Token);
        await using (var off = new Npgsql.NpgsqlCommand("SET enable_seqscan = off", connection)) await off.ExecuteNonQueryAsync(Token);
        await using var explain = new Npgsql.NpgsqlCommand($"EXPLAIN {RecordFinder.Sql}", connection);
        var prefix = Prefix("00112233");
        explain.Parameters.Add(new() { Value = prefix.First.ToArray() });
        explain.Parameters.Add(new() { Value = prefix.Last.ToArray() });
        explain.Parameters.Add(new() { Value = 3 });
        var plan = new List<string>();
        await using (var reader = await explain.ExecuteReaderAsync(Token))
            while (await reader.ReadAsync(Token)) plan.Add(reader.GetString(0));
        Assert.DoesNotContain(plan, line => line.Contains("Seq Scan", StringComparison.Ordinal));
        Assert.Contains(plan, line => line.Contains("ix_record_path_record", StringComparison.Ordinal));
    }

    /// <summary>The first digits that <see cref="Twins"/> share.</summary>
    private const string Shared = "5eed5eed";

    /// <summary>Three records whose ids begin alike: storage takes ids as they are given.</summary>
    private static SealedRecord[] Twins() => [.. Enumerable.Range(0, 3).Select(_ =>
    {
        var record = Sample.Record();
        byte[] id = record.Id.ToArray();
        Convert.FromHexString(Shared).CopyTo(id, 0);
        return record with { Id = new RecordId(id) };
    })];

    private async Task<FoundRecord> FindAsync(PublishedRecord record) => Assert.Single(await Finder.FindAsync(Prefix(record.Record.Id.ToString()), 2, Token));

    private async Task AcceptAsync(Answers answers, Publication publication)
    {
        var batch = answers.Next([publication]);
        await node.Inbox.AcceptAsync(batch, Answers.Receipt(batch), Token);
    }

    private static RecordIdPrefix Prefix(string text) => RecordIdPrefix.TryParse(text, out var prefix) ? prefix : throw new ArgumentException(text);
}
