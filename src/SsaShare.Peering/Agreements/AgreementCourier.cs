using System.Collections.Concurrent;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using SsaShare.Agreements;
using SsaShare.Domain;
using V1 = SsaShare.Protocol.Agreement.V1;

namespace SsaShare.Peering;

/// <summary>Brings agreements that this node has signed to their other parties, until each has every signature known here.</summary>
public sealed class AgreementCourier(NodeIdentity identity, AgreementBook book, PeerDirectory directory, PeerChannels channels, AgreementDeliveries deliveries,
    TimeProvider time, ILogger<AgreementCourier> logger) : PeerCourier(identity, book, directory, time, logger)
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(2), RefusedPause = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<(AgreementId, PartnerId), int> _signaturesAtPeer = [];

    private enum Outcome
    {
        Delivered,
        Unreachable,
        Refused,
    }

    protected override async Task<TimeSpan> DeliverAllAsync(PartnerId peer, CancellationToken cancellationToken)
    {
        var pause = Timeout.InfiniteTimeSpan;
        foreach (var entry in Book.Entries.Where(entry => entry.Verification.SignedBy.Contains(Self) && entry.Agreement.HasParty(peer)))
        {
            var key = (entry.Agreement.Id, peer);
            if (_signaturesAtPeer.GetValueOrDefault(key) >= entry.Envelope.SignatureCount) continue;
            var (outcome, signatures) = await DeliverAsync(entry, peer, cancellationToken);
            if (outcome == Outcome.Unreachable) return RetryPause;
            if (outcome == Outcome.Refused)
            {
                pause = RefusedPause;
                continue;
            }
            _signaturesAtPeer[key] = signatures;
            if (signatures >= entry.Agreement.Parties.Length) deliveries.Delivered(entry.Agreement.Id, peer);
        }
        return pause;
    }

    private async Task<(Outcome, int Signatures)> DeliverAsync(BookEntry entry, PartnerId peer, CancellationToken cancellationToken)
    {
        try
        {
            var client = new V1.AgreementService.AgreementServiceClient(channels.To(peer));
            var answer = await client.DeliverAgreementAsync(
                new V1.DeliverAgreementRequest { Envelope = UnsafeByteOperations.UnsafeWrap(entry.Envelope.ToJson()) },
                deadline: Time.GetUtcNow().UtcDateTime.AddSeconds(10), cancellationToken: cancellationToken);
            if (!AgreementEnvelope.TryParse(answer.Envelope.Span, out var envelope, out string? fault) || envelope.Id != entry.Agreement.Id)
            {
                PeeringLog.AgreementNotDelivered(logger, entry.Agreement.Id, peer, StatusCode.OK, fault ?? "The answer is about another agreement.");
                return (Outcome.Refused, 0);
            }
            if ((await Book.KeepAsync(envelope, peer, cancellationToken)).Fault is { } refusal)
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
