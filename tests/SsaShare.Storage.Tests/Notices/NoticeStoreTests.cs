using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;
using static SsaShare.Storage.Tests.NoticeSample;

namespace SsaShare.Storage.Tests;

public sealed class NoticeStoreTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    private static readonly RecordClass[] Observations = [RecordClass.Observation];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Issue_ARecordThatWasGiven_IsDueAtEverybodyWhoGotItAndNobodyElse()
    {
        var agreement = (await Answers.StartAsync(node)).Agreement;
        var publication = await PublishAsync(3);
        await node.GiveAsync(agreement, Sample.Pacific, publication, 0, 1);
        await node.GiveAsync(agreement, Caribbean, publication, 1, 2);
        await node.GiveAsync(agreement, Caribbean, publication, 1);
        var first = publication.Notice(0, NoticeAction.Withdraw, "twice measured");
        var second = publication.Notice(1, NoticeAction.Recall);
        Assert.Equal(2, await node.Notices.IssueAsync([first, second], Token));

        Assert.Equal([first.Id, second.Id], (await DueAsync(Sample.Pacific, publication)).Select(due => due.Notice.Id));
        Assert.Equal([second.Id], (await DueAsync(Caribbean, publication)).Select(due => due.Notice.Id));
        Assert.Empty(await DueAsync(Indian, publication));
        var report = Assert.Single(await node.Notices.FindAsync(publication.PlaceOf(1), Token));
        Assert.Equal([Caribbean, Sample.Pacific], report.Pending);
        Assert.Equal(2, await LogCountAsync(LogKinds.Notice, first, second));
    }

    [Fact]
    public async Task Issue_OwnRecords_AreLeftOutAndKeepTheirPayload()
    {
        var publication = await PublishAsync(4);
        await node.Notices.IssueAsync([publication.Notice(0, NoticeAction.Correct), publication.Notice(1, NoticeAction.Withdraw), publication.Notice(2, NoticeAction.Recall)], Token);
        Assert.Equal([publication.Records[3].Record.Id], await ReadAsync(publication.Records.Select(record => record.Record.Id)));
        Assert.Equal(0L, await node.ScalarAsync<long>("SELECT count(*) FROM record r JOIN publication p ON p.key = r.publication WHERE r.payload IS NULL AND p.provider IS NULL"));
    }

    [Fact]
    public async Task Issue_TheSameOrAWeakerOneAgain_ChangesNothing_AStrongerOneCounts()
    {
        var publication = await PublishAsync(1);
        Assert.Equal(1, await node.Notices.IssueAsync([publication.Notice(0, NoticeAction.Withdraw), publication.Notice(0, NoticeAction.Withdraw, "again")], Token));
        var head = await node.Log.GetHeadAsync(Token);
        Assert.Equal(0, await node.Notices.IssueAsync([publication.Notice(0, NoticeAction.Withdraw), publication.Notice(0, NoticeAction.Correct)], Token));
        Assert.Equal(head, await node.Log.GetHeadAsync(Token));
        Assert.Equal(1, await node.Notices.IssueAsync([publication.Notice(0, NoticeAction.Recall)], Token));
        Assert.Equal(2, (await node.Notices.FindAsync(publication.PlaceOf(0), Token)).Count);
    }

    [Fact]
    public async Task Issue_WhileTheRecordIsGiven_IsDueThereAsSoonAsMissedOnesAreLookedFor()
    {
        var agreement = (await Answers.StartAsync(node)).Agreement;
        var publication = await PublishAsync(2);
        await node.Notices.IssueAsync([publication.Notice(1, NoticeAction.Withdraw)], Token);
        await node.GiveAsync(agreement, Indian, publication, 0, 1);
        Assert.True(await node.Notices.AddMissedDeliveriesAsync(Token));
        Assert.Single(await DueAsync(Indian, publication));
        Assert.False(await node.Notices.AddMissedDeliveriesAsync(Token));
    }

    [Theory]
    [InlineData(NoticeAction.Correct, NoticeOutcome.Unused)]
    [InlineData(NoticeAction.Withdraw, NoticeOutcome.Unused)]
    [InlineData(NoticeAction.Recall, NoticeOutcome.Deleted)]
    public async Task Receive_ForARecordThatIsHere_IsCarriedOutAndReceipted(NoticeAction action, NoticeOutcome outcome)
    {
        var (publication, _) = await ReceiveAsync(3);
        var id = publication.Records[1].Record.Id;
        Assert.Contains(id, await ReadAsync([id]));
        var notice = publication.Notice(1, action);
        var standing = Assert.Single(await node.Notices.ReceiveAsync([notice], [Sample.Pacific], Sign, Token));

        Assert.Null(standing.Fault);
        Assert.Equal(0, standing.Pending);
        var receipt = SignedNoticeReceipt.TryOpen(Assert.Single(standing.Receipts), notice, new TestKeys(Sample.Key.VerificationKey), out string fault);
        Assert.True(receipt is not null, fault);
        Assert.Equal((outcome, Sample.Atlantic), (receipt.Receipt.Outcome, receipt.Receipt.Receiver));
        Assert.Empty(await ReadAsync([id]));
        Assert.Equal(2, (await ReadAsync(publication.Records.Select(record => record.Record.Id))).Count);
        Assert.Equal(action == NoticeAction.Recall ? 1L : 0L, await node.ScalarAsync<long>(
            $"SELECT count(*) FROM record WHERE id = '\\x{id}' AND payload IS NULL AND sensor IS NULL AND object_tag IS NULL AND regime = 0"));
        Assert.Equal(1, await LogCountAsync(LogKinds.Notice, notice));
    }

    [Fact]
    public async Task Receive_TheSameAgain_ChangesNothingAndGivesTheSameReceipt()
    {
        var (publication, _) = await ReceiveAsync(1);
        var notice = publication.Notice(0, NoticeAction.Recall);
        var first = await node.Notices.ReceiveAsync([notice], [Sample.Pacific], Sign, Token);
        var head = await node.Log.GetHeadAsync(Token);
        var again = await node.Notices.ReceiveAsync([notice, notice], [Sample.Pacific], Sign, Token);
        Assert.Equal(head, await node.Log.GetHeadAsync(Token));
        Assert.All(again, standing => Assert.Equal(first[0].Receipts.Single().Id, standing.Receipts.Single().Id));
    }

    [Fact]
    public async Task Receive_WhatIsKnown_KeepsNobodyWaiting()
    {
        var (publication, _) = await ReceiveAsync(2);
        List<SignedNotice> notices = [publication.Notice(0, NoticeAction.Recall), publication.Notice(1, NoticeAction.Withdraw)];
        await node.Notices.ReceiveAsync(notices, [Sample.Pacific], Sign, Token);
        await using var connection = await node.OwnerSource.OpenConnectionAsync(Token);
        await using var transaction = await connection.BeginTransactionAsync(Token);
        await using (var command = new Npgsql.NpgsqlCommand("LOCK TABLE head IN ACCESS EXCLUSIVE MODE", connection, transaction)) await command.ExecuteNonQueryAsync(Token);
        var standings = await node.Notices.ReceiveAsync(notices, [Sample.Pacific], Sign, Token).WaitAsync(TimeSpan.FromSeconds(20), Token);
        Assert.All(standings, standing => Assert.True(standing is { Fault: null, IsNew: false, Receipts.Count: 1 }));
    }

    [Fact]
    public async Task Receive_ForRecordsThatHaveComeSince_CountsAsWaitingNoMore()
    {
        var answers = await Answers.StartAsync(node);
        var publication = answers.Publish(Answers.Records(3));
        await using var connection = await node.Source.OpenConnectionAsync(Token);
        async Task<long> WaitingAsync() => await KnownNotices.CountUnknownAsync(connection, Sample.Pacific, 1, Token);
        long before = await WaitingAsync();
        await node.Notices.ReceiveAsync([publication.Notice(0, NoticeAction.Withdraw), publication.Notice(1, NoticeAction.Withdraw)], [Sample.Pacific], Sign, Token);
        Assert.Equal(before + 2, await WaitingAsync());
        var batch = answers.Next([publication]);
        await node.Inbox.AcceptAsync(batch, Answers.Receipt(batch), Token);
        Assert.Equal(before, await WaitingAsync());
    }

    [Fact]
    public async Task Receive_OfAnotherThanThePublicationsOriginator_TouchesNothing()
    {
        var (publication, _) = await ReceiveAsync(1);
        var forged = SignedNotice.Issue(CaribbeanKey, Caribbean, publication.PlaceOf(0), NoticeAction.Recall, null, "", Sample.Now);
        var standing = Assert.Single(await node.Notices.ReceiveAsync([forged], [Caribbean], Sign, Token));
        Assert.Contains("another originator", standing.Fault, StringComparison.Ordinal);
        Assert.Single(await ReadAsync([publication.Records[0].Record.Id]));
        Assert.Equal(1L, await node.ScalarAsync<long>($"SELECT count(*) FROM record WHERE id = '\\x{publication.Records[0].Record.Id}' AND payload IS NOT NULL"));
    }

    [Fact]
    public async Task Receive_OfAnotherBeforeThePublicationIsHere_StopsNeitherFeedNorOwnNotices()
    {
        var agreement = (await Answers.StartAsync(node)).Agreement;
        var publication = Sample.Publish(Sample.Records(2));
        var forged = SignedNotice.Issue(CaribbeanKey, Caribbean, publication.PlaceOf(0), NoticeAction.Recall, null, "", Sample.Now);
        await node.Notices.ReceiveAsync([forged], [Caribbean], Sign, Token);
        Assert.True(await node.Publications.TryAppendAsync([publication], Token));
        await node.Outbox.SaveManifestAsync(Issue(agreement, new PublicationSlice(publication.Document, publication.Records, [], null) { Clauses = [Answers.Grant, Answers.Grant] }), Token);
        Assert.Equal(1, await node.Notices.IssueAsync([publication.Notice(0, NoticeAction.Withdraw)], Token));
        Assert.Equal([Sample.Pacific], (await node.Notices.FindAsync(publication.PlaceOf(0), Token)).Single(report => report.Notice.Notice.Originator != Caribbean).Pending);
    }

    [Fact]
    public async Task Receive_ARecordThatCameByTwoWays_IsRemovedOnBoth()
    {
        var (publication, answers) = await ReceiveAsync(2);
        var other = await answers.StartAnotherAsync(node);
        var again = other.Next([publication]);
        Assert.Equal(0, await node.Inbox.AcceptAsync(again, Answers.Receipt(again), Token));
        var id = publication.Records[0].Record.Id;
        Assert.Equal(2, (await ReadAsync([id])).Count);
        await node.Notices.ReceiveAsync([publication.Notice(0, NoticeAction.Recall)], [Sample.Pacific], Sign, Token);
        Assert.Empty(await ReadAsync([id]));
        Assert.Equal(2, (await ReadAsync([publication.Records[1].Record.Id])).Count);
    }

    [Fact]
    public async Task Receive_WhatThisNodePassedOn_IsDueThereAndReceiptsGoBackUp()
    {
        var (publication, answers) = await ReceiveAsync(1);
        await node.GiveAsync(answers.Agreement, Caribbean, publication, 0);
        await node.GiveAsync(answers.Agreement, Indian, publication, 0);
        await node.GiveAsync(answers.Agreement, Sample.Pacific, publication, 0);
        var notice = publication.Notice(0, NoticeAction.Recall);
        var standing = Assert.Single(await node.Notices.ReceiveAsync([notice], [Sample.Pacific], Sign, Token));
        // Nothing is asked of the originator itself.
        Assert.Equal((1, 2), (standing.Receipts.Count, standing.Pending));
        var due = Assert.Single(await DueAsync(Caribbean, publication));
        Assert.Equal([Sample.Pacific], due.Via);

        var receipt = Receipt(notice, Caribbean, CaribbeanKey, NoticeOutcome.Deleted);
        await node.Notices.SaveAnswersAsync(Caribbean, [new NoticeAnswer(notice.Id, [receipt], IsComplete: true)], Token);
        var head = await node.Log.GetHeadAsync(Token);
        await node.Notices.SaveAnswersAsync(Caribbean, [new NoticeAnswer(notice.Id, [receipt], IsComplete: true)], Token);
        Assert.Equal(head, await node.Log.GetHeadAsync(Token));
        Assert.Empty(await DueAsync(Caribbean, publication));

        standing = Assert.Single(await node.Notices.ReceiveAsync([notice], [Sample.Pacific], Sign, Token));
        Assert.Equal((2, 1), (standing.Receipts.Count, standing.Pending));
        Assert.Equal(receipt.Document.Id, standing.Receipts[1].Id);
        // Who asks, or waits behind who asks, is not waited for.
        Assert.Equal(0, (await node.Notices.ReceiveAsync([notice], [Indian, Sample.Pacific], Sign, Token)).Single().Pending);
        Assert.Equal([Indian], Assert.Single(await node.Notices.FindAsync(notice.Notice.Place(), Token)).Pending);
        Assert.Contains(notice.Id, (await node.Notices.ListAsync(long.MaxValue, 1_000, pendingOnly: true, Token)).Select(report => report.Notice.Id));
    }

    [Fact]
    public async Task SaveAnswers_UnknownToOneThatSignedForIt_StaysPending()
    {
        var agreement = (await Answers.StartAsync(node)).Agreement;
        var publication = await PublishAsync(2);
        await node.SignForAsync(await node.GiveAsync(agreement, Caribbean, publication, 0));
        await node.GiveAsync(agreement, Caribbean, publication, 1);
        SignedNotice[] notices = [publication.Notice(0, NoticeAction.Recall), publication.Notice(1, NoticeAction.Recall)];
        await node.Notices.IssueAsync(notices, Token);
        NoticeAnswer Answer(SignedNotice notice, params NoticeOutcome[] outcomes)
            => new(notice.Id, [.. outcomes.Select(outcome => Receipt(notice, Caribbean, CaribbeanKey, outcome))], IsComplete: true);

        await node.Notices.SaveAnswersAsync(Caribbean, [.. notices.Select(notice => Answer(notice, NoticeOutcome.UnknownRecord))], Token);
        // What was given without a receipt may never have come; the other it signed for. Its answer is kept all the same.
        Assert.Equal([notices[0].Id], (await DueAsync(Caribbean, publication)).Select(due => due.Notice.Id));
        var report = Assert.Single(await node.Notices.FindAsync(publication.PlaceOf(0), Token));
        Assert.Equal([Caribbean], report.Pending);
        Assert.Equal([NoticeOutcome.UnknownRecord], report.Receipts.Select(receipt => receipt.Outcome));

        await node.Notices.SaveAnswersAsync(Caribbean, [Answer(notices[0], NoticeOutcome.Deleted, NoticeOutcome.UnknownRecord)], Token);
        Assert.Empty(await DueAsync(Caribbean, publication));
    }

    [Fact]
    public async Task Receive_UnknownRecord_IsReceiptedAsSuch()
    {
        var stranger = Sample.Publish(Sample.Record(Sample.Pacific));
        var notice = stranger.Notice(0, NoticeAction.Withdraw);
        var standing = Assert.Single(await node.Notices.ReceiveAsync([notice], [Sample.Pacific], Sign, Token));
        Assert.Equal(NoticeOutcome.UnknownRecord, Outcome(Assert.Single(standing.Receipts), notice));
    }

    [Theory]
    [InlineData(NoticeAction.Withdraw)]
    [InlineData(NoticeAction.Recall)]
    public async Task Receive_BeforeTheRecord_WhichIsThenStoredAsNoticed(NoticeAction action)
    {
        var answers = await Answers.StartAsync(node);
        var publication = answers.Publish(Answers.Records(3));
        var notice = publication.Notice(1, action);
        await node.Notices.ReceiveAsync([notice], [Sample.Pacific], Sign, Token);
        var batch = answers.Next([publication]);
        Assert.Equal(3, await node.Inbox.AcceptAsync(batch, Answers.Receipt(batch), Token));
        var ids = publication.Records.Select(record => record.Record.Id).ToList();
        Assert.Equal([ids[0], ids[2]], await ReadAsync(ids));
        bool isThere = action != NoticeAction.Recall;
        Assert.Equal(1L, await node.ScalarAsync<long>($"SELECT count(*) FROM record WHERE id = '\\x{ids[1]}' AND (payload IS NOT NULL) = {isThere} AND (sensor IS NOT NULL) = {isThere}"));
        // Asked again, the node has more to say than before.
        var standing = Assert.Single(await node.Notices.ReceiveAsync([notice], [Sample.Pacific], Sign, Token));
        Assert.Equal([NoticeRules.OutcomeOf(action, isHeld: true), NoticeOutcome.UnknownRecord], standing.Receipts.Select(receipt => Outcome(receipt, notice)));
    }

    [Fact]
    public async Task Receive_ARecallWhileTheRecordArrives_LeavesNoPayload()
    {
        // Both orders, many times: whichever commits first, the payload is gone in the end.
        for (int i = 0; i < 20; i++)
        {
            var answers = await Answers.StartAsync(node);
            var publication = answers.Publish(Answers.Records(2));
            var batch = answers.Next([publication]);
            await Task.WhenAll(
                node.Inbox.AcceptAsync(batch, Answers.Receipt(batch), Token),
                node.Notices.ReceiveAsync([publication.Notice(0, NoticeAction.Recall)], [Sample.Pacific], Sign, Token));
            Assert.Equal(1L, await node.ScalarAsync<long>($"SELECT count(*) FROM record r JOIN publication p ON p.key = r.publication WHERE p.id = '\\x{publication.Document.Id}' AND r.payload IS NULL AND r.index = 0"));
            Assert.Equal([publication.Records[1].Record.Id], await ReadAsync(publication.Records.Select(record => record.Record.Id)));
        }
    }

    [Fact]
    public async Task Recalled_ThatArrivesAgain_StaysDeleted()
    {
        var (publication, answers) = await ReceiveAsync(1);
        await node.Notices.ReceiveAsync([publication.Notice(0, NoticeAction.Recall)], [Sample.Pacific], Sign, Token);
        var other = await answers.StartAnotherAsync(node);
        var again = other.Next([publication]);
        Assert.Equal(0, await node.Inbox.AcceptAsync(again, Answers.Receipt(again), Token));
        Assert.Empty(await ReadAsync([publication.Records[0].Record.Id]));
        Assert.Equal(1L, await node.ScalarAsync<long>($"SELECT count(*) FROM record WHERE id = '\\x{publication.Records[0].Record.Id}' AND payload IS NULL"));
    }

    [Fact]
    public async Task Read_OfTheFeed_MarksWhatGoesToNobodyAnyMore()
    {
        long head = await node.Outbox.GetHeadPositionAsync(Token);
        var publication = await PublishAsync(3);
        await node.Notices.IssueAsync([publication.Notice(1, NoticeAction.Correct)], Token);
        var page = await node.Outbox.ReadAsync(FeedLane.Prompt, head, 100, Sample.Now.PlusSeconds(1e9), Token);
        var stored = page.Publications.Single(one => one.Publication.Document.Id == publication.Document.Id);
        Assert.Equal([1], stored.Closed);
        var grant = ClauseId.TryParse("all", out var id) ? id : default;
        var release = Release.Decide([stored], new LaneDecision(TimeSpan.Zero, [], [ReleaseForm.Full], (in _, _, _) => ReleaseDecision.Released(grant, Purposes.Any)), null);
        Assert.Equal([0, 2], release.Slices.Single().Records.Select(record => record.Index));
        Assert.NotNull(release.Slices.Single().Verify(new TestKeys(Sample.Key.VerificationKey), out string fault));
        Assert.Empty(fault);
        Assert.Equal([new WithheldCount(null, nameof(WithholdReason.Noticed), 1)], release.Withheld);
    }

    [Fact]
    public async Task SaveManifest_WithARecordThatWasNoticedMeanwhile_KeepsNothing()
    {
        var agreement = (await Answers.StartAsync(node)).Agreement;
        var publication = await PublishAsync(2);
        var slice = new PublicationSlice(publication.Document, publication.Records, [], null) { Clauses = [Answers.Grant, Answers.Grant] };
        await node.Notices.IssueAsync([publication.Notice(0, NoticeAction.Withdraw)], Token);
        var head = await node.Log.GetHeadAsync(Token);
        await Assert.ThrowsAsync<RecordsNoticedException>(() => node.Outbox.SaveManifestAsync(Issue(agreement, slice), Token));
        Assert.Equal(head, await node.Log.GetHeadAsync(Token));
        Assert.Equal(0L, await node.ScalarAsync<long>($"SELECT count(*) FROM release WHERE publication = '\\x{publication.Document.Id}'"));
    }

    [Fact]
    public async Task Receive_MoreThanAnHonestOriginatorSends_IsNotTaken()
    {
        var (publication, _) = await ReceiveAsync(1);
        var notices = Enumerable.Range(0, 12).Select(i => publication.Notice(0, NoticeAction.Withdraw, $"reason {i}")).ToList();
        var standings = await node.Notices.ReceiveAsync(notices, [Sample.Pacific], Sign, Token);
        Assert.Equal(10, standings.Count(standing => standing.Fault is null));
        Assert.All(standings.Skip(10), standing => Assert.NotNull(standing.Fault));
    }

    [Fact]
    public async Task Removals_NoticesInCommitOrder_NameTheRecordsThatAreHere()
    {
        long before = await node.Removals.GetHeadAsync(Token);
        var (received, _) = await ReceiveAsync(3);
        var own = await PublishAsync(2);
        await node.Notices.ReceiveAsync([received.Notice(2, NoticeAction.Withdraw)], [Sample.Pacific], Sign, Token);
        await node.Notices.IssueAsync([own.Notice(1, NoticeAction.Recall)], Token);
        var page = await node.Removals.ReadAsync(before, Token);
        Assert.Equal(new[] { received.Records[2].Record.Id, own.Records[1].Record.Id }.ToHashSet(), page.Records.Intersect([.. received.Records.Select(r => r.Record.Id), .. own.Records.Select(r => r.Record.Id)]).ToHashSet());
        Assert.True(page.Through > before);
        var next = await node.Removals.ReadAsync(await node.Removals.GetHeadAsync(Token), Token);
        Assert.Empty(next.Records);
    }

    [Fact]
    public async Task Forget_WithoutARecall_DeletesNothing()
    {
        var (publication, _) = await ReceiveAsync(1);
        await node.Notices.ReceiveAsync([publication.Notice(0, NoticeAction.Withdraw)], [Sample.Pacific], Sign, Token);
        await using var command = node.Source.CreateCommand($"SELECT forget_recalled(ARRAY['\\x{publication.Document.Id}'::bytea])");
        Assert.Equal(0L, await command.ExecuteScalarAsync(Token));
        Assert.Equal(1L, await node.ScalarAsync<long>($"SELECT count(*) FROM record WHERE id = '\\x{publication.Records[0].Record.Id}' AND payload IS NOT NULL"));
    }

    [Fact]
    public async Task Places_OfOwnRecords_AreFoundByIdAndBySensor()
    {
        var publication = await PublishAsync(3);
        var (received, _) = await ReceiveAsync(1);
        var ids = publication.Records.Select(record => record.Record.Id).ToList();
        var found = await node.Places.FindOwnAsync([.. ids, received.Records[0].Record.Id], Token);
        Assert.Equal(ids.Index().ToDictionary(one => one.Item, one => publication.PlaceOf(one.Index)), found);
        Assert.True(await node.Places.IsOwnAsync(publication.PlaceOf(2), Token));
        Assert.False(await node.Places.IsOwnAsync(publication.PlaceOf(3), Token));
        Assert.False(await node.Places.IsOwnAsync(received.PlaceOf(0), Token));
        Assert.Equal([received.Records[0].Record.Id], await node.Places.FindRecordsAsync(received.PlaceOf(0), Token));
        var middle = publication.Records[1].Record.Facts;
        Assert.Equal([publication.PlaceOf(1)], await node.Places.SelectOwnAsync(middle.Sensor, middle.Epoch, middle.Epoch.PlusSeconds(0.5), Token).ToListAsync(Token));
        Assert.Empty(await node.Places.SelectOwnAsync(SensorId.Parse("another"), middle.Epoch, middle.Epoch.PlusSeconds(0.5), Token).ToListAsync(Token));
    }

    private static IssuedManifest Issue(AgreementId agreement, PublicationSlice slice)
    {
        Hash256[] leaves = [.. slice.Records.Select(record => record.LeafHash)];
        var document = new ManifestDocument(DocumentContexts.Manifest.Text, agreement, Sample.Atlantic, Sample.Pacific, 0, 1, null, 1, leaves.Length, Transparency.MerkleTree.Root(leaves), true, Sample.Now, "note");
        return new IssuedManifest(SignedDocument.Sign(Sample.Key, DocumentContexts.Manifest, DocumentJson.Write(document)), document, [slice], [], [], Sample.Now);
    }

    private static NoticeOutcome Outcome(SignedDocument receipt, SignedNotice notice)
        => SignedNoticeReceipt.TryOpen(receipt, notice, new TestKeys(Sample.Key.VerificationKey), out string fault)?.Receipt.Outcome ?? throw new InvalidOperationException(fault);

    private async Task<Publication> PublishAsync(int count)
    {
        var publication = Sample.Publish(Sample.Records(count));
        Assert.True(await node.Publications.TryAppendAsync([publication], Token));
        return publication;
    }

    private async Task<(Publication Publication, Answers Answers)> ReceiveAsync(int count)
    {
        var answers = await Answers.StartAsync(node);
        var publication = answers.Publish(Answers.Records(count));
        var batch = answers.Next([publication]);
        await node.Inbox.AcceptAsync(batch, Answers.Receipt(batch), Token);
        return (publication, answers);
    }

    private async Task<IReadOnlyList<DueNotice>> DueAsync(PartnerId partner, Publication publication)
        => [.. (await node.Notices.ListDueAsync(partner, -1, 1_000, Token)).Where(due => due.Notice.Notice.Publication == publication.Document.Id)];

    /// <summary>How often the reader gives these.</summary>
    private async Task<List<RecordId>> ReadAsync(IEnumerable<RecordId> wanted)
    {
        var set = wanted.ToHashSet();
        return [.. (await node.Records.ReadAsync(0, Observations, 100_000, Token)).Select(arrived => arrived.Record.Id).Where(set.Contains)];
    }

    private async Task<int> LogCountAsync(string kind, params SignedNotice[] notices)
    {
        var bodies = notices.Select(notice => Hash256.Of(notice.Document.ToJson())).ToHashSet();
        return await node.Log.ReadAsync(0, (await node.Log.GetHeadAsync(Token)).Size, Token).CountAsync(entry => entry.Event.Kind == kind && bodies.Contains(Hash256.Of(entry.Event.Body.Span)), Token);
    }
}
