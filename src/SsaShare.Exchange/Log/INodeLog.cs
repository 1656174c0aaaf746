using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Exchange;

/// <summary>A node's append-only log. Entries of the exchange are appended by the transactions that make them true.</summary>
public interface INodeLog
{
    /// <summary>Appends events in a transaction of their own.</summary>
    /// <returns>Index of the first, once all are durable.</returns>
    Task<long> AppendAsync(IReadOnlyList<LogEvent> events, CancellationToken cancellationToken);

    /// <summary>Committed size and root.</summary>
    Task<LogHead> GetHeadAsync(CancellationToken cancellationToken);

    /// <summary>Hashes of complete subtrees.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is not within the committed tree.</exception>
    Task<IReadOnlyDictionary<MerkleNode, Hash256>> GetNodesAsync(IReadOnlyCollection<MerkleNode> nodes, CancellationToken cancellationToken);

    /// <summary>Keeps a signed checkpoint of a committed size. Sizes only grow; keeping the same again changes nothing.</summary>
    Task SaveCheckpointAsync(LogHead head, string note, CancellationToken cancellationToken);

    /// <summary>The newest signed checkpoint, or null.</summary>
    Task<(LogHead Head, string Note)?> GetCheckpointAsync(CancellationToken cancellationToken);

    /// <summary>Entries in order.</summary>
    IAsyncEnumerable<LogEntry> ReadAsync(long fromIndex, long toIndexExclusive, CancellationToken cancellationToken);
}

/// <summary>Size and root of a log at some moment.</summary>
public readonly record struct LogHead(long Size, Hash256 Root);
