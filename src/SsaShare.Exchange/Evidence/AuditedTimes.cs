using SsaShare.Domain;

namespace SsaShare.Exchange;

/// <summary>Whether the times of a log's entries can be true: against each other, and against the clocks of those who saw the log on its way (witnesses, time-stamp authorities).</summary>
internal sealed class AuditedTimes
{
    private (Epoch Time, long Index)? _latest;
    private (Epoch Time, long Size, string Who)? _seen;
    private readonly SortedDictionary<long, EntryPlace> _firstAfter = [];
    private readonly List<long> _unfollowed = [0];

    public List<BundleFault> Faults { get; } = [];

    /// <summary>Takes the next entry that is shown.</summary>
    public void Take(LogEntry entry)
    {
        foreach (long size in _unfollowed) _firstAfter[size] = EntryPlace.Of(entry);
        _unfollowed.Clear();
        var soonest = entry.Time.Plus(AuditedLog.LongestDelay);
        bool goesBack = soonest < _latest?.Time;
        if (goesBack) Add(entry.Index, $"it says {entry.Time}, after entry {_latest!.Value.Index} said {_latest.Value.Time}");
        else if (_seen is { } seen && soonest < seen.Time) Add(entry.Index, $"it says {entry.Time}, and was not among the {seen.Size} entries that {seen.Who} saw at {seen.Time}");
        // One clock that was set back is one fault, not one for each entry after it.
        if (goesBack || _latest is null || entry.Time > _latest.Value.Time) _latest = (entry.Time, entry.Index);
    }

    /// <summary>Takes that others saw the log as far as it has been read.</summary>
    /// <param name="size">Entries.</param>
    /// <param name="earliest">By the clock that is the slowest of theirs.</param>
    /// <param name="latest">By the clock that is the fastest of theirs.</param>
    /// <param name="who">For people.</param>
    public void TakeSeen(long size, Epoch earliest, Epoch latest, string who)
    {
        if (_latest is { } newest && newest.Time > latest.Plus(AuditedLog.LongestDelay))
            Add(newest.Index, $"it says {newest.Time}, and {who} saw it in a checkpoint of {size} entries at {latest}");
        if (_seen is null || earliest > _seen.Value.Time) _seen = (earliest, size, who);
    }

    /// <summary>Takes that a checkpoint stands where exactly its entries have been read, whether or not its witnesses are known yet.</summary>
    public void TakeCheckpoint(long size)
    {
        if (_unfollowed.Count == 0 || _unfollowed[^1] != size) _unfollowed.Add(size);
    }

    /// <summary>The first entry shown after those of a size of which a checkpoint stands here, or of 0; null when there is none.</summary>
    public EntryPlace? FirstAfter(long size) => _firstAfter.TryGetValue(size, out var entry) ? entry : null;

    private void Add(long entry, string fault) => Faults.Add(new BundleFault(FindingKind.Late, $"entry {entry}: {fault}", entry));
}
