using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;

namespace SsaShare.Peering;

/// <summary>Warns the operator when an agreement's witnesses are away, once for each change: first that they are missing, then that nothing flows.</summary>
public sealed class QuorumMonitor(NodeIdentity identity, AgreementBook book, QuorumWatch watch, INodeLog log, IOptions<WitnessOptions> options, TimeProvider time, ILogger<QuorumMonitor> logger)
    : BackgroundService
{
    private static readonly TimeSpan PeriodMin = TimeSpan.FromMilliseconds(250), PeriodMax = TimeSpan.FromSeconds(5), Slack = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<AgreementId, QuorumStanding> _standings = new();

    /// <summary>Of agreements in force that want witnesses on this node's log.</summary>
    public IReadOnlyDictionary<AgreementId, QuorumStanding> All => _standings;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                PeeringLog.WitnessingFailed(logger, e);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            var period = options.Value.Interval < PeriodMin ? PeriodMin : options.Value.Interval > PeriodMax ? PeriodMax : options.Value.Interval;
            await Task.Delay(period, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Looks once.</summary>
    internal async Task LookAsync(CancellationToken cancellationToken)
    {
        var head = await log.GetHeadAsync(cancellationToken);
        var now = Utc.FromDateTime(time.GetUtcNow());
        var seen = new HashSet<AgreementId>();
        foreach (var entry in book.Entries.Where(IsGivenUnder))
        {
            if (WitnessQuorum.Of(entry.Agreement, identity.Partner) is not { } quorum) continue;
            seen.Add(entry.Agreement.Id);
            var newest = await watch.GetNewestAsync(quorum, cancellationToken);
            var before = _standings.GetValueOrDefault(entry.Agreement.Id);
            var after = Judge(entry.Agreement, quorum, newest, head, now, before);
            _standings[entry.Agreement.Id] = after;
            if (before?.State != after.State) Tell(entry.Agreement.Id, quorum, before, after);
        }
        foreach (var gone in _standings.Keys.Where(id => !seen.Contains(id))) _standings.TryRemove(gone, out _);
        PeeringMetrics.ShowQuorums(identity.Partner, _standings.Values);
    }

    private bool IsGivenUnder(BookEntry entry) => entry.State == AgreementState.Active && entry.Agreement.Parties.Any(party => entry.Grants(identity.Partner, party.Partner));

    private QuorumStanding Judge(Agreement agreement, WitnessQuorum quorum, CosignedCheckpoint? newest, LogHead head, Epoch now, QuorumStanding? before)
    {
        bool covers = newest is not null && new LogHead(newest.Size, newest.Root) == head;
        Epoch? cosigned = newest is null ? null : quorum.CosignedAt(newest);
        var limit = (3 * options.Value.Interval) + Slack;
        // Since when something waits to be cosigned, as far as this process has seen.
        Epoch? waiting = covers ? null : before?.WaitingSince ?? now;
        bool late = waiting is { } since && since.Plus(limit) < now;
        bool silent = cosigned is { } at && at.Plus(Refresh(quorum) + limit) < now;
        var state = !quorum.IsFresh(newest, head, now) && (cosigned is not null || late) ? QuorumState.Stopped
            : late || silent ? QuorumState.Degraded
            : QuorumState.Witnessed;
        return new QuorumStanding(agreement.Terms.Title, state, quorum.Count, newest?.Size ?? 0, cosigned, waiting, state == before?.State ? before.Since : now);
    }

    private TimeSpan Refresh(WitnessQuorum quorum) => quorum.Grace / 3 < options.Value.Refresh ? quorum.Grace / 3 : options.Value.Refresh;

    private void Tell(AgreementId agreement, WitnessQuorum quorum, QuorumStanding? before, QuorumStanding after)
    {
        string cosigned = after.CosignedAt?.ToString() ?? "never";
        if (after.State == QuorumState.Degraded) PeeringLog.QuorumDegraded(logger, agreement, quorum.Count, quorum.Witnesses.Count, cosigned, quorum.Grace);
        else if (after.State == QuorumState.Stopped) PeeringLog.QuorumStopped(logger, agreement, quorum.Count, quorum.Witnesses.Count, cosigned, quorum.Grace);
        else if (before is not null) PeeringLog.QuorumRecovered(logger, agreement, quorum.Count);
    }
}

/// <summary>How an agreement's witnesses do.</summary>
public enum QuorumState
{
    /// <summary>They cosign.</summary>
    Witnessed = 1,

    /// <summary>Too few have answered for a while; records still flow.</summary>
    Degraded = 2,

    /// <summary>Too few have answered for longer than the agreement allows; nothing flows.</summary>
    Stopped = 3,
}

/// <param name="Title">The agreement's.</param>
/// <param name="Wanted">Size of the quorum.</param>
/// <param name="CosignedSize">Entries of the newest checkpoint that the quorum has cosigned; 0 for none.</param>
/// <param name="CosignedAt">When the quorum was complete on it, by the witnesses' clocks.</param>
/// <param name="WaitingSince">Since when the log has grown beyond it, as far as it was seen; null when it has not.</param>
/// <param name="Since">Since when the state is this.</param>
public sealed record QuorumStanding(string Title, QuorumState State, int Wanted, long CosignedSize, Epoch? CosignedAt, Epoch? WaitingSince, Epoch Since);
