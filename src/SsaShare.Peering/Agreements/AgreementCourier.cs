using System.Collections.Concurrent;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SsaShare.Agreements;
using SsaShare.Domain;
using V1 = SsaShare.Protocol.Agreement.V1;

namespace SsaShare.Peering;

/// <summary>
/// Brings agreements that this node has signed to their other parties, until each has every signature known here. What is to be
/// delivered is read from the book, so a crash between keeping and sending delays and loses nothing. A silent party holds up no other.
/// </summary>
public sealed class AgreementCourier(NodeIdentity identity, AgreementBook book, PeerDirectory directory, PeerChannels channels, AgreementDeliveries deliveries,
    TimeProvider time, ILogger<AgreementCourier> logger) : BackgroundService
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(2), RefusedPause = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<(AgreementId, PartnerId), int> _signaturesAtPeer = [];

    private enum Outcome
    {
        Delivered,
        Unreachable,
        Refused,
    }

    /// <summary>One loop for each peer, begun when its card is pinned.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var loops = new Dictionary<PartnerId, Task>();
        while (!stoppingToken.IsCancellationRequested)
        {
            var changed = directory.Changed;
            foreach (var peer in directory.Peers.Where(peer => peer.Partner != identity.Partner && !loops.ContainsKey(peer.Partner)))
                loops.Add(peer.Partner, ServeAsync(peer.Partner, stoppingToken));
            await changed.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await Task.WhenAll(loops.Values);
    }

    private async Task ServeAsync(PartnerId peer, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var (bookChanged, directoryChanged) = (book.Changed, directory.Changed);
            try
            {
                var outcome = await DeliverAllAsync(peer, stoppingToken);
                var pause = outcome switch { Outcome.Unreachable => RetryPause, Outcome.Refused => RefusedPause, _ => Timeout.InfiniteTimeSpan };
                using var waiting = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
                await Task.WhenAny(bookChanged, directoryChanged, Task.Delay(pause, time, waiting.Token));
                await waiting.CancelAsync();
            }
            catch (Exception e) when (stoppingToken.IsCancellationRequested && e is (OperationCanceledException or RpcException))
            {
                return;
            }
        }
    }

    private async Task<Outcome> DeliverAllAsync(PartnerId peer, CancellationToken cancellationToken)
    {
        var worst = Outcome.Delivered;
        foreach (var entry in book.Entries.Where(entry => entry.Verification.SignedBy.Contains(identity.Partner) && entry.Agreement.HasParty(peer)))
        {
            var key = (entry.Agreement.Id, peer);
            if (_signaturesAtPeer.GetValueOrDefault(key) >= entry.Envelope.SignatureCount) continue;
            var (outcome, signatures) = await DeliverAsync(entry, peer, cancellationToken);
            if (outcome == Outcome.Unreachable) return outcome;
            if (outcome == Outcome.Refused)
            {
                worst = outcome;
                continue;
            }
            _signaturesAtPeer[key] = signatures;
            if (signatures >= entry.Agreement.Parties.Length) deliveries.Delivered(entry.Agreement.Id, peer);
        }
        return worst;
    }

    private async Task<(Outcome, int Signatures)> DeliverAsync(BookEntry entry, PartnerId peer, CancellationToken cancellationToken)
    {
        try
        {
            var client = new V1.AgreementService.AgreementServiceClient(channels.To(peer));
            var answer = await client.DeliverAgreementAsync(
                new V1.DeliverAgreementRequest { Envelope = UnsafeByteOperations.UnsafeWrap(entry.Envelope.ToJson()) },
                deadline: time.GetUtcNow().UtcDateTime.AddSeconds(10), cancellationToken: cancellationToken);
            if (!AgreementEnvelope.TryParse(answer.Envelope.Span, out var envelope, out string? fault) || envelope.Id != entry.Agreement.Id)
            {
                PeeringLog.AgreementNotDelivered(logger, entry.Agreement.Id, peer, StatusCode.OK, fault ?? "The answer is about another agreement.");
                return (Outcome.Refused, 0);
            }
            if ((await book.KeepAsync(envelope, peer, cancellationToken)).Fault is { } refusal)
            {
                PeeringLog.AgreementNotDelivered(logger, entry.Agreement.Id, peer, StatusCode.OK, refusal);
                return (Outcome.Refused, 0);
            }
            PeeringLog.AgreementDelivered(logger, entry.Agreement.Id, peer, envelope.SignatureCount);
            return (Outcome.Delivered, envelope.SignatureCount);
        }
        catch (RpcException e) when (!cancellationToken.IsCancellationRequested)
        {
            PeeringLog.AgreementNotDelivered(logger, entry.Agreement.Id, peer, e.StatusCode, e.Status.Detail);
            return (PeerPipeline.IsTransient(e) ? Outcome.Unreachable : Outcome.Refused, 0);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // The store, most likely: tried again like a peer that cannot be reached.
            PeeringLog.AgreementNotKept(logger, entry.Agreement.Id, peer, e);
            return (Outcome.Unreachable, 0);
        }
    }
}
