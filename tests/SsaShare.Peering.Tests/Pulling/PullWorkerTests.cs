using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Protocol;
using SsaShare.Protocol.Exchange.V1;

namespace SsaShare.Peering.Tests;

public sealed class PullWorkerTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private readonly AgreementDeliveries _deliveries = new();
    private readonly HashSet<AgreementId> _open = [];

    /// <summary>How many pulls of urgent publications wait at the provider.</summary>
    private int _urgent;
    private readonly Party _atlantic;
    private LoopbackPeer _pacific = null!;
    private readonly PullStatuses _statuses = new();
    private readonly ExchangeControl _control;
    private Home _home = null!;
    private PeerChannels _channels = null!;
    private PullWorker _worker = null!;

    public PullWorkerTests() => (_atlantic, _control) = (Party.Create("atlantic", _time), new ExchangeControl(new MemoryStandingStore(_time)));

    public async ValueTask InitializeAsync()
    {
        _pacific = await LoopbackPeer.StartAsync("pacific", _time);
        _home = await Home.CreateAsync(_atlantic, _time, _pacific.Party);
        _channels = new PeerChannels(_atlantic.Identity, _home.Directory);
        _pacific.Pull = WaitAsync;
        _worker = NewWorker();
    }

    [Fact]
    public async Task Run_AgreementInForce_IsPulledAndStopsWithTheNode()
    {
        var agreement = await KeepAsync();
        await _worker.StartAsync(CancellationToken.None);
        await PulledAsync(agreement);
        await _worker.StopAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(5));
        await NotPulledAsync(agreement);
        Assert.False(_worker.ExecuteTask!.IsFaulted);
    }

    [Fact]
    public async Task Run_ProviderOfEachVersion_IsPulledInTheStreamsThatItKnows()
    {
        var versions = new ProviderVersions();
        _worker.Dispose();
        _worker = NewWorker(versions: versions);
        var agreement = await KeepAsync();
        await _worker.StartAsync(CancellationToken.None);
        await PulledAsync(agreement);
        await Task.Delay(100);
        Assert.Equal(0, _urgent);
        versions.Take(_pacific.Party.Partner, ProtocolVersions.Urgent);
        await Eventually.TrueAsync(() => Volatile.Read(ref _urgent) == 1, "what is urgent is not pulled");
        Assert.True(IsPulled(agreement));
        // It went back to the release before.
        versions.Take(_pacific.Party.Partner, ProtocolVersions.First);
        await Eventually.TrueAsync(() => Volatile.Read(ref _urgent) == 0, "what is urgent is still pulled");
        Assert.True(IsPulled(agreement));
    }

    /// <summary>What is urgent is asked for once the first routine answer has said that the provider gives such: that answer must not wait for news.</summary>
    [Fact]
    public async Task Run_ProviderOfWhichNothingIsKnown_IsAskedToAnswerAtOnce()
    {
        var versions = new ProviderVersions();
        _worker.Dispose();
        _worker = NewWorker(versions: versions);
        TimeSpan? asked = null;
        _pacific.Pull = (request, token) =>
        {
            if (request.Priority != PullPriority.Urgent) asked = request.WaitMax.ToTimeSpan();
            return WaitAsync(request, token);
        };
        var agreement = await KeepAsync();
        await _worker.StartAsync(CancellationToken.None);
        await PulledAsync(agreement);
        Assert.Equal(TimeSpan.Zero, asked);
        versions.Take(_pacific.Party.Partner, ProtocolVersions.Urgent);
        _control.Retry(_pacific.Party.Partner, null);
        await Eventually.TrueAsync(() => asked == new PullOptions().WaitMax, "it still does not wait for news");
    }

    [Fact]
    public async Task Run_AgreementSignedLater_IsPulledFromThenOn()
    {
        await _worker.StartAsync(CancellationToken.None);
        await PulledAsync(await KeepAsync());
    }

    [Fact]
    public async Task Run_BeforeItIsKnownWhetherTheNodeWentBack_PullsNothing()
    {
        var agreement = await KeepAsync();
        var permit = new SigningPermit();
        _worker.Dispose();
        _worker = NewWorker(permit);
        await _worker.StartAsync(CancellationToken.None);
        await StaysUnpulledAsync(agreement);
        permit.Grant();
        await PulledAsync(agreement);
    }

    [Fact]
    public async Task Run_NotYetDelivered_WaitsForTheDelivery()
    {
        var agreement = await KeepAsync(delivered: false);
        await _worker.StartAsync(CancellationToken.None);
        await StaysUnpulledAsync(agreement);
        _deliveries.Delivered(agreement.Id, _pacific.Party.Partner);
        await PulledAsync(agreement);
    }

    [Fact]
    public async Task Run_ProposedOnly_IsNotPulled()
    {
        var agreement = Pact.Between([_atlantic, _pacific.Party], _time);
        await _home.Book.KeepAsync(agreement.SignedBy(_pacific.Party), _pacific.Party.Partner, CancellationToken.None);
        _deliveries.Delivered(agreement.Id, _pacific.Party.Partner);
        await _worker.StartAsync(CancellationToken.None);
        await StaysUnpulledAsync(agreement);
    }

    [Fact]
    public async Task Run_NothingIsGrantedToThisNode_IsNotPulled()
    {
        var agreement = await KeepAsync(terms => terms with
        {
            Grants = [new Grant { Id = Pact.Clause("one-way"), From = Selector.Of(_atlantic.Partner), To = Selector.Of(_pacific.Party.Partner) }],
        });
        await _worker.StartAsync(CancellationToken.None);
        await StaysUnpulledAsync(agreement);
    }

    [Fact]
    public async Task Run_ValidityBeginsAndEnds_IsPulledBetween()
    {
        var start = _time.GetUtcNow();
        var agreement = await KeepAsync(terms => terms with { ValidFrom = Utc.FromDateTime(start.AddMinutes(10)), ValidUntil = Utc.FromDateTime(start.AddMinutes(30)) });
        await _worker.StartAsync(CancellationToken.None);
        await StaysUnpulledAsync(agreement);
        _time.Advance(TimeSpan.FromMinutes(10) + TimeSpan.FromSeconds(1));
        await PulledAsync(agreement);
        _time.Advance(TimeSpan.FromMinutes(20) - TimeSpan.FromSeconds(2));
        await Task.Delay(50);
        Assert.Contains(agreement.Id, _open);
        _time.Advance(TimeSpan.FromSeconds(2));
        await NotPulledAsync(agreement);
    }

    [Fact]
    public async Task Run_Superseded_IsPulledUnderItsSuccessorAlone()
    {
        var before = await KeepAsync();
        await _worker.StartAsync(CancellationToken.None);
        await PulledAsync(before);
        var after = await KeepAsync(terms => terms with { Supersedes = before.Id });
        await PulledAsync(after);
        await NotPulledAsync(before);
    }

    [Fact]
    public async Task Run_SuspendedByEither_IsNotPulledUntilResumed()
    {
        var agreement = await KeepAsync();
        await _worker.StartAsync(CancellationToken.None);
        await PulledAsync(agreement);
        await _home.Book.ChangeAsync(agreement.Id, TransitionEvent.Suspend, "A test.", CancellationToken.None);
        await NotPulledAsync(agreement);
        await TakeAsync(agreement, 1, TransitionEvent.Suspend);
        await _home.Book.ChangeAsync(agreement.Id, TransitionEvent.Resume, "A test.", CancellationToken.None);
        await StaysUnpulledAsync(agreement);
        await TakeAsync(agreement, 2, TransitionEvent.Resume);
        await PulledAsync(agreement);
    }

    [Fact]
    public async Task Run_RevokedByThePeer_StopsForGood()
    {
        var agreement = await KeepAsync();
        await _worker.StartAsync(CancellationToken.None);
        await PulledAsync(agreement);
        await TakeAsync(agreement, 1, TransitionEvent.Revoke);
        await NotPulledAsync(agreement);
        await _worker.StopAsync(CancellationToken.None);
        _worker.Dispose();
        await _home.RestartAsync();
        _worker = NewWorker();
        await _worker.StartAsync(CancellationToken.None);
        await StaysUnpulledAsync(agreement);
    }

    [Fact]
    public async Task Run_PausedByTheOperator_IsNotPulledUntilResumedAlsoAfterAStart()
    {
        var (agreement, other) = (await KeepAsync(), await KeepAsync(terms => terms with { Title = "Another" }));
        await _worker.StartAsync(CancellationToken.None);
        await PulledAsync(agreement);
        var pause = new PauseEvent(_pacific.Party.Partner, agreement.Id, "operator");
        Assert.True(await _control.PauseAsync(pause, CancellationToken.None));
        await NotPulledAsync(agreement);
        await PulledAsync(other);
        await _worker.StopAsync(CancellationToken.None);
        _worker.Dispose();
        _worker = NewWorker();
        await _worker.StartAsync(CancellationToken.None);
        await PulledAsync(other);
        await StaysUnpulledAsync(agreement);
        Assert.True(await _control.ResumeAsync(pause, CancellationToken.None));
        await PulledAsync(agreement);
    }

    [Fact]
    public async Task Run_RetryAtOnce_EndsTheWaitingAfterFailures()
    {
        var agreement = await KeepAsync();
        int calls = 0;
        _pacific.Pull = (_, _) => throw new Grpc.Core.RpcException(new Grpc.Core.Status(++calls > 0 ? Grpc.Core.StatusCode.PermissionDenied : default, "not you"));
        await _worker.StartAsync(CancellationToken.None);
        var stream = new StreamKey(agreement.Id, _pacific.Party.Partner, FeedPriority.Routine);
        await Eventually.TrueAsync(() => _statuses.Find(stream)?.NextTry is not null, "it does not wait");
        Assert.Equal((1, 1, _time.GetUtcNow() + TimeSpan.FromSeconds(2)), (calls, _statuses.Find(stream)!.Failures, _statuses.Find(stream)!.NextTry));
        // The clock stands still: only the operator's word can have ended the wait.
        _control.Retry(_pacific.Party.Partner, agreement.Id);
        await Eventually.TrueAsync(() => calls == 2, "it is not tried");
        _pacific.Pull = WaitAsync;
        _control.Retry(_pacific.Party.Partner, null);
        await PulledAsync(agreement);
    }

    [Fact]
    public async Task WhileAtRest_OneAgreement_IsNotPulledMeanwhileAndBegunAnewAfter()
    {
        var (agreement, other) = (await KeepAsync(), await KeepAsync(terms => terms with { Title = "Another" }));
        await _worker.StartAsync(CancellationToken.None);
        await PulledAsync(agreement);
        await PulledAsync(other);
        var isDone = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var work = _worker.WhileAtRestAsync(agreement.Id, _pacific.Party.Partner, () => isDone.Task, CancellationToken.None);
        await NotPulledAsync(agreement);
        // Whatever changes meanwhile begins nothing.
        _control.Retry(_pacific.Party.Partner, null);
        await StaysUnpulledAsync(agreement);
        Assert.True(IsPulled(other));
        isDone.SetResult(7);
        Assert.Equal(7, await work);
        await PulledAsync(agreement);
        await Assert.ThrowsAsync<InvalidOperationException>(() => _worker.WhileAtRestAsync<int>(agreement.Id, _pacific.Party.Partner, () => throw new InvalidOperationException("A test."), CancellationToken.None));
        await PulledAsync(agreement);
    }

    [Fact]
    public async Task WhileAtRest_PausedOrNotYetStarted_BeginsNothing()
    {
        var agreement = await KeepAsync();
        Assert.Equal(1, await _worker.WhileAtRestAsync(agreement.Id, _pacific.Party.Partner, () => Task.FromResult(1), CancellationToken.None));
        await StaysUnpulledAsync(agreement);
        await _control.PauseAsync(new PauseEvent(_pacific.Party.Partner, null, "operator"), CancellationToken.None);
        await _worker.StartAsync(CancellationToken.None);
        Assert.Equal(2, await _worker.WhileAtRestAsync(agreement.Id, _pacific.Party.Partner, () => Task.FromResult(2), CancellationToken.None));
        await StaysUnpulledAsync(agreement);
    }

    [Fact]
    public async Task Run_AgreementEnds_ItsStatusGoesAway()
    {
        var agreement = await KeepAsync();
        _pacific.Pull = (_, _) => throw new Grpc.Core.RpcException(new Grpc.Core.Status(Grpc.Core.StatusCode.PermissionDenied, "not you"));
        await _worker.StartAsync(CancellationToken.None);
        await Eventually.TrueAsync(() => _statuses.All.Any(), "nothing has failed");
        await _home.Book.ChangeAsync(agreement.Id, TransitionEvent.Revoke, "A test.", CancellationToken.None);
        await Eventually.TrueAsync(() => !_statuses.All.Any(), "the status stays");
    }

    public async ValueTask DisposeAsync()
    {
        await _worker.StopAsync(CancellationToken.None);
        _worker.Dispose();
        _control.Dispose();
        _channels.Dispose();
        _home.Dispose();
        await _pacific.DisposeAsync();
        _atlantic.Dispose();
    }

    private PullWorker NewWorker(SigningPermit? permit = null, ProviderVersions? versions = null) => new(_atlantic.Identity, _home.Book, _home.Directory, new GrpcPullClient(_channels), new MemoryInbox(), _statuses, _deliveries,
        Options.Create(new PeerPipelineOptions { CallTimeout = TimeSpan.FromHours(1) }), Options.Create(new PullOptions()), _time, NullLogger<PullLoop>.Instance, permit: permit, providerVersions: versions, control: _control);

    private async Task TakeAsync(Agreement agreement, int number, TransitionEvent happening)
    {
        var document = new TransitionDocument(DocumentContexts.Transition.Text, agreement.Id, _pacific.Party.Partner, number, happening, "A test.", Utc.FromDateTime(_time.GetUtcNow()));
        Assert.Equal(TransitionOutcome.Taken, (await _home.Book.TakeAsync(SignedTransition.Sign(_pacific.Party.Identity.SigningKey, document), CancellationToken.None)).Outcome);
    }

    private async Task<Agreement> KeepAsync(Func<AgreementTerms, AgreementTerms>? change = null, bool delivered = true)
    {
        var agreement = Pact.Between([_atlantic, _pacific.Party], _time, change: change);
        if (delivered) _deliveries.Delivered(agreement.Id, _pacific.Party.Partner);
        Assert.Equal(AgreementState.Active, (await _home.Book.KeepAsync(agreement.SignedBy(_atlantic, _pacific.Party), _pacific.Party.Partner, CancellationToken.None)).Entry?.State);
        return agreement;
    }

    /// <summary>The provider has no news; which pulls wait there is what these tests look at.</summary>
    private async Task<PullResponse> WaitAsync(PullRequest request, CancellationToken token)
    {
        Assert.True(Signing.Hash256.TryCreate(request.AgreementId.Span, out var hash));
        if (request.Priority == PullPriority.Urgent)
        {
            Interlocked.Increment(ref _urgent);
            try
            {
                await Task.Delay(Timeout.Infinite, token);
            }
            finally
            {
                Interlocked.Decrement(ref _urgent);
            }
        }
        lock (_open) _open.Add(new AgreementId(hash));
        try
        {
            await Task.Delay(Timeout.Infinite, token);
        }
        finally
        {
            lock (_open) _open.Remove(new AgreementId(hash));
        }
        throw new InvalidOperationException("Never reached.");
    }

    private bool IsPulled(Agreement agreement)
    {
        lock (_open) return _open.Contains(agreement.Id);
    }

    private Task PulledAsync(Agreement agreement) => Eventually.TrueAsync(() => IsPulled(agreement), "it is not pulled");

    private Task NotPulledAsync(Agreement agreement) => Eventually.TrueAsync(() => !IsPulled(agreement), "it is still pulled");

    private async Task StaysUnpulledAsync(Agreement agreement)
    {
        await Task.Delay(100);
        Assert.False(IsPulled(agreement));
    }
}
