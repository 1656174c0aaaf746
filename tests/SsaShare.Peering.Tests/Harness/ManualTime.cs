namespace SsaShare.Peering.Tests;

/// <summary>A clock that stands still until it is told to move. It begins at the true time: certificates and gRPC deadlines know no other.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<Timer> _timers = [];
    private DateTimeOffset _now = DateTimeOffset.FromUnixTimeSeconds(System.GetUtcNow().ToUnixTimeSeconds());

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>How long until each timer that is set goes off.</summary>
    public IReadOnlyList<TimeSpan> Pending
    {
        get
        {
            lock (_lock) return [.. _timers.Where(timer => timer.Due is not null).Select(timer => timer.Due!.Value - _now)];
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock) return _now;
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        lock (_lock) _timers.Add(timer);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves on, setting off every timer at its own moment.</summary>
    public void Advance(TimeSpan by)
    {
        var end = GetUtcNow() + by;
        while (Next(end) is { } callback) callback();
    }

    /// <summary>Waits until somebody waits for exactly this long.</summary>
    public Task WaitForTimerAsync(TimeSpan due) => Eventually.TrueAsync(() => Pending.Contains(due), $"nobody waits for {due}; set: {string.Join(", ", Pending)}");

    private Action? Next(DateTimeOffset end)
    {
        lock (_lock)
        {
            if (_timers.Where(timer => timer.Due <= end).MinBy(timer => timer.Due) is not { } next)
            {
                _now = end;
                return null;
            }
            if (next.Due > _now) _now = next.Due!.Value;
            next.Due = next.Period is { } period ? _now + period : null;
            return next.Callback;
        }
    }

    private sealed class Timer(ManualTime time, Action callback) : ITimer
    {
        public Action Callback => callback;
        public DateTimeOffset? Due { get; set; }
        public TimeSpan? Period { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._lock)
            {
                Due = dueTime == Timeout.InfiniteTimeSpan ? null : time._now + dueTime;
                Period = period == Timeout.InfiniteTimeSpan || period == TimeSpan.Zero ? null : period;
            }
            return true;
        }

        public void Dispose()
        {
            lock (time._lock) time._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
