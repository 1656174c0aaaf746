using System.Collections.Concurrent;

namespace SsaShare.Signing;

/// <summary>Platform objects of one key. Each is used by one thread at a time, because .NET promises no more.</summary>
/// <param name="make">Makes one more.</param>
/// <param name="wipe">Forgets the private key that <paramref name="make"/> makes them from.</param>
internal sealed class KeyPool<T>(Func<T> make, Action wipe)
    where T : class, IDisposable
{
    private readonly ConcurrentBag<T> _idle = [];
    private volatile bool _wiped;

    public T Rent()
    {
        ObjectDisposedException.ThrowIf(_wiped, this);
        return _idle.TryTake(out T? key) ? key : make();
    }

    public void Return(T key) => _idle.Add(key);

    /// <summary>Forgets a private key; <see cref="Rent"/> throws from here on.</summary>
    public void Wipe()
    {
        _wiped = true;
        wipe();
        while (_idle.TryTake(out T? key))
        {
            key.Dispose();
        }
    }
}
