using SsaShare.Domain;

namespace SsaShare.Exchange;

/// <summary>Records that are used no more: noticed by their originator, or deleted because an agreement says so. For whoever has taken them in before.</summary>
public interface IRecordRemovals
{
    /// <summary>Where the feed stands. Taken before records are read, no removal is missed: whoever reads leaves out what was removed before.</summary>
    Task<long> GetHeadAsync(CancellationToken cancellationToken);

    /// <summary>The next removals, in commit order; the same position and no records when there are none.</summary>
    Task<RemovedRecords> ReadAsync(long after, CancellationToken cancellationToken);
}

/// <summary>Records that were removed.</summary>
/// <param name="Through">Position reached.</param>
/// <param name="Records">In whatever form they were here; one may occur again in a later answer.</param>
public sealed record RemovedRecords(long Through, IReadOnlyList<RecordId> Records);
