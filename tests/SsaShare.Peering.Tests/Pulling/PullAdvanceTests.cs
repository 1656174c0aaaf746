using Grpc.Core;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SsaShare.Agreements;
using SsaShare.Exchange;
using SsaShare.Protocol;
using SsaShare.Protocol.Exchange.V1;
using SsaShare.Signing;

namespace SsaShare.Peering.Tests;

/// <summary>The next answer is asked for while the last is checked and stored: when, and that nothing is lost by it.</summary>
public sealed class PullAdvanceTests : IAsyncLifetime
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private readonly ManualTime _time = new();
    private readonly MemoryInbox _inbox = new();
    private readonly PullStatuses _statuses = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly List<PullRequest> _requests = [];
    private readonly List<Hash256> _given = [];
    private readonly Party _atlantic;
    private LoopbackPeer _pacific = null!;
    private Home _home = null!;
    private PeerChannels _channels = null!;
    private BookEntry _entry = null!;
    private Feed _feed = null!;
    private PullLoop _loop = null!;

    public PullAdvanceTests() => _atlantic = Party.Create("atlantic", _time);

    public async ValueTask InitializeAsync()
    {
        _pacific = await LoopbackPeer.StartAsync("pacific", _time);
        _home = await Home.CreateAsync(_atlantic, _time, _pacific.Party);
        _channels = new PeerChannels(_atlantic.Identity, _home.Directory);
        await AgreeAsync("Observations", terms => terms);
    }

    [Fact]
    public async Task Run_MoreWaits_IsAskedForWhileTheLastAnswerIsStored()
    {
        var store = new TaskCompletionSource();
        _inbox.Storing = () => store.Task;
        Answer(Give(1), Give(2), Give(3, complete: true));
        var run = _loop.RunAsync(_stop.Token);
        await RequestsAsync(2);
        Assert.Equal(0, _inbox.Accepted);
        Assert.Equal(Feed.Cursor(1), _requests[1].Cursor.ToByteArray());
        Assert.Equal((null, 0, 0), (_requests[1].Receipt, _requests[1].EarlierReceipts.Count, (int)_requests[1].WaitMax.Seconds));
        // One answer in advance, and no more.
        Assert.False(await Eventually.EndsAsync(RequestsAsync(3)));
        store.SetResult();
        await RequestsAsync(4);
        Assert.Equal((3, 6), (_inbox.Accepted, _inbox.RecordCount));
        // Nothing is known to follow the last: it was asked for when all was stored, and waits for news.
        Assert.Equal((1, 1, 1), (_requests[2].EarlierReceipts.Count, _requests[3].EarlierReceipts.Count, (int)_requests[3].WaitMax.Seconds));
        Assert.Equal(_given, ReceiptsSent());
        await StopAsync(run);
    }

    [Fact]
    public async Task Run_StoringFailsWhileAnAnswerIsInAdvance_ItIsThrownAwayAndAskedForAnew()
    {
        int tries = 0;
        _inbox.Fault = () => ++tries == 2 ? new TimeoutException("The store is away.") : null;
        Answer(Give(1), Give(2), Give(3, complete: true));
        var run = _loop.RunAsync(_stop.Token);
        await _time.WaitForTimerAsync(Pause);
        Assert.Equal(1, _inbox.Accepted);
        // The one in advance may have been broken off before it came to the provider.
        int before = _requests.Count;
        _time.Advance(Pause);
        await RequestsAsync(before + 3);
        // From where the inbox stands, with the receipt for what is stored.
        Assert.Equal(Feed.Cursor(1), _requests[before].Cursor.ToByteArray());
        Assert.Equal(_given[0], ManifestOf(_requests[before].Receipt));
        Assert.Equal((3, 6), (_inbox.Accepted, _inbox.RecordCount));
        Assert.Equal(_given.ToHashSet(), ReceiptsSent().ToHashSet());
        await StopAsync(run);
    }

    [Fact]
    public async Task Run_AnswerInAdvanceIsRefused_NothingOfItIsKeptAndBothReceiptsAreSent()
    {
        PullResponse[] answers = [Give(1), Give(1), Give(2)];
        answers[2].Slices.RemoveAt(0);
        Answer(answers);
        var run = _loop.RunAsync(_stop.Token);
        await _time.WaitForTimerAsync(Pause);
        Assert.Equal((2, 2, 1), (_inbox.Accepted, _inbox.RecordCount, _inbox.Refusals.Count));
        _time.Advance(Pause);
        await RequestsAsync(4);
        Assert.Equal(Feed.Cursor(2), _requests[3].Cursor.ToByteArray());
        Assert.Equal(_given[1], ManifestOf(_requests[3].Receipt));
        Assert.Equal(_given.Take(2).ToHashSet(), ReceiptsSent().ToHashSet());
        await StopAsync(run);
    }

    [Fact]
    public async Task Run_AskedInAdvanceAndDenied_WhatIsStoredStaysAndItsReceiptIsSentLater()
    {
        int calls = 0;
        var first = Give(1);
        _pacific.Pull = (request, token) =>
        {
            lock (_lock) _requests.Add(request);
            return Interlocked.Increment(ref calls) switch
            {
                1 => Task.FromResult(first),
                2 => throw new RpcException(new Status(StatusCode.FailedPrecondition, "The agreement is suspended.")),
                _ => NeverAsync(token),
            };
        };
        var run = _loop.RunAsync(_stop.Token);
        await _time.WaitForTimerAsync(Pause);
        Assert.Equal(1, _inbox.Accepted);
        Assert.Contains("suspended", _statuses.All.Single().Value.LastError, StringComparison.Ordinal);
        _time.Advance(Pause);
        await RequestsAsync(3);
        Assert.Equal(_given[0], ManifestOf(_requests[2].Receipt));
        await StopAsync(run);
    }

    [Fact]
    public async Task Run_StoppedWhileAnAnswerIsInAdvance_EndsAtOnceAndEndsTheCall()
    {
        var (asked, ended) = (new TaskCompletionSource(), new TaskCompletionSource());
        int calls = 0;
        var first = Give(1);
        _pacific.Pull = async (_, token) =>
        {
            if (Interlocked.Increment(ref calls) == 1) return first;
            asked.SetResult();
            using var end = token.Register(ended.SetResult);
            return await NeverAsync(token);
        };
        var run = _loop.RunAsync(_stop.Token);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(10));
        await StopAsync(run);
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Theory]
    [InlineData("version 2"), InlineData("receipts are a duty"), InlineData("nothing follows"), InlineData("empty"), InlineData("snapshot"), InlineData("limits")]
    public async Task Run_NotInAdvance_AsksWhenAllIsStored(string why)
    {
        if (why == "receipts are a duty") await AgreeAsync(why, terms => terms with { Receipts = ReceiptDuty.Required });
        if (why == "limits") await AgreeAsync(why, terms => terms with { Limits = [new VolumeLimit { Id = Pact.Clause("pace"), RecordsPerDay = 1_000 }] });
        var store = new TaskCompletionSource();
        _inbox.Storing = () => store.Task;
        var first = why == "empty" ? Give(0) : Give(2, complete: why == "nothing follows", isSnapshot: why == "snapshot");
        if (why == "version 2") first.ProtocolVersion = 2;
        Answer(first);
        var run = _loop.RunAsync(_stop.Token);
        await RequestsAsync(1);
        Assert.False(await Eventually.EndsAsync(RequestsAsync(2), withinMilliseconds: 200));
        store.SetResult();
        await RequestsAsync(2);
        Assert.Equal((why == "empty" ? 0 : 1, 0), (_requests[1].Receipt is null ? 0 : 1, _requests[1].EarlierReceipts.Count));
        await StopAsync(run);
    }

    /// <summary>Memory for answers does not grow with the streams.</summary>
    [Fact]
    public async Task Run_AllPlacesForAnswersInAdvanceAreTaken_AsksWhenAllIsStored()
    {
        using var bulkheads = new PeerBulkheads(Options.Create(new BulkheadOptions { StoresMax = 1 }));
        IDisposable?[] taken = [bulkheads.TryAdvance(), bulkheads.TryAdvance()];
        Assert.DoesNotContain(null, taken);
        NewLoop(bulkheads);
        var stores = new[] { new TaskCompletionSource(), new TaskCompletionSource() };
        _inbox.Storing = () => _inbox.Accepted < stores.Length ? stores[_inbox.Accepted].Task : Task.CompletedTask;
        Answer(Give(1), Give(1), Give(1, complete: true));
        var run = _loop.RunAsync(_stop.Token);
        await RequestsAsync(1);
        Assert.False(await Eventually.EndsAsync(RequestsAsync(2), withinMilliseconds: 200));
        taken[0]!.Dispose();
        stores[0].SetResult();
        await RequestsAsync(3);
        Assert.Equal(1, _inbox.Accepted);
        Assert.Null(bulkheads.TryAdvance());
        stores[1].SetResult();
        await RequestsAsync(4);
        // Each gave its place back.
        using var again = bulkheads.TryAdvance();
        Assert.NotNull(again);
        taken[1]!.Dispose();
        await StopAsync(run);
    }

    [Fact]
    public async Task Run_AfterARefusal_AsksInAdvanceWhenAnAnswerWasTaken()
    {
        int calls = 0;
        Answer(Give(1), Give(1), Give(1, complete: true));
        var good = _pacific.Pull;
        _pacific.Pull = (request, token) => Interlocked.Increment(ref calls) == 1 ? Task.FromResult(new PullResponse()) : good(request, token);
        var stores = new[] { new TaskCompletionSource(), new TaskCompletionSource() };
        _inbox.Storing = () => _inbox.Accepted < stores.Length ? stores[_inbox.Accepted].Task : Task.CompletedTask;
        var run = _loop.RunAsync(_stop.Token);
        await _time.WaitForTimerAsync(Pause);
        _time.Advance(Pause);
        await RequestsAsync(1);
        Assert.False(await Eventually.EndsAsync(RequestsAsync(2), withinMilliseconds: 200));
        stores[0].SetResult();
        await RequestsAsync(3);
        Assert.Equal(1, _inbox.Accepted);
        stores[1].SetResult();
        await StopAsync(run);
    }

    [Fact]
    public async Task Run_ProviderGoesBackToAnEarlierVersion_NoReceiptIsForgotten()
    {
        Answer(Give(1), Give(1), AtVersion(2, Give(1)), AtVersion(2, Give(1)), Give(1, complete: true));
        var run = _loop.RunAsync(_stop.Token);
        await RequestsAsync(7);
        // What came to a question whose earlier receipt was not understood is not taken; each further question brings the receipt that such a provider takes.
        Assert.Equal(5, _inbox.Accepted);
        Assert.Equal(Feed.Cursor(2), _requests[2].Cursor.ToByteArray());
        Assert.Equal(_requests[2].Cursor, _requests[3].Cursor);
        Assert.Equal(_given[1], ManifestOf(_requests[3].Receipt));
        Assert.Equal([_given[0], _given[0], _given[0], _given[0]], _requests.Skip(2).Take(4).Select(request => ManifestOf(Assert.Single(request.EarlierReceipts))));
        Assert.Empty(_requests[6].EarlierReceipts);
        await StopAsync(run);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _stop.Dispose();
        _channels.Dispose();
        _home.Dispose();
        await _pacific.DisposeAsync();
        _atlantic.Dispose();
    }

    private async Task AgreeAsync(string title, Func<AgreementTerms, AgreementTerms> change)
    {
        var agreement = Pact.Between([_atlantic, _pacific.Party], _time, title, change);
        _entry = (await _home.Book.KeepAsync(agreement.SignedBy(_atlantic, _pacific.Party), _pacific.Party.Partner, CancellationToken.None)).Entry!;
        _feed = new Feed(_pacific.Party, _atlantic.Partner, agreement.Id, _time);
        NewLoop();
    }

    private void NewLoop(PeerBulkheads? bulkheads = null)
        => _loop = new PullLoop(_entry, _pacific.Party.Partner, _atlantic.Identity, _home.Directory, new GrpcPullClient(_channels), _inbox, _statuses, new PeerPipelineOptions(),
            new PullOptions { RecordsMax = 10, WaitMax = TimeSpan.FromSeconds(1), RefusalPause = Pause }, _time, NullLogger.Instance, bulkheads: bulkheads);

    /// <summary>The next answer of the provider's feed.</summary>
    private PullResponse Give(int records, bool complete = false, bool isSnapshot = false)
    {
        Publication[] publications = records == 0 ? [] : [Sample.Publish(_pacific.Party, _time, Sample.Records(_pacific.Party, records))];
        var answer = _feed.Give(publications, document => document with
        {
            Complete = complete || records == 0,
            Withheld = isSnapshot ? 1 : null,
            ToPosition = document.ToPosition + (isSnapshot ? 1 : 0),
            Snapshot = isSnapshot ? new FeedSnapshot(document.AfterPosition + 2, 1) : null,
        });
        if (records > 0) _given.Add(DocumentMapper.TryRead(answer.Manifest)!.Id);
        return AtVersion(ProtocolVersions.Current, answer);
    }

    private static PullResponse AtVersion(uint version, PullResponse answer) => new(answer) { ProtocolVersion = version };

    /// <summary>Each of these to whoever has those before it; behind the last the provider waits.</summary>
    private void Answer(params PullResponse[] answers)
        => _pacific.Pull = (request, token) =>
        {
            lock (_lock) _requests.Add(request);
            int number = request.Cursor.IsEmpty ? 0 : answers.Index().Single(one => one.Item.Cursor == request.Cursor).Index + 1;
            return number < answers.Length ? Task.FromResult(answers[number]) : NeverAsync(token);
        };

    private Task RequestsAsync(int count) => Eventually.TrueAsync(() =>
    {
        lock (_lock) return _requests.Count >= count;
    }, $"there are no {count} requests");

    private IEnumerable<Hash256> ReceiptsSent() => _requests.SelectMany(request => request.EarlierReceipts.Append(request.Receipt)).OfType<Protocol.Common.V1.SignedDocument>().Select(ManifestOf);

    private Hash256 ManifestOf(Protocol.Common.V1.SignedDocument wire)
    {
        var receipt = DocumentMapper.TryRead(wire)!;
        Assert.True(receipt.Verify(_atlantic.Card.Card.SigningKey, DocumentContexts.Receipt));
        Assert.True(DocumentJson.TryRead<ReceiptDocument>(receipt.Payload.Span, DocumentContexts.Receipt, out var document));
        return document.Manifest;
    }

    private static async Task<PullResponse> NeverAsync(CancellationToken token)
    {
        await Task.Delay(Timeout.Infinite, token);
        throw new InvalidOperationException("Never reached.");
    }

    private async Task StopAsync(Task run)
    {
        await _stop.CancelAsync();
        await run.WaitAsync(TimeSpan.FromSeconds(5));
    }
}
