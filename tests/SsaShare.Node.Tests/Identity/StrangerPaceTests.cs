namespace SsaShare.Node.Tests;

public sealed class StrangerPaceTests
{
    private readonly Clock _clock = new();
    private readonly StrangerPace _pace;

    public StrangerPaceTests() => _pace = new StrangerPace(_clock);

    [Fact]
    public void TryEnter_OneNetworkAtAnyRate_LeavesTheOthersTheirs()
    {
        Assert.Equal(8, Enter("203.0.113.1", 1_000));
        Assert.Equal(8, Enter("203.0.113.2", 1_000));
        _clock.Pass(seconds: 3);
        Assert.Equal(3, Enter("203.0.113.1", 1_000));
    }

    [Fact]
    public void TryEnter_ManyNetworks_AreListenedToNoFasterThanAllTogether()
    {
        Assert.Equal(20, Enumerable.Range(0, 10_000).Count(i => _pace.TryEnter($"network {i}")));
        _clock.Pass(seconds: 2);
        Assert.Equal(10, Enumerable.Range(0, 10_000).Count(i => _pace.TryEnter($"network {i}")));
    }

    [Fact]
    public void TryEnter_FromWhereAPartnerCalled_IsListenedToWhateverTheOthersDo()
    {
        _pace.Reserve("198.51.100.7");
        for (int second = 0; second < 60; second++)
        {
            _ = Enumerable.Range(0, 100).Count(i => _pace.TryEnter($"network {i}"));
            Assert.True(_pace.TryEnter("198.51.100.7"));
            _clock.Pass(seconds: 1);
        }
        Assert.Equal(20, Enter("198.51.100.7", 1_000));
    }

    private int Enter(string network, int times) => Enumerable.Range(0, times).Count(_ => _pace.TryEnter(network));

    private sealed class Clock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Pass(int seconds) => _ticks += seconds * TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;
    }
}
