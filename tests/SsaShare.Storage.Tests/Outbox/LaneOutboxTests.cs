using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Exchange.Tests;
using SsaShare.Signing;

namespace SsaShare.Storage.Tests;

/// <summary>Lanes of the own feed, and what is kept of what went to whom.</summary>
public sealed class LaneOutboxTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_ALateLane_GivesWhatHasComeUpAndNothingBehindIt()
    {
        long before = await node.Outbox.GetHeadPositionAsync(Token);
        var feed = TestFeed.DegradedAtOnceFullAfterADay();
        var start = feed.Now;
        for (int i = 0; i < 3; i++)
        {
            Assert.True(await node.Publications.TryAppendAsync([feed.Publish(TestFeed.Records(2))], Token));
            feed.Now = feed.Now.PlusSeconds(60);
        }
        async Task<(int, bool)> ReadAsync(Epoch now, int recordsMax = 100, FeedLane? lane = null)
        {
            var page = await node.Outbox.ReadAsync(lane ?? TestFeed.Late, before, recordsMax, now, Token);
            return (page.Publications.Count, page.IsLast);
        }

        Assert.Equal((3, true), await ReadAsync(start, lane: FeedLane.Prompt));
        Assert.Equal((2, false), await ReadAsync(start, 3, FeedLane.Prompt));
        Assert.Equal((3, true), await ReadAsync(start, 6, FeedLane.Prompt));
        Assert.Equal((0, true), await ReadAsync(start.Plus(Day).PlusSeconds(-1)));
        Assert.Equal((1, true), await ReadAsync(start.Plus(Day)));
        Assert.Equal((2, true), await ReadAsync(start.Plus(Day).PlusSeconds(60)));
        Assert.Equal((1, false), await ReadAsync(start.Plus(Day).PlusSeconds(60), 2));
        Assert.Equal((3, true), await ReadAsync(start.Plus(2 * Day)));
        Assert.Equal(start.Plus(Day), await node.Outbox.GetNextDueAsync(TestFeed.Late, before, Token));
        Assert.Equal(start.Plus(Day).PlusSeconds(60), await node.Outbox.GetNextDueAsync(TestFeed.Late, before + 1, Token));
        Assert.Equal(start, await node.Outbox.GetNextDueAsync(FeedLane.Prompt, before, Token));
        Assert.Null(await node.Outbox.GetNextDueAsync(TestFeed.Late, before + 3, Token));
        Assert.Equal(new Epoch(long.MaxValue), await node.Outbox.GetNextDueAsync(new FeedLane(FeedSource.Own, TimeSpan.MaxValue), before, Token));
        await Assert.ThrowsAsync<ArgumentException>(() => node.Outbox.ReadAsync(new FeedLane(FeedSource.Relayed, Day), 0, 1, start, Token));
    }

    [Fact]
    public async Task Ledger_FindsEachGivingOfARecordInItsForm()
    {
        var (feed, publication) = await PublishAsync();
        var degraded = await IssueAsync(feed, FeedLane.Prompt);
        feed.Now = feed.Now.Plus(Day);
        var full = await IssueAsync(feed, TestFeed.Late);
        var coarse = ReleaseForm.Degraded(ProfileId.TryParse("coarse", out var id) ? id : default);

        Assert.Equal([new ReleasedTo(feed.Reader, feed.Agreement.Id, coarse, degraded.Document.Watermark, degraded.Manifest.Id), new(feed.Reader, feed.Agreement.Id, ReleaseForm.Full, full.Document.Watermark, full.Manifest.Id)],
            await node.Ledger.FindAsync(publication.Document.Id, 9, Token));
        Assert.Empty(await node.Ledger.FindAsync(publication.Document.Id, 8, Token));
        Assert.Equal(2, (await node.Ledger.FindAsync(publication.Document.Id, 0, Token)).Count);
        foreach (int index in (int[])[-1, 10, 999, int.MaxValue]) Assert.Empty(await node.Ledger.FindAsync(publication.Document.Id, index, Token));
        Assert.Empty(await node.Ledger.FindAsync(degraded.Manifest.Id, 0, Token));
    }

    [Fact]
    public async Task Manifest_WithItems_LacksItsReceiptUntilItIsKept()
    {
        var (feed, _) = await PublishAsync();
        var batch = feed.Check(feed.Answer(FeedLane.Prompt), out _)!;
        Assert.False(await node.Outbox.LacksReceiptAsync(batch.SignedManifest.Id, Token));
        await SaveAsync(batch);
        Assert.True(await node.Outbox.LacksReceiptAsync(batch.SignedManifest.Id, Token));
        var receipt = batch.Receipt(feed.ReaderKey, feed.Now);
        Assert.True(DocumentJson.TryRead<ReceiptDocument>(receipt.Payload.Span, DocumentContexts.Receipt, out var document));
        Assert.True(await node.Outbox.TrySaveReceiptAsync(receipt, document, null, Token));
        Assert.False(await node.Outbox.LacksReceiptAsync(batch.SignedManifest.Id, Token));
    }

    [Fact]
    public async Task Manifest_WithoutItems_DemandsNoReceipt()
    {
        var (feed, _) = await PublishAsync();
        var batch = feed.Check(feed.Answer(FeedLane.Prompt, [], 1), out _)!;
        await SaveAsync(batch);
        Assert.False(await node.Outbox.LacksReceiptAsync(batch.SignedManifest.Id, Token));
    }

    [Fact]
    public async Task Manifest_Charges_AreCountedOnceAndNotAtAllWhereItIsNotKept()
    {
        var (feed, publication) = await PublishAsync();
        var key = new PaceKey(ClauseId.TryParse("pace", out var id) ? id : default, LimitedFigure.RecordsPerMinute);
        var batch = feed.Check(feed.Answer(FeedLane.Prompt), out _)!;
        var charge = new PaceCharge(key, 30, 60, TimeSpan.FromMinutes(1));
        Assert.Empty(await node.Outbox.GetPacesAsync(feed.Agreement.Id, feed.Reader, Token));
        await SaveAsync(batch, charge);
        Assert.Equal(feed.Now.PlusSeconds(30), (await node.Outbox.GetPacesAsync(feed.Agreement.Id, feed.Reader, Token))[key]);

        // The same manifest again: nothing of it is stored.
        var head = await node.Log.GetHeadAsync(Token);
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => SaveAsync(batch, charge));
        Assert.Equal(feed.Now.PlusSeconds(30), (await node.Outbox.GetPacesAsync(feed.Agreement.Id, feed.Reader, Token))[key]);
        Assert.Single(await node.Ledger.FindAsync(publication.Document.Id, 0, Token));
        Assert.Equal(head, await node.Log.GetHeadAsync(Token));

        feed.Now = feed.Now.PlusSeconds(1);
        await SaveAsync(feed.Check(feed.Answer(FeedLane.Prompt), out _)!, charge);
        Assert.Equal(Exchange.Tests.Sample.Now.PlusSeconds(60), (await node.Outbox.GetPacesAsync(feed.Agreement.Id, feed.Reader, Token))[key]);
        Assert.Empty(await node.Outbox.GetPacesAsync(feed.Agreement.Id, feed.Provider, Token));
    }

    /// <summary>Ten records, of which the ninth is never given.</summary>
    private async Task<(TestFeed, Publication)> PublishAsync()
    {
        var feed = TestFeed.DegradedAtOnceFullAfterADay();
        await node.Agreements.SaveAsync(new StoredAgreement(feed.Agreement.Id, "{}"u8.ToArray(), AgreementState.Active), Token);
        return (feed, feed.Publish([.. TestFeed.Records(8), .. TestFeed.Records(1, "7734"), .. TestFeed.Records(1)]));
    }

    private async Task<IssuedManifest> IssueAsync(TestFeed feed, FeedLane lane) => await SaveAsync(feed.Take(lane));

    private async Task<IssuedManifest> SaveAsync(Batch batch, params IReadOnlyList<PaceCharge> charges)
    {
        var issued = new IssuedManifest(batch.SignedManifest, batch.Manifest, [.. batch.Slices.Select(slice => slice.Slice)], [], charges, batch.Manifest.Watermark);
        await node.Outbox.SaveManifestAsync(issued, Token);
        return issued;
    }
}
