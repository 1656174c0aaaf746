using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Fusion;
using SsaShare.Orbits;

namespace SsaShare.FusionService;

/// <summary>Feeds records to the engine in order of arrival and keeps which object each was found to be of.</summary>
/// <remarks>
/// What it reads enters the engine in memory and never half; what is left to do with the store (associations to keep, observations to read
/// again) is held until it is done. So any failure of the store is answered by trying again, and a stop by replaying at the next start.
/// </remarks>
public sealed class FusionWorker(FusionEngine engine, ContributionBook book, IRecordReader records, IRecordRemovals removals, IAssociationStore associations, FusionProgress progress,
    TimeProvider time, ILogger<FusionWorker> logger) : BackgroundService
{
    private const int BatchRecords = 5_000;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250), FailurePause = TimeSpan.FromSeconds(2);
    private static readonly RecordClass[] Classes = [RecordClass.Observation, RecordClass.Sensor];

    private readonly AssociationKeeper _keeper = new(associations);
    private readonly EngineFeed _feed = new(engine, logger);
    private readonly Queue<(LateSensor Sensor, long Until)> _late = new();
    private readonly HashSet<SensorKey> _undescribed = [];
    private long _arrival;
    private long _removed;
    private bool _restored;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!_restored) await RestoreAsync(stoppingToken);
                if (!await FuseAsync(stoppingToken)) await Task.Delay(Pause, time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                FusionServiceLog.FusingFailed(logger, e);
                await Task.Delay(FailurePause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Replays everything that arrived before the last stop; objects keep their identity.</summary>
    private async Task RestoreAsync(CancellationToken cancellationToken)
    {
        // Taken before anything is read: whoever reads leaves out what was removed before.
        _removed = await removals.GetHeadAsync(cancellationToken);
        var kept = await associations.LoadAsync(cancellationToken);
        if (kept.Count > 0)
        {
            var all = new List<ArrivedRecord>();
            while (await records.ReadAsync(all.Count == 0 ? 0 : all[^1].Arrival, Classes, BatchRecords, cancellationToken) is { Count: > 0 } page) all.AddRange(page);
            Fuse(all, kept);
            // Records that were removed while the service was down are of no object any more.
            _keeper.Forget(kept.Keys.Except(all.Select(one => one.Record.Id)));
            FusionServiceLog.Restored(logger, all.Count, engine.Objects.Count);
        }
        _restored = true;
    }

    /// <returns>Whether there was anything.</returns>
    private async Task<bool> FuseAsync(CancellationToken cancellationToken)
    {
        await _keeper.SaveAsync(cancellationToken);
        var asOf = Utc.FromDateTime(time.GetUtcNow());
        await RemoveAsync(cancellationToken);
        while (_late.TryPeek(out var late))
        {
            await FuseAgainAsync(late.Sensor, late.Until, cancellationToken);
            _late.Dequeue();
        }
        var page = await records.ReadAsync(_arrival, Classes, BatchRecords, cancellationToken);
        if (page.Count == 0)
        {
            progress.CaughtUp(asOf);
            return false;
        }
        using var activity = StartFusing(page);
        Fuse(page, null);
        await _keeper.SaveAsync(cancellationToken);
        return true;
    }

    private void Fuse(IReadOnlyList<ArrivedRecord> page, IReadOnlyDictionary<RecordId, ObjectId>? kept)
    {
        var intake = book.Take(page);
        foreach (var late in intake.Late) _late.Enqueue((late, page[^1].Arrival));
        if (page.Count > 0) _arrival = page[^1].Arrival;
        foreach (var sensor in intake.NowWaiting) FusionServiceLog.SensorUnknown(logger, sensor.Sensor, sensor.Owner);
        foreach (var sensor in intake.Redescribed)
        {
            FusionServiceLog.SensorRedescribed(logger, sensor.Id, sensor.Owner);
            Keep(_feed.Describe(sensor));
        }
        Feed(page.Count, intake, kept);
    }

    /// <summary>Takes out what its originator, or an agreement, lets nobody use any more.</summary>
    private async Task RemoveAsync(CancellationToken cancellationToken)
    {
        while (await removals.ReadAsync(_removed, cancellationToken) is { } removed && removed.Through > _removed)
        {
            var gone = book.Remove(removed.Records);
            foreach (var sensor in gone.Undescribed) _undescribed.Add(sensor);
            var outcome = _feed.Remove([.. gone.Observations]);
            _keeper.Forget(gone.Observations);
            Keep(outcome);
            _removed = removed.Through;
            if (gone.Observations.Count > 0) FusionServiceLog.Removed(logger, gone.Observations.Count, gone.Undescribed.Count);
        }
        if (_undescribed.Count > 0) await DescribeAgainAsync(cancellationToken);
        await _keeper.SaveAsync(cancellationToken);
    }

    /// <summary>Looks for older descriptions of sensors whose description was removed; where there is one, their observations are read again.</summary>
    private async Task DescribeAgainAsync(CancellationToken cancellationToken)
    {
        var descriptions = new List<ArrivedRecord>();
        long arrival = 0;
        while (arrival < _arrival && await records.ReadAsync(arrival, [RecordClass.Sensor], BatchRecords, cancellationToken) is { Count: > 0 } page)
        {
            arrival = page[^1].Arrival;
            descriptions.AddRange(page.Where(one => one.Arrival <= _arrival && one.Record.Facts.Sensor is { } sensor && _undescribed.Contains(new SensorKey(one.Record.Facts.Originator, sensor))));
        }
        foreach (var late in book.Take(descriptions).Late) _late.Enqueue((late, _arrival));
        _undescribed.Clear();
    }

    /// <summary>Reads the observations of a sensor that came before its description, and fuses them.</summary>
    private async Task FuseAgainAsync(LateSensor late, long until, CancellationToken cancellationToken)
    {
        long arrival = late.FirstArrival - 1;
        while (arrival < until && await records.ReadAsync(arrival, Classes, BatchRecords, cancellationToken) is { Count: > 0 } page)
        {
            arrival = page[^1].Arrival;
            var intake = book.TakeAgain(late.Sensor, page);
            if (intake.Ready.Count + intake.Refused.Count > 0) Feed(intake.Ready.Count, intake, null);
            await _keeper.SaveAsync(cancellationToken);
        }
    }

    private void Feed(int count, BookIntake intake, IReadOnlyDictionary<RecordId, ObjectId>? kept)
    {
        long started = time.GetTimestamp();
        progress.WorkingOn([.. intake.Ready.Select(one => one.Record)]);
        var tally = _feed.Add(intake.Ready, kept);
        Keep(tally);
        var refused = intake.Refused.Concat(tally.Refused).ToList();
        FusionServiceLog.Fused(logger, count, tally.Accepted, tally.Duplicates, refused.Count, tally.Associated, tally.NewObjects, (long)time.GetElapsedTime(started).TotalMilliseconds);
        foreach (var same in refused.GroupBy(one => one.Reason)) FusionServiceLog.Refused(logger, same.Count(), same.Key, same.First().Record);
    }

    private void Keep(FeedTally tally)
    {
        foreach (var outcome in tally.Outcomes) _keeper.Hold(outcome);
    }

    /// <summary>Continues the trace of the newest publishing in the batch and links to the others.</summary>
    private static Activity? StartFusing(IReadOnlyList<ArrivedRecord> page)
    {
        var published = page.Select(record => record.TraceParent).Distinct(StringComparer.Ordinal)
            .Select(trace => ActivityContext.TryParse(trace, null, isRemote: true, out var context) ? context : default).Where(context => context != default).ToList();
        return published.Count == 0 ? null : FusionMetrics.Activities.StartActivity("fusion.update", ActivityKind.Consumer, published[^1],
            [new("ssashare.records", page.Count)], published.SkipLast(1).Select(context => new ActivityLink(context)));
    }
}
