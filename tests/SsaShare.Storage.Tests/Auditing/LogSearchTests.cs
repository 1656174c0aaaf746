using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;

namespace SsaShare.Storage.Tests;

/// <summary>A log of everything that concerns records, searched by everything that can be asked.</summary>
public sealed class LogSearchTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    private static readonly string[] Received = [LogKinds.ManifestReceived, LogKinds.ItemsReceived, LogKinds.ReceiptIssued];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Search_ByPeerAndAgreement_FindsWhatConcernsThem()
    {
        var answers = await AcceptAsync(2);
        Assert.Equal(Received, await KindsAsync(new LogQuery { Agreement = answers.Agreement, Peer = Sample.Pacific }, withAgreement: false));
        Assert.Empty(await KindsAsync(new LogQuery { Agreement = answers.Agreement, Peer = Sample.Atlantic }));
        Assert.Equal([LogKinds.ReceiptIssued], await KindsAsync(new LogQuery { Agreement = answers.Agreement, Kinds = [LogKinds.ReceiptIssued, LogKinds.Publication] }));
    }

    [Fact]
    public async Task Search_ByRecord_FindsWhereItIsListedAndNoOtherOfItsPublication()
    {
        var answers = await Answers.StartAsync(node);
        var publication = answers.Publish(Answers.Records(4));
        var batch = answers.Next([publication], withheld: new HashSet<RecordId> { publication.Records[3].Record.Id });
        await node.Inbox.AcceptAsync(batch, Answers.Receipt(batch), Token);
        Assert.Equal([LogKinds.ItemsReceived], await KindsAsync(Of(publication, 1)));
        Assert.Empty(await KindsAsync(Of(publication, 3)));
        Assert.Equal([LogKinds.ItemsReceived], await KindsAsync(Of(publication, 0, 3) with { Decision = LoggedDecision.Released, Clause = Answers.Grant }));
        Assert.Empty(await KindsAsync(Of(publication, 1) with { Decision = LoggedDecision.Degraded }));
        Assert.Empty(await KindsAsync(Of(publication, 1) with { Clause = ClauseId.TryParse("another", out var clause) ? clause : default }));
        Assert.Empty(await KindsAsync(Of(publication, 1) with { Decision = LoggedDecision.Withheld }));
    }

    [Fact]
    public async Task Search_ByOwnRecord_FindsPublicationAndNotice()
    {
        var publication = Sample.Publish(Sample.Records(3));
        Assert.True(await node.Publications.TryAppendAsync([publication], Token));
        var notice = SignedNotice.Issue(Sample.Key, Sample.Atlantic, new RecordPlace(publication.Document.Id, 1), NoticeAction.Withdraw, null, "", Sample.Now);
        Assert.Equal(1, await node.Notices.IssueAsync([notice], Token));
        Assert.Equal([LogKinds.Publication, LogKinds.Notice], await KindsAsync(Of(publication, 1)));
        Assert.Equal([LogKinds.Publication], await KindsAsync(Of(publication, 2)));
        Assert.Equal([LogKinds.Notice], await KindsAsync(Of(publication, 1) with { Kinds = [LogKinds.Notice] }));
        Assert.Empty(await KindsAsync(Of(publication, 3)));
    }

    [Fact]
    public async Task Search_ByObject_FindsTheRecordsWithItsTag()
    {
        string tag = $"T{Guid.NewGuid():n}"[..12];
        var answers = await Answers.StartAsync(node);
        var other = answers.Publish(Answers.Records(2));
        var tagged = answers.Publish(Sample.Record(Sample.Pacific), Sample.Record(Sample.Pacific, tag: tag));
        var batch = answers.Next([other, tagged]);
        await node.Inbox.AcceptAsync(batch, Answers.Receipt(batch), Token);
        var plain = answers.Next([answers.Publish(Answers.Records(2))]);
        await node.Inbox.AcceptAsync(plain, Answers.Receipt(plain), Token);

        var found = await FindAsync(new LogQuery { ObjectTag = tag });
        Assert.True(ManifestItems.TryParse(Assert.Single(found).Event.Body.Span, out var items));
        Assert.Equal(batch.SignedManifest.Id, items.Manifest);
        Assert.Single(await FindAsync(Of(tagged, 1) with { ObjectTag = tag }));
        Assert.Empty(await FindAsync(Of(tagged, 0) with { ObjectTag = tag }));
        Assert.Empty(await FindAsync(new LogQuery { ObjectTag = "none" }));
    }

    [Fact]
    public async Task Search_ByObject_FindsARecordAboutSeveralByEachOfTheirNames()
    {
        string tag = $"T{Guid.NewGuid():n}"[..12];
        var answers = await Answers.StartAsync(node);
        var pair = ObjectTags.Of([[$"{tag}-1", $"{tag}-A"], [$"{tag}-2"]]);
        var tagged = answers.Publish(Sample.Record(Sample.Pacific), Sample.Record(Sample.Pacific, recordClass: RecordClass.OrbitState, objects: pair));
        var batch = answers.Next([tagged]);
        await node.Inbox.AcceptAsync(batch, Answers.Receipt(batch), Token);

        foreach (string name in new[] { "-1", "-A", "-2" }) Assert.Single(await FindAsync(Of(tagged, 1) with { ObjectTag = tag + name }));
        Assert.Empty(await FindAsync(new LogQuery { ObjectTag = tag }));
    }

    [Fact]
    public async Task Search_ByDecision_FindsWhatWasWithheldAndRefused()
    {
        var answers = await Answers.StartAsync(node);
        var batch = answers.Next([answers.Publish(Answers.Records(2))]);
        await node.Outbox.SaveManifestAsync(new IssuedManifest(batch.SignedManifest, batch.Manifest, [.. batch.Slices.Select(slice => slice.Slice)], [new WithheldCount("no-geos", "Prohibited", 3)], [], Sample.Now), Token);
        await node.Inbox.LogRefusalAsync(new RefusedAnswer(answers.Agreement, Sample.Pacific, "a reason"), null, Token);
        var query = new LogQuery { Agreement = answers.Agreement };
        var prohibition = ClauseId.TryParse("no-geos", out var id) ? id : default;
        Assert.Equal([LogKinds.Withheld], await KindsAsync(query with { Decision = LoggedDecision.Withheld }));
        Assert.Equal([LogKinds.Withheld], await KindsAsync(query with { Clause = prohibition }));
        Assert.Equal([LogKinds.ItemsIssued], await KindsAsync(query with { Clause = Answers.Grant }));
        Assert.Empty(await KindsAsync(query with { Decision = LoggedDecision.Withheld, Clause = Answers.Grant }));
        Assert.Equal([LogKinds.Refusal], await KindsAsync(query with { Decision = LoggedDecision.Refused }));
        Assert.Empty(await KindsAsync(query with { Decision = LoggedDecision.Refused, Kinds = [LogKinds.Withheld] }));
    }

    [Fact]
    public async Task Search_ByTime_IsFromAndBefore()
    {
        var answers = await AcceptAsync(1);
        var entries = await FindAsync(new LogQuery { Agreement = answers.Agreement, Kinds = [.. Received] });
        var query = new LogQuery { Agreement = answers.Agreement, Kinds = [LogKinds.ReceiptIssued] };
        var at = entries[^1].Time;
        Assert.Single(await FindAsync(query with { From = at, Until = at.PlusSeconds(1e-6) }));
        Assert.Empty(await FindAsync(query with { Until = at }));
        Assert.Empty(await FindAsync(query with { From = at.PlusSeconds(1e-6) }));
    }

    [Fact]
    public async Task Search_OfARange_IsTheSameWhateverIsAppended()
    {
        await AcceptAsync(3);
        long size = (await node.Log.GetHeadAsync(Token)).Size;
        var query = new LogQuery { Peer = Sample.Pacific };
        var before = await node.Search.SearchAsync(query, 0, size, Token).Select(entry => entry.Index).ToListAsync(Token);
        await AcceptAsync(1);
        Assert.Equal(before, await node.Search.SearchAsync(query, 0, size, Token).Select(entry => entry.Index).ToListAsync(Token));
        long middle = before[before.Count / 2];
        Assert.Equal(before, [.. await node.Search.SearchAsync(query, 0, middle, Token).Select(entry => entry.Index).ToListAsync(Token), .. await node.Search.SearchAsync(query, middle, size, Token).Select(entry => entry.Index).ToListAsync(Token)]);
    }

    [Fact]
    public async Task Search_Stopped_LeavesTheConnectionUsable()
    {
        await AcceptAsync(1);
        for (int i = 0; i < 200; i++)
            Assert.Equal(0, (await node.Search.SearchAsync(new LogQuery(), 0, long.MaxValue, Token).FirstAsync(Token)).Index);
    }

    private static LogQuery Of(Publication publication, params int[] indices)
        => new() { Places = [.. indices.Select(index => new RecordPlace(publication.Document.Id, index))] };

    private async Task<Answers> AcceptAsync(int records)
    {
        var answers = await Answers.StartAsync(node);
        var batch = answers.Next([answers.Publish(Answers.Records(records))]);
        await node.Inbox.AcceptAsync(batch, Answers.Receipt(batch), Token);
        return answers;
    }

    private async Task<List<LogEntry>> FindAsync(LogQuery query) => await node.Search.SearchAsync(query, 0, long.MaxValue, Token).ToListAsync(Token);

    /// <param name="withAgreement">Whether the entry of the agreement itself counts; it is the first of each.</param>
    private async Task<List<string>> KindsAsync(LogQuery query, bool withAgreement = true)
        => [.. (await FindAsync(query)).Select(entry => entry.Event.Kind).Where(kind => withAgreement || kind != LogKinds.Agreement)];
}
