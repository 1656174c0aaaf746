using System.Text;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SsaShare.Domain;
using SsaShare.Exchange;

namespace SsaShare.Node;

/// <summary>Has a time-stamp authority stamp the newest checkpoint now and then, so that nobody has to believe this node's clock, or its witnesses'.</summary>
public sealed class CheckpointTimestamper(TimestampOptions options, TimestampAuthority authority, CheckpointSigner signer, ITimestampStore store, TimeProvider time,
    ILogger<CheckpointTimestamper> logger) : BackgroundService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var pause = FirstPause;
        while (!stoppingToken.IsCancellationRequested)
        {
            var wait = options.Interval;
            try
            {
                await StampAsync(stoppingToken);
                pause = FirstPause;
            }
            catch (SigningHeldException)
            {
                // Said where it is decided. There is nothing new to stamp until then.
                wait = FirstPause;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // Whatever it was, the log goes on without: an auditor sees how old the newest stamp is.
                NodeLog.NotTimestamped(logger, options.Authority, e.Message, e);
                wait = pause;
                pause = Longer(pause, options.Interval);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            await Task.Delay(wait, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Stamps the newest checkpoint.</summary>
    /// <returns>Null when the one stamped last is still the newest.</returns>
    public async Task<CheckpointTimestamp?> StampAsync(CancellationToken cancellationToken)
    {
        var (head, note) = await signer.SignHeadAsync(cancellationToken);
        if (await store.GetNewestAsync(cancellationToken) is { } newest && newest.Size >= head.Size) return null;
        var token = await authority.StampAsync(Encoding.UTF8.GetBytes(note), cancellationToken);
        var timestamp = new CheckpointTimestamp(head.Size, note, token.Bytes, Utc.FromDateTime(token.Time));
        await store.AddAsync(timestamp, cancellationToken);
        NodeLog.Timestamped(logger, head.Size, token.Time);
        return timestamp;
    }

    /// <summary>The pause after one more failure: twice as long, never longer than the interval.</summary>
    internal static TimeSpan Longer(TimeSpan pause, TimeSpan interval) => pause < interval / 2 ? pause * 2 : interval;
}
