using SsaShare.Agreements;
using SsaShare.Domain;

namespace SsaShare.Exchange;

/// <summary>Another's records as this node holds them: a slice that one batch brought, less what was taken back since.</summary>
/// <param name="Arrival">Its place among everything stored here, dense from 1.</param>
/// <param name="Slice">With the originator's document and the proofs, which fit the records that came; <paramref name="Left"/> says which are still there.</param>
/// <param name="Left">Records that may still be used, by ascending index.</param>
/// <param name="Provider">From whom it came.</param>
/// <param name="Agreement">Under which agreement.</param>
/// <param name="Received">When.</param>
public sealed record HeldSlice(long Arrival, PublicationSlice Slice, IReadOnlyList<PublishedRecord> Left, PartnerId Provider, AgreementId Agreement, Epoch Received)
{
    /// <summary>Records of a slice that is not kept whole any more, of which nothing is passed on: all that came. Slice and <see cref="Left"/> then list none.</summary>
    public int RecordsOver { get; init; }
}
