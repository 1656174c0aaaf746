using System.Collections.Concurrent;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Protocol;
using SsaShare.Signing;
using V1 = SsaShare.Protocol.Notice.V1;

namespace SsaShare.Peering;

/// <summary>
/// Brings notices to everybody to whom this node gave the record, and tells providers what was deleted of theirs, until nothing is left to ask.
/// A peer that waits for its own downstream is asked again with growing pauses; its receipts are checked before they are kept.
/// </summary>
public sealed class NoticeCourier(NodeIdentity identity, AgreementBook book, PeerDirectory directory, PeerChannels channels, INoticeStore notices, IRetentionStore retention, NoticeSignal signal,
    IOptions<NoticeOptions> options, TimeProvider time, ILogger<NoticeCourier> logger) : PeerCourier(identity, book, directory, time, logger)
{
    /// <summary>Most notices, and most deletions, in one call.</summary>
    public const int NoticesMax = 100, DeletionsMax = 10;

    /// <summary>How often it is looked for records that were given although their notice is kept: what the store rules out is still made sure of.</summary>
    private static readonly TimeSpan MissedInterval = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan AwayPauseMax = TimeSpan.FromSeconds(10), CallTimeout = TimeSpan.FromSeconds(30);
    private readonly IKeyBook _keys = directory;
    private readonly NodeIdentity _identity = identity;
    private readonly ConcurrentDictionary<PartnerId, int> _rounds = new();

    /// <summary>How a round with one peer ended, the worse the later.</summary>
    private enum Outcome
    {
        Complete,
        Pending,
        Refused,
        Away,
    }

    protected override Task News => signal.Next;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        => await Task.WhenAll(base.ExecuteAsync(stoppingToken), LookForMissedAsync(stoppingToken));

    protected override async Task<TimeSpan> DeliverAllAsync(PartnerId peer, CancellationToken cancellationToken)
    {
        var outcome = await DeliverNoticesAsync(peer, cancellationToken);
        if (outcome != Outcome.Away) outcome = Worse(outcome, await DeliverDeletionsAsync(peer, cancellationToken));
        if (outcome == Outcome.Complete)
        {
            _rounds.TryRemove(peer, out _);
            return Timeout.InfiniteTimeSpan;
        }
        int rounds = _rounds.AddOrUpdate(peer, 1, (_, before) => before + 1);
        var pause = options.Value.RetryDelay * Math.Pow(2, Math.Min(rounds - 1, 20));
        var longest = outcome == Outcome.Away && AwayPauseMax < options.Value.RetryDelayMax ? AwayPauseMax : options.Value.RetryDelayMax;
        return pause < longest ? pause : longest;
    }

    private async Task<Outcome> DeliverNoticesAsync(PartnerId peer, CancellationToken cancellationToken)
    {
        var outcome = Outcome.Complete;
        long after = -1;
        while (await notices.ListDueAsync(peer, after, NoticesMax, cancellationToken) is { Count: > 0 } due)
        {
            var request = new V1.DeliverNoticesRequest();
            foreach (var one in due)
            {
                var delivery = new V1.NoticeDelivery { Notice = _identity.Renew<NoticeDocument>(one.Notice.Document, DocumentContexts.Notice).ToWire() };
                delivery.Via.AddRange(one.Via.Select(partner => partner.Value));
                request.Deliveries.Add(delivery);
            }
            V1.DeliverNoticesResponse response;
            try
            {
                response = await Client(peer).DeliverNoticesAsync(request, deadline: Deadline, cancellationToken: cancellationToken);
            }
            catch (RpcException e) when (!cancellationToken.IsCancellationRequested)
            {
                return NotDelivered(peer, due.Count, e);
            }
            outcome = Worse(outcome, await KeepAsync(peer, due, response, cancellationToken));
            after = due[^1].LogIndex;
        }
        return outcome;
    }

    /// <summary>Keeps the receipts that hold, and what is complete with them.</summary>
    private async Task<Outcome> KeepAsync(PartnerId peer, IReadOnlyList<DueNotice> due, V1.DeliverNoticesResponse response, CancellationToken cancellationToken)
    {
        if (response.Results.Count != due.Count)
        {
            PeeringLog.NoticesNotDelivered(logger, due.Count, peer, StatusCode.OK, $"The answer is about {response.Results.Count} notices.");
            return Outcome.Refused;
        }
        var outcome = Outcome.Complete;
        var answers = new List<NoticeAnswer>(due.Count);
        foreach (var (one, result) in due.Zip(response.Results))
        {
            var receipts = ReadReceipts(peer, one.Notice, result);
            bool isOwnThere = receipts.Exists(receipt => receipt.Receipt.Receiver == peer);
            bool isComplete = result.Refusal.Length == 0 && isOwnThere && result.PendingCount == 0;
            answers.Add(new NoticeAnswer(one.Notice.Id, receipts, isComplete));
            if (!isOwnThere) PeeringLog.NoticeRefused(logger, one.Notice.Id, peer, result.Refusal.Length == 0 ? "No receipt of its own came back." : Shown(result.Refusal));
            outcome = Worse(outcome, !isOwnThere ? Outcome.Refused : isComplete ? Outcome.Complete : Outcome.Pending);
        }
        await notices.SaveAnswersAsync(peer, answers, cancellationToken);
        PeeringLog.NoticesDelivered(logger, due.Count, peer, answers.Count(answer => answer.IsComplete));
        return outcome;
    }

    private List<SignedNoticeReceipt> ReadReceipts(PartnerId peer, SignedNotice notice, V1.NoticeResult result)
    {
        var receipts = new List<SignedNoticeReceipt>();
        foreach (var wire in result.Receipts)
        {
            string fault = "The receipt is malformed.";
            if (DocumentMapper.TryRead(wire) is { } document && SignedNoticeReceipt.TryOpen(document, notice, _keys, out fault) is { } receipt) receipts.Add(receipt);
            else PeeringLog.NoticeReceiptDropped(logger, notice.Id, peer, fault);
        }
        return receipts;
    }

    private async Task<Outcome> DeliverDeletionsAsync(PartnerId peer, CancellationToken cancellationToken)
    {
        var outcome = Outcome.Complete;
        long after = -1;
        while (await retention.ListUndeliveredAsync(peer, after, DeletionsMax, cancellationToken) is { Count: > 0 } due)
        {
            List<SignedDeletion> deletions = [.. due.Select(one => one.Deletion)];
            var request = new V1.DeliverDeletionsRequest();
            request.Deletions.AddRange(deletions.Select(deletion => _identity.Renew<DeletionDocument>(deletion.Document, DocumentContexts.Deletion).ToWire()));
            V1.DeliverDeletionsResponse response;
            try
            {
                response = await Client(peer).DeliverDeletionsAsync(request, deadline: Deadline, cancellationToken: cancellationToken);
            }
            catch (RpcException e) when (!cancellationToken.IsCancellationRequested)
            {
                return NotDelivered(peer, deletions.Count, e);
            }
            var taken = deletions.Zip(response.Results).Where(pair => pair.Second.Refusal.Length == 0).Select(pair => pair.First).ToList();
            await retention.SetDeliveredAsync(taken, cancellationToken);
            foreach (var (deletion, result) in deletions.Zip(response.Results).Where(pair => pair.Second.Refusal.Length > 0)) PeeringLog.DeletionRefused(logger, deletion.Id, peer, Shown(result.Refusal));
            if (taken.Count < deletions.Count) outcome = Outcome.Refused;
            // Past those that were refused: they do not keep the others.
            after = due[^1].LogIndex;
        }
        return outcome;
    }

    private async Task LookForMissedAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await notices.AddMissedDeliveriesAsync(stoppingToken)) signal.Raise();
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                PeeringLog.NoticesNotLookedFor(logger, e);
            }
            await Task.Delay(MissedInterval, Time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private DateTime Deadline => Time.GetUtcNow().UtcDateTime + CallTimeout;

    private V1.NoticeService.NoticeServiceClient Client(PartnerId peer) => new(channels.To(peer));

    private Outcome NotDelivered(PartnerId peer, int count, RpcException e)
    {
        PeeringLog.NoticesNotDelivered(logger, count, peer, e.StatusCode, e.Status.Detail);
        return PeerPipeline.IsTransient(e) ? Outcome.Away : Outcome.Refused;
    }

    private static Outcome Worse(Outcome one, Outcome other) => one > other ? one : other;

    /// <summary>A peer's words: short, and unable to move a terminal's cursor.</summary>
    private static string Shown(string text) => string.Concat(text.Take(NoticeDocument.ReasonMax).Select(c => char.IsControl(c) ? ' ' : c));
}
