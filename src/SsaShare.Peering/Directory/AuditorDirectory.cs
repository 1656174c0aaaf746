using System.Collections.Frozen;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Peering;

/// <summary>This node's auditors as one immutable snapshot, replaced whole when one is added or removed: it counts from the next call.</summary>
public sealed class AuditorDirectory(PeerDirectory peers, IAuditorStore store) : IDisposable
{
    private readonly SemaphoreSlim _changing = new(1, 1);
    private volatile FrozenDictionary<SpkiPin, Auditor> _auditors = FrozenDictionary<SpkiPin, Auditor>.Empty;

    /// <summary>The auditor with this TLS key; null where it is none's.</summary>
    public Auditor? Find(SpkiPin pin) => _auditors.GetValueOrDefault(pin);

    /// <summary>Auditors, by name.</summary>
    public IReadOnlyList<Auditor> All => [.. _auditors.Values.OrderBy(auditor => auditor.Name, StringComparer.Ordinal)];

    /// <summary>Reads the store. Called once at start, after migration.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
        => _auditors = (await store.ListAsync(cancellationToken)).ToFrozenDictionary(auditor => auditor.Pin);

    /// <param name="by">Who does it.</param>
    /// <returns>Null, or why not: another key has that name, or the key has another name or use.</returns>
    public async Task<string?> TryAddAsync(string name, SpkiPin pin, string by, CancellationToken cancellationToken)
    {
        if (peers.FindCaller(pin) is { } caller) return $"The key is that of the {caller.Kind.ToString().ToLowerInvariant()} of '{caller.Partner}': an auditor has a key of their own.";
        return await ChangeAsync(() => store.TryAddAsync(name, pin, by, cancellationToken), cancellationToken) ? null : $"Another key is an auditor by the name '{name}', or that key by another name.";
    }

    /// <param name="by">Who does it.</param>
    /// <returns>False when nobody has that name.</returns>
    public Task<bool> TryRemoveAsync(string name, string by, CancellationToken cancellationToken) => ChangeAsync(() => store.TryRemoveAsync(name, by, cancellationToken), cancellationToken);

    public void Dispose() => _changing.Dispose();

    private async Task<bool> ChangeAsync(Func<Task<bool>> change, CancellationToken cancellationToken)
    {
        // One at a time, so that no older list takes a newer one's place.
        await _changing.WaitAsync(cancellationToken);
        try
        {
            bool changed = await change();
            await LoadAsync(cancellationToken);
            return changed;
        }
        finally
        {
            _changing.Release();
        }
    }
}
