using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SsaShare.Domain;
using SsaShare.Exchange;

namespace SsaShare.FusionService;

/// <summary>Reads published orbits and manoeuvre notices in order of arrival, and takes out at once what is used no more. It never waits for a screening.</summary>
public sealed class OrbitWorker(OrbitBook book, IRecordReader records, IRecordRemovals removals, OrbitProgress progress, TimeProvider time, ILogger<OrbitWorker> logger) : BackgroundService
{
    private const int BatchRecords = 5_000;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250), FailurePause = TimeSpan.FromSeconds(2);
    private static readonly RecordClass[] Classes = [RecordClass.ElementSet, RecordClass.OrbitState, RecordClass.ManeuverNotice];

    private long _arrival;
    private long _removed;
    private bool _hasHead;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!await TakeAsync(stoppingToken)) await Task.Delay(Pause, time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                FusionServiceLog.OrbitReadingFailed(logger, e);
                await Task.Delay(FailurePause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <returns>Whether there was anything.</returns>
    private async Task<bool> TakeAsync(CancellationToken cancellationToken)
    {
        var asOf = Utc.FromDateTime(time.GetUtcNow());
        // Taken before anything is read: whoever reads leaves out what was removed before.
        if (!_hasHead) (_removed, _hasHead) = (await removals.GetHeadAsync(cancellationToken), true);
        await RemoveAsync(cancellationToken);
        var page = await records.ReadAsync(_arrival, Classes, BatchRecords, cancellationToken);
        if (page.Count == 0)
        {
            progress.CaughtUp(asOf);
            return false;
        }
        var (taken, refused) = book.Take(page);
        _arrival = page[^1].Arrival;
        foreach (var same in refused.GroupBy(one => one.Reason)) FusionServiceLog.OrbitsRefused(logger, same.Count(), same.Key, same.First().Record);
        if (taken > 0) FusionServiceLog.OrbitsTaken(logger, taken);
        return true;
    }

    private async Task RemoveAsync(CancellationToken cancellationToken)
    {
        while (await removals.ReadAsync(_removed, cancellationToken) is { } removed && removed.Through > _removed)
        {
            var (count, mayMissOlder) = book.Remove(removed.Records);
            _removed = removed.Through;
            if (count > 0) FusionServiceLog.OrbitsRemoved(logger, count);
            if (mayMissOlder) ReadAgain();
        }
        if (progress.TakeReadAgain()) ReadAgain();
    }

    /// <summary>Older orbits count again, and the book may have dropped them: everything is read once more, which changes nothing of what is there.</summary>
    private void ReadAgain()
    {
        book.ForgetDropped();
        _arrival = 0;
    }
}
