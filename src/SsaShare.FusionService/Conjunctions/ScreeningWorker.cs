using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SsaShare.Domain;
using SsaShare.Fusion;
using SsaShare.Peering;

namespace SsaShare.FusionService;

/// <summary>Screens what any reader may see whenever that changes, or time moves on, and has what readers are told published. Beside it orbits are read and readers answered.</summary>
/// <remarks>
/// What it knows it has in memory: a failure is answered by trying again, a stop by screening anew at the next start. It looks and screens at whole multiples of a few seconds alone, so that the times in an answer
/// tell nothing of what arrived for others.
/// </remarks>
internal sealed class ScreeningWorker(OrbitBook book, OrbitProgress reading, FusionProgress fusing, OrbitSourceMaker maker, FusedOrbits fused, FollowedOrbits followed, ConjunctionBoard board, CautiousBoard cautious,
    ConjunctionCatalog catalog, ConjunctionReader conjunctions, ConjunctionMessenger messenger, ReaderViews views, AgreementBook agreements, KnownReaders readers, IOptions<ScreeningSettings> settings, TimeProvider time, ILogger<ScreeningWorker> logger) : BackgroundService
{
    private const long BeatNanoseconds = 2_000_000_000;

    // Less is waited for.
    private const double BackMaxSeconds = 60;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250), Glance = TimeSpan.FromSeconds(1), FailurePause = TimeSpan.FromSeconds(2), FollowFor = TimeSpan.FromSeconds(30);

    private List<OrbitSource> _sources = [];
    private Seen? _seen;
    private Epoch _beat, _screenedAt;
    private bool _isLate;
    private BoardSnapshot? _snapshot;
    private IReadOnlyList<UnscreenedOrbit> _unscreened = [];

    // Records of orbits that cannot be followed or screened, and whether there are others than at the last screening.
    private HashSet<RecordId> _faulty = [];
    private bool _hasOtherFaults;

    // As of the last look at what is to be withdrawn.
    private Task _agreementsChanged = Task.CompletedTask;
    private long _removals;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ScreenAsync(stoppingToken);
                await Task.Delay(Pause, time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                FusionServiceLog.ScreeningFailed(logger, e);
                // What was begun is done whole.
                _seen = null;
                await Task.Delay(FailurePause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ScreenAsync(CancellationToken cancellationToken)
    {
        // Before reading has caught up, what is missing would look taken away.
        if (reading.CurrentAsOf is not { } read || fusing.CurrentAsOf is not { } fusedBy) return;
        long nanoseconds = Utc.FromDateTime(time.GetUtcNow()).NanosecondsSinceJ2000;
        var now = new Epoch(nanoseconds - nanoseconds % BeatNanoseconds);
        if (_beat.SecondsSince(now) > BackMaxSeconds) BeginAnew(now);
        if (now <= _beat) return;
        _beat = now;
        var asOf = read < fusedBy ? read : fusedBy;
        await messenger.LoadAsync(cancellationToken);
        // Taken before what it tells of is read, so that no change is missed.
        var seen = new Seen(agreements.Changed, views.Removals, book.Version, fused.Content, readers.All.Count, now, board.Options.WindowAt(now));
        var before = _seen;
        if (before is not null && !_isLate && !_hasOtherFaults && !seen.Differs(before) && now.SecondsSince(before.Now) < settings.Value.ViewInterval.TotalSeconds)
        {
            catalog.Screened(asOf);
            return;
        }
        if (before is not null && before.AgreementsChanged.IsCompleted && book.MayMissOlder) reading.AskToReadAgain();
        // First: what was taken away is withdrawn before anything takes its time.
        await messenger.WithdrawAsync(cancellationToken);
        (_agreementsChanged, _removals) = (seen.AgreementsChanged, seen.Removals);
        var content = book.Read();
        bool hasChanged = await UpdateAsync(content, now, cancellationToken);
        if (hasChanged || before is null || seen.Differs(before)) catalog.Screened(asOf, _snapshot!, content.Maneuvers, _unscreened);
        else catalog.Screened(asOf);
        conjunctions.Forget(_snapshot!);
        await messenger.PublishAsync(cancellationToken);
        _seen = seen;
    }

    /// <summary>The clock was set back: a board does not go back in time, and would wait until the time it was brought to.</summary>
    private void BeginAnew(Epoch now)
    {
        FusionServiceLog.ClockWentBack(logger, _beat.SecondsSince(now));
        board.Clear();
        (_beat, _screenedAt, _seen, _sources, _snapshot) = (default, default, null, [], null);
    }

    /// <returns>Whether the board has changed.</returns>
    private async Task<bool> UpdateAsync(OrbitBookSnapshot content, Epoch now, CancellationToken cancellationToken)
    {
        long started = time.GetTimestamp();
        var sees = readers.All.Select(views.OfRecords).ToList();
        var newest = new NewestOrbits(sees, board.Options.WindowAt(now), board.Options.FutureMax, _faulty.Contains);
        book.Trim(newest.Of, messenger.Needs);
        book.TrimNotices(sees, messenger.Needs);
        content = book.Read();
        var sources = await BesideAsync(() => Gather(content, newest, sees, now, started, cancellationToken), cancellationToken);
        var former = _sources.ToDictionary(source => source.Id);
        // The same orbits followed further: the board would keep the motions that it has.
        var renewed = sources.Where(source => former.TryGetValue(source.Id, out var was) && !ReferenceEquals(was, source)).ToHashSet();
        bool isSame = renewed.Count == 0 && sources.Count == former.Count && sources.TrueForAll(source => former.ContainsKey(source.Id));
        NoteUnscreened(content, newest, sees);
        if (isSame && _snapshot is not null && board.Options.WindowAt(now) == board.Options.WindowAt(_screenedAt)) return false;
        using var activity = FusionMetrics.Activities.StartActivity("fusion.screen", ActivityKind.Internal);
        activity?.SetTag("ssashare.orbits", sources.Count);
        var (update, found) = await BesideAsync(() =>
        {
            if (renewed.Count > 0) cautious.Update([.. sources.Where(source => !renewed.Contains(source))], now, cancellationToken);
            return cautious.Update(sources, now, cancellationToken);
        }, cancellationToken);
        foreach (var one in found) FusionServiceLog.OrbitFails(logger, one.Source.ToString(), one.Failure);
        var snapshot = board.Snapshot!;
        await BesideAsync(() =>
        {
            conjunctions.Prepare(snapshot);
            return true;
        }, cancellationToken);
        _snapshot = snapshot;
        NoteUnscreened(content, newest, sees);
        NoteFaults(update);
        (_sources, _screenedAt) = (sources, now);
        var elapsed = time.GetElapsedTime(started);
        FusionMetrics.Screened(elapsed, update.Screened, update.Assessed);
        FusionServiceLog.Screened(logger, sources.Count, update.Added, update.Removed, update.BlocksNew, update.BlocksAgain, update.PairsExamined, update.Assessed, update.SetAside.Count, (long)elapsed.TotalMilliseconds);
        if (update.SetAside is [var first, ..]) FusionServiceLog.OrbitSetAside(logger, update.SetAside.Count, first.Source.ToString(), first.Detail);
        return true;
    }

    private void NoteUnscreened(OrbitBookSnapshot content, NewestOrbits newest, IReadOnlyList<RecordView> sees)
    {
        List<UnscreenedOrbit> unscreened = [.. content.Orbits.SelectMany(newest.Ahead).Where(orbit => sees.Any(view => view.MaySee(orbit.Record))).Select(orbit => UnscreenedOrbit.Of(orbit, UnscreenedReason.TooFarAhead)),
            .. maker.Unscreened, .. cautious.Failing.Select(UnscreenedOrbit.Of)];
        foreach (var same in unscreened.GroupBy(one => one.Reason))
            if (same.Count() != _unscreened.Count(one => one.Reason == same.Key)) FusionServiceLog.OrbitsUnscreened(logger, same.Count(), same.Key);
        _unscreened = unscreened;
    }

    /// <summary>They stand before no older ones from the next screening on.</summary>
    private void NoteFaults(BoardUpdate update)
    {
        var failed = update.SetAside.Where(issue => issue.IsLasting).Select(issue => issue.Source).Concat(cautious.Failing.Select(one => one.Source)).Where(source => source.Originator is not null && !source.Line.IsPlanned).Select(source => source.Basis[0]);
        HashSet<RecordId> faulty = [.. failed, .. maker.Unscreened.Where(one => one.Reason == UnscreenedReason.NotFollowed).Select(one => one.Basis[0])];
        _hasOtherFaults = !faulty.SetEquals(_faulty);
        _faulty = faulty;
    }

    /// <summary>Works on a thread of its own; what is taken away meanwhile is withdrawn at once, however long the work takes.</summary>
    private async Task<T> BesideAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        var working = Task.Factory.StartNew(work, cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            while (await Task.WhenAny(working, Task.Delay(Glance, time, cancellationToken)) != working)
            {
                var (changed, removals) = (agreements.Changed, views.Removals);
                if (!_agreementsChanged.IsCompleted && removals == _removals) continue;
                await messenger.WithdrawAsync(cancellationToken);
                (_agreementsChanged, _removals) = (changed, removals);
            }
        }
        finally
        {
            // Nothing else may begin while it goes on.
            await ((Task)working).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        return await working;
    }

    private List<OrbitSource> Gather(OrbitBookSnapshot content, NewestOrbits newest, IReadOnlyList<RecordView> sees, Epoch now, long started, CancellationToken cancellationToken)
    {
        _isLate = false;
        followed.Begin();
        List<OrbitSource> sources = [.. maker.Make([.. content.Orbits.SelectMany(newest.Of)], content.Maneuvers, sees, now, HasTime, ref _isLate), .. fused.Make(sees, now, HasTime, ref _isLate)];
        followed.End();
        return sources;

        bool HasTime()
        {
            cancellationToken.ThrowIfCancellationRequested();
            return time.GetElapsedTime(started) < FollowFor;
        }
    }

    /// <summary>What a screening rests on.</summary>
    private sealed record Seen(Task AgreementsChanged, long Removals, long Book, object Fused, int Readers, Epoch Now, Epoch Window)
    {
        public bool Differs(Seen before) => before.AgreementsChanged.IsCompleted || (before.Removals, before.Book, before.Readers, before.Window) != (Removals, Book, Readers, Window) || !ReferenceEquals(before.Fused, Fused);
    }
}
