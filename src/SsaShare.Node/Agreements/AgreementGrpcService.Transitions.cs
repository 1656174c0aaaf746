using Grpc.Core;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Protocol;
using SsaShare.Protocol.Agreement.V1;

namespace SsaShare.Node;

/// <summary>Takes suspensions, resumptions and revocations from the parties that signed them.</summary>
public sealed partial class AgreementGrpcService
{
    public override async Task<DeliverTransitionResponse> DeliverTransition(DeliverTransitionRequest request, ServerCallContext context)
    {
        var caller = Callers.Of(context).Partner;
        try
        {
            return await TakeAsync(request, caller, context.CancellationToken);
        }
        catch (RpcException refusal)
        {
            NodeLog.TransitionRefused(logger, caller, refusal.Status.Detail);
            // What comes too early comes again, and is nobody's fault.
            if (refusal.StatusCode is not (StatusCode.NotFound or StatusCode.FailedPrecondition)) await refusals.WriteAsync(caller, "agreement-transition", refusal.Status.Detail);
            throw;
        }
    }

    private async Task<DeliverTransitionResponse> TakeAsync(DeliverTransitionRequest request, PartnerId caller, CancellationToken cancellationToken)
    {
        if (DocumentMapper.TryRead(request.Transition) is not { } document || !SignedTransition.TryRead(document, out var transition))
            throw Refusals.Invalid("transition", "is not a well-formed document.");
        var (id, party) = (transition.Document.Agreement, transition.Document.Party);
        if (party != caller) throw Refusals.TransitionRefused("It is not yours.");
        // An agreement between others is answered like one that does not exist.
        if (book.Find(id) is not { } known || !known.Agreement.HasParty(caller)) throw Refusals.NotFound("There is no such agreement with you.");
        var (outcome, entry, fault) = await book.TakeAsync(transition, cancellationToken);
        if (outcome == TransitionOutcome.Early) throw Refusals.TransitionOutOfPlace(fault);
        if (outcome == TransitionOutcome.Refused) throw Refusals.TransitionRefused(fault);
        if (outcome == TransitionOutcome.Taken) NodeLog.TransitionKept(logger, id, party, transition.Document.Event, transition.Document.Reason, entry!.State);
        return new DeliverTransitionResponse { State = entry!.State.ToWire() };
    }
}
