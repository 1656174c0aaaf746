using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Exchange;

/// <summary>A node's append-only log. Entries of the exchange are appended by the transactions that make them true.</summary>
public interface INodeLog
{
    /// <summary>Appends events, all or none of them. Those of callers at the same time are written together.</summary>
    /// <param name="events">At least one.</param>
    /// <param name="cancellationToken">Takes the events back while they wait to be written; later it changes nothing.</param>
    /// <returns>Index of the first, once all are durable; the others follow it without a gap.</returns>
    Task<long> AppendAsync(IReadOnlyList<LogEvent> events, CancellationToken cancellationToken);

    /// <summary>Committed size and root.</summary>
    Task<LogHead> GetHeadAsync(CancellationToken cancellationToken);

    /// <summary>Hashes of complete subtrees.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is not within the committed tree.</exception>
    Task<IReadOnlyDictionary<MerkleNode, Hash256>> GetNodesAsync(IReadOnlyCollection<MerkleNode> nodes, CancellationToken cancellationToken);

    /// <summary>Root of the tree of the first <paramref name="size"/> entries.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The committed tree is smaller.</exception>
    Task<Hash256> GetRootAsync(long size, CancellationToken cancellationToken);

    /// <summary>A tile of hashes as C2SP tlog-tiles has it, full or partial.</summary>
    /// <param name="tileLevel">From 0; tile level 1 holds the roots of full tiles of level 0.</param>
    /// <param name="index">From 0.</param>
    /// <param name="width">Hashes wanted, 1 to 256; fewer than the tile has by now are its first ones.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns><paramref name="width"/> hashes of 32 bytes; null when not within the committed tree.</returns>
    Task<ReadOnlyMemory<byte>?> ReadTileAsync(int tileLevel, long index, int width, CancellationToken cancellationToken);

    /// <summary>The entries under a tile of level 0 as C2SP tlog-tiles has them: each a big-endian 16-bit length, here always 32, and the commitment.</summary>
    /// <param name="index">From 0.</param>
    /// <param name="width">Entries wanted, 1 to 256.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns><paramref name="width"/> entries; null when not within the committed tree.</returns>
    Task<ReadOnlyMemory<byte>?> ReadEntryBundleAsync(long index, int width, CancellationToken cancellationToken);

    /// <summary>Keeps a signed checkpoint of a committed size. Sizes only grow; keeping the same again changes nothing.</summary>
    Task SaveCheckpointAsync(LogHead head, string note, CancellationToken cancellationToken);

    /// <summary>The newest signed checkpoint, or null.</summary>
    Task<(LogHead Head, string Note)?> GetCheckpointAsync(CancellationToken cancellationToken);

    /// <summary>Entries in order.</summary>
    IAsyncEnumerable<LogEntry> ReadAsync(long fromIndex, long toIndexExclusive, CancellationToken cancellationToken);
}

/// <summary>Size and root of a log at some moment.</summary>
public readonly record struct LogHead(long Size, Hash256 Root);
