using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using static SsaShare.Exchange.TransitionEvent;

namespace SsaShare.Peering.Tests;

public sealed class AgreementBookTransitionTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private readonly Party _atlantic, _pacific, _caribbean;
    private readonly Agreement _agreement;
    private Home _home = null!;

    public AgreementBookTransitionTests()
    {
        (_atlantic, _pacific, _caribbean) = (Party.Create("atlantic", _time), Party.Create("pacific", _time), Party.Create("caribbean", _time));
        _agreement = Pact.Between([_atlantic, _pacific], _time);
    }

    private BookEntry Entry => _home.Book.Find(_agreement.Id)!;

    public async ValueTask InitializeAsync()
    {
        _home = await Home.CreateAsync(_atlantic, _time, _pacific, _caribbean);
        await _home.Book.KeepAsync(_agreement.SignedBy(_atlantic, _pacific), _pacific.Partner, CancellationToken.None);
    }

    [Fact]
    public async Task Change_SuspendAndResume_AreSignedNumberedAndStored()
    {
        Assert.Equal((AgreementState.Suspended, "atlantic"), State((await ChangeAsync(Suspend)).Entry!));
        Assert.Equal((AgreementState.Active, ""), State((await ChangeAsync(Resume)).Entry!));
        Assert.Equal(["1 Suspend", "2 Resume"], Entry.History.All.Select(one => $"{one.Document.Sequence} {one.Document.Event}"));
        Assert.All(Entry.History.All, one => Assert.True(one.Verify(_atlantic.Card.Card.SigningKey)));
        Assert.Equal(Entry.History.All.Select(one => one.Original.Id), _home.Agreements.Transitions.Select(document => document.Id));
        Assert.Equal(AgreementState.Active, _home.Agreements.StateOf(_agreement.Id));
    }

    [Fact]
    public async Task Change_Revoke_IsFinal()
    {
        Assert.Equal(AgreementState.Revoked, (await ChangeAsync(Revoke)).Entry?.State);
        foreach (var next in new[] { Suspend, Resume, Revoke }) await RefusedAsync(ChangeAsync(next), "The agreement is Revoked; that is final.");
        await RefusedAsync(_home.Book.SignAsync(_agreement.Id, CancellationToken.None), "The agreement is Revoked");
    }

    [Fact]
    public async Task Change_WhatTheLifeCycleHasNoPlaceFor_IsRefused()
    {
        await RefusedAsync(ChangeAsync(Resume), "'atlantic' has not suspended");
        await ChangeAsync(Suspend);
        await RefusedAsync(ChangeAsync(Suspend), "has suspended the agreement already");
        await RefusedAsync(_home.Book.ChangeAsync(_agreement.Id, Revoke, "two\nlines", CancellationToken.None), "plain characters");
        await RefusedAsync(_home.Book.ChangeAsync(Pact.Between([_atlantic, _caribbean], _time).Id, Revoke, "Why not.", CancellationToken.None), "There is no agreement");
        var proposed = (await _home.Book.ProposeAsync(Pact.Between([_atlantic, _caribbean], _time), CancellationToken.None)).Entry!;
        await RefusedAsync(_home.Book.ChangeAsync(proposed.Agreement.Id, Suspend, "Not yet.", CancellationToken.None), "The agreement is Proposed here");
        Assert.Equal(AgreementState.Revoked, (await _home.Book.ChangeAsync(proposed.Agreement.Id, Revoke, "Withdrawn.", CancellationToken.None)).Entry?.State);
    }

    [Fact]
    public async Task Take_OfAPeer_IsKeptOnce()
    {
        var suspension = By(_pacific, 1, Suspend);
        Assert.Equal((TransitionOutcome.Taken, AgreementState.Suspended), Result(await TakeAsync(suspension)));
        int saves = _home.Agreements.Saves.Count;
        Assert.Equal((TransitionOutcome.Known, AgreementState.Suspended), Result(await TakeAsync(suspension)));
        Assert.Equal(saves, _home.Agreements.Saves.Count);
        await RefusedAsync(ChangeAsync(Resume), "'atlantic' has not suspended");
        Assert.Equal((TransitionOutcome.Taken, AgreementState.Active), Result(await TakeAsync(By(_pacific, 2, Resume))));
    }

    [Fact]
    public async Task Take_NotSignedByItsParty_IsRefused()
    {
        var forged = SignedTransition.Sign(_caribbean.Identity.SigningKey, By(_pacific, 1, Revoke).Document);
        Assert.Equal(TransitionOutcome.Refused, (await TakeAsync(forged)).Outcome);
        Assert.Equal(AgreementState.Active, Entry.State);
        Assert.Equal("'caribbean' is not a party to this agreement.", (await TakeAsync(By(_caribbean, 1, Revoke))).Fault);
        using var stranger = Party.Create("stranger", _time);
        Assert.Contains("not signed by", (await TakeAsync(By(stranger, 1, Revoke))).Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Take_UnknownAgreement_IsEarly()
    {
        var unknown = Pact.Between([_atlantic, _pacific], _time, "Not here yet");
        var revocation = By(_pacific, 1, Revoke, unknown.Id);
        Assert.Equal((TransitionOutcome.Early, null), ((await TakeAsync(revocation)).Outcome, (await TakeAsync(revocation)).Entry));
        await _home.Book.KeepAsync(unknown.SignedBy(_pacific, _atlantic), _pacific.Partner, CancellationToken.None);
        Assert.Equal((TransitionOutcome.Taken, AgreementState.Revoked), Result(await TakeAsync(revocation)));
    }

    [Fact]
    public async Task Take_StoreFails_ChangesNothingAndTheNextTrySucceeds()
    {
        var suspension = By(_pacific, 1, Suspend);
        var whileActive = _home.Book.WhileActive(_agreement.Id);
        _home.Agreements.Fault = _ => new TimeoutException("The store is away.");
        await Assert.ThrowsAsync<TimeoutException>(() => TakeAsync(suspension));
        Assert.Equal((AgreementState.Active, 0, false), (Entry.State, Entry.History.All.Count, whileActive.IsCancellationRequested));
        _home.Agreements.Fault = _ => null;
        Assert.Equal((TransitionOutcome.Taken, AgreementState.Suspended), Result(await TakeAsync(suspension)));
        Assert.True(whileActive.IsCancellationRequested);
    }

    [Fact]
    public async Task Change_StoredButTheAnswerIsLost_IsThereWhenTheBookIsAskedAgain()
    {
        _home.Agreements.LostAnswer = new TimeoutException("The answer is lost.");
        await Assert.ThrowsAsync<TimeoutException>(() => ChangeAsync(Suspend));
        _home.Agreements.LostAnswer = null;
        var whileActive = _home.Book.WhileActive(_agreement.Id);
        await RefusedAsync(ChangeAsync(Suspend), "has suspended the agreement already");
        Assert.Equal((AgreementState.Suspended, 1, true), (Entry.State, Entry.History.All.Count, whileActive.IsCancellationRequested));
        Assert.Equal(2, (await ChangeAsync(Resume)).Entry!.History.All.Count);
    }

    [Fact]
    public async Task WhileActive_OfEachPeriod_EndsWithIt()
    {
        var first = _home.Book.WhileActive(_agreement.Id);
        Assert.False(first.IsCancellationRequested);
        await TakeAsync(By(_pacific, 1, Suspend));
        Assert.True(first.IsCancellationRequested && _home.Book.WhileActive(_agreement.Id).IsCancellationRequested);
        await TakeAsync(By(_pacific, 2, Resume));
        var second = _home.Book.WhileActive(_agreement.Id);
        Assert.True(first.IsCancellationRequested && !second.IsCancellationRequested);
        await ChangeAsync(Revoke);
        Assert.True(second.IsCancellationRequested);
        Assert.True(_home.Book.WhileActive(Pact.Between([_atlantic, _caribbean], _time).Id).IsCancellationRequested);
    }

    [Fact]
    public async Task WhileActive_AnotherAgreementChanges_GoesOn()
    {
        var whileActive = _home.Book.WhileActive(_agreement.Id);
        var other = Pact.Between([_atlantic, _pacific], _time, "Other");
        await _home.Book.KeepAsync(other.SignedBy(_atlantic, _pacific), _pacific.Partner, CancellationToken.None);
        await _home.Book.ChangeAsync(other.Id, Revoke, "A test.", CancellationToken.None);
        Assert.False(whileActive.IsCancellationRequested);
    }

    [Fact]
    public async Task Load_AfterARestart_HoldsStatusAndHistory()
    {
        await ChangeAsync(Suspend);
        await TakeAsync(By(_pacific, 1, Suspend));
        await ChangeAsync(Resume);
        await _home.RestartAsync();
        Assert.Equal((AgreementState.Suspended, "pacific"), State(Entry));
        Assert.Equal((TransitionOutcome.Known, AgreementState.Suspended), Result(await TakeAsync(By(_pacific, 1, Suspend))));
        Assert.Equal((TransitionOutcome.Taken, AgreementState.Active), Result(await TakeAsync(By(_pacific, 2, Resume))));
        Assert.Equal(3, (await ChangeAsync(Suspend)).Entry!.History.Of(_atlantic.Partner).Last().Document.Sequence);
    }

    [Theory, InlineData(AgreementState.Active), InlineData(AgreementState.Suspended), InlineData(AgreementState.Revoked)]
    public async Task Load_StateThatTheTransitionsDoNotLeadTo_RefusesToLoad(AgreementState stored)
    {
        if (stored == AgreementState.Active) await ChangeAsync(Suspend);
        _home.Agreements.Put(_agreement.SignedBy(_pacific, _atlantic), stored);
        Assert.Contains("do not lead to the state", (await Assert.ThrowsAsync<InvalidDataException>(_home.RestartAsync)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_StoredTransitionThatDoesNotVerify_RefusesToLoad()
    {
        _home.Agreements.Transitions.Add(SignedTransition.Sign(_caribbean.Identity.SigningKey, By(_pacific, 1, Suspend).Document).Original);
        _home.Agreements.Put(_agreement.SignedBy(_pacific, _atlantic), AgreementState.Suspended);
        Assert.Contains("Stored transition", (await Assert.ThrowsAsync<InvalidDataException>(_home.RestartAsync)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_StoredTransitionsWithOneMissing_RefusesToLoad()
    {
        foreach (var happening in new[] { Suspend, Resume, Suspend }) await ChangeAsync(happening);
        _home.Agreements.Transitions.RemoveRange(0, 2);
        Assert.Contains("Early", (await Assert.ThrowsAsync<InvalidDataException>(_home.RestartAsync)).Message, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync()
    {
        _home.Dispose();
        foreach (var party in new[] { _atlantic, _pacific, _caribbean }) party.Dispose();
        return ValueTask.CompletedTask;
    }

    private Task<AgreementAcceptance> ChangeAsync(TransitionEvent happening) => _home.Book.ChangeAsync(_agreement.Id, happening, "A test.", CancellationToken.None);

    private Task<TransitionAcceptance> TakeAsync(SignedTransition transition) => _home.Book.TakeAsync(transition, CancellationToken.None);

    private SignedTransition By(Party party, int number, TransitionEvent happening, AgreementId? agreement = null)
        => SignedTransition.Sign(party.Identity.SigningKey, new TransitionDocument(DocumentContexts.Transition.Text, agreement ?? _agreement.Id, party.Partner, number, happening, "A test.", Utc.FromDateTime(_time.GetUtcNow())));

    private static (AgreementState, string) State(BookEntry entry) => (entry.State, string.Join(' ', entry.Status.SuspendedBy));

    private static (TransitionOutcome, AgreementState?) Result(TransitionAcceptance acceptance) => (acceptance.Outcome, acceptance.Entry?.State);

    private async Task RefusedAsync(Task<AgreementAcceptance> acceptance, string reason)
    {
        int before = _home.Agreements.Saves.Count;
        var (entry, fault) = await acceptance;
        Assert.Null(entry);
        Assert.Contains(reason, fault, StringComparison.Ordinal);
        Assert.Equal(before, _home.Agreements.Saves.Count);
    }
}
