namespace SsaShare.Node;

/// <summary>Lets each key on at an even pace after a number at once. Whoever is early waits; one key's haste costs no other anything.</summary>
/// <param name="perSecond">The pace of each key.</param>
/// <param name="atOnce">How many may come together after a rest, at least 1.</param>
/// <remarks>
/// For each key only the time is kept at which it would be rested again (the generic cell rate algorithm of ITU-T I.371). Those who wait
/// are bounded by whoever calls this.
/// </remarks>
internal sealed class Paces(double perSecond, double atOnce, TimeProvider time)
{
    private const int SweepAt = 1_024;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, double> _restedAt = [];
    private int _sweepAt = SweepAt;

    /// <summary>Keys that are remembered.</summary>
    public int Keys
    {
        get
        {
            lock (_lock) return _restedAt.Count;
        }
    }

    /// <returns>False, and nothing is taken, where one would have to wait.</returns>
    public bool TryTake(string key)
    {
        lock (_lock)
        {
            if (Reserve(key) <= 0) return true;
            GiveBack(key);
            return false;
        }
    }

    /// <summary>Completes when it is this one's turn.</summary>
    /// <exception cref="OperationCanceledException">Given up while it waited; the turn is then another's.</exception>
    public async ValueTask WaitAsync(string key, CancellationToken cancellationToken)
    {
        double waitS = Reserve(key);
        if (waitS <= 0) return;
        try
        {
            await Task.Delay(TimeSpan.FromSeconds(waitS), time, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            GiveBack(key);
            throw;
        }
    }

    private double NowS => time.GetTimestamp() / (double)time.TimestampFrequency;

    private double Reserve(string key)
    {
        lock (_lock)
        {
            double nowS = NowS;
            if (_restedAt.Count >= _sweepAt) Sweep(nowS);
            double restedAt = Math.Max(_restedAt.GetValueOrDefault(key, nowS), nowS) + 1 / perSecond;
            _restedAt[key] = restedAt;
            return restedAt - nowS - atOnce / perSecond;
        }
    }

    private void GiveBack(string key)
    {
        lock (_lock)
            if (_restedAt.TryGetValue(key, out double restedAt)) _restedAt[key] = restedAt - 1 / perSecond;
    }

    /// <summary>Forgets whoever is rested. Swept again at twice what is left, so that sweeping costs each caller little.</summary>
    private void Sweep(double nowS)
    {
        foreach (string rested in _restedAt.Where(one => one.Value <= nowS).Select(one => one.Key).ToArray()) _restedAt.Remove(rested);
        _sweepAt = Math.Max(SweepAt, 2 * _restedAt.Count);
    }
}
