using SsaShare.Agreements;
using SsaShare.Domain;

namespace SsaShare.Exchange;

/// <summary>Where records are in their publications, and by which ways they came.</summary>
public interface IRecordPlaces
{
    /// <summary>Own records among these, by id.</summary>
    Task<IReadOnlyDictionary<RecordId, RecordPlace>> FindOwnAsync(IReadOnlyCollection<RecordId> records, CancellationToken cancellationToken);

    /// <summary>Whether this is the place of an own record.</summary>
    Task<bool> IsOwnAsync(RecordPlace place, CancellationToken cancellationToken);

    /// <summary>Own observations of one sensor, in order of publishing.</summary>
    /// <param name="sensor">Which; null for any.</param>
    /// <param name="from">Not measured before this.</param>
    /// <param name="until">Measured before this.</param>
    IAsyncEnumerable<RecordPlace> SelectOwnAsync(SensorId? sensor, Epoch from, Epoch until, CancellationToken cancellationToken);

    /// <summary>Every way in which a record is here, own first; none when it is not.</summary>
    Task<IReadOnlyList<RecordWay>> FindWaysAsync(RecordId record, CancellationToken cancellationToken);

    /// <summary>Every record that is here of this place: full and degraded forms.</summary>
    Task<IReadOnlyList<RecordWay>> FindWaysAsync(RecordPlace place, CancellationToken cancellationToken);
}

/// <summary>One way in which a record is here.</summary>
/// <param name="Record">Its id in the form in which it came.</param>
/// <param name="Place">In its originator's publication.</param>
/// <param name="Facts">With the label of this way.</param>
/// <param name="Provider">From whom; null for the node's own.</param>
/// <param name="Agreement">Under which; null for the node's own.</param>
/// <param name="HasPayload">False when it was recalled or deleted.</param>
public sealed record RecordWay(RecordId Record, RecordPlace Place, RecordFacts Facts, PartnerId? Provider, AgreementId? Agreement, bool HasPayload);
