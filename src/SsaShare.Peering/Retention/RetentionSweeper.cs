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
    /// <summary>Records deleted in one transaction.</summary>
    private const int BatchRecords = 1_000;

    /// <summary>What was on its way when an agreement ended may come after all was looked through.</summary>
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromHours(1);

    private readonly Dictionary<AgreementId, long> _searched = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            var changed = book.Changed;
            try
            {
                while (await SweepAsync(stoppingToken) == BatchRecords) { }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // Nothing of the batch is deleted; it is tried again.
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

    /// <summary>Deletes one batch.</summary>
    /// <returns>How many records.</returns>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var now = Utc.FromDateTime(time.GetUtcNow());
        var ended = book.Entries.Where(entry => RetentionRules.WantsDeletion(entry.Agreement, entry.State, now)).Select(entry => entry.Agreement.Id).ToList();
        var toSearch = ended.Where(id => !_searched.TryGetValue(id, out long at) || time.GetElapsedTime(at) > LookAgainAfter).ToList();
        int deleted = await retention.DeleteRunOutAsync(now, ended, toSearch, BatchRecords,
            (provider, agreement, reason, records) => DeletionDocument.Sign(identity.SigningKey, identity.Partner, provider, agreement, reason, records, now), cancellationToken);
        if (deleted < BatchRecords) foreach (var id in toSearch) _searched[id] = time.GetTimestamp();
        if (deleted > 0)
        {
            PeeringLog.Swept(logger, deleted);
            signal.Raise();
        }
        return deleted;
    }
}
