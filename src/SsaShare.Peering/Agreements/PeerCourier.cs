using Grpc.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SsaShare.Domain;

namespace SsaShare.Peering;

/// <summary>
/// Brings what is kept here to peers: one loop for each, begun when its card is pinned, so that a silent peer holds up no other. What is
/// to be delivered is read from where it is kept, so a crash between keeping and sending delays and loses nothing.
/// </summary>
public abstract class PeerCourier(NodeIdentity identity, AgreementBook book, PeerDirectory directory, TimeProvider time, ILogger logger) : BackgroundService
{
    private static readonly TimeSpan FaultPause = TimeSpan.FromMinutes(1);

    /// <summary>This node's own party.</summary>
    protected PartnerId Self { get; } = identity.Partner;

    protected AgreementBook Book { get; } = book;

    protected TimeProvider Time { get; } = time;

    /// <summary>Completes when there may be more to deliver; taken before looking, so that nothing is missed.</summary>
    protected virtual Task News => Book.Changed;

    /// <summary>Delivers what the peer does not have yet.</summary>
    /// <returns>How long until it is tried again where nothing changes; infinite when all is delivered.</returns>
    protected abstract Task<TimeSpan> DeliverAllAsync(PartnerId peer, CancellationToken cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var loops = new Dictionary<PartnerId, Task>();
        while (!stoppingToken.IsCancellationRequested)
        {
            var changed = directory.Changed;
            foreach (var peer in directory.Peers.Where(peer => peer.Partner != Self && !loops.ContainsKey(peer.Partner)))
                loops.Add(peer.Partner, ServeAsync(peer.Partner, stoppingToken));
            await changed.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await Task.WhenAll(loops.Values);
    }

    private async Task ServeAsync(PartnerId peer, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var (news, directoryChanged) = (News, directory.Changed);
            try
            {
                var pause = await DeliverGuardedAsync(peer, stoppingToken);
                using var waiting = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
                await Task.WhenAny(news, directoryChanged, Task.Delay(pause, Time, waiting.Token));
                await waiting.CancelAsync();
            }
            catch (Exception e) when (stoppingToken.IsCancellationRequested && e is (OperationCanceledException or RpcException))
            {
                return;
            }
        }
    }

    private async Task<TimeSpan> DeliverGuardedAsync(PartnerId peer, CancellationToken stoppingToken)
    {
        try
        {
            return await DeliverAllAsync(peer, stoppingToken);
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            // Whatever it is, the loop goes on: a peer must not be able to end it, and the operator sees the reason.
            PeeringLog.CourierFailed(logger, peer, e);
            return FaultPause;
        }
    }
}
