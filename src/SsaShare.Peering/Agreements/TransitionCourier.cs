using System.Collections.Concurrent;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Protocol;
using V1 = SsaShare.Protocol.Agreement.V1;

namespace SsaShare.Peering;

/// <summary>Brings this party's suspensions, resumptions and revocations to every other party, in order, until each has acknowledged them.</summary>
public sealed class TransitionCourier(NodeIdentity identity, AgreementBook book, PeerDirectory directory, PeerChannels channels, TransitionDeliveries deliveries,
    TimeProvider time, ILogger<TransitionCourier> logger) : PeerCourier(identity, book, directory, time, logger)
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(2), RetryPauseMax = TimeSpan.FromMinutes(1), CallTimeout = TimeSpan.FromSeconds(10);
    private readonly NodeIdentity _identity = identity;
    private readonly ConcurrentDictionary<PartnerId, int> _failures = new();

    protected override async Task<TimeSpan> DeliverAllAsync(PartnerId peer, CancellationToken cancellationToken)
    {
        bool delivered = true, reachable = true;
        foreach (var entry in Book.Entries.Where(entry => entry.Agreement.HasParty(peer)))
        {
            foreach (var transition in entry.History.Of(Self).Skip(deliveries.KnownTo(peer, entry.Agreement.Id)))
            {
                var status = await DeliverAsync(entry.Agreement.Id, transition, peer, cancellationToken);
                delivered &= status == StatusCode.OK;
                reachable &= status is not (StatusCode.Unavailable or StatusCode.DeadlineExceeded);
                // What comes after it in this agreement is not taken either.
                if (status != StatusCode.OK) break;
            }
            if (!reachable) break;
        }
        if (delivered)
        {
            _failures.TryRemove(peer, out _);
            return Timeout.InfiniteTimeSpan;
        }
        // A peer that is away is asked every two seconds: it must learn of a revocation when it comes back. One that refuses, less and less.
        int failures = _failures.AddOrUpdate(peer, 1, (_, before) => before + 1);
        var pause = reachable ? RetryPause * (1 << Math.Min(failures - 1, 10)) : RetryPause;
        return pause < RetryPauseMax ? pause : RetryPauseMax;
    }

    private async Task<StatusCode> DeliverAsync(AgreementId agreement, SignedTransition transition, PartnerId peer, CancellationToken cancellationToken)
    {
        int number = transition.Document.Sequence;
        try
        {
            var client = new V1.AgreementService.AgreementServiceClient(channels.To(peer));
            await client.DeliverTransitionAsync(new V1.DeliverTransitionRequest { Transition = _identity.Renew<TransitionDocument>(transition.Original, DocumentContexts.Transition).ToWire() },
                deadline: Time.GetUtcNow().UtcDateTime + CallTimeout, cancellationToken: cancellationToken);
            deliveries.Delivered(peer, agreement, number);
            PeeringLog.TransitionDelivered(logger, transition.Document.Event, number, agreement, peer);
            return StatusCode.OK;
        }
        catch (RpcException e) when (!cancellationToken.IsCancellationRequested)
        {
            PeeringLog.TransitionNotDelivered(logger, transition.Document.Event, number, agreement, peer, e.StatusCode, e.Status.Detail);
            if (e.StatusCode is StatusCode.FailedPrecondition or StatusCode.NotFound) deliveries.Forget(peer, agreement);
            return PeerPipeline.IsTransient(e) ? StatusCode.Unavailable : e.StatusCode;
        }
    }
}
