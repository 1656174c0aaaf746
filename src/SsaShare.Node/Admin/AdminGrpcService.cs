using Grpc.Core;
using Microsoft.Extensions.Logging;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Peering;
using SsaShare.Protocol.Admin.V1;
using SsaShare.Signing;

namespace SsaShare.Node;

/// <summary>What this node's own operator does; each feature in a file of its own.</summary>
public sealed partial class AdminGrpcService(
    PeerDirectory directory,
    AgreementBook book,
    IngestDesk ingest,
    QuarantineDesk quarantine,
    NodeStatusReader status,
    NodeIdentity identity,
    TransitionDeliveries deliveries,
    AgreementSimulator simulator,
    RecordDesk desk,
    RecordNotices notices,
    AuditorDirectory auditors,
    WitnessStatusReader witnesses,
    CheckpointWatch watch,
    ExchangeStatusReader exchanges,
    ExchangeControl control,
    PullWorker pulls,
    IExchangeRestarts restarts,
    ILogger<AdminGrpcService> logger) : AdminService.AdminServiceBase
{
    public override Task<GetStatusResponse> GetStatus(GetStatusRequest request, ServerCallContext context) => status.ReadAsync(context.CancellationToken);

    public override async Task<AddPeerResponse> AddPeer(AddPeerRequest request, ServerCallContext context)
    {
        if (!SignedNodeCard.TryOpen(request.NodeCard.Span, out var card, out string? fault)) throw Refusals.Invalid("node_card", fault);
        if (!PartnerId.TryParse(card.Card.PartnerId, out _)) throw Refusals.Invalid("node_card", $"'{card.Card.PartnerId}' is not a partner id.");
        if (await directory.TryAddAsync(card, context.CancellationToken) is { } refusal) throw Refusals.CardRefused(refusal);
        NodeLog.PeerPinned(logger, card.Card.PartnerId);
        return new AddPeerResponse { PartnerId = card.Card.PartnerId };
    }
}
