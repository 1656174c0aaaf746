using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>
/// Records that this node holds, own and received, in the order in which they arrived. A record that came by several ways (another provider,
/// a second or a succeeding agreement) is given once for each, with that way's arrival: whoever shows what comes of it may do so while one
/// of its agreements is in force. What its originator has corrected, withdrawn or recalled is left out, and so is what was deleted here:
/// <see cref="IRecordRemovals"/> tells of what was given before.
/// </summary>
public interface IRecordReader
{
    /// <summary>Records of some classes after an arrival number, in order; never one before another that is committed later with a smaller number.</summary>
    Task<IReadOnlyList<ArrivedRecord>> ReadAsync(long afterArrival, IReadOnlyCollection<RecordClass> classes, int recordsMax, CancellationToken cancellationToken);

    /// <summary>How many records are here, by provider; null counts the node's own.</summary>
    Task<IReadOnlyList<(PartnerId? Provider, long Count)>> CountAsync(CancellationToken cancellationToken);

    /// <summary>Up to when each provider's agreement has been served completely, in all streams that were begun.</summary>
    Task<IReadOnlyList<(PartnerId Provider, AgreementId Agreement, Epoch Watermark)>> ListWatermarksAsync(CancellationToken cancellationToken);
}

/// <summary>A record with one way in which it came here; the label is the one that it carried on that way.</summary>
/// <param name="Arrival">Grows with every publication stored here; records of one publication share it.</param>
/// <param name="Provider">From whom; null for the node's own.</param>
/// <param name="Agreement">Under which it came; null for the node's own.</param>
/// <param name="Published">When its originator published it: delays count from then.</param>
/// <param name="TraceParent">W3C trace context of its publishing, or null.</param>
/// <param name="Leaf">Its leaf in its originator's publication; of a degraded record, the original's. Null where not known.</param>
/// <param name="Terms">What it brought along because it was passed on; null when its originator gave it.</param>
public sealed record ArrivedRecord(long Arrival, SealedRecord Record, PartnerId? Provider, AgreementId? Agreement, Epoch Published, string? TraceParent, Hash256? Leaf = null, CarriedTerms? Terms = null)
{
    /// <summary>Until when it may be used as it came on this way, whatever keeps it here longer; null for as long as it is here.</summary>
    public Epoch? KeepUntil { get; init; }
}
