using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Logging.Abstractions;
using SsaShare.Agreements;
using SsaShare.Protocol.Agreement.V1;
using AgreementState = SsaShare.Agreements.AgreementState;

namespace SsaShare.Peering.Tests;

public sealed class AgreementCourierTests : IAsyncLifetime
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(2), RefusedRetry = TimeSpan.FromMinutes(1);
    private readonly ManualTime _time = new();
    private readonly AgreementDeliveries _deliveries = new();
    private readonly Party _atlantic;
    private LoopbackPeer _pacific = null!, _caribbean = null!;
    private Home _home = null!, _pacificHome = null!, _caribbeanHome = null!;
    private PeerChannels _channels = null!;
    private AgreementCourier _courier = null!;
    private int _toPacific, _toCaribbean;

    public AgreementCourierTests() => _atlantic = Party.Create("atlantic", _time);

    public async ValueTask InitializeAsync()
    {
        (_pacific, _caribbean) = (await LoopbackPeer.StartAsync("pacific", _time), await LoopbackPeer.StartAsync("caribbean", _time));
        _home = await Home.CreateAsync(_atlantic, _time, _pacific.Party, _caribbean.Party);
        _pacificHome = await Home.CreateAsync(_pacific.Party, _time, _atlantic, _caribbean.Party);
        _caribbeanHome = await Home.CreateAsync(_caribbean.Party, _time, _atlantic, _pacific.Party);
        _channels = new PeerChannels(_atlantic.Identity, _home.Directory);
        _courier = new AgreementCourier(_atlantic.Identity, _home.Book, _home.Directory, _channels, _deliveries, _time, NullLogger<AgreementCourier>.Instance);
        _pacific.Deliver = (request, _) => { Interlocked.Increment(ref _toPacific); return KeepAsync(_pacificHome, request); };
        _caribbean.Deliver = (request, _) => { Interlocked.Increment(ref _toCaribbean); return KeepAsync(_caribbeanHome, request); };
    }

    [Fact]
    public async Task Deliver_ProposedAgreement_ComesBackSignedAndInForce()
    {
        var agreement = await ProposeAsync(_pacific.Party);
        await _courier.StartAsync(CancellationToken.None);
        await _deliveries.WaitAsync(agreement.Id, _pacific.Party.Partner, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal((AgreementState.Active, AgreementState.Active), (_home.Book.Find(agreement.Id)?.State, _pacificHome.Book.Find(agreement.Id)?.State));
        Assert.Equal(_atlantic.Card.Card.TlsPins.Single(), _pacific.LastCaller);
        await NothingMoreIsSentAsync(pacific: 1, caribbean: 0);
    }

    [Fact]
    public async Task Deliver_ThreeParties_EachHasEverySignatureInTheEnd()
    {
        var agreement = await ProposeAsync(_pacific.Party, _caribbean.Party);
        await _courier.StartAsync(CancellationToken.None);
        foreach (var home in new[] { _home, _pacificHome, _caribbeanHome })
            await Eventually.TrueAsync(() => home.Book.Find(agreement.Id)?.Envelope.SignatureCount == 3, $"{home.Self.Partner} does not get every signature");
        await Task.WhenAll(new[] { _pacific, _caribbean }.Select(peer => _deliveries.WaitAsync(agreement.Id, peer.Party.Partner, CancellationToken.None))).WaitAsync(TimeSpan.FromSeconds(10));
        await NothingMoreIsSentAsync(_toPacific, _toCaribbean);
    }

    [Fact]
    public async Task Deliver_PartyHasNotSignedYet_IsNotSentTwiceNorCalledComplete()
    {
        _pacific.Deliver = (request, _) => { Interlocked.Increment(ref _toPacific); return KeepAsync(_pacificHome, request, sign: false); };
        var agreement = await ProposeAsync(_pacific.Party);
        await _courier.StartAsync(CancellationToken.None);
        await Eventually.TrueAsync(() => _toPacific == 1, "nothing is sent");
        await NothingMoreIsSentAsync(pacific: 1, caribbean: 0);
        Assert.False(_deliveries.WaitAsync(agreement.Id, _pacific.Party.Partner, CancellationToken.None).IsCompleted);
    }

    [Fact]
    public async Task Deliver_WhatThisNodeHasNotSigned_IsNotSent()
    {
        await _home.Book.KeepAsync(Pact.Between([_atlantic, _pacific.Party], _time).SignedBy(_pacific.Party), _pacific.Party.Partner, CancellationToken.None);
        await _courier.StartAsync(CancellationToken.None);
        await NothingMoreIsSentAsync(0, 0);
    }

    [Fact]
    public async Task Deliver_UnreachableParty_IsTriedAgainUntilItIsBack()
    {
        await _pacific.StopAsync();
        var agreement = await ProposeAsync(_pacific.Party);
        await _courier.StartAsync(CancellationToken.None);
        await _time.WaitForTimerAsync(Retry);
        _time.Advance(Retry);
        await _time.WaitForTimerAsync(Retry);
        Assert.Equal(0, _toPacific);
        await _pacific.RestartAsync();
        _time.Advance(Retry);
        await _deliveries.WaitAsync(agreement.Id, _pacific.Party.Partner, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Deliver_Refused_IsTriedAgainAfterAMinute()
    {
        var agreement = await RefuseOnceAsync();
        _time.Advance(RefusedRetry - TimeSpan.FromSeconds(1));
        Assert.False(await Eventually.EndsAsync(_deliveries.WaitAsync(agreement.Id, _pacific.Party.Partner, CancellationToken.None)));
        Assert.Equal(1, _toPacific);
        _time.Advance(TimeSpan.FromSeconds(1));
        await _deliveries.WaitAsync(agreement.Id, _pacific.Party.Partner, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Deliver_Refused_IsTriedAgainWhenTheDirectoryChanges()
    {
        var agreement = await RefuseOnceAsync();
        using var newcomer = Party.Create("newcomer", _time);
        Assert.Null(await _home.Directory.TryAddAsync(newcomer.Card, CancellationToken.None));
        await _deliveries.WaitAsync(agreement.Id, _pacific.Party.Partner, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Deliver_AnswerThatIsNotTheAgreement_IsNotTakenForDelivered()
    {
        var other = Pact.Between([_atlantic, _pacific.Party], _time, "Another").SignedBy(_pacific.Party);
        _pacific.Deliver = (_, _) => Task.FromResult(new DeliverAgreementResponse { Envelope = ByteString.CopyFrom(other.ToJson()) });
        await RefusedAsync(await ProposeAsync(_pacific.Party));
        Assert.Null(_home.Book.Find(other.Id));
    }

    [Fact]
    public async Task Deliver_AnswerWithASignatureThatIsNotAParties_IsNotTakenForDelivered()
    {
        using var stranger = Party.Create("stranger", _time);
        var agreement = await ProposeAsync(_pacific.Party);
        _pacific.Deliver = (_, _) => Task.FromResult(new DeliverAgreementResponse { Envelope = ByteString.CopyFrom(agreement.SignedBy(_atlantic, stranger).ToJson()) });
        await RefusedAsync(agreement);
        Assert.Equal(1, _home.Book.Find(agreement.Id)?.Envelope.SignatureCount);
    }

    [Fact]
    public async Task Deliver_OwnStoreFails_IsTriedAgain()
    {
        var agreement = await ProposeAsync(_pacific.Party);
        _home.Agreements.Fault = _ => new TimeoutException("The store is away.");
        await _courier.StartAsync(CancellationToken.None);
        await _time.WaitForTimerAsync(Retry);
        _home.Agreements.Fault = _ => null;
        _time.Advance(Retry);
        await _deliveries.WaitAsync(agreement.Id, _pacific.Party.Partner, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(AgreementState.Active, _home.Book.Find(agreement.Id)?.State);
    }

    [Fact]
    public async Task Deliver_SilentParty_DelaysNoOtherAndStopsWithTheNode()
    {
        var asked = new TaskCompletionSource();
        _pacific.Deliver = async (_, token) =>
        {
            asked.TrySetResult();
            await Task.Delay(Timeout.Infinite, token);
            throw new InvalidOperationException("Never reached.");
        };
        await ProposeAsync(_pacific.Party);
        await _courier.StartAsync(CancellationToken.None);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(10));
        // Signed only now, while the other is silent.
        var agreement = await ProposeAsync(_caribbean.Party);
        await _deliveries.WaitAsync(agreement.Id, _caribbean.Party.Partner, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(5));

        await _courier.StopAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(5));
        Assert.False(_courier.ExecuteTask!.IsFaulted);
    }

    [Fact]
    public async Task Deliver_PartyPinnedLater_IsServedToo()
    {
        await using var newcomer = await LoopbackPeer.StartAsync("newcomer", _time);
        using var newcomersHome = await Home.CreateAsync(newcomer.Party, _time, _atlantic);
        newcomer.Deliver = (request, _) => KeepAsync(newcomersHome, request);
        await _courier.StartAsync(CancellationToken.None);
        Assert.Null(await _home.Directory.TryAddAsync(newcomer.Party.Card, CancellationToken.None));
        var agreement = await ProposeAsync(newcomer.Party);
        await _deliveries.WaitAsync(agreement.Id, newcomer.Party.Partner, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(10));
    }

    public async ValueTask DisposeAsync()
    {
        await _courier.StopAsync(CancellationToken.None);
        _courier.Dispose();
        _channels.Dispose();
        foreach (var home in new[] { _home, _pacificHome, _caribbeanHome }) home.Dispose();
        await _pacific.DisposeAsync();
        await _caribbean.DisposeAsync();
        _atlantic.Dispose();
    }

    private async Task<Agreement> ProposeAsync(params Party[] others)
    {
        var agreement = Pact.Between([_atlantic, .. others], _time);
        Assert.NotNull((await _home.Book.ProposeAsync(agreement, CancellationToken.None)).Entry);
        return agreement;
    }

    private async Task<Agreement> RefuseOnceAsync()
    {
        _pacific.Deliver = (request, _) => Interlocked.Increment(ref _toPacific) == 1
            ? throw new RpcException(new Status(StatusCode.Unauthenticated, "No pinned node card holds the key of your certificate."))
            : KeepAsync(_pacificHome, request);
        var agreement = await ProposeAsync(_pacific.Party);
        await RefusedAsync(agreement);
        return agreement;
    }

    private async Task RefusedAsync(Agreement agreement)
    {
        await _courier.StartAsync(CancellationToken.None);
        await _time.WaitForTimerAsync(RefusedRetry);
        Assert.False(_deliveries.WaitAsync(agreement.Id, _pacific.Party.Partner, CancellationToken.None).IsCompleted);
    }

    /// <summary>A day later nothing more was sent.</summary>
    private async Task NothingMoreIsSentAsync(int pacific, int caribbean)
    {
        await Task.Delay(50);
        Assert.Empty(_time.Pending);
        _time.Advance(TimeSpan.FromHours(1));
        await Task.Delay(50);
        Assert.Equal((pacific, caribbean), (_toPacific, _toCaribbean));
    }

    /// <summary>What the other party's node does, with an operator who signs everything.</summary>
    private async Task<DeliverAgreementResponse> KeepAsync(Home home, DeliverAgreementRequest request, bool sign = true)
    {
        Assert.True(AgreementEnvelope.TryParse(request.Envelope.Span, out var envelope, out string? fault), fault);
        var entry = (await home.Book.KeepAsync(envelope, _atlantic.Partner, CancellationToken.None)).Entry!;
        if (sign) entry = (await home.Book.SignAsync(entry.Agreement.Id, CancellationToken.None)).Entry!;
        return new DeliverAgreementResponse { Envelope = ByteString.CopyFrom(entry.Envelope.ToJson()) };
    }
}
