using Grpc.Core;
using SsaShare.Exchange;

namespace SsaShare.Node;

/// <summary>A pull of a reader that is known here, under an agreement that both have, and that gets nothing for a reason which this node signs.</summary>
public sealed class PullDeniedException(DenialReason reason, Status status) : RpcException(status)
{
    public DenialReason Reason => reason;
}
