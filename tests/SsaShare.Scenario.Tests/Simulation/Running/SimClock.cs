namespace SsaShare.Scenario.Tests.Simulation;

/// <summary>Simulated time as one process sees it: its clock may be wrong, its timers fire only while it lives.</summary>
/// <param name="context">Where timers fire.</param>
/// <param name="skew">How far its clock is ahead.</param>
internal sealed class SimClock(SimContext context, TimeSpan skew) : TimeProvider
{
    /// <summary>When every run begins, by a clock that is right.</summary>
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Start + context.Scheduler.Now + skew;

    public override long GetTimestamp() => context.Scheduler.Now.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new SimTimer(context, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }
}

/// <summary>A timer of a simulated process.</summary>
internal sealed class SimTimer(SimContext context, TimerCallback callback, object? state) : ITimer
{
    private bool _isSet;
    private TimeSpan _period = Timeout.InfiniteTimeSpan;

    public long DueTicks { get; private set; }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        _period = period;
        _isSet = dueTime != Timeout.InfiniteTimeSpan;
        if (_isSet) Set(dueTime);
        return true;
    }

    public bool IsSetFor(long dueTicks) => _isSet && DueTicks == dueTicks && context.IsAlive;

    public void Fire()
    {
        _isSet = _period > TimeSpan.Zero;
        if (_isSet) Set(_period);
        context.Post(_ => callback(state), null);
    }

    public void Dispose() => _isSet = false;

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private void Set(TimeSpan due)
    {
        DueTicks = (context.Scheduler.Now + (due > TimeSpan.Zero ? due : TimeSpan.Zero)).Ticks;
        context.Scheduler.Schedule(this);
    }
}
