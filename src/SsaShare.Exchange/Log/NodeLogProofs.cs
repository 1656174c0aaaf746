using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Exchange;

/// <summary>Proofs from this node's log.</summary>
public static class NodeLogProofs
{
    /// <summary>Proof that the tree of one size begins with that of a smaller; empty from size 0.</summary>
    /// <param name="log">The log.</param>
    /// <param name="oldSize">0 to the new size.</param>
    /// <param name="newSize">At most the committed size.</param>
    public static async Task<Hash256[]> ProveConsistencyAsync(this INodeLog log, long oldSize, long newSize, CancellationToken cancellationToken)
    {
        if (oldSize == 0) return [];
        var ranges = ConsistencyProof.Ranges(oldSize, newSize);
        var nodes = await log.GetNodesAsync([.. ranges.SelectMany(range => range.CompleteSubtrees())], cancellationToken);
        return [.. ranges.Select(range => range.Hash(node => nodes[node]))];
    }
}
