using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SsaShare.Exchange;

namespace SsaShare.Peering;

/// <summary>Has dropped, from time to time, what this node keeps no longer. Nothing waits for a peer: what one has not pulled by then is told to it as gone.</summary>
public sealed class OwnRetentionWorker(IOwnRetention retention, IOptions<NoticeOptions> options, TimeProvider time, ILogger<OwnRetentionWorker> logger) : BackgroundService
{
    /// <summary>Publications deleted from in one transaction.</summary>
    private const int PublicationsAtOnce = 100;

    /// <summary>How many sweeps of what others want deleted go by between two of these.</summary>
    private const int SweepsBetween = 10;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // What was dropped before is gone; the rest is tried again.
                PeeringLog.OwnSweepFailed(logger, e);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            await Task.Delay(SweepsBetween * options.Value.SweepInterval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <returns>How many records are gone.</returns>
    public async Task<long> SweepAsync(CancellationToken cancellationToken)
    {
        long gone = 0;
        while (await retention.DropNextAsync(cancellationToken) is { } dropped)
        {
            PeeringLog.PartDropped(logger, dropped.Part, dropped.Records);
            gone += dropped.Records;
        }
        while (await retention.DeleteSomeAsync(PublicationsAtOnce, cancellationToken) is > 0 and var deleted)
        {
            PeeringLog.OverDeleted(logger, deleted);
            gone += deleted;
        }
        return gone;
    }
}
