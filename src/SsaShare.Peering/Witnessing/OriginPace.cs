using System.Collections.Concurrent;
using SsaShare.Domain;

namespace SsaShare.Peering;

/// <summary>How often something is done for one partner's log, whatever names it has had: so many times at once, then one in a while. The logs are pinned peers', hence few.</summary>
/// <param name="period">After which one more is allowed.</param>
/// <param name="atOnce">How many come at once after a pause.</param>
public sealed class OriginPace(TimeProvider time, TimeSpan period, int atOnce)
{
    private readonly ConcurrentDictionary<PartnerId, Bucket> _buckets = new();

    /// <returns>False when there were too many of late.</returns>
    public bool TryEnter(PartnerId owner)
    {
        var bucket = Of(owner);
        lock (bucket)
        {
            Fill(bucket);
            if (bucket.Left < 1) return false;
            bucket.Left--;
            return true;
        }
    }

    /// <summary>How many may come now.</summary>
    public int Left(PartnerId owner)
    {
        var bucket = Of(owner);
        lock (bucket)
        {
            Fill(bucket);
            return (int)bucket.Left;
        }
    }

    private Bucket Of(PartnerId owner) => _buckets.GetOrAdd(owner, _ => new Bucket { Left = atOnce, Last = time.GetTimestamp() });

    private void Fill(Bucket bucket)
    {
        long now = time.GetTimestamp();
        bucket.Left = Math.Min(atOnce, bucket.Left + (time.GetElapsedTime(bucket.Last, now) / period));
        bucket.Last = now;
    }

    private sealed class Bucket
    {
        public double Left { get; set; }
        public long Last { get; set; }
    }
}
