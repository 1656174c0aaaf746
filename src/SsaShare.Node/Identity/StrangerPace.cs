namespace SsaShare.Node;

/// <summary>
/// How often callers that nobody knows are listened to: their work is checking signatures. Each network has a share of the pace of all
/// together. A network from which a pinned partner has called has a pace of its own, which no other network can use up: that partner may
/// come back with another certificate.
/// </summary>
public sealed class StrangerPace(TimeProvider time)
{
    private const double PerSecond = 5, AtOnce = 20, SharePerSecond = 1, ShareAtOnce = 8;

    /// <summary>Networks are entered only as fast as all are listened to, and forgotten when they have rested: so many are not in use at once.</summary>
    private const int NetworksMax = 128, PartnerNetworksMax = 256;

    private readonly Lock _lock = new();
    private readonly Bucket _all = new(PerSecond, AtOnce);
    private readonly Dictionary<string, Bucket> _shares = [], _partners = [];

    /// <summary>Notes that a pinned partner calls from there.</summary>
    /// <param name="network">See <see cref="StrangerNetwork"/>.</param>
    public void Reserve(string network)
    {
        lock (_lock)
        {
            double now = Now;
            if (!_partners.TryGetValue(network, out var own))
            {
                if (_partners.Count >= PartnerNetworksMax) _partners.Remove(_partners.MinBy(one => one.Value.Seen).Key);
                _partners.Add(network, own = new Bucket(PerSecond, AtOnce));
            }
            own.Seen = now;
        }
    }

    /// <param name="network">See <see cref="StrangerNetwork"/>.</param>
    /// <returns>False when there were too many of late, from there or altogether.</returns>
    public bool TryEnter(string network)
    {
        lock (_lock)
        {
            double now = Now;
            if (_partners.TryGetValue(network, out var own)) return own.TryTake(now);
            bool isHere = _shares.TryGetValue(network, out var share);
            share ??= new Bucket(SharePerSecond, ShareAtOnce);
            // Who is over its share takes nothing of the others'.
            if (!share.HasOne(now) || !_all.TryTake(now)) return false;
            share.TryTake(now);
            if (!isHere) Add(network, share, now);
            return true;
        }
    }

    private double Now => time.GetTimestamp() / (double)time.TimestampFrequency;

    private void Add(string network, Bucket share, double now)
    {
        if (_shares.Count >= NetworksMax)
            foreach (string rested in _shares.Where(one => one.Value.IsFull(now)).Select(one => one.Key).ToArray()) _shares.Remove(rested);
        _shares.Add(network, share);
    }

    /// <summary>Fills evenly. Times are in seconds.</summary>
    private sealed class Bucket(double perSecond, double atOnce)
    {
        private double _missing;
        private double? _last;

        /// <summary>When a partner last called from there.</summary>
        public double Seen { get; set; }

        public bool HasOne(double now) => Fill(now) >= 1;

        public bool IsFull(double now) => Fill(now) >= atOnce;

        public bool TryTake(double now)
        {
            if (!HasOne(now)) return false;
            _missing++;
            return true;
        }

        private double Fill(double now)
        {
            _missing = Math.Max(0, _missing - (now - (_last ?? now)) * perSecond);
            _last = now;
            return atOnce - _missing;
        }
    }
}
