using SsaShare.Signing;

namespace SsaShare.Peering.Tests;

public sealed class KeyEventsTests : IDisposable
{
    private static readonly KeyChangeRequest Everything = new(true, true, true, true, false, null, "planned");
    private readonly ManualTime _time = new();
    private readonly Party _atlantic, _pacific;
    private readonly SignedNodeCard _first;
    private readonly MemoryPeerStore _store = new();
    private readonly PeerDirectory _directory;

    public KeyEventsTests()
    {
        (_atlantic, _pacific) = (Party.Create("atlantic", _time), Party.Create("pacific", _time));
        _directory = new PeerDirectory(_atlantic.Identity, _store, _time);
        _first = _pacific.Card;
    }

    public void Dispose()
    {
        _directory.Dispose();
        _atlantic.Dispose();
        _pacific.Dispose();
    }

    [Fact]
    public async Task Take_ChangeOfAPinnedPeer_IsKeptAndItsNewCardCounts()
    {
        Assert.Null(await _directory.TryAddAsync(_first, CancellationToken.None));
        var change = Change();
        var changed = _directory.Changed;
        var taken = await TakeAsync(change);
        Assert.Equal((KeyEventOutcome.Taken, 1), (taken.Outcome, taken.KnownSequence));
        Assert.True(changed.IsCompleted);
        Assert.Equal(change.Next.Id, _directory.Find(_pacific.Partner)!.Card.Id);
        Assert.Null(_directory.FindCaller(_first.Card.TlsPins[0]));
        Assert.Equal(new Caller(_pacific.Partner, CallerKind.Node), _directory.FindCaller(change.Next.Card.TlsPins[0]));
        Assert.Equal(KeyEventOutcome.Known, (await TakeAsync(change)).Outcome);

        // After a restart it is read back; either card is no other card.
        var again = new PeerDirectory(_atlantic.Identity, _store);
        await again.LoadAsync(CancellationToken.None);
        Assert.Equal(change.Next.Id, again.Find(_pacific.Partner)!.Card.Id);
        Assert.Null(await again.TryAddAsync(change.Next, CancellationToken.None));
        Assert.Null(await again.TryAddAsync(_first, CancellationToken.None));
        again.Dispose();
    }

    /// <summary>What its log lacks until then would count as lost.</summary>
    [Fact]
    public async Task Take_ARestoreDatedAhead_WaitsUntilTheClockComesToIt()
    {
        Assert.Null(await _directory.TryAddAsync(_first, CancellationToken.None));
        var now = _time.GetUtcNow();
        var restore = KeyChange.PrepareRestore(_pacific.Folder, 9, new LogCut(Hash256.Of("root"u8), 9, now, 14, Hash256.Of("root"u8)), "disk lost", null, null, null, now + TimeSpan.FromMinutes(10));
        var early = await TakeAsync(restore);
        Assert.Equal((KeyEventOutcome.Early, 0), (early.Outcome, early.New.Count));
        Assert.Contains("ahead of the clock here", early.Fault, StringComparison.Ordinal);
        Assert.Equal(_first.Id, _directory.Find(_pacific.Partner)!.Card.Id);
        _time.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(KeyEventOutcome.Taken, (await TakeAsync(restore)).Outcome);
    }

    [Fact]
    public async Task Take_OfALateCard_LearnsWhatLedToIt()
    {
        var change = Change();
        Assert.Null(await _directory.TryAddAsync(change.Next, CancellationToken.None));
        Assert.Equal(KeyEventOutcome.Taken, (await TakeAsync(change)).Outcome);
        Assert.Equal([_first.Id, change.Next.Id], _directory.Find(_pacific.Partner)!.Keys.Cards.Select(card => card.Id));
    }

    [Fact]
    public async Task Take_TwoChangesOfOneCard_KeepsBothAndBelievesNeither()
    {
        Assert.Null(await _directory.TryAddAsync(_first, CancellationToken.None));
        var (one, other) = (Change(), Change());
        await TakeAsync(one);
        Assert.Equal(KeyEventOutcome.Conflict, (await TakeAsync(other)).Outcome);
        Assert.Equal(_first.Id, _directory.Find(_pacific.Partner)!.Card.Id);
        Assert.Equal([one.Id, other.Id], (await _store.ListKeyEventsAsync(CancellationToken.None)).Select(change => change.Id));
    }

    /// <summary>Whoever says so again and again has readers begin anew without end.</summary>
    [Fact]
    public async Task Take_RestoreAfterRestore_IsTakenAtAPace()
    {
        using var directory = new PeerDirectory(_atlantic.Identity, _store, _time);
        Assert.Null(await directory.TryAddAsync(_first, CancellationToken.None));
        var restores = new List<KeyEvent>();
        for (int i = 0; i < PeerDirectory.RestoresAtOnce + 2; i++)
        {
            restores.Add(KeyChange.PrepareRestore(_pacific.Folder, 3, new LogCut(Hash256.Of("restored"u8), 3, DateTimeOffset.UnixEpoch, 5, Hash256.Of("seen"u8)), "disk lost", null, null, null, _time.GetUtcNow()));
            KeyChange.Finish(_pacific.Folder);
        }
        var taken = await directory.TakeAsync(restores, CancellationToken.None);
        Assert.Equal((KeyEventOutcome.Early, PeerDirectory.RestoresAtOnce), (taken.Outcome, taken.KnownSequence));
        Assert.Contains("after a day", taken.Fault, StringComparison.Ordinal);
        Assert.Equal(KeyEventOutcome.Early, (await directory.TakeAsync([restores[^2]], CancellationToken.None)).Outcome);
        _time.Advance(PeerDirectory.RestorePeriod);
        Assert.Equal(KeyEventOutcome.Taken, (await directory.TakeAsync([restores[^2]], CancellationToken.None)).Outcome);
        Assert.Equal(KeyEventOutcome.Early, (await directory.TakeAsync(restores, CancellationToken.None)).Outcome);
        Assert.Equal(PeerDirectory.RestoresAtOnce + 1, directory.Find(_pacific.Partner)!.Keys.Sequence);
    }

    [Fact]
    public async Task Take_OfAStrangerOrOfThisNode_IsRefused()
    {
        Assert.Equal(KeyEventOutcome.Refused, (await TakeAsync(Change())).Outcome);
        var own = KeyChange.Prepare(_atlantic.Folder, Everything, null, null, null, _time.GetUtcNow());
        Assert.Equal(KeyEventOutcome.Refused, (await TakeAsync(own)).Outcome);
        Assert.Empty(await _store.ListKeyEventsAsync(CancellationToken.None));
    }

    /// <summary>A change of the peer's first card; each call makes another.</summary>
    private KeyEvent Change()
    {
        if (Directory.Exists(_pacific.Folder.NextKeysFolder)) Directory.Delete(_pacific.Folder.NextKeysFolder, recursive: true);
        return KeyChange.Prepare(_pacific.Folder, Everything, null, null, null, _time.GetUtcNow());
    }

    private Task<KeyEventsTaken> TakeAsync(KeyEvent change) => _directory.TakeAsync([change], CancellationToken.None);
}
