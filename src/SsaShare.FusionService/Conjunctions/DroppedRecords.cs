using SsaShare.Agreements;
using SsaShare.Domain;

namespace SsaShare.FusionService;

/// <summary>Of which object of which partner a record is, and what kind of record.</summary>
internal readonly record struct OrbitKey(PartnerId Originator, ObjectTag Object, RecordClass Class);

/// <summary>
/// Records whose content is kept no more, while who may see them is: the board remembers what was found of them for as long as an approach can be ahead. How long that is depends on the time and on what their
/// originator published alone, never on who else sees them. Not safe for concurrent use.
/// </summary>
/// <param name="kept">How long after the content was dropped.</param>
internal sealed class DroppedRecords(TimeSpan kept)
{
    /// <summary>Most of one kind of one object of one partner, the newest; as many as the board remembers.</summary>
    internal const int PerKeyMax = 256;

    private readonly Dictionary<OrbitKey, List<Dropped>> _byKey = [];
    private readonly Dictionary<RecordId, OrbitKey> _keyOf = [];

    /// <param name="key">Whose.</param>
    /// <param name="records">With what orders them.</param>
    /// <param name="now">The present.</param>
    /// <returns>Those that are given up for them.</returns>
    public IReadOnlyList<RecordId> Add(OrbitKey key, IEnumerable<(RecordId Record, Epoch Of)> records, DateTimeOffset now)
    {
        if (!_byKey.TryGetValue(key, out var list)) _byKey[key] = list = [];
        foreach (var (record, of) in records)
            if (_keyOf.TryAdd(record, key)) list.Add(new Dropped(record, of, now));
        list.Sort((a, b) => a.Of != b.Of ? b.Of.CompareTo(a.Of) : string.CompareOrdinal(a.Record.ToString(), b.Record.ToString()));
        if (list.Count <= PerKeyMax) return [];
        List<RecordId> over = [.. list.Skip(PerKeyMax).Select(one => one.Record)];
        list.RemoveRange(PerKeyMax, list.Count - PerKeyMax);
        foreach (var record in over) _keyOf.Remove(record);
        return over;
    }

    public bool Contains(RecordId record) => _keyOf.ContainsKey(record);

    /// <summary>The content is here again, or the record is used no more.</summary>
    /// <returns>Whether it was here.</returns>
    public bool Remove(RecordId record)
    {
        if (!_keyOf.Remove(record, out var key)) return false;
        var list = _byKey[key];
        list.RemoveAll(one => one.Record == record);
        if (list.Count == 0) _byKey.Remove(key);
        return true;
    }

    /// <returns>Those whose time is over; they are here no more.</returns>
    public IReadOnlyList<RecordId> TakeOld(DateTimeOffset now)
    {
        List<RecordId> old = [.. _byKey.Values.SelectMany(list => list).Where(one => now - one.When > kept).Select(one => one.Record)];
        foreach (var record in old) Remove(record);
        return old;
    }

    private readonly record struct Dropped(RecordId Record, Epoch Of, DateTimeOffset When);
}
