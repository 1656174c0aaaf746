using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;

namespace SsaShare.Peering;

/// <summary>
/// Keeps one pull loop for every stream of every provider of every agreement in force; one for what is urgent where the provider's answers say that it knows
/// that. A silent peer holds up its own loops alone.
/// </summary>
public sealed class PullWorker(NodeIdentity identity, AgreementBook book, PeerDirectory directory, IPullClient client, IInbox inbox, PullStatuses statuses, AgreementDeliveries deliveries,
    IOptions<PeerPipelineOptions> pipelineOptions, IOptions<PullOptions> options, TimeProvider time, ILogger<PullLoop> logger, CheckpointWatch? watch = null,
    SigningPermit? permit = null, ProviderVersions? providerVersions = null, ProviderDenials? denials = null, ExchangeControl? control = null, PeerBulkheads? bulkheads = null, IExchangeRestarts? restarts = null)
    : BackgroundService
{
    private readonly ProviderVersions _versions = providerVersions ?? new ProviderVersions();
    private readonly IPullClient _client = bulkheads is null ? client : new GatedPullClient(client, bulkheads);
    private readonly IInbox _inbox = bulkheads is null ? inbox : new GatedInbox(inbox, bulkheads);
    private readonly Dictionary<StreamKey, (CancellationTokenSource Stop, Task Running, int Retries)> _loops = [];

    /// <summary>Whoever ends and begins loops holds it.</summary>
    private readonly SemaphoreSlim _adjusting = new(1, 1);

    /// <summary>Of the run that is under way; null before it.</summary>
    private CancellationToken? _stopping;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => RunAsync(stoppingToken);

    /// <summary>What the host runs: ends when it is cancelled and every loop has ended.</summary>
    public async Task RunAsync(CancellationToken stoppingToken)
    {
        try
        {
            // Receipts are signed: a node that may have gone back would take again, under its key, what it has taken before.
            if (permit is not null) await permit.Granted.WaitAsync(stoppingToken);
            PeeringMetrics.Show(statuses);
            while (true)
            {
                var (changed, told, asked) = (book.Changed, _versions.Changed, control?.Changed ?? book.Changed);
                var next = await BeginAndEndAsync(stoppingToken);
                await FirstOf.EndsAsync(changed, told, asked, Task.Delay(next, time, stoppingToken));
                stoppingToken.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            PeeringMetrics.Hide(statuses);
            await _adjusting.WaitAsync(CancellationToken.None);
            try
            {
                await Task.WhenAll(_loops.Values.Select(loop => loop.Running));
            }
            finally
            {
                _adjusting.Release();
            }
        }
    }

    /// <summary>Does something while nothing is pulled from a provider under an agreement: its loops are ended before, and begun anew after, also where it failed.</summary>
    public async Task<T> WhileAtRestAsync<T>(AgreementId agreement, PartnerId provider, Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await _adjusting.WaitAsync(cancellationToken);
        try
        {
            await EndAsync([.. _loops.Keys.Where(key => key.Agreement == agreement && key.Peer == provider)]);
            return await work();
        }
        finally
        {
            if (_stopping is { IsCancellationRequested: false } stopping) Begin(Wanted(Utc.FromDateTime(time.GetUtcNow())), stopping);
            _adjusting.Release();
        }
    }

    /// <returns>How long until an agreement begins or ends to be valid, at most an hour.</returns>
    private async Task<TimeSpan> BeginAndEndAsync(CancellationToken stoppingToken)
    {
        await _adjusting.WaitAsync(stoppingToken);
        // One moment for all: what begins or ends after it is waited for.
        var now = Utc.FromDateTime(time.GetUtcNow());
        try
        {
            _stopping = stoppingToken;
            var wanted = Wanted(now);
            await EndAsync([.. _loops.Keys.Where(key => !wanted.ContainsKey(key) || _loops[key].Retries != RetriesOf(key))]);
            Begin(wanted, stoppingToken);
        }
        finally
        {
            _adjusting.Release();
        }
        double seconds = book.Entries.SelectMany(entry => new[] { entry.Agreement.Terms.ValidFrom, entry.Agreement.Terms.ValidUntil })
            .Select(boundary => boundary.SecondsSince(now)).Where(wait => wait > 0).DefaultIfEmpty(double.MaxValue).Min();
        return TimeSpan.FromSeconds(Math.Min(seconds + 0.01, 3_600));
    }

    /// <summary>The streams that are to be pulled.</summary>
    private Dictionary<StreamKey, BookEntry> Wanted(Epoch now)
        => (from entry in book.Entries
            where entry.State == AgreementState.Active && entry.Agreement.Terms.ValidFrom <= now && now < entry.Agreement.Terms.ValidUntil
            from party in entry.Agreement.Parties
            where entry.Grants(party.Partner, identity.Partner) && control?.Find(party.Partner, entry.Agreement.Id) is null
            from priority in Enum.GetValues<FeedPriority>()
            where priority == FeedPriority.Routine || _versions.GivesUrgent(party.Partner)
            select (Key: new StreamKey(entry.Agreement.Id, party.Partner, priority), Entry: entry)).ToDictionary(item => item.Key, item => item.Entry);

    private async Task EndAsync(IReadOnlyList<StreamKey> keys)
    {
        // All are told first, so that a loop that is slow to end lets no other go on.
        foreach (var key in keys) _loops[key].Stop.Cancel();
        foreach (var key in keys)
        {
            var (stop, running, _) = _loops[key];
            await running;
            stop.Dispose();
            _loops.Remove(key);
            statuses.Remove(key);
        }
    }

    private void Begin(Dictionary<StreamKey, BookEntry> wanted, CancellationToken stoppingToken)
    {
        foreach (var (key, entry) in wanted.Where(item => !_loops.ContainsKey(item.Key)))
        {
            var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            var loop = new PullLoop(entry, key.Peer, identity, directory, _client, _inbox, statuses, pipelineOptions.Value, options.Value, time, logger, watch, key.Priority, _versions, denials, restarts, bulkheads);
            _loops.Add(key, (stop, RunAsync(loop, key, stop.Token), RetriesOf(key)));
        }
    }

    /// <summary>A loop begun before the operator's last word to try at once is begun anew: it waits for nothing, and its circuit is closed.</summary>
    private int RetriesOf(StreamKey key) => control?.RetriesOf(key) ?? 0;

    private async Task RunAsync(PullLoop loop, StreamKey key, CancellationToken cancellationToken)
    {
        // On a thread of its own, or wherever this worker runs.
        await Task.Yield();
        try
        {
            await deliveries.WaitAsync(key.Agreement, key.Peer, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return;
        }
        await loop.RunAsync(cancellationToken);
    }
}
