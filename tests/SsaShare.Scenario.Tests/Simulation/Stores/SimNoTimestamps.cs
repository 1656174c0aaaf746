using SsaShare.Exchange;

namespace SsaShare.Scenario.Tests.Simulation;

/// <summary>Of a node that has its log stamped by nobody.</summary>
internal sealed class SimNoTimestamps : ITimestampStore
{
    public Task AddAsync(CheckpointTimestamp timestamp, CancellationToken cancellationToken) => throw new NotSupportedException("There is no authority.");

    public Task<CheckpointTimestamp?> GetNewestAsync(CancellationToken cancellationToken) => Task.FromResult<CheckpointTimestamp?>(null);

    public IAsyncEnumerable<CheckpointTimestamp> ReadAsync(long fromSize, long toSize, CancellationToken cancellationToken) => AsyncEnumerable.Empty<CheckpointTimestamp>();
}

/// <summary>Of a node in whose log nobody searches.</summary>
internal sealed class SimNoSearch : ILogSearch
{
    public IAsyncEnumerable<LogEntry> SearchAsync(LogQuery query, long fromIndex, long toIndexExclusive, CancellationToken cancellationToken) => throw new NotSupportedException("Nobody searches here.");
}
