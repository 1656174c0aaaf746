using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Peering;
using SsaShare.Peering.Tests;
using SsaShare.Protocol;

namespace SsaShare.Node.Tests;

/// <summary>Two nodes whose clocks are minutes apart, are set, or go through a leap second: what is granted arrives, once, in order.</summary>
public sealed class ClockTests : IAsyncLifetime
{
    private static readonly DateTimeOffset NewYear = new(2017, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly ManualTime _providers = new(), _receivers = new();
    private readonly Party _atlantic, _pacific;
    private readonly MemoryOutbox _outbox;
    private readonly CursorCodec _cursors;
    private readonly CheckpointSigner _checkpoints;
    private readonly MemoryNodeLog _log = new();
    private readonly ApplicationLifetime _lifetime = new(NullLogger<ApplicationLifetime>.Instance);
    private InboxState _state = InboxState.Start;
    private Home _home = null!;
    private BookEntry _entry = null!;
    private PullServer _server = null!;

    public ClockTests()
    {
        foreach (var time in new[] { _providers, _receivers }) time.Advance(NewYear.AddHours(-1) - time.GetUtcNow());
        (_atlantic, _pacific) = (Party.Create("atlantic", _providers), Party.Create("pacific", _receivers));
        _outbox = new MemoryOutbox(_providers);
        _cursors = new CursorCodec(_atlantic.Identity.CursorKey.Span);
        _checkpoints = new CheckpointSigner(_atlantic.Identity, _atlantic.Folder, _log, NullLogger<CheckpointSigner>.Instance);
    }

    public async ValueTask InitializeAsync()
    {
        _home = await Home.CreateAsync(_atlantic, _providers, _pacific);
        _entry = (await _home.Book.KeepAsync(Pact.Between([_atlantic, _pacific], _providers).SignedBy(_atlantic, _pacific), _pacific.Partner, CancellationToken.None)).Entry!;
        _server = new PullServer(_atlantic.Identity, _home.Book, _outbox, new MemoryRelayFeed(), new RecordDegrader(_atlantic.Identity.DegradationKey), _checkpoints, _cursors, _lifetime, _providers, NullLogger<PullServer>.Instance);
    }

    [Theory]
    [InlineData(-30)]
    [InlineData(-4.9)]
    [InlineData(4.9)]
    public async Task Pull_ClocksMinutesApart_EverythingArrivesOnce(double providerAheadMinutes)
    {
        _providers.Advance(TimeSpan.FromMinutes(providerAheadMinutes));
        int received = 0;
        for (int i = 0; i < 3; i++)
        {
            Publish(2);
            received += (await TakeAsync()).ItemCount;
        }
        Assert.Equal((6, 3L), (received, _state.Positions.Of(FeedLane.Prompt)));
    }

    /// <summary>Somebody's clock is wrong by more than is let through: nothing is lost, it comes when the clocks agree again.</summary>
    [Fact]
    public async Task Pull_ProviderFarAhead_IsRefusedUntilTheClocksAgree()
    {
        _providers.Advance(TimeSpan.FromMinutes(7));
        Publish(2);
        Assert.Contains("ahead of the clock here", (await AskAsync()).Fault, StringComparison.Ordinal);
        _receivers.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(2, (await TakeAsync()).ItemCount);
    }

    [Theory]
    [InlineData(-5)]
    [InlineData(4)]
    public async Task Pull_ProvidersClockIsSet_TheChainGoesOn(double minutes)
    {
        Publish(2);
        var before = await TakeAsync();
        _providers.Advance(TimeSpan.FromMinutes(minutes));
        Publish(3);
        var after = await TakeAsync();
        Assert.Equal((3, before.SignedManifest.Id, before.Manifest.ToPosition), (after.ItemCount, after.Manifest.Previous, after.Manifest.AfterPosition));
    }

    /// <summary>A system clock has no 23:59:60: it says 23:59:59 twice.</summary>
    [Fact]
    public async Task Pull_SystemClockRepeatsASecond_TheChainGoesOn()
    {
        var given = new List<int>();
        foreach (double seconds in new[] { -1.5, -0.5, -0.2, -0.9, -0.1, 0, 0.4, 1.5 })
        {
            foreach (var time in new[] { _providers, _receivers }) time.Advance(NewYear.AddSeconds(seconds) - time.GetUtcNow());
            Publish(1);
            var batch = await TakeAsync();
            given.Add(batch.ItemCount);
            Assert.True(batch.Manifest.Complete);
            Assert.Equal(Utc.FromDateTime(_providers.GetUtcNow()), batch.Manifest.Watermark);
        }
        Assert.Equal(Enumerable.Repeat(1, 8), given);
        // The second that the calendar inserted lies between: TAI goes on.
        Assert.Equal(2, Utc.FromDateTime(NewYear).SecondsSince(Utc.FromDateTime(NewYear.AddSeconds(-1))), 9);
    }

    /// <summary>A publication dated within the leap second itself, by an originator whose clock knows it.</summary>
    [Fact]
    public async Task Pull_PublishedWithinTheLeapSecond_KeepsItsDate()
    {
        Assert.True(Utc.TryParse("2016-12-31T23:59:60.5Z", out var leap));
        foreach (var time in new[] { _providers, _receivers }) time.Advance(NewYear.AddSeconds(1) - time.GetUtcNow());
        _outbox.Add(Publication.Create(_atlantic.Partner, Sample.Records(_atlantic, 2), _atlantic.Identity.SigningKey, leap, null));
        var batch = await TakeAsync();
        Assert.Equal(leap, Assert.Single(batch.Slices).Publication.Published);
        Assert.Contains("2016-12-31T23:59:60.5", leap.ToString(), StringComparison.Ordinal);
        var lane = new FeedLane(FeedSource.Own, TimeSpan.FromSeconds(2));
        Assert.Equal(leap.PlusSeconds(2), FeedLanes.DueAt(lane, leap));
        Assert.Equal(leap, FeedLanes.PublishedUntil(lane, leap.PlusSeconds(2)));
    }

    [Theory]
    [InlineData(-4)]
    [InlineData(4)]
    public async Task Denial_ClocksMinutesApart_IsTaken(double providerAheadMinutes)
    {
        _providers.Advance(TimeSpan.FromMinutes(providerAheadMinutes));
        var desk = new DenialDesk(_atlantic.Identity, _log, _providers);
        var refusal = await desk.SignAsync((PullDeniedException)Refusals.ExchangePaused(), new StreamKey(_entry.Agreement.Id, _pacific.Partner, FeedPriority.Routine), null);
        var denial = DenialDocument.Open(refusal.TryReadDenial()!, _entry.Agreement.Id, _atlantic.Partner, _pacific.Partner, _home.Directory, Utc.FromDateTime(_receivers.GetUtcNow()), out string fault);
        Assert.True(denial is not null, fault);
    }

    public ValueTask DisposeAsync()
    {
        _home.Dispose();
        _atlantic.Dispose();
        _pacific.Dispose();
        return default;
    }

    private void Publish(int records) => _outbox.Add(Sample.Publish(_atlantic, _providers, Sample.Records(_atlantic, records)));

    private async Task<(Batch? Batch, string Fault)> AskAsync()
    {
        var cursor = _state.Cursor.IsEmpty ? new Cursor(Guid.Empty, _entry.Agreement.Id, LanePositions.Start, null) : _cursors.TryDecode(_state.Cursor.Span, _pacific.Partner)!;
        var answer = await _server.AnswerAsync(_entry, _pacific.Partner, cursor, 100, TimeSpan.Zero, ProtocolVersions.Current, CancellationToken.None);
        var now = Utc.FromDateTime(_receivers.GetUtcNow());
        var expected = new ExpectedAnswer(_entry.Agreement.Id, _atlantic.Partner, _pacific.Partner, FeedLanes.Of(_entry.Agreement, _atlantic.Partner, _pacific.Partner), _state) { Now = now };
        var batch = Batch.Check(answer, expected, _home.Directory, FeedLanes.ForReceiver(_entry.Agreement, AgreementState.Active, _atlantic.Partner, _pacific.Partner, now), out string fault);
        return (batch, fault);
    }

    private async Task<Batch> TakeAsync()
    {
        var (batch, fault) = await AskAsync();
        Assert.True(batch is not null, fault);
        _state = new InboxState(batch.Cursor, _state.Positions.With(batch.Lane, batch.Manifest.ToPosition), batch.SignedManifest.Id, null) { LastManifest = batch.SignedManifest };
        return batch;
    }
}
