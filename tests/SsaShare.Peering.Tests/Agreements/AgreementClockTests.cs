using Microsoft.Extensions.Logging.Abstractions;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;

namespace SsaShare.Peering.Tests;

/// <summary>What time alone does to agreements: successors take over at their own beginning, validities end, proposals lapse.</summary>
public sealed class AgreementClockTests : IAsyncLifetime
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1), Moment = TimeSpan.FromMinutes(1);
    private readonly ManualTime _time = new();
    private readonly Party _atlantic, _pacific;
    private readonly Agreement _before;
    private Home _home = null!;
    private AgreementClock _clock = null!;

    public AgreementClockTests()
    {
        (_atlantic, _pacific) = (Party.Create("atlantic", _time), Party.Create("pacific", _time));
        _before = Pact.Between([_atlantic, _pacific], _time, "Before");
    }

    public async ValueTask InitializeAsync()
    {
        _home = await Home.CreateAsync(_atlantic, _time, _pacific);
        await KeepAsync(_before);
        _clock = new AgreementClock(_home.Book, _time, NullLogger<AgreementClock>.Instance);
    }

    [Fact]
    public async Task Run_SuccessorSignedByAll_TakesOverAtItsOwnBeginning()
    {
        var after = await KeepAsync(Successor());
        await StartAsync();
        Assert.Equal((AgreementState.Active, AgreementState.Active), (State(_before), State(after)));
        var whileActive = _home.Book.WhileActive(_before.Id);
        await AdvanceAsync(Hour - Moment);
        Assert.Equal(AgreementState.Active, State(_before));
        await AdvanceAsync(2 * Moment);
        await BecomesAsync(_before, AgreementState.Superseded);
        Assert.Equal((AgreementState.Superseded, AgreementState.Active, true), (_home.Agreements.StateOf(_before.Id), State(after), whileActive.IsCancellationRequested));
    }

    [Fact]
    public async Task Run_SuccessorRevokedBeforeItsBeginning_LeavesItsPredecessorInForce()
    {
        var after = await KeepAsync(Successor());
        await _home.Book.ChangeAsync(after.Id, TransitionEvent.Revoke, "A test.", CancellationToken.None);
        await StartAsync();
        await AdvanceAsync(2 * Hour);
        Assert.Equal((AgreementState.Active, AgreementState.Revoked), (State(_before), State(after)));
    }

    [Fact]
    public async Task Run_SuccessorSuspendedAtItsBeginning_TakesOverAllTheSame()
    {
        var after = await KeepAsync(Successor());
        await _home.Book.ChangeAsync(after.Id, TransitionEvent.Suspend, "A test.", CancellationToken.None);
        await StartAsync();
        await AdvanceAsync(2 * Hour);
        await BecomesAsync(_before, AgreementState.Superseded);
        Assert.Equal(AgreementState.Suspended, State(after));
    }

    [Fact]
    public async Task Run_SuccessorThatNotAllHaveSigned_TakesNoPlace()
    {
        await _home.Book.KeepAsync(Successor().SignedBy(_pacific), _pacific.Partner, CancellationToken.None);
        await StartAsync();
        await AdvanceAsync(2 * Hour);
        Assert.Equal(AgreementState.Active, State(_before));
    }

    [Fact]
    public async Task Run_EndOfValidity_IsStoredForSignedSuspendedAndProposedOnes()
    {
        var suspended = await KeepAsync(Pact.Between([_atlantic, _pacific], _time, "Suspended"));
        await _home.Book.ChangeAsync(suspended.Id, TransitionEvent.Suspend, "A test.", CancellationToken.None);
        var proposed = Pact.Between([_atlantic, _pacific], _time, "Proposed");
        await _home.Book.KeepAsync(proposed.SignedBy(_pacific), _pacific.Partner, CancellationToken.None);
        await StartAsync();
        await AdvanceAsync(Pact.Day + Moment);
        foreach (var agreement in new[] { _before, suspended, proposed })
        {
            await BecomesAsync(agreement, AgreementState.Expired);
            Assert.Equal(AgreementState.Expired, _home.Agreements.StateOf(agreement.Id));
        }
        await _home.RestartAsync();
        Assert.All(_home.Book.Entries, entry => Assert.Equal(AgreementState.Expired, entry.State));
    }

    [Fact]
    public async Task Run_StoreFailsAtABoundary_IsTriedAgain()
    {
        _home.Agreements.Fault = _ => new TimeoutException("The store is away.");
        await StartAsync();
        _time.Advance(Pact.Day);
        await _time.WaitForTimerAsync(TimeSpan.FromSeconds(5));
        Assert.Equal(AgreementState.Active, State(_before));
        _home.Agreements.Fault = _ => null;
        _time.Advance(TimeSpan.FromSeconds(5));
        await BecomesAsync(_before, AgreementState.Expired);
        Assert.False(_clock.ExecuteTask!.IsCompleted);
    }

    [Fact]
    public async Task Load_SuccessorBeganAndEndedWhileTheNodeWasDown_TookItsPlace()
    {
        var after = await KeepAsync(Successor(until: TimeSpan.FromHours(2)));
        _time.Advance(3 * Hour);
        await _home.RestartAsync();
        Assert.Equal((AgreementState.Superseded, AgreementState.Expired), (State(_before), State(after)));
    }

    public async ValueTask DisposeAsync()
    {
        await _clock.StopAsync(CancellationToken.None);
        _clock.Dispose();
        _home.Dispose();
        _atlantic.Dispose();
        _pacific.Dispose();
    }

    /// <summary>Begins in an hour.</summary>
    private Agreement Successor(TimeSpan? until = null) => Pact.Between([_atlantic, _pacific], _time, "After", terms => terms with
    {
        Supersedes = _before.Id,
        ValidFrom = Utc.FromDateTime(_time.GetUtcNow() + Hour),
        ValidUntil = until is { } end ? Utc.FromDateTime(_time.GetUtcNow() + end) : terms.ValidUntil,
    });

    private async Task<Agreement> KeepAsync(Agreement agreement)
    {
        Assert.Equal(AgreementState.Active, (await _home.Book.KeepAsync(agreement.SignedBy(_atlantic, _pacific), _pacific.Partner, CancellationToken.None)).Entry?.State);
        return agreement;
    }

    private async Task StartAsync()
    {
        await _clock.StartAsync(CancellationToken.None);
        await Eventually.TrueAsync(() => _time.Pending.Count > 0, "the clock does not wait");
    }

    /// <summary>Goes on in steps of ten minutes, so that the clock keeps up.</summary>
    private async Task AdvanceAsync(TimeSpan by)
    {
        for (var gone = TimeSpan.Zero; gone < by; gone += 10 * Moment)
        {
            _time.Advance(by - gone < 10 * Moment ? by - gone : 10 * Moment);
            await Eventually.TrueAsync(() => _time.Pending.Count > 0, "the clock does not wait");
        }
        await Task.Delay(20);
    }

    private AgreementState? State(Agreement agreement) => _home.Book.Find(agreement.Id)?.State;

    private Task BecomesAsync(Agreement agreement, AgreementState state) => Eventually.TrueAsync(() => State(agreement) == state, $"it is {State(agreement)} and not {state}");
}
