using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Fusion;

namespace SsaShare.FusionService;

/// <summary>Feeds records to the engine in order of arrival and keeps which object each was found to be of.</summary>
public sealed class FusionWorker(FusionEngine engine, ContributionBook book, IRecordReader records, IAssociationStore associations, FusionProgress progress,
    TimeProvider time, ILogger<FusionWorker> logger) : BackgroundService
{
    private const int BatchRecords = 5_000;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250), FailurePause = TimeSpan.FromSeconds(2);
    private static readonly RecordClass[] Classes = [RecordClass.Observation, RecordClass.Sensor];
    private long _arrival;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        bool restored = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!restored) await RestoreAsync(stoppingToken);
                restored = true;
                if (!await FuseAsync(stoppingToken)) await Task.Delay(Pause, time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is System.Data.Common.DbException or TimeoutException)
            {
                FusionServiceLog.FusingFailed(logger, e);
                await Task.Delay(FailurePause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Replays everything that arrived before the last stop; objects keep their identity.</summary>
    private async Task RestoreAsync(CancellationToken cancellationToken)
    {
        var kept = await associations.LoadAsync(cancellationToken);
        if (kept.Count == 0) return;
        var ready = new List<ContributedObservation>();
        while (await records.ReadAsync(_arrival, Classes, BatchRecords, cancellationToken) is { Count: > 0 } page)
        {
            ready.AddRange(book.Take(page));
            _arrival = page[^1].Arrival;
        }
        var outcome = engine.Restore(ready, kept);
        await SaveAsync(outcome, cancellationToken);
        progress.Reached(_arrival);
        FusionServiceLog.Restored(logger, ready.Count, engine.Objects.Count);
    }

    /// <returns>Whether there was anything.</returns>
    private async Task<bool> FuseAsync(CancellationToken cancellationToken)
    {
        var page = await records.ReadAsync(_arrival, Classes, BatchRecords, cancellationToken);
        if (page.Count == 0) return false;
        using var activity = StartFusing(page);
        long started = time.GetTimestamp();
        var ready = book.Take(page);
        var outcome = engine.Add(ready);
        await SaveAsync(outcome, cancellationToken);
        _arrival = page[^1].Arrival;
        progress.Reached(_arrival);

        FusionServiceLog.Fused(logger, page.Count, outcome.Accepted, outcome.Duplicates, outcome.Refused.Count, outcome.Associated.Count, outcome.NewObjects.Count,
            (long)time.GetElapsedTime(started).TotalMilliseconds);
        foreach (var refused in outcome.Refused) FusionServiceLog.Refused(logger, refused.Record, refused.Reason);
        foreach (var (sensor, count) in book.Waiting) FusionServiceLog.SensorUnknown(logger, count, sensor.Sensor, sensor.Owner);
        return true;
    }

    private Task SaveAsync(AddOutcome outcome, CancellationToken cancellationToken)
        => outcome.Associated.Count == 0
            ? Task.CompletedTask
            : associations.SaveAsync([.. outcome.Associated.Select(pair => new KeyValuePair<RecordId, ObjectId?>(pair.Key, pair.Value))], cancellationToken);

    /// <summary>Continues the trace of the newest publishing in the batch and links to the others.</summary>
    private static Activity? StartFusing(IReadOnlyList<ArrivedRecord> page)
    {
        var published = page.Select(record => record.TraceParent).Distinct(StringComparer.Ordinal)
            .Select(trace => ActivityContext.TryParse(trace, null, isRemote: true, out var context) ? context : default).Where(context => context != default).ToList();
        return published.Count == 0 ? null : FusionMetrics.Activities.StartActivity("fusion.update", ActivityKind.Consumer, published[^1],
            [new("ssashare.records", page.Count)], published.SkipLast(1).Select(context => new ActivityLink(context)));
    }
}
