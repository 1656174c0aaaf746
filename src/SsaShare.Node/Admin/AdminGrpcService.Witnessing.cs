using Grpc.Core;
using SsaShare.Exchange;
using SsaShare.Protocol.Admin.V1;

namespace SsaShare.Node;

/// <summary>Witnesses of this node's log, and this node as a witness of others'.</summary>
public sealed partial class AdminGrpcService
{
    public override Task<GetWitnessStatusResponse> GetWitnessStatus(GetWitnessStatusRequest request, ServerCallContext context) => witnesses.ReadAsync(context.CancellationToken);

    public override async Task<ForgiveLogResponse> ForgiveLog(ForgiveLogRequest request, ServerCallContext context)
    {
        if (request.Reason.Length is 0 or > ForgivenConflict.ReasonMax || request.Reason.Any(char.IsControl)) throw Refusals.Invalid("reason", $"must have 1 to {ForgivenConflict.ReasonMax} characters, all of which can be shown.");
        int count = await watch.ForgiveAsync(request.Origin, request.Reason, context.CancellationToken);
        return count > 0 ? new ForgiveLogResponse { Count = count } : throw Refusals.NotFound($"No log '{request.Origin}' has a conflict that is not forgiven.");
    }
}
