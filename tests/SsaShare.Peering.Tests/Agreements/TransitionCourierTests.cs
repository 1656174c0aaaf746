using Grpc.Core;
using Microsoft.Extensions.Logging.Abstractions;
using SsaShare.Agreements;
using SsaShare.Exchange;
using SsaShare.Protocol;
using SsaShare.Protocol.Agreement.V1;
using AgreementState = SsaShare.Agreements.AgreementState;

namespace SsaShare.Peering.Tests;

public sealed class TransitionCourierTests : IAsyncLifetime
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(2);
    private readonly ManualTime _time = new();
    private readonly TransitionDeliveries _deliveries = new();
    private readonly List<int> _received = [];
    private readonly Party _atlantic;
    private LoopbackPeer _pacific = null!;
    private Home _home = null!, _pacificHome = null!;
    private PeerChannels _channels = null!;
    private TransitionCourier _courier = null!;
    private Agreement _agreement = null!;

    public TransitionCourierTests() => _atlantic = Party.Create("atlantic", _time);

    public async ValueTask InitializeAsync()
    {
        _pacific = await LoopbackPeer.StartAsync("pacific", _time);
        _pacific.Transition = (request, _) => TakeAsync(request);
        _home = await Home.CreateAsync(_atlantic, _time, _pacific.Party);
        _pacificHome = await Home.CreateAsync(_pacific.Party, _time, _atlantic);
        _channels = new PeerChannels(_atlantic.Identity, _home.Directory);
        _courier = NewCourier(_deliveries);
        _agreement = Pact.Between([_atlantic, _pacific.Party], _time);
        foreach (var home in new[] { _home, _pacificHome }) await home.Book.KeepAsync(_agreement.SignedBy(_atlantic, _pacific.Party), _atlantic.Partner, CancellationToken.None);
    }

    [Fact]
    public async Task Deliver_OwnTransitions_ArriveOnceAndInOrder()
    {
        await ChangeAsync(TransitionEvent.Suspend);
        await _courier.StartAsync(CancellationToken.None);
        await DeliveredAsync(1);
        await ChangeAsync(TransitionEvent.Resume);
        await ChangeAsync(TransitionEvent.Revoke);
        await DeliveredAsync(3);
        Assert.Equal([1, 2, 3], _received);
        Assert.Equal(AgreementState.Revoked, _pacificHome.Book.Find(_agreement.Id)?.State);
        await NothingMoreIsSentAsync();
    }

    [Fact]
    public async Task Deliver_TransitionsOfThePeer_AreNotSentBack()
    {
        var suspension = SignedTransition.Sign(_pacific.Party.Identity.SigningKey, new TransitionDocument(DocumentContexts.Transition.Text, _agreement.Id, _pacific.Party.Partner, 1, TransitionEvent.Suspend, "A test.",
            Domain.Utc.FromDateTime(_time.GetUtcNow())));
        Assert.Equal(TransitionOutcome.Taken, (await _home.Book.TakeAsync(suspension, CancellationToken.None)).Outcome);
        await _courier.StartAsync(CancellationToken.None);
        await NothingMoreIsSentAsync();
        Assert.Empty(_received);
    }

    [Fact]
    public async Task Deliver_AfterARestart_IsBroughtAgainAndChangesNothing()
    {
        await ChangeAsync(TransitionEvent.Suspend);
        await _courier.StartAsync(CancellationToken.None);
        await DeliveredAsync(1);
        await _courier.StopAsync(CancellationToken.None);
        _courier.Dispose();
        await _home.RestartAsync();
        var anew = new TransitionDeliveries();
        _courier = NewCourier(anew);
        await _courier.StartAsync(CancellationToken.None);
        await Eventually.TrueAsync(() => anew.KnownTo(_pacific.Party.Partner, _agreement.Id) == 1, "it is not acknowledged again");
        Assert.Equal([1, 1], _received);
        Assert.Single(_pacificHome.Book.Find(_agreement.Id)!.History.All);
    }

    [Fact]
    public async Task Deliver_PeerRestoredFromABackup_GetsAllOfThemAgain()
    {
        await ChangeAsync(TransitionEvent.Suspend);
        await _courier.StartAsync(CancellationToken.None);
        await DeliveredAsync(1);
        _pacificHome.Agreements.Transitions.Clear();
        _pacificHome.Agreements.Put(_agreement.SignedBy(_atlantic, _pacific.Party), AgreementState.Active);
        await _pacificHome.RestartAsync();
        await ChangeAsync(TransitionEvent.Resume);
        await _time.WaitForTimerAsync(Retry);
        _time.Advance(Retry);
        await DeliveredAsync(2);
        Assert.Equal([1, 2, 1, 2], _received);
    }

    [Fact]
    public async Task Deliver_UnreachablePeer_IsTriedEveryTwoSecondsUntilItIsBack()
    {
        await _pacific.StopAsync();
        await ChangeAsync(TransitionEvent.Revoke);
        await _courier.StartAsync(CancellationToken.None);
        for (int i = 0; i < 4; i++)
        {
            await _time.WaitForTimerAsync(Retry);
            _time.Advance(Retry);
        }
        await _time.WaitForTimerAsync(Retry);
        await _pacific.RestartAsync();
        _time.Advance(Retry);
        await DeliveredAsync(1);
    }

    [Fact]
    public async Task Deliver_AgreementNotYetThere_IsTriedLessAndLessAndArrives()
    {
        var late = Pact.Between([_atlantic, _pacific.Party], _time, "Late");
        await _home.Book.KeepAsync(late.SignedBy(_atlantic, _pacific.Party), _atlantic.Partner, CancellationToken.None);
        await _home.Book.ChangeAsync(late.Id, TransitionEvent.Revoke, "A test.", CancellationToken.None);
        await _courier.StartAsync(CancellationToken.None);
        foreach (int factor in new[] { 1, 2, 4 })
        {
            await _time.WaitForTimerAsync(factor * Retry);
            _time.Advance(factor * Retry);
        }
        await _time.WaitForTimerAsync(8 * Retry);
        await _pacificHome.Book.KeepAsync(late.SignedBy(_atlantic, _pacific.Party), _atlantic.Partner, CancellationToken.None);
        _time.Advance(8 * Retry);
        await Eventually.TrueAsync(() => _pacificHome.Book.Find(late.Id)?.State == AgreementState.Revoked, "it does not arrive");
    }

    [Fact]
    public async Task Deliver_RefusedForOneAgreement_ReachesTheOthers()
    {
        var other = Pact.Between([_atlantic, _pacific.Party], _time, "Unknown there");
        await _home.Book.KeepAsync(other.SignedBy(_atlantic, _pacific.Party), _atlantic.Partner, CancellationToken.None);
        await _home.Book.ChangeAsync(other.Id, TransitionEvent.Suspend, "A test.", CancellationToken.None);
        await ChangeAsync(TransitionEvent.Suspend);
        await _courier.StartAsync(CancellationToken.None);
        await DeliveredAsync(1);
    }

    public async ValueTask DisposeAsync()
    {
        await _courier.StopAsync(CancellationToken.None);
        Assert.False(_courier.ExecuteTask?.IsFaulted ?? false);
        _courier.Dispose();
        _channels.Dispose();
        _home.Dispose();
        _pacificHome.Dispose();
        await _pacific.DisposeAsync();
        _atlantic.Dispose();
    }

    private TransitionCourier NewCourier(TransitionDeliveries deliveries)
        => new(_atlantic.Identity, _home.Book, _home.Directory, _channels, deliveries, _time, NullLogger<TransitionCourier>.Instance);

    private async Task ChangeAsync(TransitionEvent happening)
        => Assert.Null((await _home.Book.ChangeAsync(_agreement.Id, happening, "A test.", CancellationToken.None)).Fault);

    private Task DeliveredAsync(int number) => Eventually.TrueAsync(() => _deliveries.KnownTo(_pacific.Party.Partner, _agreement.Id) == number, $"number {number} is not delivered");

    /// <summary>An hour later nothing more was sent.</summary>
    private async Task NothingMoreIsSentAsync()
    {
        int before = _received.Count;
        await Task.Delay(50);
        Assert.Empty(_time.Pending);
        _time.Advance(TimeSpan.FromHours(1));
        await Task.Delay(50);
        Assert.Equal(before, _received.Count);
    }

    /// <summary>What the other party's node does.</summary>
    private async Task<DeliverTransitionResponse> TakeAsync(DeliverTransitionRequest request)
    {
        Assert.True(SignedTransition.TryRead(DocumentMapper.TryRead(request.Transition)!, out var transition));
        if (transition.Document.Agreement == _agreement.Id) lock (_received) _received.Add(transition.Document.Sequence);
        var (outcome, entry, fault) = await _pacificHome.Book.TakeAsync(transition, CancellationToken.None);
        return outcome is TransitionOutcome.Taken or TransitionOutcome.Known ? new DeliverTransitionResponse { State = entry!.State.ToWire() } : throw new RpcException(new Status(StatusCode.NotFound, fault));
    }
}
