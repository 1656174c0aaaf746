using System.Collections.Concurrent;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.Logging;
using SsaShare.Domain;
using SsaShare.Signing;
using V1 = SsaShare.Protocol.Identity.V1;

namespace SsaShare.Peering;

/// <summary>
/// Brings changes of this node's keys to every peer until it believes them, and asks peers for those of others, so that a node that was away
/// catches up. Where the peer's TLS key is not the pinned one, it may have changed at the same time: then both are tried over a connection
/// to whoever answers there. Nothing secret is said on it, and what it brings counts by its signatures alone.
/// </summary>
public sealed class KeyEventCourier(NodeIdentity identity, AgreementBook book, PeerDirectory directory, CheckpointWatch watch, PeerChannels channels,
    TimeProvider time, ILogger<KeyEventCourier> logger) : PeerCourier(identity, book, directory, time, logger)
{
    /// <summary>Most changes in one call.</summary>
    public const int EventsMax = 16;

    /// <summary>Most calls for the changes of one partner's keys at a time.</summary>
    private const int CallsMax = 16;

    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(2), RetryPauseMax = TimeSpan.FromMinutes(1), RefusedPause = TimeSpan.FromMinutes(1), AskPause = TimeSpan.FromSeconds(30), CallTimeout = TimeSpan.FromSeconds(10);
    private readonly PeerDirectory _directory = directory;
    private readonly ConcurrentDictionary<PartnerId, int> _knownAtPeer = new();

    /// <summary>How often in a row a peer was not reached.</summary>
    private readonly ConcurrentDictionary<PartnerId, int> _failures = new();

    /// <summary>Which change was said to be undelivered last, and why.</summary>
    private readonly ConcurrentDictionary<PartnerId, (int Sequence, StatusCode Status)> _warned = new();

    /// <summary>Nothing but the directory, which every courier waits for.</summary>
    protected override Task News { get; } = Task.Delay(Timeout.InfiniteTimeSpan, CancellationToken.None);

    protected override async Task<TimeSpan> DeliverAllAsync(PartnerId peer, CancellationToken cancellationToken)
    {
        try
        {
            var pause = await DeliverAsync(peer, channels.To(peer), isPinned: true, cancellationToken);
            await AskAsync(peer, channels.To(peer), [.. _directory.Peers.Select(one => one.Partner).Where(partner => partner != Self)], cancellationToken);
            if (pause == RetryPause) return Later(peer);
            _failures.TryRemove(peer, out _);
            return pause < AskPause ? pause : AskPause;
        }
        catch (RpcException e) when (!cancellationToken.IsCancellationRequested && PeerPipeline.IsTransient(e))
        {
            // However a peer is away, it is away.
            Warn(peer, StatusCode.Unavailable, e.Status.Detail);
        }
        await TryUnpinnedAsync(peer, cancellationToken);
        return Later(peer);
    }

    /// <summary>A peer that stays away is asked ever less often. When it is back it asks by itself.</summary>
    private TimeSpan Later(PartnerId peer)
    {
        int failures = _failures.AddOrUpdate(peer, 1, (_, before) => before + 1);
        return TimeSpan.FromTicks(Math.Min(RetryPauseMax.Ticks, RetryPause.Ticks << Math.Min(failures - 1, 10)));
    }

    /// <summary>Says that a change is undelivered, once for each change and reason: where there is none, nobody is told that a peer is away.</summary>
    private void Warn(PartnerId peer, StatusCode status, string detail)
    {
        var own = _directory.Keys.Find(Self)!;
        if (!HasNewsFor(peer, own)) return;
        var now = (own.Sequence, status);
        if (_warned.TryGetValue(peer, out var before) && before == now) return;
        _warned[peer] = now;
        PeeringLog.KeyEventsNotDelivered(logger, peer, status, detail);
    }

    private bool HasNewsFor(PartnerId peer, KeyHistory own) => own.Events.Count > 0 && _knownAtPeer.GetValueOrDefault(peer) < own.Sequence;

    /// <summary>To whoever answers at the peer's endpoint. An acknowledgement from there is none: it is brought again over the pinned key.</summary>
    private async Task TryUnpinnedAsync(PartnerId peer, CancellationToken cancellationToken)
    {
        if (_directory.Find(peer) is not { } pinned) return;
        using var channel = PinnedChannel.OpenToAnybody(pinned.Card.Card.Endpoint);
        try
        {
            await DeliverAsync(peer, channel, isPinned: false, cancellationToken);
            await AskAsync(peer, channel, [peer], cancellationToken);
        }
        catch (RpcException e) when (!cancellationToken.IsCancellationRequested && PeerPipeline.IsTransient(e))
        {
            // The peer is away: it was said above.
        }
    }

    private async Task<TimeSpan> DeliverAsync(PartnerId peer, GrpcChannel channel, bool isPinned, CancellationToken cancellationToken)
    {
        var own = _directory.Keys.Find(Self)!;
        if (!HasNewsFor(peer, own)) return AskPause;
        int known = 0;
        // Newest last for peers that pinned an early card; then again from the back for one that pinned a late one.
        var batches = own.Events.Chunk(EventsMax).ToList();
        foreach (var batch in batches.Count == 1 ? batches : [.. batches, .. Enumerable.Reverse(batches)])
        {
            var request = new V1.DeliverKeyEventsRequest();
            request.KeyEvents.AddRange(batch.Select(one => UnsafeByteOperations.UnsafeWrap(one.ToJson())));
            try
            {
                var answer = await Client(channel).DeliverKeyEventsAsync(request, deadline: Deadline, cancellationToken: cancellationToken);
                known = Math.Max(known, answer.KnownSequence);
            }
            catch (RpcException e) when (!cancellationToken.IsCancellationRequested && !PeerPipeline.IsTransient(e))
            {
                Warn(peer, e.StatusCode, e.Status.Detail);
                if (e.StatusCode != StatusCode.FailedPrecondition) return RefusedPause;
            }
        }
        if (known < own.Sequence) return RetryPause;
        if (!isPinned) return RetryPause;
        _knownAtPeer[peer] = known;
        PeeringLog.KeyEventsDelivered(logger, known, peer);
        return AskPause;
    }

    /// <summary>Asks for changes of the peer's own keys and of others that both know.</summary>
    private async Task AskAsync(PartnerId peer, GrpcChannel channel, IReadOnlyList<PartnerId> partners, CancellationToken cancellationToken)
    {
        foreach (var partner in partners)
        {
            try
            {
                await AskAsync(peer, channel, partner, cancellationToken);
            }
            catch (RpcException e) when (!cancellationToken.IsCancellationRequested && e.StatusCode == StatusCode.NotFound)
            {
                // The peer does not know that partner.
            }
            catch (RpcException e) when (!cancellationToken.IsCancellationRequested && !PeerPipeline.IsTransient(e))
            {
                PeeringLog.KeyEventsNotGiven(logger, partner, peer, e.StatusCode, e.Status.Detail);
                return;
            }
        }
    }

    private async Task AskAsync(PartnerId peer, GrpcChannel channel, PartnerId partner, CancellationToken cancellationToken)
    {
        if (_directory.Find(partner)?.Keys is not { } known) return;
        // The pinned card may be a late one: what led to it is asked for as well.
        var events = await ReadAsync(peer, channel, partner, known.Events is [{ Sequence: 1 }, ..] ? known.Sequence : 0, cancellationToken);
        if (events.Count == 0) return;
        var taken = await _directory.TakeAsync(events, cancellationToken);
        if (taken.Outcome == KeyEventOutcome.Conflict) PeeringLog.KeyEventsInConflict(logger, partner, peer, taken.Fault);
        else if (taken.Outcome is KeyEventOutcome.Refused or KeyEventOutcome.Early) PeeringLog.KeyEventDropped(logger, partner, peer, taken.Fault);
        foreach (var one in taken.New)
        {
            PeeringLog.KeysChanged(logger, partner, one.Action, one.Sequence, one.Next.Id, one.Reason);
            if (taken.Outcome == KeyEventOutcome.Conflict) continue;
            PeeringLog.Restored(logger, one);
            await watch.CheckEndAsync(one, cancellationToken);
        }
    }

    private async Task<List<KeyEvent>> ReadAsync(PartnerId peer, GrpcChannel channel, PartnerId partner, int after, CancellationToken cancellationToken)
    {
        var events = new List<KeyEvent>();
        for (int call = 0; call < CallsMax; call++)
        {
            var answer = await Client(channel).GetKeyEventsAsync(new V1.GetKeyEventsRequest { PartnerId = partner.Value, AfterSequence = after }, deadline: Deadline, cancellationToken: cancellationToken);
            foreach (var bytes in answer.KeyEvents.Take(EventsMax))
            {
                if (KeyEvent.TryOpen(bytes.Span, out var one, out string? fault) && one.PartnerId == partner.Value) events.Add(one);
                else PeeringLog.KeyEventDropped(logger, partner, peer, fault ?? "It is another partner's.");
            }
            if (answer.KeyEvents.Count < EventsMax || events.Count == 0) break;
            after = events[^1].Sequence;
        }
        return events;
    }

    private DateTime Deadline => Time.GetUtcNow().UtcDateTime + CallTimeout;

    private static V1.IdentityService.IdentityServiceClient Client(GrpcChannel channel) => new(channel);
}
