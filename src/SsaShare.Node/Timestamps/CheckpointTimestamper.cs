using System.Text;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Peering;
using SsaShare.Transparency;

namespace SsaShare.Node;

/// <summary>Has a time-stamp authority stamp the newest checkpoint now and then, so that nobody has to believe this node's clock, or its witnesses'.</summary>
public sealed class CheckpointTimestamper(TimestampOptions options, TimestampAuthority authority, CheckpointSigner signer, NodeIdentity identity, ITimestampStore store, TimeProvider time,
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
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // Whatever it was, the log goes on without: an auditor sees how old the newest stamp is.
                NodeLog.NotTimestamped(logger, options.Authority, e.Message, e);
                wait = pause < options.Interval ? pause : options.Interval;
                pause *= 2;
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
        string note = await signer.SignAsync(cancellationToken);
        byte[] bytes = Encoding.UTF8.GetBytes(note);
        if (!Checkpoint.TryOpen(bytes, identity.LogSigner.Verifier, out var checkpoint, out string? fault)) throw new InvalidOperationException($"The node's own checkpoint does not verify: {fault}");
        if (await store.GetNewestAsync(cancellationToken) is { } newest && newest.Size >= checkpoint.Size) return null;
        var token = await authority.StampAsync(bytes, cancellationToken);
        var timestamp = new CheckpointTimestamp(checkpoint.Size, note, token.Bytes, Utc.FromDateTime(token.Time));
        await store.AddAsync(timestamp, cancellationToken);
        NodeLog.Timestamped(logger, checkpoint.Size, token.Time);
        return timestamp;
    }
}
