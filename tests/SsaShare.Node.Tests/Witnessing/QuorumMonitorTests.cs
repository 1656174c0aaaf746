using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Peering;
using SsaShare.Peering.Tests;

namespace SsaShare.Node.Tests;

public sealed class QuorumMonitorTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private readonly Party _atlantic, _pacific;
    private readonly MemoryNodeLog _log = new();
    private readonly MemoryCosigned _cosigned = new();
    private Home _home = null!;

    public QuorumMonitorTests() => (_atlantic, _pacific) = (Party.Create("atlantic", _time), Party.Create("pacific", _time));

    public async ValueTask InitializeAsync() => _home = await Home.CreateAsync(_atlantic, _time, _pacific);

    /// <summary>A receiver sees when the quorum cosigned, not when the log grew: the grace counts from the cosignature on both sides, and the operator hears of it long before it ends, though nothing waits to be cosigned.</summary>
    [Fact]
    public async Task Look_WitnessesAwayWhileNothingIsWritten_WarnsLongBeforeItStops()
    {
        var agreement = Pact.Between([_atlantic, _pacific], _time, change: terms => terms with { WitnessQuorum = 1, WitnessGrace = TimeSpan.FromHours(1) });
        Assert.NotNull((await _home.Book.KeepAsync(agreement.SignedBy(_atlantic, _pacific), _pacific.Partner, CancellationToken.None)).Entry);
        var watch = new QuorumWatch(_atlantic.Identity, _cosigned, new WitnessStandings(), _log);
        using var monitor = new QuorumMonitor(_atlantic.Identity, _home.Book, watch, _log, Options.Create(new WitnessOptions()), _time, NullLogger<QuorumMonitor>.Instance);
        async Task<QuorumState> LookAfterAsync(TimeSpan pause)
        {
            _time.Advance(pause);
            await monitor.LookAsync(CancellationToken.None);
            return monitor.All[agreement.Id].State;
        }
        _log.Grow("an entry");
        _cosigned.Newest = new CosignedCheckpoint(_log.Head.Size, _log.Head.Root, "a note", [(_pacific.Partner, Utc.FromDateTime(_time.GetUtcNow()))]);

        Assert.Equal(QuorumState.Witnessed, await LookAfterAsync(TimeSpan.Zero));
        Assert.Equal(QuorumState.Degraded, await LookAfterAsync(TimeSpan.FromMinutes(11)));
        // All of it is cosigned, however long ago: nothing can have been changed.
        Assert.Equal(QuorumState.Degraded, await LookAfterAsync(TimeSpan.FromMinutes(50)));
        _log.Grow("another");
        Assert.Equal(QuorumState.Stopped, await LookAfterAsync(TimeSpan.Zero));
    }

    public ValueTask DisposeAsync()
    {
        _home.Dispose();
        _atlantic.Dispose();
        _pacific.Dispose();
        return ValueTask.CompletedTask;
    }
}
