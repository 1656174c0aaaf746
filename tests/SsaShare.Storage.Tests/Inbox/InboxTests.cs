using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Storage.Tests;

public sealed class InboxTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Accept_AChainOfAnswers_MovesStateAndKeepsReceipts()
    {
        var answers = await Answers.StartAsync(node);
        Assert.Equal(InboxState.Start, await StateAsync(answers));

        var first = answers.Next([answers.Publish(Answers.Records(3)), answers.Publish(Answers.Records(2))], complete: false);
        var receipt = Answers.Receipt(first);
        Assert.Equal(5, await node.Inbox.AcceptAsync(first, receipt, Token));
        var state = await StateAsync(answers);
        Assert.Equal((2, first.SignedManifest.Id, receipt.Id), (state.Positions.Of(FeedLane.Prompt), state.Manifest!.Value, state.Receipt!.Id));
        Assert.Equal(first.Cursor.ToArray(), state.Cursor.ToArray());
        Assert.Equal((1, 1), (first.LogSizeMin, state.LogSizeMin));
        Assert.True(state.Receipt.Verify(Sample.Key.VerificationKey, DocumentContexts.Receipt));
        Assert.DoesNotContain(await node.Records.ListWatermarksAsync(Token), mark => mark.Agreement == answers.Agreement);

        var second = answers.Next([answers.Publish(Answers.Records(1))]);
        Assert.Equal(1, await node.Inbox.AcceptAsync(second, Answers.Receipt(second), Token));
        Assert.Equal((3, second.SignedManifest.Id), ((await StateAsync(answers)).Positions.Of(FeedLane.Prompt), (await StateAsync(answers)).Manifest!.Value));
        Assert.Contains((Sample.Pacific, answers.Agreement, second.Manifest.Watermark), await node.Records.ListWatermarksAsync(Token));
    }

    [Fact]
    public async Task Accept_AnswersAskedForInAdvance_KeepsTheReceiptThatWasNotSentBesideTheNewOne()
    {
        var answers = await Answers.StartAsync(node);
        var state = InboxState.Start;
        var receipts = new List<Hash256>();
        for (int i = 0; i < 3; i++)
        {
            var batch = answers.Next([answers.Publish(Answers.Records(1))], complete: false) with { ReceiptLeft = state.Manifest };
            var receipt = Answers.Receipt(batch);
            receipts.Add(receipt.Id);
            await node.Inbox.AcceptAsync(batch, receipt, Token);
            state = await ComparedAsync(batch.After(state, receipt));
        }
        Assert.Equal((receipts[2], receipts[1]), (state.Receipt!.Id, state.EarlierReceipt!.Id));

        // One that lists nothing has no receipt; the one before it stays, and then the one before that.
        var empty = answers.Next([], complete: true) with { ReceiptLeft = state.Manifest };
        await node.Inbox.AcceptAsync(empty, null, Token);
        state = await ComparedAsync(empty.After(state, null));
        Assert.Equal((null, receipts[2]), (state.Receipt, state.EarlierReceipt!.Id));
        var last = answers.Next([answers.Publish(Answers.Records(1))]);
        await node.Inbox.AcceptAsync(last, Answers.Receipt(last), Token);
        Assert.Null((await StateAsync(answers)).EarlierReceipt);

        async Task<InboxState> ComparedAsync(InboxState expected)
        {
            var read = await StateAsync(answers);
            Assert.Equal(expected.Cursor.ToArray(), read.Cursor.ToArray());
            Assert.Equal((expected.Positions, expected.Manifest, expected.Receipt?.Id, expected.EarlierReceipt?.Id, expected.LogSizeMin, expected.LastManifest!.Id),
                (read.Positions, read.Manifest, read.Receipt?.Id, read.EarlierReceipt?.Id, read.LogSizeMin, read.LastManifest!.Id));
            return read;
        }
    }

    [Fact]
    public async Task Accept_Always_LogsManifestItemsAndReceipt()
    {
        var answers = await Answers.StartAsync(node);
        var batch = answers.Next([answers.Publish(Answers.Records(3)), answers.Publish(Answers.Records(2))]);
        await node.Inbox.AcceptAsync(batch, Answers.Receipt(batch), Token);
        long size = (await node.Log.GetHeadAsync(Token)).Size;
        var entries = await node.Log.ReadAsync(size - 3, size, Token).ToListAsync(Token);
        Assert.Equal([LogKinds.ManifestReceived, LogKinds.ItemsReceived, LogKinds.ReceiptIssued], entries.Select(entry => entry.Event.Kind));
        Assert.True(ManifestItems.TryParse(entries[1].Event.Body.Span, out var items));
        Assert.Null(items.WhyOther(batch.SignedManifest.Id, batch.Manifest));
        Assert.All(items.Slices.SelectMany(slice => slice.Items), item => Assert.Equal(Answers.Grant, item.Clause));
    }

    [Fact]
    public async Task Accept_AnAnswerThatListsNothing_MovesCursorAndWatermarkAndLogsNothing()
    {
        var answers = await Answers.StartAsync(node);
        var full = answers.Next([answers.Publish(Answers.Records(1))]);
        await node.Inbox.AcceptAsync(full, Answers.Receipt(full), Token);
        var head = await node.Log.GetHeadAsync(Token);

        var publication = answers.Publish(Answers.Records(2));
        var empty = answers.Next([publication], withheld: publication.Records.Select(record => record.Record.Id).ToHashSet());
        Assert.Equal(0, empty.ItemCount);
        Assert.Equal(0, await node.Inbox.AcceptAsync(empty, null, Token));

        var state = await StateAsync(answers);
        Assert.Equal((2, empty.SignedManifest.Id, null), (state.Positions.Of(FeedLane.Prompt), state.Manifest!.Value, state.Receipt));
        Assert.Equal(empty.Cursor.ToArray(), state.Cursor.ToArray());
        Assert.Contains((Sample.Pacific, answers.Agreement, empty.Manifest.Watermark), await node.Records.ListWatermarksAsync(Token));
        Assert.Equal(head, await node.Log.GetHeadAsync(Token));

        var next = answers.Next([answers.Publish(Answers.Records(1))]);
        Assert.Equal(1, await node.Inbox.AcceptAsync(next, Answers.Receipt(next), Token));
    }

    [Fact]
    public async Task Accept_TheSameAnswerTwice_IsRefusedAndStoresNothing()
    {
        var answers = await Answers.StartAsync(node);
        var batch = answers.Next([answers.Publish(Answers.Records(3))]);
        await node.Inbox.AcceptAsync(batch, Answers.Receipt(batch), Token);
        var head = await node.Log.GetHeadAsync(Token);
        await Assert.ThrowsAsync<InvalidOperationException>(() => node.Inbox.AcceptAsync(batch, Answers.Receipt(batch), Token));
        Assert.Equal(head, await node.Log.GetHeadAsync(Token));
    }

    [Fact]
    public async Task Accept_TwoPullsAtOnce_OneIsStored()
    {
        var answers = await Answers.StartAsync(node);
        var batch = answers.Next([answers.Publish(Answers.Records(3))]);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            try
            {
                return await node.Inbox.AcceptAsync(batch, Answers.Receipt(batch), Token);
            }
            catch (InvalidOperationException)
            {
                return -1;
            }
        }));
        Assert.Equal([-1, -1, -1, 3], outcomes.Order());
    }

    [Fact]
    public async Task Accept_RecordsThatAreHereAlready_KeepsTheWholeSliceAndThatTheyCameThisWayToo()
    {
        var shared = Answers.Records(3);
        var one = await Answers.StartAsync(node);
        var first = one.Next([one.Publish(shared)]);
        await node.Inbox.AcceptAsync(first, Answers.Receipt(first), Token);

        // Another way brings two of them again among five others, of which one is withheld.
        var other = await Answers.StartAsync(node);
        var more = Answers.Records(5);
        var publication = other.Publish(more[0], shared[0], more[1], more[2], shared[2], more[3], more[4]);
        var batch = other.Next([publication], withheld: new HashSet<RecordId> { more[3].Id });
        Assert.Equal(4, await node.Inbox.AcceptAsync(batch, Answers.Receipt(batch), Token));

        string where = $"FROM publication WHERE agreement = '\\x{other.Agreement}'";
        byte[] proof = await node.ScalarAsync<byte[]>($"SELECT proof {where}");
        Assert.Equal("6 2", await node.ScalarAsync<string>($"SELECT record_count || ' ' || known_count {where}"));
        LeafAt[] came = [.. publication.Records.Where(record => record.Index != 5).Select(record => new LeafAt(record.Index, record.LeafHash))];
        var hashes = proof.Chunk(Hash256.Size).Select(bytes => new Hash256(bytes));
        Assert.True(DocumentJson.TryRead<PublicationDocument>(publication.Document.Payload.Span, DocumentContexts.Publication, out var document));
        Assert.True(new SubsetProof(document.Size, hashes).Verify(came, document.Root));
        string leaves = $"SELECT string_agg(encode(salt || record, 'hex'), ' ' ORDER BY index) FROM record_path WHERE publication = (SELECT key {where})";
        Assert.Equal(string.Join(' ', publication.Records.Where(record => record.Index is 1 or 4).Select(record => Convert.ToHexStringLower(record.Salt.Span) + record.Record.Id)),
            await node.ScalarAsync<string>(leaves));
    }

    [Fact]
    public async Task Accept_KnownRecordsAfterManyNewOnes_KeepsEveryWay()
    {
        var shared = Answers.Records(30);
        var one = await Answers.StartAsync(node);
        var first = one.Next([one.Publish(shared)]);
        await node.Inbox.AcceptAsync(first, Answers.Receipt(first), Token);

        // Known ones, then so many new ones that none is expected any more, then known ones again.
        var other = await Answers.StartAsync(node);
        int added = 0, known = 0;
        for (int i = 0; i < 30; i++)
        {
            bool bringsKnown = i is 0 or 1 or > 25;
            var batch = other.Next([other.Publish(bringsKnown ? [shared[i], .. Answers.Records(1)] : Answers.Records(1))]);
            added += await node.Inbox.AcceptAsync(batch, Answers.Receipt(batch), Token);
            if (bringsKnown) known++;
        }
        Assert.Equal(30, added);
        Assert.Equal(known, await node.ScalarAsync<long>($"SELECT count(*) FROM record_path WHERE publication IN (SELECT key FROM publication WHERE agreement = '\\x{other.Agreement}')"));
    }

    [Fact]
    public async Task Accept_ARecordWhosePayloadAnotherPublishedAsItsOwn_StoresTheGenuineOneToo()
    {
        var copied = Sample.Record(Sample.Atlantic);
        await node.Publications.TryAppendAsync([Sample.Publish(copied)], Token);
        var genuine = SealedRecord.Seal(copied.Payload, copied.Label, copied.Facts with { Originator = Sample.Pacific });

        var answers = await Answers.StartAsync(node);
        var batch = answers.Next([answers.Publish(genuine)]);
        Assert.Equal(1, await node.Inbox.AcceptAsync(batch, Answers.Receipt(batch), Token));
    }

    [Fact]
    public async Task Accept_WhileOthersStoreTheSameRecords_StoresEachOnce()
    {
        var records = Answers.Records(60);
        var ways = new List<Batch>();
        for (int i = 0; i < 5; i++)
        {
            var answers = await Answers.StartAsync(node);
            ways.Add(answers.Next([answers.Publish([.. records.OrderBy(_ => Random.Shared.Next())])]));
        }
        int[] added = await Task.WhenAll(ways.Select(batch => node.Inbox.AcceptAsync(batch, Answers.Receipt(batch), Token)));
        Assert.Equal(60, added.Sum());
    }

    [Fact]
    public async Task Accept_ReceiptAndItemsDoNotAgree_Throws()
    {
        var answers = await Answers.StartAsync(node);
        var batch = answers.Next([answers.Publish(Answers.Records(1))]);
        await Assert.ThrowsAsync<ArgumentException>(() => node.Inbox.AcceptAsync(batch, null, Token));
    }

    [Fact]
    public async Task LogRefusal_KeepsAgreementProviderAndReason()
    {
        var answers = await Answers.StartAsync(node);
        await node.Inbox.LogRefusalAsync(new RefusedAnswer(answers.Agreement, Sample.Pacific, "The manifest's signature is not the provider's."), null, Token);
        long size = (await node.Log.GetHeadAsync(Token)).Size;
        var entry = await node.Log.ReadAsync(size - 1, size, Token).SingleAsync(Token);
        Assert.Equal(LogKinds.Refusal, entry.Event.Kind);
        string body = System.Text.Encoding.UTF8.GetString(entry.Event.Body.Span);
        Assert.Equal($$"""{"agreement":"{{answers.Agreement}}","provider":"pacific","reason":"The manifest's signature is not the provider's."}""", body);
    }

    private Task<InboxState> StateAsync(Answers answers) => node.Inbox.GetStateAsync(answers.Agreement, Sample.Pacific, FeedPriority.Routine, Token);
}
