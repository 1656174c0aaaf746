using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Node.Tests;

/// <summary>The quarantine in memory, without its bound.</summary>
internal sealed class MemoryQuarantine : IQuarantineStore
{
    private readonly Dictionary<Hash256, QuarantineEntry> _entries = [];

    public IReadOnlyList<QuarantineEntry> All => [.. _entries.Values.OrderBy(entry => entry.Time).ThenBy(entry => entry.Place.Line)];

    public IReadOnlyList<QuarantineEntry> Open => [.. All.Where(entry => entry.State == QuarantineState.Open)];

    public Task<int> AddAsync(IReadOnlyList<QuarantineEntry> entries, long bytesMax, CancellationToken cancellationToken)
    {
        int added = 0;
        foreach (var entry in entries)
        {
            if (_entries.TryAdd(entry.Id, entry)) added++;
            else _entries[entry.Id] = _entries[entry.Id] with { Times = _entries[entry.Id].Times + 1, LastTime = entry.Time };
        }
        return Task.FromResult(added);
    }

    public Task<IReadOnlyList<QuarantineEntry>> ListAsync(QuarantineState? state, (Epoch Time, Hash256 Id)? before, int entriesMax, CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyList<QuarantineEntry>>([.. Sorted().Reverse().Where(entry => (state is null || entry.State == state) && (before is null || Compare(entry, before.Value) < 0)).Take(entriesMax)]);

    public Task<IReadOnlyList<QuarantineEntry>> ListPassableAsync((Epoch Time, Hash256 Id)? after, int entriesMax, CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyList<QuarantineEntry>>([.. Sorted().Where(entry => entry.State == QuarantineState.Open && entry.Place.MayPass && (after is null || Compare(entry, after.Value) > 0)).Take(entriesMax)]);

    public Task<IReadOnlyList<QuarantineEntry>> FindAsync(Hash256 first, Hash256 last, int entriesMax, CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyList<QuarantineEntry>>([.. _entries.Values.Where(entry => Compare(entry.Id, first) >= 0 && Compare(entry.Id, last) <= 0).Take(entriesMax)]);

    public Task<bool> TryCloseAsync(Hash256 id, QuarantineState state, string remark, CancellationToken cancellationToken)
    {
        if (!_entries.TryGetValue(id, out var entry) || entry.State != QuarantineState.Open) return Task.FromResult(false);
        _entries[id] = entry with { State = state, Remark = remark };
        return Task.FromResult(true);
    }

    public Task<QuarantineTotals> CountAsync(CancellationToken cancellationToken)
        => Task.FromResult(new QuarantineTotals(Count(QuarantineState.Open), Count(QuarantineState.Mended), Count(QuarantineState.Dismissed), _entries.Values.Sum(entry => (long)entry.Content.Bytes), 0));

    private long Count(QuarantineState state) => _entries.Values.LongCount(entry => entry.State == state);

    private IEnumerable<QuarantineEntry> Sorted() => _entries.Values.OrderBy(entry => entry.Time).ThenBy(entry => entry.Id.ToString(), StringComparer.Ordinal);

    private static int Compare(QuarantineEntry entry, (Epoch Time, Hash256 Id) place) => entry.Time != place.Time ? entry.Time.CompareTo(place.Time) : Compare(entry.Id, place.Id);

    private static int Compare(Hash256 left, Hash256 right) => string.CompareOrdinal(left.ToString(), right.ToString());
}
