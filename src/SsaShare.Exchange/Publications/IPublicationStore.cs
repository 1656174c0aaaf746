using SsaShare.Domain;

namespace SsaShare.Exchange;

/// <summary>Where a node keeps what it originates.</summary>
public interface IPublicationStore
{
    /// <summary>
    /// Stores publications and their log entries in one transaction, which also gives each its position in the feed: positions are dense
    /// and in commit order, so that a reader that has seen position n has missed nothing before it.
    /// </summary>
    /// <returns>False when a record is stored already; nothing has then been stored.</returns>
    Task<bool> TryAppendAsync(IReadOnlyList<Publication> publications, CancellationToken cancellationToken);

    /// <summary>Which of these records are stored already, from whomever.</summary>
    Task<IReadOnlySet<RecordId>> FindKnownAsync(IReadOnlyCollection<SealedRecord> records, CancellationToken cancellationToken);
}
