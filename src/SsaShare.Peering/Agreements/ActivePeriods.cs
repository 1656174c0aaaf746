using SsaShare.Agreements;

namespace SsaShare.Peering;

/// <summary>A token for each agreement that is in force, cancelled when it stops being so: what is under way under it ends then.</summary>
internal sealed class ActivePeriods
{
    private static readonly CancellationToken Over = new(canceled: true);
    private readonly Lock _lock = new();
    private readonly Dictionary<AgreementId, CancellationTokenSource> _periods = [];

    /// <summary>Cancelled already when the agreement is not in force.</summary>
    public CancellationToken Of(AgreementId id)
    {
        lock (_lock) return _periods.TryGetValue(id, out var period) ? period.Token : Over;
    }

    /// <summary>Follows the book. What hangs on a token is cancelled on other threads: it holds up neither the book nor the others.</summary>
    public void Follow(IEnumerable<BookEntry> entries)
    {
        var active = entries.Where(entry => entry.State == AgreementState.Active).Select(entry => entry.Agreement.Id).ToHashSet();
        List<CancellationTokenSource> over = [];
        lock (_lock)
        {
            foreach (var id in _periods.Keys.Where(id => !active.Contains(id)).ToList())
            {
                over.Add(_periods[id]);
                _periods.Remove(id);
            }
            foreach (var id in active) _periods.TryAdd(id, new CancellationTokenSource());
        }
        // The token is cancelled before this returns; only its callbacks run elsewhere.
        foreach (var period in over)
        {
            if (SynchronizationContext.Current is null) _ = period.CancelAsync();
            // Where one thread does everything, no other may come in between.
            else period.Cancel();
        }
    }
}
