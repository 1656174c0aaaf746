namespace SsaShare.Scenario.Tests.Simulation;

/// <summary>
/// Runs everything of a simulated world on one thread, one step after another. Which of the steps that are ready comes next is drawn from
/// the seed, and time moves when none is: the same seed gives the same run. A step that comes from another thread ends the run, because
/// nobody could repeat it.
/// </summary>
internal sealed class SimScheduler
{
    private readonly List<Step> _ready = [];
    private readonly PriorityQueue<SimTimer, (long Due, long Order)> _timers = new();
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private long _order;
    private volatile string? _stray;

    public SimScheduler(int seed)
    {
        Random = new Random(seed);
        World = new SimContext(this, "world");
    }

    /// <summary>All chance of the run.</summary>
    public Random Random { get; }

    /// <summary>Where everything runs that belongs to no node: network, databases, those who publish.</summary>
    public SimContext World { get; }

    /// <summary>Since the run began.</summary>
    public TimeSpan Now { get; private set; }

    public long Steps { get; private set; }

    /// <summary>What went wrong where nobody waits for it; null while nothing did.</summary>
    public Exception? Fault { get; private set; }

    public bool Chance(double probability) => Random.NextDouble() < probability;

    public TimeSpan Between(double fromMs, double toMs) => TimeSpan.FromTicks((long)((fromMs + Random.NextDouble() * (toMs - fromMs)) * TimeSpan.TicksPerMillisecond));

    public void Post(SimContext context, SendOrPostCallback callback, object? state)
    {
        if (Environment.CurrentManagedThreadId != _thread)
        {
            _stray = $"A step of '{context.Name}' came from another thread: something waits in a way that leaves the scheduler.\n{callback.Method.DeclaringType}.{callback.Method.Name} {Describe(state)}\n{Environment.StackTrace}";
            return;
        }
        if (context.IsAlive) _ready.Add(new Step(context, callback, state));
    }

    public void Fail(Exception fault) => Fault ??= fault;

    /// <summary>Steps until a time or until nothing is left to do.</summary>
    public void RunUntil(TimeSpan end)
    {
        while (_stray is null && Fault is null && (_ready.Count > 0 || MoveTo(end))) RunOne();
        if (_stray is { } stray) Fail(new InvalidOperationException(stray));
        if (Fault is null && Now < end) Now = end;
    }

    internal void Schedule(SimTimer timer) => _timers.Enqueue(timer, (timer.DueTicks, _order++));

    private void RunOne()
    {
        int index = _ready.Count == 1 ? 0 : Random.Next(_ready.Count);
        var step = _ready[index];
        _ready[index] = _ready[^1];
        _ready.RemoveAt(_ready.Count - 1);
        if (!step.Context.IsAlive) return;
        Steps++;
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(step.Context);
        try
        {
            step.Callback(step.State);
        }
        catch (Exception e)
        {
            Fail(e);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    /// <summary>Goes on to the next timers; false when none is due by then.</summary>
    private bool MoveTo(TimeSpan end)
    {
        while (_timers.TryPeek(out var timer, out var key))
        {
            if (!timer.IsSetFor(key.Due))
            {
                _timers.Dequeue();
                continue;
            }
            if (key.Due > end.Ticks) return false;
            Now = TimeSpan.FromTicks(key.Due);
            while (_timers.TryPeek(out timer, out key) && key.Due == Now.Ticks)
            {
                _timers.Dequeue();
                if (timer.IsSetFor(key.Due)) timer.Fire();
            }
            if (_ready.Count > 0) return true;
        }
        return false;
    }

    private static string Describe(object? state) => state is Delegate action ? $"{action.Method.DeclaringType}.{action.Method.Name} of {action.Target}" : $"{state}";

    private readonly record struct Step(SimContext Context, SendOrPostCallback Callback, object? State);
}
