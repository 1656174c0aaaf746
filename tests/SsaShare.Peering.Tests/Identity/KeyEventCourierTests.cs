using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SsaShare.Exchange;

namespace SsaShare.Peering.Tests;

/// <summary>A peer that is away, where changes of keys are waiting for it or not.</summary>
public sealed class KeyEventCourierTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private readonly Warnings _warnings = new();
    private readonly Party _atlantic, _pacific;
    private readonly List<IDisposable> _opened = [];
    private KeyEventCourier _courier = null!;

    public KeyEventCourierTests() => (_atlantic, _pacific) = (Party.Create("atlantic", _time), Party.Create("pacific", _time));

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Deliver_NothingToAPeerThatIsAway_IsTriedLessAndLessAndSaysNothing()
    {
        await StartAsync(_atlantic.Identity);
        await PassAsync(2, 4, 8, 16, 32, 60, 60);
        Assert.Empty(_warnings.Lines);
    }

    [Fact]
    public async Task Deliver_AChangeToAPeerThatIsAway_SaysSoOnce()
    {
        KeyChange.Prepare(_atlantic.Folder, new KeyChangeRequest(true, true, true, true, false, null, "planned"), null, null, null, _time.GetUtcNow());
        KeyChange.Finish(_atlantic.Folder);
        var changed = NodeIdentity.Load(_atlantic.Folder);
        _opened.Add(changed);
        await StartAsync(changed);
        await PassAsync(2, 4, 8, 16);
        Assert.Contains("pacific", Assert.Single(_warnings.Lines), StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await _courier.StopAsync(CancellationToken.None);
        Assert.False(_courier.ExecuteTask?.IsFaulted ?? false);
        _courier.Dispose();
        foreach (var one in Enumerable.Reverse(_opened)) one.Dispose();
        _atlantic.Dispose();
        _pacific.Dispose();
    }

    private async Task StartAsync(NodeIdentity identity)
    {
        var directory = new PeerDirectory(identity, new MemoryPeerStore());
        Assert.Null(await directory.TryAddAsync(_pacific.Card, CancellationToken.None));
        var book = new AgreementBook(identity, directory, new MemoryAgreementStore(), _time, NullLogger<AgreementBook>.Instance);
        var channels = new PeerChannels(identity, directory);
        _opened.AddRange([directory, book, channels]);
        _courier = new KeyEventCourier(identity, book, directory, null!, channels, _time, _warnings);
        await _courier.StartAsync(CancellationToken.None);
    }

    private async Task PassAsync(params int[] seconds)
    {
        foreach (int one in seconds)
        {
            await _time.WaitForTimerAsync(TimeSpan.FromSeconds(one));
            _time.Advance(TimeSpan.FromSeconds(one));
        }
    }

    private sealed class Warnings : ILogger<KeyEventCourier>
    {
        private readonly Lock _lock = new();
        private readonly List<string> _lines = [];

        public IReadOnlyList<string> Lines
        {
            get
            {
                lock (_lock) return [.. _lines];
            }
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (_lock) _lines.Add(formatter(state, exception));
        }
    }
}
