using SsaShare.Domain;

namespace SsaShare.Exchange;

/// <summary>Whether the times of a log's entries can be true: against each other, and against the clocks of those who saw the log on its way (witnesses, time-stamp authorities).</summary>
internal sealed class AuditedTimes
{
    private (Epoch Time, long Index)? _latest;
    private (Epoch Time, long Size, string Who)? _seen;
    private readonly SortedDictionary<long, EntryPlace> _firstAfter = [];
    private readonly List<long> _unfollowed = [0];

    /// <summary>The first and the last entry of each minute in which there are some.</summary>
    private readonly List<EntryPlace> _minutes = [];
    private EntryPlace _last;

    public List<BundleFault> Faults { get; } = [];

    /// <summary>Takes the next entry that is shown.</summary>
    public void Take(LogEntry entry)
    {
        foreach (long size in _unfollowed) _firstAfter[size] = EntryPlace.Of(entry);
        _unfollowed.Clear();
        var soonest = entry.Time.Plus(AuditedLog.LongestDelay);
        TakeMinute(EntryPlace.Of(entry));
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

    private void TakeMinute(EntryPlace entry)
    {
        if (_minutes.Count == 0 || entry.Time > _minutes[^1].Time.Plus(TimeSpan.FromMinutes(1)))
        {
            if (_minutes.Count > 0 && _last.Index > _minutes[^1].Index) _minutes.Add(_last);
            _minutes.Add(entry);
        }
        _last = entry;
    }

    /// <summary>How much time lies between the entries shown from one to another, at least; to two minutes.</summary>
    /// <param name="from">The first.</param>
    /// <param name="to">The one after the last.</param>
    public TimeSpan Between(long from, long to)
    {
        var (first, last) = (FirstMinute(from), FirstMinute(to) - 1);
        return first < last ? TimeSpan.FromSeconds(_minutes[last].Time.SecondsSince(_minutes[first].Time)) : TimeSpan.Zero;
    }

    /// <summary>The first of <see cref="_minutes"/> that stands at an index or after it.</summary>
    private int FirstMinute(long index)
    {
        int at = _minutes.BinarySearch(new EntryPlace(index, default), Comparer<EntryPlace>.Create((one, other) => one.Index.CompareTo(other.Index)));
        return at < 0 ? ~at : at;
    }

    private void Add(long entry, string fault) => Faults.Add(new BundleFault(FindingKind.Late, $"entry {entry}: {fault}", entry));
}
