using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using SsaShare.Exchange;

namespace SsaShare.Node.Tests;

/// <summary>A search through a log in memory, entry by entry.</summary>
internal sealed class MemoryLogSearch(INodeLog log) : ILogSearch
{
    /// <summary>Of the last search.</summary>
    public LogQuery? Query { get; private set; }

    public async IAsyncEnumerable<LogEntry> SearchAsync(LogQuery query, long fromIndex, long toIndexExclusive, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Query = query;
        var kinds = LogMatcher.Kinds(query);
        await foreach (var entry in log.ReadAsync(fromIndex, toIndexExclusive, cancellationToken))
            if (kinds?.Contains(entry.Event.Kind) != false && (query.Peer is null || entry.Event.Peer == query.Peer) && LogMatcher.Meets(entry, query, FrozenSet<RecordPlace>.Empty))
                yield return entry;
    }
}
