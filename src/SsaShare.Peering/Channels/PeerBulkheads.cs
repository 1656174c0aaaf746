using System.Collections.Concurrent;
using System.Threading.RateLimiting;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Options;
using SsaShare.Domain;
using SsaShare.Exchange;
using V1 = SsaShare.Protocol.Exchange.V1;

namespace SsaShare.Peering;

/// <summary>How much goes on at once. What is urgent waits in none of these.</summary>
public sealed class BulkheadOptions
{
    /// <summary>Most pulls of one peer at once, waiting ones included. Default 12, from 1 to 1,000.</summary>
    public int CallsMax { get; set; } = 12;

    /// <summary>Most answers that are stored at once, of all peers; twice as many are asked for in advance. Default 4, from 1 to 64.</summary>
    public int StoresMax { get; set; } = 4;
}

/// <summary>One compartment for each peer's calls and one for storing, so that many agreements with one peer, or many peers at once, do not take everything.</summary>
public sealed class PeerBulkheads : IDisposable
{
    private readonly ConcurrentDictionary<PartnerId, ConcurrencyLimiter> _calls = new();
    private readonly ConcurrencyLimiter _stores, _advances;
    private readonly BulkheadOptions _options;

    /// <summary>More answers in advance than can be stored soon speed up nothing.</summary>
    private const int AdvancesPerStore = 2;

    public PeerBulkheads(IOptions<BulkheadOptions> options)
    {
        _options = options.Value;
        _stores = New(_options.StoresMax);
        _advances = New(AdvancesPerStore * _options.StoresMax);
        PeeringMetrics.Show(this);
    }

    /// <summary>Waits in line for a call to a peer; disposed when it is over.</summary>
    public ValueTask<RateLimitLease> CallAsync(PartnerId peer, CancellationToken cancellationToken) => _calls.GetOrAdd(peer, _ => New(_options.CallsMax)).AcquireAsync(1, cancellationToken);

    /// <summary>Whether others wait for a call to the peer.</summary>
    public bool HasLine(PartnerId peer) => _calls.TryGetValue(peer, out var limiter) && limiter.GetStatistics()?.CurrentQueuedCount > 0;

    /// <summary>Waits in line to store an answer; disposed when it is stored.</summary>
    public ValueTask<RateLimitLease> StoreAsync(CancellationToken cancellationToken) => _stores.AcquireAsync(1, cancellationToken);

    /// <summary>A place for an answer that is asked for before the last one of its stream is stored, of all peers and priorities; disposed when it is the one that is stored. Nobody waits for it.</summary>
    /// <returns>Null when all are taken: the next is then asked for when the last is stored.</returns>
    public IDisposable? TryAdvance()
    {
        var lease = _advances.AttemptAcquire();
        if (lease.IsAcquired) return lease;
        lease.Dispose();
        return null;
    }

    /// <summary>By peer, and "store": how many wait.</summary>
    internal IEnumerable<(string Name, long Queued)> Queued
        => _calls.Select(one => (one.Key.Value, one.Value.GetStatistics()?.CurrentQueuedCount ?? 0)).Append(("store", _stores.GetStatistics()?.CurrentQueuedCount ?? 0));

    public void Dispose()
    {
        PeeringMetrics.Hide(this);
        foreach (var limiter in _calls.Values) limiter.Dispose();
        _stores.Dispose();
        _advances.Dispose();
    }

    /// <summary>
    /// Each stream has at most one call and one answer that is checked and stored, so that the lines are no longer than the streams are many. An answer takes up to
    /// <see cref="PinnedChannel.AnswerBytesMax"/>; those in advance come on top, as many as <see cref="TryAdvance"/> gives places.
    /// </summary>
    private static ConcurrencyLimiter New(int permits) => new(new ConcurrencyLimiterOptions { PermitLimit = permits, QueueLimit = int.MaxValue, QueueProcessingOrder = QueueProcessingOrder.OldestFirst });
}

/// <summary>Pulls through the peer's compartment.</summary>
internal sealed class GatedPullClient(IPullClient client, PeerBulkheads bulkheads) : IPullClient
{
    private static readonly TimeSpan WaitWithOthersBehind = TimeSpan.FromSeconds(1);

    public async Task<V1.PullResponse> PullAsync(PartnerId provider, V1.PullRequest request, DateTime deadline, CancellationToken cancellationToken)
    {
        using var lease = request.Priority == V1.PullPriority.Urgent ? null : await bulkheads.CallAsync(provider, cancellationToken);
        // Who has others behind it does not wait long for news, so that the line moves on well within the time limit of a call.
        if (bulkheads.HasLine(provider) && request.WaitMax?.ToTimeSpan() > WaitWithOthersBehind) request = new V1.PullRequest(request) { WaitMax = Duration.FromTimeSpan(WaitWithOthersBehind) };
        return await client.PullAsync(provider, request, deadline, cancellationToken);
    }
}

/// <summary>Stores through the compartment for storing.</summary>
internal sealed class GatedInbox(IInbox inbox, PeerBulkheads bulkheads) : IInbox
{
    public Task<InboxState> GetStateAsync(Agreements.AgreementId agreement, PartnerId provider, FeedPriority priority, CancellationToken cancellationToken) => inbox.GetStateAsync(agreement, provider, priority, cancellationToken);

    public async Task<int> AcceptAsync(Batch batch, SignedDocument? receipt, CancellationToken cancellationToken)
    {
        using var lease = batch.Lane.Priority == FeedPriority.Urgent ? null : await bulkheads.StoreAsync(cancellationToken);
        return await inbox.AcceptAsync(batch, receipt, cancellationToken);
    }

    public Task LogRefusalAsync(RefusedAnswer refused, Equivocation? proof, CancellationToken cancellationToken) => inbox.LogRefusalAsync(refused, proof, cancellationToken);
}
