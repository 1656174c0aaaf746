using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SsaShare.Domain;
using SsaShare.Peering;
using SsaShare.Protocol.Identity.V1;
using SsaShare.Signing;

namespace SsaShare.Node;

/// <summary>Takes and gives changes of keys. Whoever brings them, the signatures of the partner's recovery keys count.</summary>
public sealed class IdentityGrpcService(NodeIdentity identity, PeerDirectory directory, CheckpointWatch watch, StrangerPace pace, RefusalJournal refusals, ILogger<IdentityGrpcService> logger) : IdentityService.IdentityServiceBase
{
    public override async Task<DeliverKeyEventsResponse> DeliverKeyEvents(DeliverKeyEventsRequest request, ServerCallContext context)
    {
        ListenTo(context);
        if (request.KeyEvents.Count is < 1 or > KeyEventCourier.EventsMax) throw Refusals.Invalid("key_events", $"must be 1 to {KeyEventCourier.EventsMax}.");
        var events = new List<KeyEvent>();
        foreach (var bytes in request.KeyEvents)
            events.Add(KeyEvent.TryOpen(bytes.Span, out var one, out string? fault) ? one : throw Refusals.Invalid("key_events", fault));
        var taken = await directory.TakeAsync(events, context.CancellationToken);
        foreach (var one in taken.New.Where(_ => taken.Outcome != KeyEventOutcome.Conflict))
        {
            NodeLog.KeysChanged(logger, taken.Partner, one.Action, one.Sequence, one.Next.Id, one.Reason);
            if (one.Cut is not { } cut) continue;
            NodeLog.PartnerRestored(logger, taken.Partner, cut.HeldSize, cut.SeenSize, one.LogSize, one.Next.Card.LogKey.Name, one.Reason);
            await watch.CheckEndAsync(one, context.CancellationToken);
        }
        switch (taken.Outcome)
        {
            case KeyEventOutcome.Early:
                throw Refusals.KeyEventsOutOfPlace(taken.Fault);
            case KeyEventOutcome.Refused:
                NodeLog.KeyEventsRefused(logger, events[0].PartnerId, taken.Fault);
                // Anybody may claim to bring them: only what is about a pinned partner is written down, and seldom.
                if (directory.Knows(taken.Partner)) await refusals.WriteAsync(taken.Partner, "key-event", taken.Fault);
                throw Refusals.KeyEventsRefused(taken.Fault);
            case KeyEventOutcome.Conflict:
                NodeLog.KeyEventsInConflict(logger, taken.Partner, taken.Fault);
                throw Refusals.KeyEventsRefused(taken.Fault);
            default:
                return new DeliverKeyEventsResponse { KnownSequence = taken.KnownSequence };
        }
    }

    public override Task<GetKeyEventsResponse> GetKeyEvents(GetKeyEventsRequest request, ServerCallContext context)
    {
        bool isKnown = ListenTo(context);
        if (request.AfterSequence < 0) throw Refusals.Invalid("after_sequence", "must be 0 or more.");
        // Whom this node knows is for those that it knows.
        if (!PartnerId.TryParse(request.PartnerId, out var partner) || !(isKnown || partner == identity.Partner) || directory.Keys.Find(partner) is not { } history)
            throw Refusals.NotFound("There is no such partner here.");
        var response = new GetKeyEventsResponse();
        // What contradicts itself is passed on whole: the next node is to see it too.
        var events = history.Conflict is { } conflict ? history.Events.Append(conflict.Known).Append(conflict.Other) : history.Events;
        response.KeyEvents.AddRange(events.Where(one => one.Sequence > request.AfterSequence).Take(KeyEventCourier.EventsMax).Select(one => UnsafeByteOperations.UnsafeWrap(one.ToJson())));
        return Task.FromResult(response);
    }

    /// <returns>Whether the caller's card is pinned.</returns>
    private bool ListenTo(ServerCallContext context)
    {
        string network = StrangerNetwork.Of(context.GetHttpContext().Connection.RemoteIpAddress);
        if (Callers.Find(context) is { Kind: CallerKind.Node })
        {
            pace.Reserve(network);
            return true;
        }
        return Callers.Find(context) is not null || (pace.TryEnter(network) ? false : throw Refusals.TooManyStrangers());
    }
}
