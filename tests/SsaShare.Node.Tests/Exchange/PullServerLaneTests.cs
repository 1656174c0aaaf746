using Grpc.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Peering;
using SsaShare.Peering.Tests;
using SsaShare.Protocol;

namespace SsaShare.Node.Tests;

/// <summary>Agreements with delays, degraded forms and limits, served and checked as the reader's node checks them. Records are degraded as the node does it.</summary>
public sealed class PullServerLaneTests : IAsyncLifetime
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(15), Delay = TimeSpan.FromHours(1);
    private static readonly FeedLane Late = new(FeedSource.Own, Delay);
    private readonly ManualTime _time = new();
    private readonly Lifetime _lifetime = new();
    private readonly Party _atlantic, _pacific;
    private readonly MemoryOutbox _outbox;
    private readonly CheckpointSigner _checkpoints;
    private readonly CursorCodec _cursors;
    private Home _home = null!;
    private BookEntry _entry = null!;
    private PullServer _server = null!;
    private InboxState _state = InboxState.Start;

    public PullServerLaneTests()
    {
        (_atlantic, _pacific) = (Party.Create("atlantic", _time), Party.Create("pacific", _time));
        _outbox = new MemoryOutbox(_time);
        _checkpoints = new CheckpointSigner(_atlantic.Identity, _atlantic.Folder, new MemoryNodeLog(), NullLogger<CheckpointSigner>.Instance);
        _cursors = new CursorCodec(_atlantic.Identity.CursorKey.Span);
    }

    public async ValueTask InitializeAsync()
    {
        _home = await Home.CreateAsync(_atlantic, _time, _pacific);
        _server = new PullServer(_atlantic.Identity, _home.Book, _outbox, new MemoryRelayFeed(), new RecordDegrader(_atlantic.Identity.DegradationKey), _checkpoints, _cursors, _lifetime, _time, NullLogger<PullServer>.Instance);
    }

    [Fact]
    public async Task Answer_DegradedAtOnce_AndTheOriginalWhenTheDelayIsOver()
    {
        await AgreeAsync(DegradedThenFull);
        Publish(3);
        var first = await TakeAsync();
        Assert.Equal((3, FeedLane.Prompt, true), (first.ItemCount, first.Lane, first.Manifest.Complete));
        Assert.All(Records(first), record => Assert.Equal("coarse", record.Record.Facts.Form.ToString()));

        // Nothing more for now; what comes up meanwhile wakes the pull that waits.
        var answering = AnswerAsync(2 * Delay);
        await WaitingAsync();
        _time.Advance(Delay - TimeSpan.FromSeconds(1));
        Assert.False(await Eventually.EndsAsync(answering));
        _time.Advance(TimeSpan.FromSeconds(1));
        var late = Take(await answering.WaitAsync(TimeSpan.FromSeconds(5)));
        Assert.Equal((3, Late, true), (late.ItemCount, late.Lane, late.Manifest.Complete));
        Assert.All(Records(late), record => Assert.True(record.Record.Facts.Form.IsFull));
        Assert.Equal(Records(first).Select(record => record.LeafInPublication), Records(late).Select(record => record.LeafHash));
    }

    [Fact]
    public async Task Answer_AFreshReaderAgainAndAgain_GetsTheSameBytes()
    {
        await AgreeAsync(DegradedThenFull);
        Publish(20);
        var first = await TakeAsync();
        for (int i = 0; i < 5; i++)
        {
            _state = InboxState.Start;
            _time.Advance(TimeSpan.FromMinutes(1));
            var again = await TakeAsync();
            Assert.Equal(first.Manifest.ItemRoot, again.Manifest.ItemRoot);
            Assert.Equal(Records(first).Select(record => Convert.ToHexString(record.Record.Payload.Span)), Records(again).Select(record => Convert.ToHexString(record.Record.Payload.Span)));
        }
    }

    [Fact]
    public async Task Answer_SeveralLanesHaveSomething_TheEarliestComesFirstAndOnlyTheLastIsComplete()
    {
        await AgreeAsync(DegradedThenFull);
        Publish(1);
        await TakeAsync();
        _time.Advance(Delay / 2);
        Publish(2);
        _time.Advance(Delay / 2);
        Publish(3);
        _time.Advance(Delay / 4);
        var batches = new List<(int, FeedLane, bool)>();
        for (int i = 0; i < 2; i++)
        {
            var batch = await TakeAsync();
            batches.Add((batch.ItemCount, batch.Lane, batch.Manifest.Complete));
        }
        // The prompt lane begins with what came up half an hour ago, and is gone through to its end.
        Assert.Equal([(5, FeedLane.Prompt, false), (1, Late, true)], batches);
        _time.Advance(2 * Delay);
        var last = await TakeAsync();
        Assert.Equal((5, Late, true), (last.ItemCount, last.Lane, last.Manifest.Complete));
    }

    [Fact]
    public async Task Answer_NothingReleasedInOneLane_DoesNotHoldUpAnother()
    {
        await AgreeAsync(FullAfterTheDelay);
        Publish(2);
        _time.Advance(2 * Delay);
        var prompt = await TakeAsync();
        Assert.Equal((0, FeedLane.Prompt, 1L, false), (prompt.ItemCount, prompt.Lane, prompt.Manifest.ToPosition, prompt.Manifest.Complete));
        Assert.Equal([new WithheldCount(null, nameof(WithholdReason.NotYetDue), 2)], _outbox.Manifests[^1].Withheld);
        // What a later lane gives is not kept from the reader.
        Assert.Equal(0, prompt.Manifest.Withheld);
        var late = await TakeAsync();
        Assert.Equal((2, Late, true), (late.ItemCount, late.Lane, late.Manifest.Complete));
    }

    [Fact]
    public async Task Answer_DatedFarAhead_ComesUpAtOnceInThePromptLaneAndHoldsUpNoOther()
    {
        await AgreeAsync(DegradedThenFull);
        Publish(1);
        await TakeAsync();
        var end = new DateTimeOffset(2291, 12, 31, 0, 0, 0, TimeSpan.Zero);
        _outbox.Add(Publication.Create(_atlantic.Partner, Sample.Records(_atlantic, 2), _atlantic.Identity.SigningKey, Utc.FromDateTime(end), null));
        // What was published before waits in the late lane: it is not due, so it is not chosen.
        Assert.Equal((FeedSource.Own, 0L, 2), Given(await AnswerAsync(TimeSpan.Zero).WaitAsync(TimeSpan.FromSeconds(5))));
        _time.Advance(2 * Delay);
        Assert.Equal((FeedSource.Own, Late.DelayS, 1), Given(await AnswerAsync(TimeSpan.Zero).WaitAsync(TimeSpan.FromSeconds(5))));

        static (FeedSource, long, int) Given(PullAnswer answer)
            => DocumentJson.TryRead<ManifestDocument>(answer.Manifest.Payload.Span, DocumentContexts.Manifest, out var document) ? (document.Source, document.DelayS, document.ItemCount) : default;
    }

    [Fact]
    public async Task Answer_NotYetDue_IsSaidToBeCompleteWhenTheWaitIsOver()
    {
        await AgreeAsync(FullAfterTheDelay);
        Publish(2);
        var answering = AnswerAsync(Wait);
        await WaitingAsync();
        _time.Advance(Wait);
        var batch = Take(await answering.WaitAsync(TimeSpan.FromSeconds(5)));
        Assert.Equal((0, true, 1L), (batch.ItemCount, batch.Manifest.Complete, batch.Manifest.ToPosition));
    }

    [Fact]
    public async Task Answer_LimitUsedUp_WaitsAndThenSaysThatThereIsMore()
    {
        await AgreeAsync(terms => terms with { Limits = [new VolumeLimit { Id = Pact.Clause("pace"), RecordsPerMinute = 60 }] });
        for (int i = 0; i < 3; i++) Publish(60);
        Publish(20);
        Publish(20);
        Assert.Equal((60, false), Shown(await TakeAsync()));

        // Nothing is left; when something is, it is not enough for the next publication.
        var answering = AnswerAsync(Wait);
        await _time.WaitForTimerAsync(TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromSeconds(1));
        await _time.WaitForTimerAsync(Wait - TimeSpan.FromSeconds(1));
        _time.Advance(Wait);
        int kept = _outbox.Manifests.Count;
        Assert.Equal((0, false), Shown(Take(await answering.WaitAsync(TimeSpan.FromSeconds(5)))));
        Assert.Equal(kept, _outbox.Manifests.Count);

        answering = AnswerAsync(TimeSpan.FromMinutes(2));
        await _time.WaitForTimerAsync(TimeSpan.FromSeconds(44));
        _time.Advance(TimeSpan.FromSeconds(44));
        Assert.Equal((60, false), Shown(Take(await answering.WaitAsync(TimeSpan.FromSeconds(5)))));
        // After an idle time as much as before, and not twice that.
        _time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal((60, false), Shown(await TakeAsync()));
        Assert.Equal((0, false), Shown(await TakeAsync()));
        _time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal((20, false), Shown(await TakeAsync()));
        _time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal((20, true), Shown(await TakeAsync()));
    }

    [Fact]
    public async Task Answer_BytesOfADay_BoundAnAnswerByPublication()
    {
        long size = Sample.Records(_atlantic, 1)[0].Payload.Length;
        await AgreeAsync(terms => terms with { Limits = [new VolumeLimit { Id = Pact.Clause("volume"), BytesPerDay = 10 * size }] });
        for (int i = 0; i < 4; i++) Publish(4);
        Assert.Equal((8, false), Shown(await TakeAsync()));
        _time.Advance(TimeSpan.FromHours(15));
        Assert.Equal((8, true), Shown(await TakeAsync()));
    }

    [Fact]
    public async Task Answer_AgreementEndsWhileTheAnswerIsComposed_IsRefusedAndNotLogged()
    {
        await AgreeAsync(DegradedThenFull);
        Publish(2);
        _outbox.OnRead = () => _time.Advance(2 * Pact.Day);
        var refusal = await Assert.ThrowsAsync<PullDeniedException>(() => AnswerAsync(TimeSpan.Zero));
        Assert.Equal(StatusCode.FailedPrecondition, refusal.StatusCode);
        Assert.Contains(nameof(WithholdReason.AgreementExpired), refusal.Status.Detail, StringComparison.Ordinal);
        Assert.Empty(_outbox.Manifests);
    }

    [Fact]
    public async Task Answer_WitnessesDemanded_IsRefused()
    {
        await AgreeAsync(terms => terms with { WitnessQuorum = 1 });
        Publish(2);
        var refusal = await Assert.ThrowsAsync<PullDeniedException>(() => AnswerAsync(TimeSpan.Zero));
        Assert.Contains(nameof(WithholdReason.WitnessQuorumMissing), refusal.Status.Detail, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync()
    {
        _checkpoints.Dispose();
        _home.Dispose();
        _lifetime.Dispose();
        _atlantic.Dispose();
        _pacific.Dispose();
        return ValueTask.CompletedTask;
    }

    private static AgreementTerms DegradedThenFull(AgreementTerms terms) => terms with
    {
        DegradationProfiles = [new DegradationProfile(Profile("coarse"), new DegradationFigures { RangeSigmaKm = 1, AngleSigmaDeg = 0.1 }, [])],
        Grants =
        [
            new Grant { Id = Pact.Clause("at-once"), RecordClasses = Selector.Of(RecordClass.Observation), Purposes = Purposes.Fusion, Degradation = Profile("coarse") },
            new Grant { Id = Pact.Clause("later"), RecordClasses = Selector.Of(RecordClass.Observation), Delay = Delay },
        ],
    };

    private static AgreementTerms FullAfterTheDelay(AgreementTerms terms)
        => terms with { Grants = [new Grant { Id = Pact.Clause("later"), RecordClasses = Selector.Of(RecordClass.Observation), Delay = Delay }] };

    private static ProfileId Profile(string name) => ProfileId.TryParse(name, out var id) ? id : throw new ArgumentException(name);

    private static (int, bool) Shown(Batch batch) => (batch.ItemCount, batch.Manifest.Complete);

    private static IEnumerable<PublishedRecord> Records(Batch batch) => batch.Slices.SelectMany(slice => slice.Slice.Records);

    private async Task AgreeAsync(Func<AgreementTerms, AgreementTerms> change)
        => _entry = (await _home.Book.KeepAsync(Pact.Between([_atlantic, _pacific], _time, change: change).SignedBy(_atlantic, _pacific), _pacific.Partner, CancellationToken.None)).Entry!;

    private void Publish(int records) => _outbox.Add(Sample.Publish(_atlantic, _time, Sample.Records(_atlantic, records)));

    private Task WaitingAsync() => Eventually.TrueAsync(() => _outbox.Waiting == 1, "the pull does not wait");

    private Task<PullAnswer> AnswerAsync(TimeSpan wait)
    {
        var cursor = _state.Cursor.IsEmpty ? new Cursor(Guid.Empty, _entry.Agreement.Id, LanePositions.Start, null) : _cursors.TryDecode(_state.Cursor.Span, _pacific.Partner)!;
        Assert.Equal(_state.Positions, cursor.Positions);
        return _server.AnswerAsync(_entry, _pacific.Partner, cursor, 5_000, wait, ProtocolVersions.Current, CancellationToken.None);
    }

    private async Task<Batch> TakeAsync() => Take(await AnswerAsync(TimeSpan.Zero).WaitAsync(TimeSpan.FromSeconds(5)));

    /// <summary>As the reader's node gets it over the wire, checks it and moves.</summary>
    private Batch Take(PullAnswer answer)
    {
        var came = PullMapper.TryRead(Protocol.Exchange.V1.PullResponse.Parser.ParseFrom(Google.Protobuf.MessageExtensions.ToByteArray(answer.ToWire())), out string fault);
        Assert.True(came is not null, fault);
        var expected = new ExpectedAnswer(_entry.Agreement.Id, _atlantic.Partner, _pacific.Partner, FeedLanes.Of(_entry.Agreement, _atlantic.Partner, _pacific.Partner), _state) { Profile = _entry.Agreement.Profile, Now = Utc.FromDateTime(_time.GetUtcNow()) };
        var batch = Batch.Check(came, expected, _home.Directory,
            FeedLanes.ForReceiver(_entry.Agreement, AgreementState.Active, _atlantic.Partner, _pacific.Partner, Utc.FromDateTime(_time.GetUtcNow())), out fault);
        Assert.True(batch is not null, fault);
        _state = new InboxState(batch.Cursor, _state.Positions.With(batch.Lane, batch.Manifest.ToPosition), batch.SignedManifest.Id, null);
        return batch;
    }

    private sealed class Lifetime : IHostApplicationLifetime, IDisposable
    {
        private readonly CancellationTokenSource _stopping = new();

        public CancellationToken ApplicationStarted => CancellationToken.None;
        public CancellationToken ApplicationStopping => _stopping.Token;
        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication() => _stopping.Cancel();
        public void Dispose() => _stopping.Dispose();
    }
}
