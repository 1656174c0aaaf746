using Google.Protobuf;
using Grpc.Core;
using SsaShare.Exchange;
using SsaShare.Protocol;
using SsaShare.Protocol.Log.V1;
using SsaShare.Transparency;

namespace SsaShare.Node;

/// <summary>Checkpoints and proofs for whoever is pinned: the log holds salted commitments only.</summary>
public sealed class LogGrpcService(INodeLog log, CheckpointSigner signer) : LogService.LogServiceBase
{
    public override async Task<GetCheckpointResponse> GetCheckpoint(GetCheckpointRequest request, ServerCallContext context)
        => new() { CheckpointNote = await signer.SignAsync(context.CancellationToken) };

    public override async Task<GetInclusionProofResponse> GetInclusionProof(GetInclusionProofRequest request, ServerCallContext context)
    {
        await CheckSizeAsync("tree_size", request.TreeSize, context);
        if (request.LeafIndex < 0 || request.LeafIndex >= request.TreeSize) throw Refusals.OutOfRange("leaf_index", $"must be 0 to {request.TreeSize - 1}.");
        var ranges = InclusionProof.Ranges(request.LeafIndex, request.TreeSize);
        var leaf = new MerkleNode(0, request.LeafIndex);
        var nodes = await log.GetNodesAsync([leaf, .. ranges.SelectMany(range => range.CompleteSubtrees())], context.CancellationToken);
        var response = new GetInclusionProofResponse { LeafHash = nodes[leaf].ToWire() };
        response.AuditPath.AddRange(ranges.Select(range => range.Hash(node => nodes[node]).ToWire()));
        return response;
    }

    public override async Task<GetConsistencyProofResponse> GetConsistencyProof(GetConsistencyProofRequest request, ServerCallContext context)
    {
        await CheckSizeAsync("new_tree_size", request.NewTreeSize, context);
        if (request.OldTreeSize < 1 || request.OldTreeSize > request.NewTreeSize) throw Refusals.OutOfRange("old_tree_size", $"must be 1 to {request.NewTreeSize}.");
        var ranges = ConsistencyProof.Ranges(request.OldTreeSize, request.NewTreeSize);
        var nodes = await log.GetNodesAsync([.. ranges.SelectMany(range => range.CompleteSubtrees())], context.CancellationToken);
        var response = new GetConsistencyProofResponse();
        response.Proof.AddRange(ranges.Select(range => range.Hash(node => nodes[node]).ToWire()));
        return response;
    }

    private async Task CheckSizeAsync(string field, long size, ServerCallContext context)
    {
        var head = await log.GetHeadAsync(context.CancellationToken);
        if (size < 1 || size > head.Size) throw Refusals.OutOfRange(field, $"must be 1 to {head.Size}.");
    }
}
