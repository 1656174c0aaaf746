using System.Collections.Concurrent;

namespace SsaShare.Peering;

/// <summary>How often something is done for one log: so many times at once, then one in a while. The logs are pinned peers', hence few.</summary>
/// <param name="period">After which one more is allowed.</param>
/// <param name="atOnce">How many come at once after a pause.</param>
public sealed class OriginPace(TimeProvider time, TimeSpan period, int atOnce)
{
    private readonly ConcurrentDictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);

    /// <returns>False when there were too many of late.</returns>
    public bool TryEnter(string origin)
    {
        var bucket = _buckets.GetOrAdd(origin, _ => new Bucket { Left = atOnce, Last = time.GetTimestamp() });
        lock (bucket)
        {
            long now = time.GetTimestamp();
            bucket.Left = Math.Min(atOnce, bucket.Left + (time.GetElapsedTime(bucket.Last, now) / period));
            bucket.Last = now;
            if (bucket.Left < 1) return false;
            bucket.Left--;
            return true;
        }
    }

    private sealed class Bucket
    {
        public double Left { get; set; }
        public long Last { get; set; }
    }
}
