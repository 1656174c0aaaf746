using Grpc.Core;
using SsaShare.Agreements;
using SsaShare.Exchange;
using SsaShare.Peering;
using SsaShare.Signing;

namespace SsaShare.Node;

/// <summary>Every gRPC status that a node answers with. A peer learns what it may know and what it can do about it, nothing else.</summary>
public static class Refusals
{
    public static RpcException NoCertificate() => Of(StatusCode.Unauthenticated, "Present the client certificate of your node card.");

    public static RpcException UnknownCertificate(SpkiPin pin)
        => Of(StatusCode.Unauthenticated, $"No pinned node card holds the key of your certificate ({pin}). Ask this node's operator to add your card.");

    public static RpcException NotAllowed(Caller caller, string method) => Of(StatusCode.PermissionDenied, $"The {caller.Kind.ToString().ToLowerInvariant()} of '{caller.Partner}' may not call {method}.");

    public static RpcException Invalid(string field, string reason) => Of(StatusCode.InvalidArgument, $"{field}: {reason}");

    public static RpcException NotFound(string what) => Of(StatusCode.NotFound, what);

    public static RpcException AgreementNotInForce(WithholdReason reason) => Denied(DenialReasons.Of(reason), $"The agreement is not in force: {reason}.");

    public static RpcException AgreementRefused(string fault) => Of(StatusCode.PermissionDenied, fault);

    public static RpcException CarriedAnswerRefused(string fault) => Of(StatusCode.FailedPrecondition, $"The answer is refused: {fault}");

    public static RpcException CursorOfOtherEpoch() => Denied(DenialReason.CursorOfOtherEpoch, "The cursor is of another epoch of this node or another agreement. Pull from the start: what you hold already is not stored twice.");

    public static RpcException ReceiptRefused(string reason) => Of(StatusCode.PermissionDenied, $"receipt: {reason}");

    public static RpcException ReceiptMissing() => Denied(DenialReason.ReceiptMissing, "The agreement demands receipts: send the one for the manifest that your cursor stands at.");

    public static RpcException OutOfRange(string field, string reason) => Of(StatusCode.OutOfRange, $"{field}: {reason}");

    public static RpcException TooLittleData(string reason) => Of(StatusCode.FailedPrecondition, reason);

    public static RpcException NewerPull() => Of(StatusCode.Aborted, "A newer pull of yours under this agreement has taken this one's place.");

    public static RpcException CursorAhead() => Denied(DenialReason.CursorAhead, "The cursor is ahead of this node's feed: was an old backup of this node restored? Its operator must look.");

    public static RpcException CardRefused(string fault) => Of(StatusCode.AlreadyExists, fault);

    public static RpcException NoticedMeanwhile() => Of(StatusCode.Aborted, "A record of this answer was withdrawn while the answer was composed. Pull again.");

    public static RpcException StoreUnavailable() => Of(StatusCode.Unavailable, "The node cannot reach its store; try again.");

    public static RpcException KeysUnavailable() => Of(StatusCode.Unavailable, "The node cannot reach the token that keeps its keys; try again.");

    public static RpcException ViewUnsettled() => Of(StatusCode.Unavailable, "What you may see keeps changing while the answer is composed; try again.");

    public static RpcException Internal() => Of(StatusCode.Internal, "The node failed; its operator finds the reason in its log.");

    public static RpcException TransitionOutOfPlace(string fault) => Of(StatusCode.FailedPrecondition, fault);

    public static RpcException TransitionRefused(string fault) => Of(StatusCode.PermissionDenied, fault);

    public static RpcException SigningHeld(SigningHeldException held) => Of(held.IsFinal ? StatusCode.FailedPrecondition : StatusCode.Unavailable, held.Message);

    public static RpcException TooManyStrangers() => Of(StatusCode.ResourceExhausted, "Too many calls of callers that are not known here; try again.");

    /// <summary>Says in the way of gRPC when to try again (gRFC A6: milliseconds).</summary>
    public static RpcException TooManyCalls(string reason)
        => new(new Status(StatusCode.ResourceExhausted, reason), new Metadata { { "grpc-retry-pushback-ms", "1000" } });

    public static RpcException KeyEventsOutOfPlace(string fault) => Of(StatusCode.FailedPrecondition, fault);

    public static RpcException KeyEventsRefused(string fault) => Of(StatusCode.PermissionDenied, fault);

    public static RpcException Of(QuarantineFault fault) => fault.Kind switch
    {
        QuarantineFaultKind.Unknown => Of(StatusCode.NotFound, fault.Reason),
        QuarantineFaultKind.State => Of(StatusCode.FailedPrecondition, fault.Reason),
        _ => Of(StatusCode.InvalidArgument, fault.Reason),
    };

    public static RpcException ExchangePaused() => Denied(DenialReason.Paused, "This node's operator has paused the exchange with you.");

    private static PullDeniedException Denied(DenialReason reason, string detail) => new(reason, new Status(StatusCode.FailedPrecondition, detail));

    private static RpcException Of(StatusCode code, string detail) => new(new Status(code, detail));
}
