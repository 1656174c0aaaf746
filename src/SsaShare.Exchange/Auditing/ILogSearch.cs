namespace SsaShare.Exchange;

/// <summary>
/// Finds entries of this node's log. The log only grows, so the same query over the same range gives the same entries at any time; but who asks for
/// an object no longer finds records that were deleted since, because their tags are deleted with them.
/// </summary>
public interface ILogSearch
{
    /// <summary>Entries that meet the query, in order.</summary>
    /// <param name="query">What to look for.</param>
    /// <param name="fromIndex">First entry looked at, from 0.</param>
    /// <param name="toIndexExclusive">Entries from here on are not looked at.</param>
    IAsyncEnumerable<LogEntry> SearchAsync(LogQuery query, long fromIndex, long toIndexExclusive, CancellationToken cancellationToken);
}
