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

public sealed class PullServerTests : IAsyncLifetime
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(15);
    private readonly ManualTime _time = new();
    private readonly Lifetime _lifetime = new();
    private readonly Party _atlantic, _pacific;
    private readonly MemoryOutbox _outbox;
    private readonly CheckpointSigner _checkpoints;
    private readonly CursorCodec _cursors;
    private Home _home = null!;
    private BookEntry _entry = null!;
    private PullServer _server = null!;

    public PullServerTests()
    {
        (_atlantic, _pacific) = (Party.Create("atlantic", _time), Party.Create("pacific", _time));
        _outbox = new MemoryOutbox(_time);
        _checkpoints = new CheckpointSigner(_atlantic.Identity, _atlantic.Folder, new MemoryNodeLog(), NullLogger<CheckpointSigner>.Instance);
        _cursors = new CursorCodec(_atlantic.Identity.CursorKey.Span);
    }

    public async ValueTask InitializeAsync()
    {
        _home = await Home.CreateAsync(_atlantic, _time, _pacific);
        _entry = await KeepAsync(Pact.Between([_atlantic, _pacific], _time));
        _server = new PullServer(_atlantic.Identity, _home.Book, _outbox, new MemoryRelayFeed(), new RecordDegrader(_atlantic.Identity.DegradationKey), _checkpoints, _cursors, _lifetime, _time, NullLogger<PullServer>.Instance);
    }

    [Fact]
    public async Task Answer_Publications_AreReleasedInAManifestThatTheReaderAccepts()
    {
        Publish(3);
        Publish(2);
        var answer = await AnswerAsync(Start, Wait);
        var batch = Check(answer, InboxState.Start);
        Assert.Equal((5, 0L, 2L, true), (batch.ItemCount, batch.Manifest.AfterPosition, batch.Manifest.ToPosition, batch.Manifest.Complete));
        Assert.Equal((5, 0), (_outbox.Manifests.Single().Document.ItemCount, _outbox.Manifests.Single().Withheld.Count));

        Publish(1);
        var next = Check(await AnswerAsync(CursorOf(answer), Wait), new InboxState(answer.Cursor, LanePositions.Start.With(FeedLane.Prompt, 2), answer.Manifest.Id, null));
        Assert.Equal((1, 3L, answer.Manifest.Id), (next.ItemCount, next.Manifest.ToPosition, next.Manifest.Previous));
    }

    [Fact]
    public async Task Answer_MoreThanWasAskedFor_IsGivenInPartsAndMarkedIncomplete()
    {
        Publish(3);
        Publish(3);
        Publish(3);
        var first = Check(await AnswerAsync(Start, Wait, recordsMax: 4), InboxState.Start);
        Assert.Equal((6, 2L, false), (first.ItemCount, first.Manifest.ToPosition, first.Manifest.Complete));
    }

    [Fact]
    public async Task Answer_SomeRecordsWithheld_AreCountedHereAndAbsentThere()
    {
        _outbox.Add(Sample.Publish(_atlantic, _time, [.. Sample.Records(_atlantic, 2), .. Sample.Records(_atlantic, 3, DataMode.Exercise)]));
        Assert.Equal(2, Check(await AnswerAsync(Start, Wait), InboxState.Start).ItemCount);
        Assert.Equal([new WithheldCount(null, nameof(WithholdReason.DataModeNotCovered), 3)], _outbox.Manifests.Single().Withheld);
    }

    [Fact]
    public async Task Answer_NothingNew_WaitsAsLongAsWantedAndSaysSoWithoutALogEntry()
    {
        var answering = AnswerAsync(Start, Wait);
        await WaitingAsync();
        _time.Advance(Wait - TimeSpan.FromSeconds(1));
        Assert.False(await Eventually.EndsAsync(answering));
        _time.Advance(TimeSpan.FromSeconds(1));
        var batch = Check(await answering.WaitAsync(TimeSpan.FromSeconds(5)), InboxState.Start);
        Assert.Equal((0, true), (batch.ItemCount, batch.Manifest.Complete));
        Assert.Empty(_outbox.Manifests);
    }

    [Fact]
    public async Task Answer_NewsWhileItWaits_AreGivenAtOnce()
    {
        var answering = AnswerAsync(Start, Wait);
        await WaitingAsync();
        Publish(1);
        Assert.Equal(1, Check(await answering.WaitAsync(TimeSpan.FromSeconds(5)), InboxState.Start).ItemCount);
    }

    [Fact]
    public async Task Answer_WithheldNewsWhileItWaits_AreNotSeenBeforeTheWaitIsOver()
    {
        var answering = AnswerAsync(Start, Wait);
        await WaitingAsync();
        _outbox.Add(Sample.Publish(_atlantic, _time, Sample.Records(_atlantic, 2, DataMode.Exercise)));
        Assert.False(await Eventually.EndsAsync(answering));
        await WaitingAsync();
        _time.Advance(Wait);
        var batch = Check(await answering.WaitAsync(TimeSpan.FromSeconds(5)), InboxState.Start);
        Assert.Equal((0, 1L, 2), (batch.ItemCount, batch.Manifest.ToPosition, _outbox.Manifests.Single().Withheld.Sum(count => count.Count)));
    }

    [Fact]
    public async Task Answer_LongWithheldStretch_IsAnsweredInPartsThatMoveTheCursor()
    {
        for (int i = 0; i < 20; i++) _outbox.Add(Sample.Publish(_atlantic, _time, Sample.Records(_atlantic, 1, DataMode.Exercise)));
        _outbox.OnRead = () => _time.Advance(TimeSpan.FromSeconds(1));
        var answer = await AnswerAsync(Start, TimeSpan.FromSeconds(60), recordsMax: 1).WaitAsync(TimeSpan.FromSeconds(5));
        var batch = Check(answer, InboxState.Start);
        Assert.Equal((0, 5L, false), (batch.ItemCount, batch.Manifest.ToPosition, batch.Manifest.Complete));
        Assert.Equal(5, _outbox.Manifests.Single().Withheld.Sum(count => count.Count));
        Assert.Equal(5, CursorOf(answer).Positions.Of(FeedLane.Prompt));
    }

    [Fact]
    public async Task Answer_AgreementSupersededWhileItWaits_IsRefused()
    {
        var answering = AnswerAsync(Start, Wait);
        await WaitingAsync();
        await KeepAsync(Pact.Between([_atlantic, _pacific], _time, "After", terms => terms with { Supersedes = _entry.Agreement.Id }));
        Publish(1);
        await RefusedAsync(answering, nameof(WithholdReason.AgreementSuperseded));
    }

    [Fact]
    public async Task Answer_ValidityEndsWhileItWaits_IsRefused()
    {
        var answering = AnswerAsync(Start, 3 * Pact.Day);
        await WaitingAsync();
        _time.Advance(2 * Pact.Day);
        Publish(1);
        await RefusedAsync(answering, nameof(WithholdReason.AgreementExpired));
    }

    [Fact]
    public async Task Answer_ToItself_IsRefused()
        => await RefusedAsync(_server.AnswerAsync(_entry, _atlantic.Partner, Start, 10, TimeSpan.Zero, ProtocolVersions.Current, CancellationToken.None), nameof(WithholdReason.RecipientNotParty));

    [Fact]
    public async Task Answer_NodeIsToldToStop_AnswersAtOnce()
    {
        var answering = AnswerAsync(Start, Wait);
        await WaitingAsync();
        await _lifetime.StopAsync();
        Assert.Equal(0, Check(await answering.WaitAsync(TimeSpan.FromSeconds(5)), InboxState.Start).ItemCount);
    }

    [Fact]
    public async Task Answer_ReaderHangsUp_EndsWithoutAnAnswer()
    {
        using var call = new CancellationTokenSource();
        var answering = _server.AnswerAsync(_entry, _pacific.Partner, Start, 10, Wait, ProtocolVersions.Current, call.Token);
        await WaitingAsync();
        await call.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answering.WaitAsync(TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public async Task Answer_PublishedAfterTheHeadWasRead_IsNotVouchedForByTheWatermark()
    {
        var headRead = Utc.FromDateTime(_time.GetUtcNow());
        _outbox.OnHead = () => _time.Advance(TimeSpan.FromSeconds(1));
        var batch = Check(await AnswerAsync(Start, TimeSpan.Zero), InboxState.Start);
        Assert.True(batch.Manifest.Complete);
        Assert.True(batch.Manifest.Watermark <= headRead, $"{batch.Manifest.Watermark} is after {headRead}");
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

    private Cursor Start => new(Guid.Empty, _entry.Agreement.Id, LanePositions.Start, null);

    [Fact]
    public async Task Answer_ToAReaderOfThisVersion_TellsWhatIsWithheldAndWaits()
    {
        _outbox.Add(Sample.Publish(_atlantic, _time, [.. Sample.Records(_atlantic, 2), .. Sample.Records(_atlantic, 3, DataMode.Exercise)]));
        Publish(3);
        Publish(1);
        var first = Check(await AnswerAsync(Start, TimeSpan.Zero, recordsMax: 4), InboxState.Start).Manifest;
        Assert.Equal((2, 3L, 2L, false), (first.ItemCount, first.Withheld, first.Waiting, first.Complete));
        var all = Check(await AnswerAsync(Start, TimeSpan.Zero), InboxState.Start).Manifest;
        Assert.Equal((6, 3L, 0L, true), (all.ItemCount, all.Withheld, all.Waiting, all.Complete));
    }

    [Fact]
    public async Task Answer_WithNothing_SaysNothingToReportOrWithheld()
    {
        Assert.Equal(ProviderWord.NothingToReport, ProviderWords.Of(Check(await AnswerAsync(Start, TimeSpan.Zero), InboxState.Start).Manifest));
        _outbox.Add(Sample.Publish(_atlantic, _time, Sample.Records(_atlantic, 3, DataMode.Exercise)));
        var withheld = Check(await AnswerAsync(Start, TimeSpan.Zero), InboxState.Start).Manifest;
        Assert.Equal((ProviderWord.Withheld, 3L), (ProviderWords.Of(withheld), withheld.Withheld));
    }

    /// <summary>The version before reads manifests strictly, and would refuse one that says more.</summary>
    [Fact]
    public async Task Answer_ToAReaderOfTheVersionBefore_HasNoMemberThatItDoesNotKnow()
    {
        _outbox.Add(Sample.Publish(_atlantic, _time, Sample.Records(_atlantic, 3, DataMode.Exercise)));
        var answer = await AnswerAsync(Start, TimeSpan.Zero, version: ProtocolVersions.First);
        string[] known = ["type", "agreement", "provider", "receiver", "after_position", "to_position", "previous", "publication_count", "item_count", "item_root", "complete", "watermark", "checkpoint", "source", "delay_s", "record_count"];
        using var manifest = System.Text.Json.JsonDocument.Parse(answer.Manifest.Payload);
        Assert.Equal(known, manifest.RootElement.EnumerateObject().Select(member => member.Name));
        Assert.Equal(ProviderWord.NothingGiven, ProviderWords.Of(Check(answer, InboxState.Start).Manifest));
    }

    private Cursor CursorOf(PullAnswer answer) => _cursors.TryDecode(answer.Cursor.Span, _pacific.Partner)!;

    private void Publish(int records) => _outbox.Add(Sample.Publish(_atlantic, _time, Sample.Records(_atlantic, records)));

    private Task<PullAnswer> AnswerAsync(Cursor cursor, TimeSpan wait, int recordsMax = 100, uint version = ProtocolVersions.Current)
        => _server.AnswerAsync(_entry, _pacific.Partner, cursor, recordsMax, wait, version, CancellationToken.None);

    private Task WaitingAsync() => Eventually.TrueAsync(() => _outbox.Waiting == 1, "the pull does not wait");

    private async Task<BookEntry> KeepAsync(Agreement agreement)
        => (await _home.Book.KeepAsync(agreement.SignedBy(_atlantic, _pacific), _pacific.Partner, CancellationToken.None)).Entry!;

    private static async Task RefusedAsync(Task<PullAnswer> answering, string reason)
    {
        var refusal = await Assert.ThrowsAsync<PullDeniedException>(() => answering.WaitAsync(TimeSpan.FromSeconds(5)));
        Assert.Equal(StatusCode.FailedPrecondition, refusal.StatusCode);
        Assert.Contains(reason, refusal.Status.Detail, StringComparison.Ordinal);
    }

    /// <summary>As the reader's node checks it.</summary>
    private Batch Check(PullAnswer answer, InboxState state)
    {
        var batch = Batch.Check(answer, new ExpectedAnswer(_entry.Agreement.Id, _atlantic.Partner, _pacific.Partner, FeedLanes.Of(_entry.Agreement, _atlantic.Partner, _pacific.Partner), state) { Now = Utc.FromDateTime(_time.GetUtcNow()) }, _home.Directory,
            FeedLanes.ForReceiver(_entry.Agreement, AgreementState.Active, _atlantic.Partner, _pacific.Partner, Utc.FromDateTime(_time.GetUtcNow())), out string fault);
        Assert.True(batch is not null, fault);
        return batch;
    }

    private sealed class Lifetime : IHostApplicationLifetime, IDisposable
    {
        private readonly CancellationTokenSource _stopping = new();

        public CancellationToken ApplicationStarted => CancellationToken.None;
        public CancellationToken ApplicationStopping => _stopping.Token;
        public CancellationToken ApplicationStopped => CancellationToken.None;

        public Task StopAsync() => _stopping.CancelAsync();
        public void StopApplication() => _stopping.Cancel();
        public void Dispose() => _stopping.Dispose();
    }
}
