using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;

namespace SsaShare.Peering;

/// <summary>Deletes what agreements let this node keep no longer: records whose time is over, and those of agreements that want it when they end.</summary>
public sealed class RetentionSweeper(NodeIdentity identity, AgreementBook book, IRetentionStore retention, NoticeSignal signal, IOptions<NoticeOptions> options, TimeProvider time, ILogger<RetentionSweeper> logger)
    : BackgroundService
{
    /// <summary>Ways gone through in one transaction.</summary>
    private const int BatchWays = 1_000;

    /// <summary>What was on its way when an agreement ended may come after all was looked through; so may what comes with its time over already.</summary>
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromHours(1);

    private readonly Dictionary<AgreementId, long> _searched = [];
    private readonly Dictionary<AgreementId, RunOutPosition> _reached = [];
    private RunOutPosition _dueReached = RunOutPosition.Start;
    private long? _dueSince;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            var changed = book.Changed;
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // Nothing of that batch is deleted; it is tried again from there.
                PeeringLog.SweepFailed(logger, e);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            await Task.WhenAny(changed, Task.Delay(options.Value.SweepInterval, time, waiting.Token));
            await waiting.CancelAsync();
        }
    }

    /// <summary>Goes through everything that has run out since it was gone through last, a batch at a time.</summary>
    /// <returns>How many records were deleted.</returns>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var now = Utc.FromDateTime(time.GetUtcNow());
        var signed = book.Entries.Where(entry => entry.Verification.Outcome == AgreementOutcome.Complete).Select(entry => (entry.Agreement, entry.State));
        var successors = signed.Where(entry => entry.Agreement.Terms.Supersedes is not null).ToLookup(entry => entry.Agreement.Terms.Supersedes);
        var ended = book.Entries.Where(entry => RetentionRules.WantsDeletion(entry.Agreement, entry.State, now, successors)).Select(entry => entry.Agreement.Id).ToList();

        if (_dueSince is not { } since || time.GetElapsedTime(since) > LookAgainAfter) (_dueSince, _dueReached) = (time.GetTimestamp(), RunOutPosition.Start);
        int deleted = await SweepAsync(now, ended, null, _dueReached, reached => _dueReached = reached, cancellationToken);
        foreach (var id in ended.Where(id => !_searched.TryGetValue(id, out long at) || time.GetElapsedTime(at) > LookAgainAfter))
        {
            deleted += await SweepAsync(now, ended, id, _reached.GetValueOrDefault(id, RunOutPosition.Start), reached => _reached[id] = reached, cancellationToken);
            _searched[id] = time.GetTimestamp();
            _reached.Remove(id);
        }
        return deleted;
    }

    private async Task<int> SweepAsync(Epoch now, IReadOnlyCollection<AgreementId> ended, AgreementId? of, RunOutPosition after, Action<RunOutPosition> reached, CancellationToken cancellationToken)
    {
        int deleted = 0;
        while (true)
        {
            var part = await retention.DeleteRunOutAsync(now, ended, of, after, BatchWays,
                (provider, agreement, reason, records) => DeletionDocument.Sign(identity.SigningKey, identity.Partner, provider, agreement, reason, records, now), cancellationToken);
            reached(after = part.Reached);
            deleted += part.Deleted;
            if (part.Deleted > 0)
            {
                PeeringLog.Swept(logger, part.Deleted);
                signal.Raise();
            }
            if (part.IsLast) return deleted;
        }
    }
}
