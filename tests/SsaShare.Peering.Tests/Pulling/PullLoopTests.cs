using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Logging.Abstractions;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Protocol;
using SsaShare.Protocol.Exchange.V1;
using SsaShare.Signing;

namespace SsaShare.Peering.Tests;

public sealed class PullLoopTests : IAsyncLifetime
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private readonly ManualTime _time = new();
    private readonly MemoryInbox _inbox = new();
    private readonly PullStatuses _statuses = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<PullRequest> _requests = [];
    private readonly Party _atlantic;
    private LoopbackPeer _pacific = null!;
    private Home _home = null!;
    private PeerChannels _channels = null!;
    private Agreement _agreement = null!;
    private Feed _feed = null!;
    private PullLoop _loop = null!;

    public PullLoopTests() => _atlantic = Party.Create("atlantic", _time);

    public async ValueTask InitializeAsync()
    {
        _pacific = await LoopbackPeer.StartAsync("pacific", _time);
        _home = await Home.CreateAsync(_atlantic, _time, _pacific.Party);
        _agreement = Pact.Between([_atlantic, _pacific.Party], _time);
        var entry = (await _home.Book.KeepAsync(_agreement.SignedBy(_atlantic, _pacific.Party), _pacific.Party.Partner, CancellationToken.None)).Entry!;
        _channels = new PeerChannels(_atlantic.Identity, _home.Directory);
        _feed = new Feed(_pacific.Party, _atlantic.Partner, _agreement.Id, _time);
        var options = new PullOptions { RecordsMax = 10, WaitMax = TimeSpan.FromSeconds(1), RefusalPause = Pause };
        _loop = new PullLoop(entry, _pacific.Party.Partner, _atlantic.Identity, _home.Directory, new GrpcPullClient(_channels), _inbox, _statuses, new PeerPipelineOptions(), options, _time, NullLogger.Instance);
    }

    /// <summary>Once for each signed statement, and only for what was given under the name that it ends.</summary>
    [Fact]
    public async Task PullOnce_FromAProviderThatWasRestored_BeginsAnewOnce()
    {
        var restarts = new InboxRestarts(_inbox);
        var entry = _home.Book.Entries.Single();
        var loop = new PullLoop(entry, _pacific.Party.Partner, _atlantic.Identity, _home.Directory, new GrpcPullClient(_channels), _inbox, _statuses, new PeerPipelineOptions(), new PullOptions { RefusalPause = Pause }, _time, NullLogger.Instance,
            restarts: restarts);
        Answer(_feed.Give(Publish(3), Publish(2)), _feed.Give());
        Assert.True(await loop.PullOnceAsync(TestContext.Current.CancellationToken));
        Assert.True(await loop.PullOnceAsync(TestContext.Current.CancellationToken));
        Assert.Empty(restarts.Reasons);

        var at = DateTimeOffset.FromUnixTimeSeconds(_time.GetUtcNow().ToUnixTimeSeconds());
        var restore = KeyChange.PrepareRestore(_pacific.Party.Folder, 9, new LogCut(Hash256.Of("root"u8), 9, at, 14, Hash256.Of("root"u8)), "disk lost", null, null, null, at);
        await _home.Directory.TakeAsync([restore], TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromSeconds(2));
        // Under the old name it gives nothing any more, whatever it dates that: otherwise this node would begin anew at each pull.
        var before = Utc.FromDateTime(at).PlusSeconds(-60);
        _requests.Clear();
        Answer(StaleFeed().Give(Publish(1)), StaleFeed().Give([], document => document with { Watermark = before }), StaleFeed().Give([], document => document with { Watermark = before }));
        for (int i = 0; i < 3; i++) Assert.False(await loop.PullOnceAsync(TestContext.Current.CancellationToken));
        Assert.Equal(3, _inbox.Refusals.Count(reason => reason.Contains("goes on as", StringComparison.Ordinal)));
        Assert.All(_requests, request => Assert.True(request.Cursor.IsEmpty));

        using var signer = NoteSigner.ImportPkcs8(restore.Next.Card.LogKey.Name, _pacific.Party.Identity.LogSigner.ExportPkcs8());
        var fresh = new Feed(_pacific.Party, _atlantic.Partner, _agreement.Id, _time) { Log = signer };
        _requests.Clear();
        Answer(fresh.Give(Publish(1)), fresh.Give(Publish(1)), fresh.Give());
        for (int i = 0; i < 3; i++) Assert.True(await loop.PullOnceAsync(TestContext.Current.CancellationToken), Status.LastError);
        Assert.Contains("change of keys 1", Assert.Single(restarts.Reasons), StringComparison.Ordinal);
        Assert.Equal(7, _inbox.RecordCount);
        Assert.Equal([true, false, false], _requests.Select(request => request.Cursor.IsEmpty));

        Feed StaleFeed() => new(_pacific.Party, _atlantic.Partner, _agreement.Id, _time);
    }

    [Fact]
    public async Task PullOnce_GoodAnswer_IsStoredAndItsReceiptRidesOnTheNextPull()
    {
        Answer(_feed.Give(Publish(3), Publish(2)), _feed.Give(Publish(1)), _feed.Give());
        Assert.True(await PullOnceAsync());
        Assert.Equal((5, 1), (_inbox.RecordCount, _inbox.Accepted));
        Assert.True(await PullOnceAsync());
        Assert.True(await PullOnceAsync());
        Assert.Equal(6, _inbox.RecordCount);

        Assert.Equal((_agreement.Id.Value.ToWire(), 10, 1), (_requests[0].AgreementId, _requests[0].RecordsMax, _requests[0].WaitMax.Seconds));
        Assert.True(_requests[0].Cursor.IsEmpty);
        Assert.Null(_requests[0].Receipt);
        Assert.Equal(Feed.Cursor(2), _requests[1].Cursor.ToByteArray());
        Assert.Equal(5, ReceiptIn(_requests[1]).ItemCount);
        Assert.Equal(1, ReceiptIn(_requests[2]).ItemCount);
        Assert.Equal(_atlantic.Card.Card.TlsPins.Single(), _pacific.LastCaller);
        Assert.Equal((_time.GetUtcNow(), null), (Status.LastSuccess, Status.LastError));
    }

    [Fact]
    public async Task PullOnce_NothingToReport_MovesTheCursorWithoutAReceipt()
    {
        Answer(_feed.Give(), _feed.Give());
        Assert.True(await PullOnceAsync());
        Assert.True(await PullOnceAsync());
        Assert.Equal(Feed.Cursor(0), _requests[1].Cursor.ToByteArray());
        Assert.Null(_requests[1].Receipt);
    }

    [Theory]
    [InlineData("signature", "signature is not the provider's"), InlineData("other agreement", "another agreement"), InlineData("other receiver", "other parties")]
    [InlineData("gap", "this node stands at 0"), InlineData("other history", "this node stands at 0"), InlineData("no checkpoint", "checkpoint is not one")]
    [InlineData("missing record", "list exactly"), InlineData("forged record", "do not belong under"), InlineData("not granted", "outside the agreement")]
    [InlineData("stranger's record", "No node card is pinned for originator"), InlineData("long cursor", "cursor has 1025 bytes")]
    [InlineData("too many records", "10 were asked for"), InlineData("no manifest", "manifest is missing"), InlineData("dated ahead", "ahead of the clock here")]
    public async Task PullOnce_BentAnswer_IsRefusedLoggedAndNothingOfItStored(string how, string reason)
    {
        using var stranger = Party.Create("stranger", _time);
        var answer = Bend(how, stranger);
        Answer(answer);
        Assert.False(await PullOnceAsync());
        Assert.Equal((0, 0), (_inbox.RecordCount, _inbox.Accepted));
        Assert.Equal(Status.LastError, Assert.Single(_inbox.Refusals));
        Assert.Contains(reason, Status.LastError, StringComparison.Ordinal);
        Assert.Equal(InboxState.Start, await _inbox.GetStateAsync(_agreement.Id, _pacific.Party.Partner, FeedPriority.Routine, CancellationToken.None));
    }

    [Fact]
    public async Task PullOnce_SecondManifestContradictsTheFirst_IsRefusedAndProven()
    {
        Answer(_feed.Give(Publish(3)), _feed.Give([Publish(1)], document => document with { AfterPosition = 0, ToPosition = 2 }));
        Assert.True(await PullOnceAsync());
        Assert.False(await PullOnceAsync());
        var (refused, proof) = Assert.Single(_inbox.Refused);
        Assert.NotNull(refused.Manifest);
        Assert.True(proof!.Verify(_home.Directory, out var contradiction, out _));
        Assert.Equal((ManifestContradiction.Chain, 3), (contradiction, _inbox.RecordCount));
    }

    [Fact]
    public async Task PullOnce_TheSameContradictionAgain_IsRefusedAndNoProofMore()
    {
        var first = _feed.Give(Publish(3));
        var contradiction = _feed.Give([Publish(1)], document => document with { AfterPosition = 0, ToPosition = 2 });
        Answer(first, contradiction, contradiction);
        Assert.True(await PullOnceAsync());
        Assert.False(await PullOnceAsync());
        Assert.False(await PullOnceAsync());
        Assert.Equal([false, true], _inbox.Refused.Select(one => one.Proof is null));
        Assert.Contains("EQUIVOCATION", Status.LastError, StringComparison.Ordinal);
    }

    /// <summary>A provider chooses what it answers before it is caught.</summary>
    [Fact]
    public async Task PullOnce_ContradictionAfterMoreRefusalsThanAreLogged_IsProven()
    {
        var first = _feed.Give(Publish(3));
        var contradictions = Enumerable.Range(0, RefusalPace.AtOnce + 2).Select(i => _feed.Give([Publish(1)], document => document with { AfterPosition = 0, ToPosition = 2 + i, Previous = Previous(first) })).ToList();
        Answer([first, .. Enumerable.Repeat(new PullResponse(), RefusalPace.AtOnce + 1), .. contradictions]);
        Assert.True(await PullOnceAsync());
        for (int i = 0; i <= RefusalPace.AtOnce; i++) Assert.False(await PullOnceAsync());
        Assert.Equal(RefusalPace.AtOnce, _inbox.Refused.Count);
        Assert.False(await PullOnceAsync());
        Assert.NotNull(_inbox.Refused[^1].Proof);
        Assert.Contains("EQUIVOCATION, both signed manifests are kept", Status.LastError, StringComparison.Ordinal);

        // Not for ever as many as it likes; what is said is what is kept.
        for (int i = 0; i <= RefusalPace.AtOnce; i++) Assert.False(await PullOnceAsync());
        Assert.Equal(RefusalPace.AtOnce + 1, _inbox.Refused.Count(one => one.Proof is not null));
        Assert.Contains("EQUIVOCATION, this one is not kept", Status.LastError, StringComparison.Ordinal);

        static Hash256 Previous(PullResponse answer) => DocumentMapper.TryRead(answer.Manifest)!.Id;
    }

    [Fact]
    public async Task PullOnce_AnswerGivenBefore_IsKeptAsEvidenceAndProvesNothing()
    {
        var answer = _feed.Give(Publish(3));
        Answer(answer, answer);
        Assert.True(await PullOnceAsync());
        Assert.False(await PullOnceAsync());
        var (refused, proof) = Assert.Single(_inbox.Refused);
        Assert.NotNull(refused.Manifest);
        Assert.Null(proof);
    }

    [Fact]
    public async Task Run_Denied_TheSignedWordIsKept()
    {
        var store = new MemoryStandingStore(_time);
        var denial = DenialDocument.Sign(_pacific.Party.Identity.SigningKey, _agreement.Id, _pacific.Party.Partner, _atlantic.Partner, DenialReason.Unwitnessed, Utc.FromDateTime(_time.GetUtcNow()), null);
        _pacific.Pull = (_, _) => throw new RpcException(new Status(StatusCode.FailedPrecondition, "no")).With(denial);
        var entry = _home.Book.Find(_agreement.Id)!;
        var denials = new ProviderDenials(_atlantic.Identity, _home.Directory, store, _time, NullLogger<ProviderDenials>.Instance);
        var loop = new PullLoop(entry, _pacific.Party.Partner, _atlantic.Identity, _home.Directory, new GrpcPullClient(_channels), _inbox, _statuses, new PeerPipelineOptions(), new PullOptions { RefusalPause = Pause }, _time, NullLogger.Instance, denials: denials);
        var run = loop.RunAsync(_stop.Token);
        await _time.WaitForTimerAsync(Pause);
        Assert.Equal(DenialReason.Unwitnessed, Assert.Single(await store.ListDenialsAsync(CancellationToken.None)).Denial.Reason);
        Assert.Equal(("FailedPrecondition no", 1, _time.GetUtcNow() + Pause), (Status.LastError, Status.Failures, Status.NextTry));
        await StopAsync(run);
    }

    [Fact]
    public async Task PullOnce_AsManyRecordsAsAskedAndAPublicationMore_IsTaken()
    {
        Answer(_feed.Give(Publish(9), Publish(PublicationDocument.SizeMax)));
        Assert.True(await PullOnceAsync());
        Assert.Equal(9 + PublicationDocument.SizeMax, _inbox.RecordCount);
    }

    [Fact]
    public async Task Run_AnswersAreRefused_PausesGrowUntilOneIsGoodAndBeginAnew()
    {
        int calls = 0;
        _pacific.Pull = (_, _) => Task.FromResult(++calls is 8 ? _feed.Give(Publish(1)) : new PullResponse());
        var run = _loop.RunAsync(_stop.Token);
        foreach (int factor in new[] { 1, 2, 4, 8, 16, 32, 32 })
        {
            await _time.WaitForTimerAsync(factor * Pause);
            _time.Advance(factor * Pause);
        }
        await _time.WaitForTimerAsync(Pause);
        Assert.Equal((9, 8, 1), (calls, _inbox.Refusals.Count, _inbox.RecordCount));
        await StopAsync(run);
    }

    public static TheoryData<string> Failures => ["denied", "store", "moved", "anything else"];

    [Theory, MemberData(nameof(Failures))]
    public async Task Run_Failure_IsShownAndTheLoopGoesOn(string failure)
    {
        bool failed = false;
        bool FailsNow() => !failed && (failed = true);
        _pacific.Pull = async (_, token) => failure == "denied" && FailsNow() ? throw new RpcException(new Status(StatusCode.PermissionDenied, "not you"))
            : _inbox.Accepted == 0 ? _feed.Give() : await NeverAsync(token);
        _inbox.Fault = () => failure switch
        {
            "store" when FailsNow() => new TimeoutException("The store is away."),
            "moved" when FailsNow() => new InvalidOperationException("The inbox moved."),
            "anything else" when FailsNow() => new ArgumentException("Unforeseen."),
            _ => null,
        };
        var run = _loop.RunAsync(_stop.Token);
        await _time.WaitForTimerAsync(Pause);
        Assert.NotNull(Status.LastError);
        Assert.Equal(0, _inbox.Accepted);
        _feed = new Feed(_pacific.Party, _atlantic.Partner, _agreement.Id, _time);
        _time.Advance(Pause);
        await Eventually.TrueAsync(() => _inbox.Accepted == 1, "the loop has ended");
        await StopAsync(run);
    }

    [Fact]
    public async Task Run_AnswerLongerThanIsTaken_IsCutOffAndFewerRecordsAreAskedFor()
    {
        var asked = new List<int>();
        _pacific.Pull = async (request, token) =>
        {
            lock (asked) asked.Add(request.RecordsMax);
            if (request.RecordsMax > 5) return new PullResponse { Cursor = ByteString.CopyFrom(new byte[PinnedChannel.AnswerBytesMax + 1]) };
            return _inbox.Accepted == 0 ? _feed.Give(Publish(1)) : await NeverAsync(token);
        };
        var run = _loop.RunAsync(_stop.Token);
        await Eventually.TrueAsync(() =>
        {
            if (_time.Pending.Count > 0) _time.Advance(TimeSpan.FromMilliseconds(100));
            return _inbox.Accepted == 1;
        }, "the loop does not ask for less");
        await Eventually.TrueAsync(() => asked.Count >= 3, "the loop does not go on");
        Assert.Equal([10, 5, 6], asked.Take(3));
        await StopAsync(run);
    }

    [Fact]
    public async Task Run_PeerAway_IsPulledAgainWhenItIsBack()
    {
        Answer(_feed.Give(Publish(1)));
        await _pacific.StopAsync();
        var run = _loop.RunAsync(_stop.Token);
        await Eventually.TrueAsync(() => _statuses.All.Any(), "the failure is not shown");
        Assert.Contains("Unavailable", Status.LastError, StringComparison.Ordinal);
        await _pacific.RestartAsync();
        await Eventually.TrueAsync(() =>
        {
            if (_time.Pending.Any(due => due <= TimeSpan.FromSeconds(15))) _time.Advance(TimeSpan.FromSeconds(1));
            return _inbox.RecordCount == 1;
        }, "nothing is pulled");
        await StopAsync(run);
    }

    [Fact]
    public async Task Run_StoppedWhileTheProviderWaits_EndsAtOnce()
    {
        var asked = new TaskCompletionSource();
        _pacific.Pull = (_, token) =>
        {
            asked.TrySetResult();
            return NeverAsync(token);
        };
        var run = _loop.RunAsync(_stop.Token);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(10));
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

    private PullStatus Status => _statuses.All.Single().Value;

    private Task<bool> PullOnceAsync() => _loop.PullOnceAsync(_stop.Token);

    private Publication Publish(int count) => Sample.Publish(_pacific.Party, _time, Sample.Records(_pacific.Party, count));

    /// <summary>These answers, one after the other; after the last the provider waits.</summary>
    private void Answer(params IReadOnlyList<PullResponse> answers)
        => _pacific.Pull = (request, token) =>
        {
            _requests.Add(request);
            return _requests.Count <= answers.Count ? Task.FromResult(answers[_requests.Count - 1]) : NeverAsync(token);
        };

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

    private ReceiptDocument ReceiptIn(PullRequest request)
    {
        var receipt = DocumentMapper.TryRead(request.Receipt)!;
        Assert.True(receipt.Verify(_atlantic.Card.Card.SigningKey, DocumentContexts.Receipt));
        Assert.True(DocumentJson.TryRead<ReceiptDocument>(receipt.Payload.Span, DocumentContexts.Receipt, out var document));
        return document;
    }

    private PullResponse Bend(string how, Party stranger)
    {
        var publication = Publish(2);
        var answer = how switch
        {
            "signature" => new Feed(stranger, _atlantic.Partner, _agreement.Id, _time).Give([publication], document => document with { Provider = _pacific.Party.Partner }),
            "other agreement" => _feed.Give([publication], document => document with { Agreement = Pact.Between([_atlantic, _pacific.Party], _time, "Another").Id }),
            "other receiver" => _feed.Give([publication], document => document with { Receiver = stranger.Partner }),
            "gap" => _feed.Give([publication], document => document with { AfterPosition = 1 }),
            "other history" => _feed.Give([publication], document => document with { Previous = document.ItemRoot }),
            "no checkpoint" => _feed.Give([publication], document => document with { Checkpoint = "" }),
            "not granted" => _feed.Give(Sample.Publish(_pacific.Party, _time, Sample.Records(_pacific.Party, 2, DataMode.Exercise))),
            "stranger's record" => _feed.Give(Sample.Publish(stranger, _time, Sample.Records(stranger, 1))),
            "dated ahead" => _feed.Give(Publication.Create(_pacific.Party.Partner, Sample.Records(_pacific.Party, 1), _pacific.Party.Identity.SigningKey, Utc.FromDateTime(_time.GetUtcNow()).PlusSeconds(301), null)),
            "too many records" => _feed.Give(Publish(PublicationDocument.SizeMax), Publish(11)),
            _ => _feed.Give(publication),
        };
        if (how == "missing record") answer.Slices.RemoveAt(0);
        if (how == "forged record") answer.Slices[0].Records[0].Payload = ByteString.CopyFrom(Sample.Record(_pacific.Party.Partner).Payload.Span);
        if (how == "long cursor") answer.Cursor = ByteString.CopyFrom(new byte[1_025]);
        if (how == "no manifest") answer.Manifest = null;
        return answer;
    }
}
