using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using SsaShare.Agreements;
using SsaShare.Peering;
using SsaShare.Protocol;
using SsaShare.Protocol.Agreement.V1;

namespace SsaShare.Node;

/// <summary>Takes agreements from peers, and what they do to them.</summary>
public sealed partial class AgreementGrpcService(AgreementBook book, RefusalJournal refusals, ILogger<AgreementGrpcService> logger) : AgreementService.AgreementServiceBase
{
    public override async Task<DeliverAgreementResponse> DeliverAgreement(DeliverAgreementRequest request, ServerCallContext context)
    {
        var caller = Callers.Of(context).Partner;
        if (!AgreementEnvelope.TryParse(request.Envelope.Span, out var envelope, out string? fault)) throw await RefuseAsync(Refusals.Invalid("envelope", fault));
        var acceptance = await book.KeepAsync(envelope, caller, context.CancellationToken);
        if (acceptance.Entry is not { } entry) throw await RefuseAsync(Refusals.AgreementRefused(acceptance.Fault!));

        NodeLog.AgreementKept(logger, entry.Agreement.Id, entry.State);
        return new DeliverAgreementResponse
        {
            AgreementId = entry.Agreement.Id.Value.ToWire(),
            State = entry.State.ToWire(),
            Envelope = UnsafeByteOperations.UnsafeWrap(entry.Envelope.ToJson()),
        };

        async Task<RpcException> RefuseAsync(RpcException refusal)
        {
            NodeLog.AgreementRefused(logger, caller, refusal.Status.Detail);
            await refusals.WriteAsync(caller, "agreement", refusal.Status.Detail);
            return refusal;
        }
    }
}
