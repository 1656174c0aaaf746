using System.Collections.Concurrent;
using Polly.CircuitBreaker;
using SsaShare.Exchange;

namespace SsaShare.Peering;

/// <summary>How the pulls are going, for the operator. A stream that is not pulled any more has no status.</summary>
public sealed class PullStatuses
{
    private readonly ConcurrentDictionary<StreamKey, PullStatus> _statuses = new();

    /// <summary>By stream, the peer being the provider.</summary>
    public IEnumerable<KeyValuePair<StreamKey, PullStatus>> All => _statuses;

    /// <summary>Null when the stream is not pulled, or has not been answered nor failed yet.</summary>
    public PullStatus? Find(StreamKey stream) => _statuses.GetValueOrDefault(stream);

    internal void Succeeded(StreamKey stream, DateTimeOffset at) => Change(stream, before => before with { LastSuccess = at, LastError = null, Failures = 0, NextTry = null, Circuit = CircuitState.Closed });

    /// <param name="at">Null where only the reason is to be known.</param>
    /// <param name="nextTry">When it is tried again; null where that follows at once or is told later.</param>
    internal void Failed(StreamKey stream, string reason, DateTimeOffset? at = null, DateTimeOffset? nextTry = null)
        => Change(stream, before => before with { LastError = reason, LastErrorAt = at ?? before.LastErrorAt, Failures = before.Failures + 1, NextTry = nextTry });

    internal void Waits(StreamKey stream, DateTimeOffset until) => Change(stream, before => before with { NextTry = until });

    internal void Turned(StreamKey stream, CircuitState circuit) => Change(stream, before => before with { Circuit = circuit });

    /// <summary>The stream is pulled no more.</summary>
    internal void Remove(StreamKey stream) => _statuses.TryRemove(stream, out _);

    private void Change(StreamKey stream, Func<PullStatus, PullStatus> change) => _statuses.AddOrUpdate(stream, _ => change(new PullStatus(null, null)), (_, before) => change(before));
}

/// <summary>The last success and, when the last try failed, why.</summary>
public sealed record PullStatus(DateTimeOffset? LastSuccess, string? LastError)
{
    /// <summary>When something failed last, also where it has gone well since; null when nothing has.</summary>
    public DateTimeOffset? LastErrorAt { get; init; }

    /// <summary>Tries that failed since the last success.</summary>
    public int Failures { get; init; }

    public CircuitState Circuit { get; init; }

    /// <summary>When it is tried again; null when it is being tried.</summary>
    public DateTimeOffset? NextTry { get; init; }
}
