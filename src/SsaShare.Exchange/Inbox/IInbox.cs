using SsaShare.Agreements;
using SsaShare.Domain;

namespace SsaShare.Exchange;

/// <summary>Where a node keeps what it receives.</summary>
public interface IInbox
{
    /// <summary>Where this node stands in one of a provider's streams.</summary>
    Task<InboxState> GetStateAsync(AgreementId agreement, PartnerId provider, FeedPriority priority, CancellationToken cancellationToken);

    /// <summary>
    /// Stores records, manifest, receipt, cursor and log entries in one transaction. A record that is here already is not stored again, but that it came this way too is.
    /// The receipt is kept to ride on the next pull, and beside it the one for <see cref="Batch.ReceiptLeft"/>; those before have been sent.
    /// </summary>
    /// <param name="receipt">Null when the batch lists nothing: then only cursor and watermark move.</param>
    /// <returns>Number of records that were new here.</returns>
    /// <exception cref="InvalidOperationException">The inbox moved since <see cref="GetStateAsync"/>: two pulls ran at once. Nothing is stored.</exception>
    Task<int> AcceptAsync(Batch batch, SignedDocument? receipt, CancellationToken cancellationToken);

    /// <summary>Keeps a refused answer as a log entry, and in the same transaction what its manifest proves.</summary>
    /// <param name="proof">Null where it proves nothing.</param>
    Task LogRefusalAsync(RefusedAnswer refused, Equivocation? proof, CancellationToken cancellationToken);
}
