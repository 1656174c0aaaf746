namespace SsaShare.Node;

/// <summary>How often callers that nobody knows are listened to, all of them together: their work is checking signatures.</summary>
public sealed class StrangerPace(TimeProvider time)
{
    private const double PerSecond = 5, AtOnce = 20;
    private readonly Lock _lock = new();
    private double _left = AtOnce;
    private long _last = time.GetTimestamp();

    /// <returns>False when there were too many of late.</returns>
    public bool TryEnter()
    {
        lock (_lock)
        {
            long now = time.GetTimestamp();
            _left = Math.Min(AtOnce, _left + time.GetElapsedTime(_last, now).TotalSeconds * PerSecond);
            _last = now;
            if (_left < 1) return false;
            _left--;
            return true;
        }
    }
}
