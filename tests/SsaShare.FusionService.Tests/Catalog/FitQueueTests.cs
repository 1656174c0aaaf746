namespace SsaShare.FusionService.Tests.Catalog;

public class FitQueueTests
{
    [Fact]
    public async Task Run_MoreThanAtOnce_WaitsAndCanLeave()
    {
        using var queue = new FitQueue(atOnce: 2);
        using var open = new ManualResetEventSlim();
        using var started = new CountdownEvent(2);
        using var left = new CancellationTokenSource();
        int ran = 0;
        int fit()
        {
            if (Interlocked.Increment(ref ran) <= 2) started.Signal();
            open.Wait(TestContext.Current.CancellationToken);
            return 1;
        }

        Task<int>[] first = [queue.RunAsync(fit, CancellationToken.None), queue.RunAsync(fit, CancellationToken.None)];
        Assert.True(started.Wait(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
        var third = queue.RunAsync(fit, left.Token);
        // Long enough for a third to begin, if it could.
        await Task.Delay(200, TestContext.Current.CancellationToken);
        Assert.Equal(2, Volatile.Read(ref ran));
        await left.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => third);
        Assert.Equal(2, ran);
        open.Set();
        Assert.All(await Task.WhenAll(first), result => Assert.Equal(1, result));
        Assert.Equal(1, await queue.RunAsync(fit, CancellationToken.None));
    }
}
