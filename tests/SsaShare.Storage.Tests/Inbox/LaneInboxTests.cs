using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Exchange.Tests;

namespace SsaShare.Storage.Tests;

/// <summary>Degraded records and their originals come in lanes of their own, and come back as they were.</summary>
public sealed class LaneInboxTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Accept_DegradedAndThenFull_KeepsBothWithTheLeafThatTiesThem()
    {
        var feed = TestFeed.DegradedAtOnceFullAfterADay();
        await node.Agreements.SaveAsync(new StoredAgreement(feed.Agreement.Id, "{}"u8.ToArray(), AgreementState.Active), Token);
        var publication = feed.Publish([.. TestFeed.Records(2), .. TestFeed.Records(1, "7734"), .. TestFeed.Records(1, "1")]);
        var degraded = await TakeAsync(feed, FeedLane.Prompt);
        feed.Now = feed.Now.Plus(TimeSpan.FromDays(1));
        await TakeAsync(feed, TestFeed.Late);

        var state = await node.Inbox.GetStateAsync(feed.Agreement.Id, feed.Provider, FeedPriority.Routine, Token);
        Assert.Equal(LanePositions.Start.With(FeedLane.Prompt, 1).With(TestFeed.Late, 1), state.Positions);
        Assert.Equal(feed.State.Manifest, state.Manifest);

        var records = (await node.Records.ReadAsync(0, [RecordClass.Observation], 100, Token)).Where(record => record.Agreement == feed.Agreement.Id).ToList();
        Assert.Equal(6, records.Count);
        var sent = degraded.Slices.Single().Slice.Records;
        foreach (var (record, i) in records.Take(3).Select((record, i) => (record, i)))
        {
            Assert.Equal(sent[i].Record.Facts, record.Record.Facts);
            Assert.Equal((sent[i].Record.Id, sent[i].LeafInPublication), (record.Record.Id, record.Leaf!.Value));
            Assert.Equal((ReleaseForm.Degraded(Profile("coarse")), feed.Agreement.Id, true), (record.Record.Facts.Form, record.Record.Facts.DegradedUnder!.Value, record.Record.Facts.TagRemoved));
            Assert.Equal(sent[i].Record.Payload.ToArray(), record.Record.Payload.ToArray());
        }
        Assert.Equal(publication.Records.Where(record => record.Index != 2).Select(record => (record.Record.Id, record.LeafHash)), records.Skip(3).Select(record => (record.Record.Id, record.Leaf!.Value)));
        Assert.All(records.Skip(3), record => Assert.True(record.Record.Facts.Form.IsFull));

        string where = $"FROM publication WHERE agreement = '\\x{feed.Agreement.Id}' AND profile = 'coarse'";
        Assert.Equal(degraded.Slices.Single().Slice.Degraded!.Document.Payload.ToArray(), await node.ScalarAsync<byte[]>($"SELECT degraded_document {where}"));
        Assert.Equal("0 1 2", await node.ScalarAsync<string>($"SELECT string_agg(degraded_index::text, ' ' ORDER BY index) FROM record WHERE publication = (SELECT key {where})"));
    }

    [Fact]
    public async Task Accept_TheSameLaneTwice_IsRefusedAndTheOtherStillMoves()
    {
        var feed = TestFeed.DegradedAtOnceFullAfterADay();
        await node.Agreements.SaveAsync(new StoredAgreement(feed.Agreement.Id, "{}"u8.ToArray(), AgreementState.Active), Token);
        feed.Publish(TestFeed.Records(2));
        feed.Now = feed.Now.Plus(TimeSpan.FromDays(1));
        var late = await TakeAsync(feed, TestFeed.Late);
        await Assert.ThrowsAsync<InvalidOperationException>(() => node.Inbox.AcceptAsync(late, late.Receipt(feed.ReaderKey, feed.Now), Token));
        await TakeAsync(feed, FeedLane.Prompt);
    }

    private async Task<Batch> TakeAsync(TestFeed feed, FeedLane lane)
    {
        var batch = feed.Take(lane);
        await node.Inbox.AcceptAsync(batch, batch.Receipt(feed.ReaderKey, feed.Now), Token);
        return batch;
    }

    private static ProfileId Profile(string name) => ProfileId.TryParse(name, out var id) ? id : throw new ArgumentException(name);
}
