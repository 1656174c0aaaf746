using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;

namespace SsaShare.Peering.Tests;

/// <summary>What is held to be paused is what the store says last.</summary>
public sealed class ExchangeControlTests
{
    private static readonly PartnerId Pacific = PartnerId.Parse("pacific"), Caribbean = PartnerId.Parse("caribbean");
    private static readonly AgreementId Agreement = new(Signing.Hash256.Of("an agreement"u8));
    private static readonly PauseEvent Pause = new(Pacific, null, "operator");
    private readonly MemoryStandingStore _store = new(new ManualTime());

    [Fact]
    public async Task Resume_WhileAPauseIsBeingRead_HasTheLastWord()
    {
        using var control = new ExchangeControl(_store);
        var read = new TaskCompletionSource();
        int reads = 0;
        _store.Listed = () => reads++ == 0 ? read.Task : Task.CompletedTask;
        var pause = control.PauseAsync(Pause, CancellationToken.None);
        var resume = control.ResumeAsync(Pause, CancellationToken.None);
        await Task.WhenAny(resume, Task.Delay(100));
        read.SetResult();
        Assert.True(await pause && await resume);
        Assert.Null(control.Find(Pacific, Agreement));
        Assert.Empty(await _store.ListPausesAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Pause_GivenUpAfterItWasKept_HoldsAllTheSame()
    {
        using var control = new ExchangeControl(_store);
        var (changed, standing, other) = (control.Changed, control.StandingOf(Pacific), control.StandingOf(Caribbean));
        _store.Kept = () => Task.FromException(new OperationCanceledException());
        await Assert.ThrowsAsync<OperationCanceledException>(() => control.PauseAsync(Pause, CancellationToken.None));
        Assert.NotNull(control.Find(Pacific, Agreement));
        Assert.Equal((true, true, false), (changed.IsCompleted, standing.IsCancellationRequested, other.IsCancellationRequested));
        _store.Kept = () => Task.CompletedTask;
        Assert.True(await control.ResumeAsync(Pause, CancellationToken.None));
        Assert.Null(control.Find(Pacific, Agreement));
    }
}
