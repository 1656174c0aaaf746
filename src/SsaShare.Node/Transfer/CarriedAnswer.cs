using Grpc.Core;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Agreements;
using SsaShare.Peering;
using SsaShare.Signing;
using V1 = SsaShare.Protocol.Exchange.V1;

namespace SsaShare.Node;

/// <summary>Instead of a peer: notes what would be asked.</summary>
internal sealed class NotedRequest : IPullClient
{
    /// <summary>Null until a pull has asked.</summary>
    public V1.PullRequest? Request { get; private set; }

    public Task<V1.PullResponse> PullAsync(PartnerId provider, V1.PullRequest request, DateTime deadline, CancellationToken cancellationToken)
    {
        Request = request;
        throw new RpcException(new Status(StatusCode.Cancelled, "The request is carried in a file."));
    }
}

/// <summary>Instead of a peer: gives the answer that came in a file.</summary>
internal sealed class CarriedAnswer(V1.PullResponse answer) : IPullClient
{
    public Task<V1.PullResponse> PullAsync(PartnerId provider, V1.PullRequest request, DateTime deadline, CancellationToken cancellationToken) => Task.FromResult(answer);
}

/// <summary>The inbox, with what became of one answer.</summary>
internal sealed class WatchedInbox(IInbox inbox) : IInbox
{
    /// <summary>Records that were new here; null when nothing was stored.</summary>
    public int? Added { get; private set; }

    /// <summary>For what was stored; null where it listed nothing.</summary>
    public SignedDocument? Receipt { get; private set; }

    /// <summary>Why the answer was refused; null when it was not.</summary>
    public string? Refusal { get; private set; }

    public Task<InboxState> GetStateAsync(AgreementId agreement, PartnerId provider, FeedPriority priority, CancellationToken cancellationToken)
        => inbox.GetStateAsync(agreement, provider, priority, cancellationToken);

    public async Task<int> AcceptAsync(Batch batch, SignedDocument? receipt, CancellationToken cancellationToken)
    {
        int added = await inbox.AcceptAsync(batch, receipt, cancellationToken);
        (Added, Receipt) = (added, receipt);
        return added;
    }

    public Task LogRefusalAsync(RefusedAnswer refused, Equivocation? proof, CancellationToken cancellationToken)
    {
        Refusal = refused.Reason;
        return inbox.LogRefusalAsync(refused, proof, cancellationToken);
    }
}
