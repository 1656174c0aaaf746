using Grpc.Core;
using Microsoft.Extensions.Logging;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Peering;
using SsaShare.Protocol;
using SsaShare.Protocol.Notice.V1;

namespace SsaShare.Node;

/// <summary>Takes notices and deletions from peers. Whoever brings a notice, its originator's signature counts.</summary>
public sealed class NoticeGrpcService(NodeIdentity identity, PeerDirectory directory, AgreementBook book, INoticeStore notices, IRetentionStore retention, NoticeSignal signal,
    RefusalJournal refusals, ILogger<NoticeGrpcService> logger) : NoticeService.NoticeServiceBase
{
    private const int ViaMax = 16, DeletionsMax = 20;

    public override async Task<DeliverNoticesResponse> DeliverNotices(DeliverNoticesRequest request, ServerCallContext context)
    {
        var caller = Callers.Of(context).Partner;
        if (request.Deliveries.Count is < 1 or > NoticeCourier.NoticesMax) throw Refusals.Invalid("deliveries", $"must be 1 to {NoticeCourier.NoticesMax}.");
        var results = new NoticeResult[request.Deliveries.Count];
        var taken = new List<(int Index, BroughtNotice Notice)>();
        for (int i = 0; i < results.Length; i++)
        {
            if (TryRead(request.Deliveries[i], caller, out var via, out string fault) is { } notice) taken.Add((i, new BroughtNotice(notice, via)));
            else results[i] = await RefuseAsync(caller, fault);
        }
        var standings = await notices.ReceiveAsync([.. taken.Select(one => one.Notice)],
            (notice, outcome, now) => NoticeReceiptDocument.Sign(identity.SigningKey, notice, identity.Partner, outcome, now), context.CancellationToken);
        foreach (var (one, standing) in taken.Zip(standings)) results[one.Index] = standing.Fault is { } fault ? await RefuseAsync(caller, fault) : ToWire(standing);
        if (taken.Count > 0) NodeLog.NoticesTaken(logger, taken.Count, caller);
        // Only what is new wakes the courier: two nodes that wait for others would wake each other without end.
        if (standings.Any(standing => standing.IsNew)) signal.Raise();
        var response = new DeliverNoticesResponse();
        response.Results.AddRange(results);
        return response;
    }

    public override async Task<DeliverDeletionsResponse> DeliverDeletions(DeliverDeletionsRequest request, ServerCallContext context)
    {
        var caller = Callers.Of(context).Partner;
        if (request.Deletions.Count is < 1 or > DeletionsMax) throw Refusals.Invalid("deletions", $"must be 1 to {DeletionsMax}.");
        var response = new DeliverDeletionsResponse();
        foreach (var wire in request.Deletions)
        {
            string fault = "The deletion is malformed.";
            var deletion = DocumentMapper.TryRead(wire) is { } document ? SignedDeletion.TryOpen(document, caller, identity.Partner, directory, out fault) : null;
            if (deletion is not null && !(book.Find(deletion.Deletion.Agreement) is { } entry && entry.Agreement.HasParty(caller))) fault = "There is no such agreement with you.";
            else if (deletion is not null && !await retention.TryReceiveAsync(deletion, context.CancellationToken)) fault = "It names records that were not given to you so, or mostly such as you have named before.";
            response.Results.Add(new DeletionResult { Refusal = fault });
            if (fault.Length == 0) NodeLog.DeletionTaken(logger, caller, deletion!.Deletion.Records.Sum(one => one.Indices.Count), deletion.Deletion.Agreement);
            else await JournalAsync(caller, fault);
        }
        return response;
    }

    private SignedNotice? TryRead(NoticeDelivery delivery, PartnerId caller, out IReadOnlyList<PartnerId> via, out string fault)
    {
        via = [];
        fault = "The notice is malformed.";
        var partners = new List<PartnerId>();
        foreach (string name in delivery.Via)
        {
            if (!PartnerId.TryParse(name, out var partner)) return null;
            partners.Add(partner);
        }
        if (partners.Count > ViaMax || DocumentMapper.TryRead(delivery.Notice) is not { } document) return null;
        if (SignedNotice.TryOpen(document, directory, out fault) is not { } notice) return null;
        if (notice.Notice.Originator == identity.Partner)
        {
            fault = "It is this node's own.";
            return null;
        }
        via = [.. partners.Where(partner => partner != caller), caller];
        return notice;
    }

    private async Task<NoticeResult> RefuseAsync(PartnerId caller, string fault)
    {
        await JournalAsync(caller, fault);
        return new NoticeResult { Refusal = fault };
    }

    private async Task JournalAsync(PartnerId caller, string fault)
    {
        NodeLog.NoticeRefused(logger, caller, fault);
        await refusals.WriteAsync(caller, "notice", fault);
    }

    private NoticeResult ToWire(NoticeStanding standing)
    {
        var result = new NoticeResult { PendingCount = standing.Pending };
        result.Receipts.AddRange(standing.Receipts.Select(receipt => identity.Renew<NoticeReceiptDocument>(receipt, DocumentContexts.NoticeReceipt).ToWire()));
        return result;
    }
}
