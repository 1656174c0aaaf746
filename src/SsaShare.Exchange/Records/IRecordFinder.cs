using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>Finds single records that this node holds, own and received, without going through the feed.</summary>
public interface IRecordFinder
{
    /// <summary>Records whose ids begin so, by id; each once for every way in which it came here, in order of arrival.</summary>
    /// <param name="prefix">What the ids begin with.</param>
    /// <param name="recordsMax">Most different records given.</param>
    Task<IReadOnlyList<FoundRecord>> FindAsync(RecordIdPrefix prefix, int recordsMax, CancellationToken cancellationToken);
}

/// <summary>A record with one way in which it came here; the label is the one that it carried on that way.</summary>
/// <param name="Record">With its index in the publication and the salt of its leaf.</param>
/// <param name="PublicationId">SHA-256 of the payload of the originator's signed publication.</param>
/// <param name="Published">When its originator published it.</param>
/// <param name="Provider">From whom; null for the node's own.</param>
/// <param name="Agreement">Under which it came; null for the node's own.</param>
public sealed record FoundRecord(PublishedRecord Record, Hash256 PublicationId, Epoch Published, PartnerId? Provider, AgreementId? Agreement)
{
    public RecordId Id => Record.Record.Id;

    /// <summary>Whether it is used no more and given to nobody: corrected, withdrawn or recalled by its originator, or deleted because an agreement said so.</summary>
    public bool IsClosed { get; init; }
}
