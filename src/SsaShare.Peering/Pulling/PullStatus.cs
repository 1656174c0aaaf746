using System.Collections.Concurrent;
using SsaShare.Exchange;

namespace SsaShare.Peering;

/// <summary>How the pulls are going, for the operator.</summary>
public sealed class PullStatuses
{
    private readonly ConcurrentDictionary<StreamKey, PullStatus> _statuses = new();

    /// <summary>By stream, the peer being the provider.</summary>
    public IEnumerable<KeyValuePair<StreamKey, PullStatus>> All => _statuses;

    internal void Succeeded(StreamKey stream, DateTimeOffset at) => _statuses[stream] = new PullStatus(at, null);

    internal void Failed(StreamKey stream, string reason)
        => _statuses.AddOrUpdate(stream, _ => new PullStatus(null, reason), (_, before) => before with { LastError = reason });
}

/// <summary>The last success and, when the last try failed, why.</summary>
public sealed record PullStatus(DateTimeOffset? LastSuccess, string? LastError);
