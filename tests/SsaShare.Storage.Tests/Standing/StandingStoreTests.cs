using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Storage.Tests;

public sealed class StandingStoreTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Received_Answers_AreCountedAndTheLastIsKept()
    {
        var answers = await Answers.StartAsync(node);
        await AcceptAsync(answers.Next([answers.Publish(Answers.Records(3))], complete: false, alter: manifest => manifest with { Withheld = 2, Waiting = 4 }));
        var last = answers.Next([answers.Publish(Answers.Records(2))], alter: manifest => manifest with { Withheld = 1, Waiting = 0 });
        await AcceptAsync(last);
        var standing = await ReceivedAsync(answers.Agreement);
        Assert.Equal((5, 3, 2), (standing.Given, standing.Withheld, standing.Positions.Of(FeedLane.Prompt)));
        Assert.Equal(last.Manifest, standing.LastAnswer);
        Assert.Equal(last.Manifest.Watermark, standing.Watermark);
        Assert.NotNull(standing.AnsweredAt);
    }

    [Fact]
    public async Task Received_NothingToReport_IsTheLastAnswerToo()
    {
        var answers = await Answers.StartAsync(node);
        var batch = answers.Next([], alter: manifest => manifest with { Withheld = 0, Waiting = 0 });
        await node.Inbox.AcceptAsync(batch, null, Token);
        var standing = await ReceivedAsync(answers.Agreement);
        Assert.Equal((ProviderWord.NothingToReport, 0, 0), (ProviderWords.Of(standing.LastAnswer!), standing.Given, standing.Withheld));
        var state = await node.Inbox.GetStateAsync(answers.Agreement, Sample.Pacific, FeedPriority.Routine, Token);
        Assert.Equal(batch.SignedManifest.Id, state.LastManifest!.Id);
    }

    [Fact]
    public async Task Denial_Repeated_IsLoggedOnceUntilTheReasonChangesOrAnAnswerComes()
    {
        var answers = await Answers.StartAsync(node);
        Assert.True(await DenyAsync(answers.Agreement, DenialReason.Suspended, 1));
        Assert.False(await DenyAsync(answers.Agreement, DenialReason.Suspended, 61));
        Assert.Equal((DenialReason.Suspended, 61.0, 1.0), await DenialAsync(answers.Agreement));

        Assert.True(await DenyAsync(answers.Agreement, DenialReason.Revoked, 90));
        Assert.Equal((DenialReason.Revoked, 90.0, 90.0), await DenialAsync(answers.Agreement));

        await node.Inbox.AcceptAsync(answers.Next([], alter: manifest => manifest with { Watermark = Sample.Now.PlusSeconds(100) }), null, Token);
        Assert.True(await DenyAsync(answers.Agreement, DenialReason.Revoked, 120));
        Assert.Equal((DenialReason.Revoked, 120.0, 120.0), await DenialAsync(answers.Agreement));
        Assert.Equal(3, await node.ScalarAsync<long>($"SELECT count(*) FROM log_entry WHERE kind = 'denial-received' AND agreement = '\\x{answers.Agreement.Value}'"));
    }

    [Fact]
    public async Task Denial_OfAProviderWhoseClockWasSetBack_IsTheNewestAllTheSame()
    {
        var answers = await Answers.StartAsync(node);
        Assert.True(await DenyAsync(answers.Agreement, DenialReason.Paused, 50));
        Assert.True(await DenyAsync(answers.Agreement, DenialReason.Suspended, -190));
        Assert.Equal((DenialReason.Suspended, -190.0, -190.0), await DenialAsync(answers.Agreement));
    }

    [Fact]
    public async Task Pauses_OfPeersAndAgreements_StandUntilTheyAreTakenBack()
    {
        var (agreement, peer) = ((await Answers.StartAsync(node)).Agreement, PartnerId.Parse("caribbean"));
        Assert.True(await node.Standing.SavePauseAsync(new PauseEvent(peer, null, "operator"), true, Token));
        Assert.False(await node.Standing.SavePauseAsync(new PauseEvent(peer, null, "another"), true, Token));
        Assert.True(await node.Standing.SavePauseAsync(new PauseEvent(peer, agreement, "operator"), true, Token));
        Assert.True(await node.Standing.SavePauseAsync(new PauseEvent(peer, null, "operator"), false, Token));
        Assert.False(await node.Standing.SavePauseAsync(new PauseEvent(peer, null, "operator"), false, Token));
        var pause = Assert.Single(await node.Standing.ListPausesAsync(Token), pause => pause.Pause.Peer == peer);
        Assert.Equal((agreement, "operator"), (pause.Pause.Agreement, pause.Pause.By));
        Assert.True(pause.Covers(peer, agreement) && !pause.Covers(Sample.Pacific, agreement));
        Assert.Equal(3, await node.ScalarAsync<long>("SELECT count(*) FROM log_entry WHERE kind IN ('exchange-paused', 'exchange-resumed') AND peer = 'caribbean'"));
    }

    [Fact]
    public async Task Given_Manifests_AreFoundWithTheLastReceipt()
    {
        var answers = await Answers.StartAsync(node);
        var stream = new StreamKey(answers.Agreement, Sample.Atlantic, FeedPriority.Routine);
        Assert.Equal(new GivenStanding(null, null), await node.Standing.FindGivenAsync(stream, Token));
        var (first, second) = (answers.Next([answers.Publish(Answers.Records(2))]), answers.Next([answers.Publish(Answers.Records(1))]));
        await IssueAsync(first);
        var receipt = Answers.Receipt(first);
        Assert.True(DocumentJson.TryRead<ReceiptDocument>(receipt.Payload.Span, DocumentContexts.Receipt, out var document));
        Assert.True(await node.Outbox.TrySaveReceiptAsync(receipt, document, null, Token));
        await IssueAsync(second);
        var given = await node.Standing.FindGivenAsync(stream, Token);
        Assert.Equal((second.SignedManifest.Id, first.SignedManifest.Id), (given.Issued?.Id, given.Receipted?.Id));
        Assert.Equal(new GivenStanding(null, null), await node.Standing.FindGivenAsync(stream with { Priority = FeedPriority.Urgent }, Token));
    }

    [Fact]
    public async Task Lag_BehindTheFeed_IsCountedInPublicationsRecordsAndTime()
    {
        long position = await node.Outbox.GetHeadPositionAsync(Token);
        Assert.Equal(LaneLag.None, await node.Standing.GetLagAsync(FeedLane.Prompt, position, Sample.Now, Token));
        await node.Publications.TryAppendAsync([Sample.Publish(Sample.Records(3))], Token);
        await node.Publications.TryAppendAsync([Sample.Publish(Sample.Records(2))], Token);
        Assert.Equal(new LaneLag(2, 5, Sample.Now), await node.Standing.GetLagAsync(FeedLane.Prompt, position, Sample.Now.PlusSeconds(9), Token));
        Assert.Equal(new LaneLag(1, 2, Sample.Now), await node.Standing.GetLagAsync(FeedLane.Prompt, position + 1, Sample.Now, Token));
        Assert.Equal(LaneLag.None, await node.Standing.GetLagAsync(FeedLane.PromptOf(FeedPriority.Urgent), position, Sample.Now, Token));
        Assert.Equal(LaneLag.None, await node.Standing.GetLagAsync(new FeedLane(FeedSource.Own, TimeSpan.FromHours(1)), position, Sample.Now, Token));
        Assert.Equal(2, (await node.Standing.GetLagAsync(new FeedLane(FeedSource.Own, TimeSpan.FromHours(1)), position, Sample.Now.PlusSeconds(3_600), Token)).Publications);
    }

    private async Task<ReceivedStanding> ReceivedAsync(AgreementId agreement) => Assert.Single(await node.Standing.ListReceivedAsync(Token), standing => standing.Stream.Agreement == agreement);

    private async Task AcceptAsync(Batch batch) => await node.Inbox.AcceptAsync(batch, Answers.Receipt(batch), Token);

    private async Task IssueAsync(Batch batch)
        => await node.Outbox.SaveManifestAsync(new IssuedManifest(batch.SignedManifest, batch.Manifest, [.. batch.Slices.Select(slice => slice.Slice)], [], [], Sample.Now), Token);

    private async Task<bool> DenyAsync(AgreementId agreement, DenialReason reason, double seconds)
    {
        var signed = DenialDocument.Sign(Sample.Key, agreement, Sample.Pacific, Sample.Atlantic, reason, Sample.Now.PlusSeconds(seconds), null);
        Assert.True(DocumentJson.TryRead<DenialDocument>(signed.Payload.Span, DocumentContexts.Denial, out var document));
        return await node.Standing.SaveDenialAsync(signed, document, Token);
    }

    private async Task<(DenialReason, double At, double Since)> DenialAsync(AgreementId agreement)
    {
        var held = Assert.Single(await node.Standing.ListDenialsAsync(Token), held => held.Denial.Agreement == agreement);
        return (held.Denial.Reason, held.Denial.At.SecondsSince(Sample.Now), held.Since.SecondsSince(Sample.Now));
    }
}
