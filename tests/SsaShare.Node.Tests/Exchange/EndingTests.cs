using System.Diagnostics;
using System.Net;
using System.Security.Authentication;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Peering;
using SsaShare.Peering.Tests;
using SsaShare.Protocol;
using SsaShare.Protocol.Exchange.V1;
using SsaShare.Signing;

namespace SsaShare.Node.Tests;

/// <summary>An agreement that is suspended or revoked stops being served at once, wherever a pull is: real endpoint, real TLS, readers that are in no hurry.</summary>
public sealed class EndingTests : IAsyncLifetime
{
    private static readonly TimeSpan Promise = TimeSpan.FromSeconds(2);
    private readonly ManualTime _time = new();
    private readonly Party _atlantic, _pacific;
    private readonly MemoryOutbox _outbox;
    private readonly Agreement _agreement;
    private readonly ExchangeControl _control;
    private Home _home = null!;
    private WebApplication _app = null!;

    public EndingTests()
    {
        (_atlantic, _pacific) = (Party.Create("atlantic", _time), Party.Create("pacific", _time));
        _agreement = Pact.Between([_atlantic, _pacific], _time);
        _outbox = new MemoryOutbox(_time);
        _control = new ExchangeControl(new MemoryStandingStore(_time));
    }

    public static TheoryData<bool, TransitionEvent> Stops { get; } = new()
    {
        { true, TransitionEvent.Revoke },
        { true, TransitionEvent.Suspend },
        { false, TransitionEvent.Revoke },
        { false, TransitionEvent.Suspend },
    };

    private int Port => new Uri(_app.Urls.Single()).Port;

    public async ValueTask InitializeAsync()
    {
        _home = await Home.CreateAsync(_atlantic, _time, _pacific);
        await _home.Book.KeepAsync(_agreement.SignedBy(_atlantic, _pacific), _pacific.Partner, CancellationToken.None);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http1AndHttp2;
            listen.UseHttps(_atlantic.Identity.TlsCertificate, https =>
            {
                https.SslProtocols = SslProtocols.Tls13;
                https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
                https.ClientCertificateValidation = (_, _, _) => true;
            });
        }));
        builder.Services.AddSingleton<TimeProvider>(_time);
        builder.Services.AddSingleton(_ => _atlantic.Identity);
        builder.Services.AddSingleton(_ => _home.Directory);
        builder.Services.AddSingleton(_ => _home.Auditors);
        builder.Services.AddSingleton(_ => _home.Book);
        builder.Services.AddSingleton(_atlantic.Folder);
        builder.Services.AddSingleton<ILastCheckpoint>(_atlantic.Folder);
        builder.Services.AddSingleton(new CursorCodec(_atlantic.Identity.CursorKey.Span));
        builder.Services.AddSingleton<IOutbox>(_outbox);
        builder.Services.AddSingleton<IRelayFeed>(new MemoryRelayFeed());
        builder.Services.AddSingleton<IRecordDegrader>(new RecordDegrader(_atlantic.Identity.DegradationKey));
        builder.Services.AddSingleton<INodeLog>(new MemoryNodeLog());
        builder.Services.AddSingleton<CheckpointSigner>();
        builder.Services.AddSingleton<RefusalJournal>();
        builder.Services.AddSingleton<PullTurns>();
        builder.Services.AddSingleton<PullServer>();
        builder.Services.AddSingleton(_control);
        builder.Services.AddSingleton<DenialDesk>();
        builder.Services.AddSingleton<ReaderStandings>();
        builder.Services.AddSingleton<ExchangeDesk>();
        builder.Services.AddLimits();
        builder.Services.AddGrpc(options => options.MaxSendMessageSize = PinnedChannel.MessageBytesMax);
        _app = builder.Build();
        _app.UseMiddleware<CallerGate>();
        _app.UseMiddleware<CallGuard>();
        _app.UseMiddleware<AnswerWriting>();
        _app.MapGrpcService<ExchangeGrpcService>();
        await _app.StartAsync();
    }

    [Theory, MemberData(nameof(Stops))]
    public async Task Pull_WaitsWhenTheAgreementEnds_IsRefusedWithTheReason(bool byThisNode, TransitionEvent happening)
    {
        using var channel = Channel();
        var pull = new ExchangeService.ExchangeServiceClient(channel).PullAsync(Request(wait: TimeSpan.FromSeconds(60))).ResponseAsync;
        await Eventually.TrueAsync(() => _outbox.Waiting == 1, "the pull does not wait");
        long ended = await EndAsync(byThisNode, happening);
        var refusal = await Assert.ThrowsAsync<RpcException>(() => pull.WaitAsync(TimeSpan.FromSeconds(10)));
        AssertWithinPromise(ended);
        Assert.Equal(StatusCode.FailedPrecondition, refusal.StatusCode);
        Assert.Contains(happening == TransitionEvent.Revoke ? nameof(WithholdReason.AgreementRevoked) : nameof(WithholdReason.AgreementSuspended), refusal.Status.Detail, StringComparison.Ordinal);
        Assert.Equal(happening == TransitionEvent.Revoke ? DenialReason.Revoked : DenialReason.Suspended, DenialIn(refusal).Reason);
    }

    [Fact]
    public async Task Pull_WaitsWhenTheOperatorPauses_IsDeniedAtOnceAndAnsweredWhenItGoesOn()
    {
        using var channel = Channel();
        var client = new ExchangeService.ExchangeServiceClient(channel);
        var pull = client.PullAsync(Request(wait: TimeSpan.FromSeconds(60))).ResponseAsync;
        await Eventually.TrueAsync(() => _outbox.Waiting == 1, "the pull does not wait");
        var pause = new PauseEvent(_pacific.Partner, null, "the operator of atlantic");
        Assert.True(await _control.PauseAsync(pause, CancellationToken.None));
        Assert.Equal(DenialReason.Paused, DenialIn(await Assert.ThrowsAsync<RpcException>(() => pull.WaitAsync(TimeSpan.FromSeconds(10)))).Reason);
        Publish(2);
        Assert.Equal(DenialReason.Paused, DenialIn(await Assert.ThrowsAsync<RpcException>(() => client.PullAsync(Request()).ResponseAsync)).Reason);
        Assert.True(await _control.ResumeAsync(pause, CancellationToken.None));
        Assert.Equal(2, (await client.PullAsync(Request())).Slices.Sum(slice => slice.Records.Count));
    }

    [Fact]
    public async Task Pull_OfAnAgreementThatThereIsNot_GetsNoSignedWord()
    {
        using var channel = Channel();
        var request = Request();
        request.AgreementId = Hash256.Of("none"u8).ToWire();
        var refusal = await Assert.ThrowsAsync<RpcException>(() => new ExchangeService.ExchangeServiceClient(channel).PullAsync(request).ResponseAsync);
        Assert.Equal((StatusCode.NotFound, null), (refusal.StatusCode, refusal.TryReadDenial()));
    }

    [Theory, MemberData(nameof(Stops))]
    public async Task Pull_ReadSlowlyWhenTheAgreementEnds_IsBrokenOff(bool byThisNode, TransitionEvent happening)
    {
        // Far more than the server holds back for a reader: most of it is not even written when the agreement ends.
        for (int i = 0; i < 5; i++) Publish(1_000);
        await using var reader = await StingyReader.PullAsync(_atlantic, _pacific, Port, Request(), window: 10_000);
        await reader.ReadAsync(10_000).WaitAsync(TimeSpan.FromSeconds(10));
        long ended = await EndAsync(byThisNode, happening);
        await reader.ReadAsync().WaitAsync(TimeSpan.FromSeconds(10));
        AssertWithinPromise(ended);
        Assert.Equal((true, 10_000), (reader.WasReset, reader.Received));
    }

    /// <summary>A pause with whom it is stops what is being written; one with another does not.</summary>
    [Fact]
    public async Task Pull_ReadSlowlyWhenTheOperatorPauses_IsBrokenOff()
    {
        for (int i = 0; i < 5; i++) Publish(1_000);
        await using var reader = await StingyReader.PullAsync(_atlantic, _pacific, Port, Request(), window: 10_000);
        await reader.ReadAsync(10_000).WaitAsync(TimeSpan.FromSeconds(10));
        Assert.True(await _control.PauseAsync(new PauseEvent(PartnerId.Parse("caribbean"), null, "operator"), CancellationToken.None));
        await Task.Delay(100);
        Assert.False(reader.WasReset);
        Assert.True(await _control.PauseAsync(new PauseEvent(_pacific.Partner, null, "operator"), CancellationToken.None));
        await reader.ReadAsync().WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal((true, 10_000), (reader.WasReset, reader.Received));
    }

    [Fact]
    public async Task Pull_SmallAnswerThatTheReaderHasNotTaken_IsBrokenOff()
    {
        // All of it is in the server's hands long before the agreement ends.
        Publish(100);
        await using var reader = await StingyReader.PullAsync(_atlantic, _pacific, Port, Request(), window: 10);
        await reader.ReadAsync(10).WaitAsync(TimeSpan.FromSeconds(10));
        await Task.Delay(200);
        long ended = await EndAsync(byThisNode: true, TransitionEvent.Revoke);
        await Task.Delay(100);
        await reader.TakeAsync(1_000_000);
        await reader.ReadAsync().WaitAsync(TimeSpan.FromSeconds(10));
        AssertWithinPromise(ended);
        Assert.Equal((true, 10), (reader.WasReset, reader.Received));
    }

    [Fact]
    public async Task Pull_AnotherAgreementEnds_IsReadToItsEnd()
    {
        Publish(1_000);
        var other = Pact.Between([_atlantic, _pacific], _time, "Another");
        await _home.Book.KeepAsync(other.SignedBy(_atlantic, _pacific), _pacific.Partner, CancellationToken.None);
        await using var reader = await StingyReader.PullAsync(_atlantic, _pacific, Port, Request(), window: 10_000);
        await reader.ReadAsync(10_000).WaitAsync(TimeSpan.FromSeconds(10));
        await _home.Book.ChangeAsync(other.Id, TransitionEvent.Revoke, "A test.", CancellationToken.None);
        await reader.TakeAsync(10_000_000);
        await reader.ReadAsync().WaitAsync(TimeSpan.FromSeconds(10));
        Assert.False(reader.WasReset);
        Assert.Contains("grpc-status", reader.Trailers, StringComparison.Ordinal);
        Assert.InRange(reader.Received, 60_000, int.MaxValue);
    }

    [Fact]
    public async Task Pull_SuspendedAndResumedWhileItWaits_IsAnswered()
    {
        using var channel = Channel();
        var client = new ExchangeService.ExchangeServiceClient(channel);
        await EndAsync(byThisNode: true, TransitionEvent.Suspend);
        Assert.Equal(StatusCode.FailedPrecondition, (await Assert.ThrowsAsync<RpcException>(() => client.PullAsync(Request()).ResponseAsync)).StatusCode);
        await _home.Book.ChangeAsync(_agreement.Id, TransitionEvent.Resume, "A test.", CancellationToken.None);
        Publish(2);
        Assert.Equal(2, (await client.PullAsync(Request())).Slices.Sum(slice => slice.Records.Count));
    }

    /// <summary>What came with a refusal, as the reader checks it.</summary>
    private DenialDocument DenialIn(RpcException refusal)
    {
        var denial = DenialDocument.Open(refusal.TryReadDenial()!, _agreement.Id, _atlantic.Partner, _pacific.Partner, _home.Directory, Utc.FromDateTime(_time.GetUtcNow()), out string fault);
        Assert.True(denial is not null, fault);
        return denial;
    }

    public async ValueTask DisposeAsync()
    {
        _control.Dispose();
        await _app.DisposeAsync();
        _home.Dispose();
        _atlantic.Dispose();
        _pacific.Dispose();
    }

    private static void AssertWithinPromise(long ended) => Assert.InRange(Stopwatch.GetElapsedTime(ended), TimeSpan.Zero, Promise);

    private void Publish(int records) => _outbox.Add(Sample.Publish(_atlantic, _time, Sample.Records(_atlantic, records)));

    private PullRequest Request(TimeSpan? wait = null) => new()
    {
        AgreementId = _agreement.Id.Value.ToWire(),
        RecordsMax = 10_000,
        WaitMax = Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(wait ?? TimeSpan.Zero),
    };

    private GrpcChannel Channel()
    {
        var card = _atlantic.Card.Card;
        var here = new NodeCard(card.PartnerId, card.DisplayName, new Uri($"https://127.0.0.1:{Port}"), card.SigningKey, card.LogKey, card.WitnessKey, card.RecoveryKey, card.TlsPins, card.OperatorPins, card.IssuedAt, card.Previous, card.Sequence);
        return PinnedChannel.Open(here, _pacific.Identity.TlsCertificate);
    }

    /// <summary>The agreement is ended here, or by the peer.</summary>
    /// <returns>Just before it was: a timestamp.</returns>
    private async Task<long> EndAsync(bool byThisNode, TransitionEvent happening)
    {
        var document = new TransitionDocument(DocumentContexts.Transition.Text, _agreement.Id, _pacific.Partner, 1, happening, "A test.", Utc.FromDateTime(_time.GetUtcNow()));
        var ofPeer = SignedTransition.Sign(_pacific.Identity.SigningKey, document);
        long started = Stopwatch.GetTimestamp();
        if (byThisNode) Assert.NotNull((await _home.Book.ChangeAsync(_agreement.Id, happening, "A test.", CancellationToken.None)).Entry);
        else Assert.Equal(TransitionOutcome.Taken, (await _home.Book.TakeAsync(ofPeer, CancellationToken.None)).Outcome);
        return started;
    }
}
