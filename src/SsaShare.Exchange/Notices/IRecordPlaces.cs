using SsaShare.Domain;

namespace SsaShare.Exchange;

/// <summary>Where records are in their publications.</summary>
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

    /// <summary>The records that are here of this place, in whatever form.</summary>
    Task<IReadOnlyList<RecordId>> FindRecordsAsync(RecordPlace place, CancellationToken cancellationToken);
}
