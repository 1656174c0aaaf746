namespace SsaShare.Exchange;

/// <summary>Keeps the time-stamps of this node's checkpoints for auditors. Nothing is changed or taken away.</summary>
public interface ITimestampStore
{
    /// <summary>Keeps a time-stamp; the same again changes nothing.</summary>
    Task AddAsync(CheckpointTimestamp timestamp, CancellationToken cancellationToken);

    /// <summary>The one for the largest log, or null.</summary>
    Task<CheckpointTimestamp?> GetNewestAsync(CancellationToken cancellationToken);

    /// <summary>Those for logs of <paramref name="fromSize"/> to <paramref name="toSize"/> entries, both counted, by size and then time.</summary>
    IAsyncEnumerable<CheckpointTimestamp> ReadAsync(long fromSize, long toSize, CancellationToken cancellationToken);
}
