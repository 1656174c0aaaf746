namespace Grpc.Wire;

/// <summary>Calls back when a moment has come, however far away it is.</summary>
internal sealed class CallDeadline : IDisposable
{
    /// <summary>A timer cannot wait longer than 49 days.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(30);

    private readonly DateTime _deadlineUtc;
    private readonly Action _passed;
    private readonly Timer _timer;

    public CallDeadline(DateTime deadline, Action passed)
    {
        _deadlineUtc = deadline.ToUniversalTime();
        _passed = passed;
        using (ExecutionContext.SuppressFlow())
        {
            _timer = new Timer(static deadline => ((CallDeadline)deadline!).Check(), this, Timeout.Infinite, Timeout.Infinite);
        }
    }

    public TimeSpan TimeLeft => _deadlineUtc - DateTime.UtcNow;

    /// <summary>Calls back at once when the moment has passed.</summary>
    public void Start() => Check();

    public void Dispose() => _timer.Dispose();

    private void Check()
    {
        TimeSpan left = TimeLeft;
        if (left <= TimeSpan.Zero)
        {
            _passed();
            return;
        }

        TimeSpan wait = left < LongestWait ? left + TimeSpan.FromMilliseconds(1) : LongestWait;
        try
        {
            _timer.Change(wait, Timeout.InfiniteTimeSpan);
        }
        catch (ObjectDisposedException)
        {
            // The call ended while its timer fired: there is nothing left to call back for.
        }
    }
}
