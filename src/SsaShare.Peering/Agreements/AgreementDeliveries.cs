using System.Collections.Concurrent;
using SsaShare.Agreements;
using SsaShare.Domain;

namespace SsaShare.Peering;

/// <summary>Which complete agreements have reached which party: before that, asking the party to serve under them is asking too early.</summary>
public sealed class AgreementDeliveries
{
    private readonly ConcurrentDictionary<(AgreementId, PartnerId), TaskCompletionSource> _deliveries = new();

    internal void Delivered(AgreementId agreement, PartnerId party) => Of(agreement, party).TrySetResult();

    internal Task WaitAsync(AgreementId agreement, PartnerId party, CancellationToken cancellationToken) => Of(agreement, party).Task.WaitAsync(cancellationToken);

    private TaskCompletionSource Of(AgreementId agreement, PartnerId party)
        => _deliveries.GetOrAdd((agreement, party), _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
