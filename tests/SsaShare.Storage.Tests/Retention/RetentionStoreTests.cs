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
        Assert.Equal(2, (await ReadAsync(publication)).Count);
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
        foreach (int expected in (int[])[8, 8, 4, 0]) Assert.Equal(expected, await SweepAsync(Now, answers.Agreement, 8));
        foreach (var publication in publications) Assert.Equal(5L, await PayloadsAsync(publication, there: false));
        Assert.Equal(2L, await PayloadsAsync(own, there: true));
        Assert.Equal(20, (await UndeliveredAsync(answers.Agreement)).Sum(one => one.Deletion.Records.Sum(records => records.Indices.Count)));
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
        Assert.False(await node.Retention.TryReceiveAsync(Deletion(agreement, publication, null, 2), Token));
        Assert.Equal(head, await node.Log.GetHeadAsync(Token));
        Assert.Contains(await LogAsync(), entry => entry.Event.Kind == LogKinds.DeletionReceived && entry.Event.Body.Span.SequenceEqual(deletion.Document.ToJson()));
    }

    private static SignedDeletion Deletion(AgreementId agreement, Publication publication, string? profile, params int[] indices)
        => DeletionDocument.Sign(NoticeSample.CaribbeanKey, NoticeSample.Caribbean, Sample.Atlantic, agreement, DeletionReason.Retention, [new DeletedRecords(publication.Document.Id, profile, indices)], Sample.Now);

    private Task<int> SweepAsync(Epoch now, AgreementId? ended = null, int recordsMax = 1_000)
    {
        AgreementId[] over = ended is { } id ? [id] : [];
        return node.Retention.DeleteRunOutAsync(now, over, over, recordsMax,
            (provider, agreement, reason, records) => DeletionDocument.Sign(Sample.Key, Sample.Atlantic, provider, agreement, reason, records, now), Token);
    }

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
        => [.. (await node.Retention.ListUndeliveredAsync(Sample.Pacific, 1_000, Token)).Where(one => one.Deletion.Agreement == agreement)];

    private async Task<List<RecordId>> ReadAsync(Publication publication)
    {
        var wanted = publication.Records.Select(record => record.Record.Id).ToHashSet();
        return [.. (await node.Records.ReadAsync(0, Observations, 100_000, Token)).Select(one => one.Record.Id).Where(wanted.Contains)];
    }

    private Task<long> PayloadsAsync(Publication publication, bool there)
        => node.ScalarAsync<long>($"SELECT count(*) FROM record r JOIN publication p ON p.key = r.publication WHERE p.id = '\\x{publication.Document.Id}' AND (r.payload IS NOT NULL) = {there}");

    private async Task<List<LogEntry>> LogAsync() => await node.Log.ReadAsync(0, (await node.Log.GetHeadAsync(Token)).Size, Token).ToListAsync(Token);
}
