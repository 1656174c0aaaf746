using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SsaShare.Peering;

/// <summary>Settles the book whenever a validity begins or ends. Until the store takes it, it is tried again; nothing is served meanwhile, because each decision looks at the time itself.</summary>
public sealed class AgreementClock(AgreementBook book, TimeProvider time, ILogger<AgreementClock> logger) : BackgroundService
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(5);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => RunAsync(stoppingToken);

    /// <summary>What the host runs.</summary>
    public async Task RunAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var changed = book.Changed;
            var next = await SettleAsync(stoppingToken);
            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            await FirstOf.EndsAsync(changed, Task.Delay(next, time, waiting.Token));
            waiting.Cancel();
        }
    }

    private async Task<TimeSpan> SettleAsync(CancellationToken stoppingToken)
    {
        try
        {
            return await book.SettleAsync(stoppingToken);
        }
        catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
        {
            PeeringLog.SettlingFailed(logger, e);
            return RetryPause;
        }
        catch (OperationCanceledException)
        {
            return RetryPause;
        }
    }
}
