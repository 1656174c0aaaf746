using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Storage.Tests;

public sealed class RetentionStoreTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    private static readonly RecordClass[] Observations = [RecordClass.Observation];
    private static readonly TimeSpan Month = TimeSpan.FromDays(30);

    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private static Epoch Now => Utc.FromDateTime(TimeProvider.System.GetUtcNow());

    [Fact]
    public async Task Delete_WhatMayBeKeptNoLonger_IsForgottenSignedLoggedAndTold()
    {
        long removals = await node.Removals.GetHeadAsync(Token);
        var (limited, answers) = await ReceiveAsync(3, Month);
        var (unlimited, _) = await ReceiveAsync(2, null);
        Assert.Equal(0, await SweepAsync(Now.Plus(Month).PlusSeconds(-3_600)));
        Assert.Equal(3, (await ReadAsync(limited)).Count);

        Assert.Equal(3, await SweepAsync(Now.Plus(Month).PlusSeconds(3_600)));
        Assert.Empty(await ReadAsync(limited));
        Assert.Equal(2, (await ReadAsync(unlimited)).Count);
        Assert.Equal(3L, await PayloadsAsync(limited, there: false));
        Assert.Equal(0, await SweepAsync(Now.Plus(Month).PlusSeconds(7_200)));
        Assert.Equal(0L, await node.ScalarAsync<long>($"SELECT count(*) FROM retention t JOIN publication p ON p.key = t.publication WHERE p.id = '\\x{limited.Document.Id}'"));

        var told = Assert.Single(await UndeliveredAsync(answers.Agreement));
        Assert.Equal((Sample.Atlantic, Sample.Pacific, DeletionReason.Retention), (told.Deletion.Holder, told.Deletion.Provider, told.Deletion.Reason));
        var records = Assert.Single(told.Deletion.Records);
        Assert.Equal((limited.Document.Id, null), (records.Publication, records.Profile));
        Assert.Equal([0, 1, 2], records.Indices);
        Assert.Contains(await LogAsync(), entry => entry.Event.Kind == LogKinds.DeletionIssued && entry.Event.Body.Span.SequenceEqual(told.Document.ToJson()));
        Assert.Equal([LogKinds.ItemsReceived, LogKinds.DeletionIssued], await SearchAsync(limited.PlaceOf(1)));
        Assert.Superset(limited.Records.Select(record => record.Record.Id).ToHashSet(), (await node.Removals.ReadAsync(removals, Token)).Records.ToHashSet());
        await node.Retention.SetDeliveredAsync([told], Token);
        Assert.Empty(await UndeliveredAsync(answers.Agreement));
    }

    [Fact]
    public async Task Delete_ARecordThatMayBeKeptByAnotherWay_Waits_AndIsThenToldToBoth()
    {
        var (publication, first) = await ReceiveAsync(1, Month);
        var second = await first.StartAnotherAsync(node);
        await AcceptAsync(second, publication);
        Assert.Equal(0, await SweepAsync(Now.Plus(Month).PlusSeconds(3_600)));
        Assert.Equal(1L, await PayloadsAsync(publication, there: true));
        Assert.Empty(await UndeliveredAsync(first.Agreement));

        Assert.Equal(1, await SweepAsync(Now.Plus(Month).PlusSeconds(3_600), second.Agreement));
        Assert.Empty(await ReadAsync(publication));
        Assert.Equal(DeletionReason.Retention, Assert.Single(await UndeliveredAsync(first.Agreement)).Deletion.Reason);
        Assert.Equal(DeletionReason.AgreementEnded, Assert.Single(await UndeliveredAsync(second.Agreement)).Deletion.Reason);
    }

    [Fact]
    public async Task Delete_AnAgreementThatEnded_TakesAllOfItsRecordsInPartsAndNoOwn()
    {
        var answers = await Answers.StartAsync(node);
        var publications = Enumerable.Range(0, 4).Select(_ => answers.Publish(Answers.Records(5))).ToList();
        foreach (var publication in publications) await AcceptAsync(answers, publication);
        var own = Sample.Publish(Sample.Records(2));
        await node.Publications.TryAppendAsync([own], Token);
        var part = new RunOutPart(0, RunOutPosition.Start, false);
        foreach (var (deleted, isLast) in ((int, bool)[])[(10, false), (10, true), (0, true)])
        {
            part = await PartAsync(Now, [answers.Agreement], answers.Agreement, part.Reached, 12);
            Assert.Equal((deleted, isLast), (part.Deleted, part.IsLast));
        }
        Assert.Equal(0, (await PartAsync(Now, [answers.Agreement], answers.Agreement, RunOutPosition.Start, 12)).Deleted);
        foreach (var publication in publications) Assert.Equal(5L, await PayloadsAsync(publication, there: false));
        Assert.Equal(2L, await PayloadsAsync(own, there: true));
        Assert.Equal(20, (await UndeliveredAsync(answers.Agreement)).Sum(one => one.Deletion.Records.Sum(records => records.Indices.Count)));
    }

    [Fact]
    public async Task Delete_NothingToDelete_KeepsNobodyWaiting()
    {
        await using var connection = await node.OwnerSource.OpenConnectionAsync(Token);
        await using var transaction = await connection.BeginTransactionAsync(Token);
        await using (var command = new Npgsql.NpgsqlCommand("LOCK TABLE head IN ACCESS EXCLUSIVE MODE", connection, transaction)) await command.ExecuteNonQueryAsync(Token);
        var never = new AgreementId(Hash256.Of("an agreement by which nothing came"u8));
        foreach (AgreementId? of in (AgreementId?[])[null, never])
            Assert.Equal((0, true), await PartAsync(new Epoch(0), [never], of, RunOutPosition.Start, 10).WaitAsync(TimeSpan.FromSeconds(20), Token) is var part ? (part.Deleted, part.IsLast) : default);
    }

    [Fact]
    public async Task Delete_KeptByAnotherWay_IsGoneThroughOnceAndAgainWhenTheOtherRunsOut()
    {
        var (publication, first) = await ReceiveAsync(5, Month);
        var second = await first.StartAnotherAsync(node);
        second.Retention = 2 * Month;
        await AcceptAsync(second, publication);
        Epoch later = Now.Plus(Month).PlusSeconds(3_600), last = Now.Plus(2 * Month).PlusSeconds(3_600);
        var part = new RunOutPart(0, RunOutPosition.Start, false);
        int parts = 0;
        for (; !part.IsLast; parts++) part = await PartAsync(later, [], null, part.Reached, 2);
        Assert.True(parts > 2, $"{parts} parts");
        Assert.Equal(5L, await PayloadsAsync(publication, there: true));
        var idle = await PartAsync(later, [], null, part.Reached, 2);
        Assert.Equal(part.Reached, idle.Reached);

        int deleted = 0;
        for (part = idle with { IsLast = false }; !part.IsLast; deleted += part.Deleted) part = await PartAsync(last, [], null, part.Reached, 2);
        Assert.Equal(5, deleted);
        Assert.Equal(5L, await PayloadsAsync(publication, there: false));
        // Neither way needs its date any more.
        Assert.Equal(0L, await node.ScalarAsync<long>($"SELECT count(*) FROM retention t JOIN publication p ON p.key = t.publication WHERE p.id = '\\x{publication.Document.Id}'"));
    }

    [Fact]
    public async Task Read_AWayThatHasRunOut_IsClosedAlthoughAnotherKeepsTheRecord()
    {
        var (publication, first) = await ReceiveAsync(2, Month);
        var second = await first.StartAnotherAsync(node);
        await AcceptAsync(second, publication);
        var both = await WaysAsync();
        Assert.Equal(4, both.Count);
        Assert.All(both, one => Assert.Equal(one.Agreement == first.Agreement, one.KeepUntil is not null));
        await using (var command = node.OwnerSource.CreateCommand($"UPDATE retention t SET due_ns = {Now.NanosecondsSinceJ2000} FROM publication p WHERE p.key = t.publication AND p.agreement = '\\x{first.Agreement}'"))
            Assert.Equal(2, await command.ExecuteNonQueryAsync(Token));
        Assert.Equal(0, await SweepAsync(Now));
        Assert.Equal([second.Agreement, second.Agreement], (await WaysAsync()).Select(one => one.Agreement!.Value));
        Assert.Equal([second.Agreement, second.Agreement], (await PassedOnAsync()).Where(slice => slice.Left.Count > 0).SelectMany(slice => slice.Left.Select(_ => slice.Agreement)));

        async Task<List<ArrivedRecord>> WaysAsync()
            => [.. (await node.Records.ReadAsync(0, Observations, 100_000, Token)).Where(one => publication.Records.Any(record => record.Record.Id == one.Record.Id))];

        async Task<List<HeldSlice>> PassedOnAsync()
            => [.. (await node.Relay.ReadAsync(FeedLane.Prompt with { Source = FeedSource.Relayed }, 0, 100_000, Now, Token)).Slices.Where(slice => slice.Slice.Document.Id == publication.Document.Id)];
    }

    [Fact]
    public async Task Deleted_ThatIsGivenAgain_IsThereAgainByTheNewWayAlone()
    {
        var (publication, first) = await ReceiveAsync(2, Month);
        await SweepAsync(Now.Plus(Month).PlusSeconds(3_600));
        var second = await first.StartAnotherAsync(node);
        await AcceptAsync(second, publication);
        var read = (await node.Records.ReadAsync(0, Observations, 100_000, Token)).Where(one => publication.Records.Any(record => record.Record.Id == one.Record.Id)).ToList();
        Assert.Equal([second.Agreement, second.Agreement], read.Select(one => one.Agreement!.Value));
        Assert.Equal(publication.Records.Select(record => Convert.ToHexString(record.Record.Payload.Span)), read.Select(one => Convert.ToHexString(one.Record.Payload.Span)));
        Assert.Equal(publication.Records.Select(record => record.Record.Facts), read.Select(one => one.Record.Facts));
        // It goes again when the new way has run out too.
        Assert.Equal(2, await SweepAsync(Now, second.Agreement));
        Assert.Equal(2L, await PayloadsAsync(publication, there: false));
    }

    [Fact]
    public async Task Refill_OtherBytes_IsRefusedByTheDatabase()
    {
        var (publication, answers) = await ReceiveAsync(1, Month);
        await SweepAsync(Now, answers.Agreement);
        var record = publication.Records[0].Record;
        await using var command = node.Source.CreateCommand($"SELECT refill_record('\\x{record.Id}', 1::smallint, {record.Facts.Epoch.NanosecondsSinceJ2000}, '\\x00', NULL, NULL, 0::smallint)");
        Assert.Equal(false, await command.ExecuteScalarAsync(Token));
        Assert.Equal(1L, await PayloadsAsync(publication, there: false));
    }

    [Fact]
    public async Task Receive_WhatAHolderDeleted_OnlyWhatItWasGivenAndOnlyOnce()
    {
        var agreement = (await Answers.StartAsync(node)).Agreement;
        var publication = Sample.Publish(Sample.Records(3));
        await node.Publications.TryAppendAsync([publication], Token);
        await node.GiveAsync(agreement, NoticeSample.Caribbean, publication, 0, 2);
        var deletion = Deletion(agreement, publication, null, 0, 2);
        Assert.False(await node.Retention.TryReceiveAsync(Deletion(agreement, publication, null, 0, 1), Token));
        Assert.False(await node.Retention.TryReceiveAsync(Deletion(agreement, publication, "coarse", 0), Token));
        Assert.True(await node.Retention.TryReceiveAsync(deletion, Token));
        var head = await node.Log.GetHeadAsync(Token);
        Assert.True(await node.Retention.TryReceiveAsync(deletion, Token));
        // What was told before is taken, and stored no more.
        Assert.True(await node.Retention.TryReceiveAsync(Deletion(agreement, publication, null, 2), Token));
        Assert.Equal(head, await node.Log.GetHeadAsync(Token));
        Assert.Contains(await LogAsync(), entry => entry.Event.Kind == LogKinds.DeletionReceived && entry.Event.Body.Span.SequenceEqual(deletion.Document.ToJson()));
        Assert.Contains(LogKinds.DeletionReceived, await SearchAsync(publication.PlaceOf(2)));
        Assert.DoesNotContain(LogKinds.DeletionReceived, await SearchAsync(publication.PlaceOf(1)));
    }

    [Fact]
    public async Task Receive_OldOnesAgainWithAFewNew_FillsNeitherTablesNorLog()
    {
        var agreement = (await Answers.StartAsync(node)).Agreement;
        var publication = Sample.Publish(Sample.Records(5));
        await node.Publications.TryAppendAsync([publication], Token);
        await node.GiveAsync(agreement, NoticeSample.Caribbean, publication, 0, 1, 2, 3, 4);
        Assert.True(await node.Retention.TryReceiveAsync(Deletion(agreement, publication, null, 0, 1), Token));
        // Half of it is new: only that is stored.
        Assert.True(await node.Retention.TryReceiveAsync(Deletion(agreement, publication, null, 1, 2), Token));
        Assert.Equal(3L, await ItemsAsync());
        var head = await node.Log.GetHeadAsync(Token);
        Assert.False(await node.Retention.TryReceiveAsync(Deletion(agreement, publication, null, 0, 1, 2, 3), Token));
        Assert.Equal(3L, await ItemsAsync());
        Assert.Equal(head, await node.Log.GetHeadAsync(Token));

        Task<long> ItemsAsync() => node.ScalarAsync<long>($"SELECT count(*) FROM deletion_received_item WHERE publication = '\\x{publication.Document.Id}'");
    }

    private static SignedDeletion Deletion(AgreementId agreement, Publication publication, string? profile, params int[] indices)
        => DeletionDocument.Sign(NoticeSample.CaribbeanKey, NoticeSample.Caribbean, Sample.Atlantic, agreement, DeletionReason.Retention, [new DeletedRecords(publication.Document.Id, profile, indices)], Sample.Now);

    /// <summary>Everything that has run out.</summary>
    private async Task<int> SweepAsync(Epoch now, AgreementId? ended = null)
    {
        AgreementId[] over = ended is { } id ? [id] : [];
        int deleted = 0;
        foreach (var of in over.Cast<AgreementId?>().Prepend(null))
        {
            var part = new RunOutPart(0, RunOutPosition.Start, false);
            for (; !part.IsLast; deleted += part.Deleted) part = await PartAsync(now, over, of, part.Reached, 1_000);
        }
        return deleted;
    }

    private Task<RunOutPart> PartAsync(Epoch now, IReadOnlyCollection<AgreementId> ended, AgreementId? of, RunOutPosition after, int waysMax)
        => node.Retention.DeleteRunOutAsync(now, ended, of, after, waysMax,
            (provider, agreement, reason, records) => DeletionDocument.Sign(Sample.Key, Sample.Atlantic, provider, agreement, reason, records, now), Token);

    private async Task<(Publication, Answers)> ReceiveAsync(int count, TimeSpan? retention)
    {
        var answers = await Answers.StartAsync(node);
        answers.Retention = retention;
        var publication = answers.Publish(Answers.Records(count));
        await AcceptAsync(answers, publication);
        return (publication, answers);
    }

    private async Task AcceptAsync(Answers answers, Publication publication)
    {
        var batch = answers.Next([publication]);
        await node.Inbox.AcceptAsync(batch, Answers.Receipt(batch), Token);
    }

    private async Task<IReadOnlyList<SignedDeletion>> UndeliveredAsync(AgreementId agreement)
        => [.. (await node.Retention.ListUndeliveredAsync(Sample.Pacific, -1, 1_000, Token)).Select(one => one.Deletion).Where(one => one.Deletion.Agreement == agreement)];

    private async Task<List<RecordId>> ReadAsync(Publication publication)
    {
        var wanted = publication.Records.Select(record => record.Record.Id).ToHashSet();
        return [.. (await node.Records.ReadAsync(0, Observations, 100_000, Token)).Select(one => one.Record.Id).Where(wanted.Contains)];
    }

    private Task<long> PayloadsAsync(Publication publication, bool there)
        => node.ScalarAsync<long>($"SELECT count(*) FROM record r JOIN publication p ON p.key = r.publication WHERE p.id = '\\x{publication.Document.Id}' AND (r.payload IS NOT NULL) = {there}");

    /// <summary>Kinds of the entries about a record.</summary>
    private async Task<List<string>> SearchAsync(RecordPlace place)
        => await node.Search.SearchAsync(new LogQuery { Places = [place] }, 0, long.MaxValue, Token).Select(entry => entry.Event.Kind).ToListAsync(Token);

    private async Task<List<LogEntry>> LogAsync() => await node.Log.ReadAsync(0, (await node.Log.GetHeadAsync(Token)).Size, Token).ToListAsync(Token);
}
