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

    // Of what is new, and of the pass that reads once more what was read before; no pass at null.
    private long _arrival;
    private Pass? _again;
    private bool _isAsked;
    private Epoch? _caughtUp;
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
        if (page.Count > 0)
        {
            Take(page);
            _arrival = page[^1].Arrival;
        }
        else _caughtUp = asOf;
        bool isPassing = await PassAsync(asOf, cancellationToken);
        if (page.Count == 0 && !isPassing) progress.CaughtUp(asOf);
        return page.Count > 0 || isPassing;
    }

    /// <summary>Older orbits count again, and the book may have dropped them: everything is read once more, page by page beside what is new, which changes nothing of what is there. Whoever asks meanwhile has another pass after it.</summary>
    /// <returns>Whether there was anything to read again.</returns>
    private async Task<bool> PassAsync(Epoch asOf, CancellationToken cancellationToken)
    {
        if (_again is not { } pass)
        {
            if (!_isAsked) return false;
            _isAsked = false;
            book.ForgetDropped();
            _again = pass = new Pass(0, _arrival, asOf);
        }
        var page = pass.At < pass.Until ? await records.ReadAsync(pass.At, Classes, BatchRecords, cancellationToken) : [];
        if (page.Count > 0) Take(page);
        _again = page.Count > 0 ? pass with { At = page[^1].Arrival } : null;
        // Passes may follow each other for long: all that counted when this one began is in the book.
        if (_again is null && _caughtUp >= pass.Began) progress.CaughtUp(pass.Began);
        return true;
    }

    private void Take(IReadOnlyList<ArrivedRecord> page)
    {
        var (taken, refused) = book.Take(page);
        foreach (var same in refused.GroupBy(one => one.Reason)) FusionServiceLog.OrbitsRefused(logger, same.Count(), same.Key, same.First().Record);
        if (taken > 0) FusionServiceLog.OrbitsTaken(logger, taken);
    }

    private async Task RemoveAsync(CancellationToken cancellationToken)
    {
        while (await removals.ReadAsync(_removed, cancellationToken) is { } removed && removed.Through > _removed)
        {
            var (count, mayMissOlder) = book.Remove(removed.Records);
            _removed = removed.Through;
            if (count > 0) FusionServiceLog.OrbitsRemoved(logger, count);
            _isAsked |= mayMissOlder;
        }
        _isAsked |= progress.TakeReadAgain();
    }

    /// <param name="At">The arrival up to which it has come.</param>
    /// <param name="Until">The arrival at which it ends: what came later is read as new.</param>
    /// <param name="Began">When.</param>
    private sealed record Pass(long At, long Until, Epoch Began);
}
