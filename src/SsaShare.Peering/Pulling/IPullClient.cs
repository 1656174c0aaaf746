using SsaShare.Domain;
using V1 = SsaShare.Protocol.Exchange.V1;

namespace SsaShare.Peering;

/// <summary>Asks a peer for the next batch.</summary>
public interface IPullClient
{
    /// <param name="provider">Whose node is asked.</param>
    /// <param name="deadline">UTC; no answer by then is DEADLINE_EXCEEDED.</param>
    /// <exception cref="Grpc.Core.RpcException">Refused, or not reached.</exception>
    Task<V1.PullResponse> PullAsync(PartnerId provider, V1.PullRequest request, DateTime deadline, CancellationToken cancellationToken);
}

/// <summary>Over the peer's pinned channel.</summary>
public sealed class GrpcPullClient(PeerChannels channels) : IPullClient
{
    public async Task<V1.PullResponse> PullAsync(PartnerId provider, V1.PullRequest request, DateTime deadline, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await new V1.ExchangeService.ExchangeServiceClient(channels.To(provider)).PullAsync(request, deadline: deadline, cancellationToken: cancellationToken);
            PeeringMetrics.Tried(provider, "ok");
            return answer;
        }
        catch (Grpc.Core.RpcException e) when (!cancellationToken.IsCancellationRequested)
        {
            PeeringMetrics.Tried(provider, e.StatusCode.ToString());
            throw;
        }
    }
}
