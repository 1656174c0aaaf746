using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Peering.Tests;

/// <summary>Auditors in memory, under the rules of the port.</summary>
internal sealed class MemoryAuditorStore : IAuditorStore
{
    private readonly Lock _lock = new();
    private readonly List<Auditor> _auditors = [];

    public Task<IReadOnlyList<Auditor>> ListAsync(CancellationToken cancellationToken)
    {
        lock (_lock) return Task.FromResult<IReadOnlyList<Auditor>>([.. _auditors.OrderBy(auditor => auditor.Name, StringComparer.Ordinal)]);
    }

    public Task<bool> TryAddAsync(string name, SpkiPin pin, string by, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var same = _auditors.Where(auditor => auditor.Name == name || auditor.Pin == pin).ToList();
            if (same.Count > 0) return Task.FromResult(same.All(auditor => auditor.Name == name && auditor.Pin == pin));
            _auditors.Add(new Auditor(name, pin, Utc.FromDateTime(TimeProvider.System.GetUtcNow())));
            return Task.FromResult(true);
        }
    }

    public Task<bool> TryRemoveAsync(string name, string by, CancellationToken cancellationToken)
    {
        lock (_lock) return Task.FromResult(_auditors.RemoveAll(auditor => auditor.Name == name) > 0);
    }
}
