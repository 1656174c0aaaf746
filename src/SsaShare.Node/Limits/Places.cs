namespace SsaShare.Node;

/// <summary>Counts what is under way by key. A key that nothing is under way of takes no memory.</summary>
internal sealed class Places
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _taken = [];

    /// <summary>Keys of which something is under way.</summary>
    public int Keys
    {
        get
        {
            lock (_lock) return _taken.Count;
        }
    }

    /// <returns>A place, given back when disposed; null when <paramref name="most"/> are taken.</returns>
    public Place? TryTake(string key, int most)
    {
        lock (_lock)
        {
            int taken = _taken.GetValueOrDefault(key);
            if (taken >= most) return null;
            _taken[key] = taken + 1;
        }
        return new Place(this, key);
    }

    internal sealed class Place(Places places, string key) : IDisposable
    {
        private bool _left;

        public void Dispose()
        {
            lock (places._lock)
            {
                if (_left) return;
                _left = true;
                int rest = places._taken[key] - 1;
                if (rest == 0) places._taken.Remove(key);
                else places._taken[key] = rest;
            }
        }
    }
}
