using SsaShare.Peering.Tests;

namespace SsaShare.Node.Tests;

public sealed class PacesTests
{
    private readonly ManualTime _time = new();
    private readonly Paces _paces;

    public PacesTests() => _paces = new Paces(perSecond: 10, atOnce: 4, _time);

    [Fact]
    public async Task Wait_AsManyAsMayComeAtOnce_NobodyWaits()
    {
        for (int i = 0; i < 4; i++) Assert.True(_paces.WaitAsync("a", CancellationToken.None).AsTask().IsCompletedSuccessfully);
        var fifth = _paces.WaitAsync("a", CancellationToken.None).AsTask();
        Assert.InRange(Assert.Single(_time.Pending), TimeSpan.FromSeconds(0.09), TimeSpan.FromSeconds(0.1));
        Assert.False(fifth.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        await fifth.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Wait_OneKeyInHaste_AnotherDoesNotWait()
    {
        var hasty = Enumerable.Range(0, 1_000).Select(_ => _paces.WaitAsync("hasty", CancellationToken.None).AsTask()).ToList();
        Assert.Equal(4, hasty.Count(wait => wait.IsCompleted));
        Assert.True(_paces.WaitAsync("calm", CancellationToken.None).AsTask().IsCompletedSuccessfully);
        _time.Advance(TimeSpan.FromSeconds(100));
        await Task.WhenAll(hasty);
    }

    [Fact]
    public async Task Wait_GivenUp_TheTurnIsTheNextOnes()
    {
        for (int i = 0; i < 4; i++) await _paces.WaitAsync("a", CancellationToken.None);
        using var stop = new CancellationTokenSource();
        var given = Enumerable.Range(0, 100).Select(_ => _paces.WaitAsync("a", stop.Token).AsTask()).ToList();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(given));
        var next = _paces.WaitAsync("a", CancellationToken.None).AsTask();
        _time.Advance(TimeSpan.FromSeconds(0.11));
        await next.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Wait_OfVeryManyKeys_ThoseThatAreRestedAreForgotten()
    {
        for (int i = 0; i < 10_000; i++)
        {
            await _paces.WaitAsync($"network {i}", CancellationToken.None);
            _time.Advance(TimeSpan.FromSeconds(0.01));
        }
        Assert.InRange(_paces.Keys, 1, 1_100);
    }
}
