using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Protocol;

namespace SsaShare.FusionService;

/// <summary>Orbits and manoeuvre notices that partners published, by originator and object, with what decides who may see what comes of them.</summary>
/// <remarks>
/// Of one object of one partner only the newest few are kept, and older ones for as long as somebody may see none newer: what is withheld from a reader must not push out what that
/// reader sees. Who may see what was dropped is known for longer (<see cref="DroppedRecords"/>). Safe for concurrent use.
/// </remarks>
/// <param name="objectsMax">Most objects of one partner, of those with orbits and of those with notices.</param>
/// <param name="remembered">How long after its content it is known who may see a record: at least as far as it is screened ahead. Null for 29 days.</param>
/// <param name="time">Null for the system's.</param>
public sealed class OrbitBook(int objectsMax = OrbitBook.ObjectsMaxDefault, TimeSpan? remembered = null, TimeProvider? time = null)
{
    internal const int ObjectsMaxDefault = 200_000;

    /// <summary>The newest that are kept whoever may see them: what is taken away is followed by the next.</summary>
    internal const int VersionsKept = 4;

    /// <summary>Notices of one object of one partner, of those that one reader may see; and of all, whoever sees them.</summary>
    internal const int NoticesKept = 64;

    private readonly Lock _lock = new();

    // All below are guarded by _lock; lists are newest first.
    private readonly Dictionary<OrbitKey, List<PublishedOrbit>> _orbits = [];
    private readonly Dictionary<RecordId, OrbitKey> _keyOf = [];
    private readonly Dictionary<(PartnerId Originator, bool OfNotices), int> _objectsOf = [];
    private readonly Dictionary<OrbitKey, List<AnnouncedManeuver>> _maneuvers = [];
    private readonly DroppedRecords _dropped = new(remembered ?? TimeSpan.FromDays(29));

    // Since everything was read last: of what there is more in the store, and of whom objects were refused.
    private readonly HashSet<OrbitKey> _incomplete = [];
    private readonly HashSet<(PartnerId Originator, bool OfNotices)> _refusing = [];
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private long _version;

    /// <summary>Of the records that are here.</summary>
    public RecordGrants Grants { get; } = new();

    /// <summary>Grows with every change.</summary>
    public long Version => Interlocked.Read(ref _version);

    /// <summary>Whether orbits or notices were dropped since everything was read: older ones than those here may be in the store.</summary>
    public bool MayMissOlder
    {
        get
        {
            lock (_lock) return _incomplete.Count > 0;
        }
    }

    /// <summary>Takes records in order of arrival, by one thread.</summary>
    /// <returns>How many orbits and notices were new, and which records do not take part.</returns>
    public (int Taken, IReadOnlyList<(RecordId Record, OrbitRefusal Reason)> Refused) Take(IReadOnlyList<ArrivedRecord> records)
    {
        var refused = new List<(RecordId, OrbitRefusal)>();
        int taken = 0;
        lock (_lock)
        {
            foreach (var record in records)
            {
                var refusal = Enter(record, ref taken);
                if (refusal != OrbitRefusal.None) refused.Add((record.Record.Id, refusal));
            }
            if (taken > 0) _version++;
        }
        return (taken, refused);
    }

    /// <summary>Gives up records that are used no more. From then on nobody may see what comes of them.</summary>
    /// <returns>How many were here, and whether there may be something in the store that takes their place and is not here.</returns>
    public (int Removed, bool MayMissOlder) Remove(IReadOnlyCollection<RecordId> records)
    {
        lock (_lock)
        {
            int removed = 0;
            bool mayMissOlder = false;
            foreach (var record in records)
            {
                if (!Grants.Remove(record)) continue;
                removed++;
                _dropped.Remove(record);
                if (!_keyOf.Remove(record, out var key)) continue;
                mayMissOlder |= _incomplete.Contains(key) | TakeOut(key, record);
            }
            if (removed > 0)
            {
                _version++;
                Grants.NoteRemoval();
            }
            return (removed, mayMissOlder);
        }
    }

    /// <summary>All orbits of each object of each partner, newest first, and all notices.</summary>
    public OrbitBookSnapshot Read()
    {
        lock (_lock)
            return new OrbitBookSnapshot(_version, [.. _orbits.Values.Select(versions => (IReadOnlyList<PublishedOrbit>)[.. versions])], [.. _maneuvers.Values.SelectMany(notices => notices)]);
    }

    /// <summary>Drops orbits that are older than the newest few, that are nobody's newest, and on which nothing rests.</summary>
    /// <param name="newest">Of all versions of one object, newest first, those that are the newest that some reader may see.</param>
    /// <param name="isNeeded">Whether something that was published rests on a record.</param>
    public void Trim(Func<IReadOnlyList<PublishedOrbit>, IEnumerable<PublishedOrbit>> newest, Func<RecordId, bool> isNeeded)
    {
        List<(OrbitKey Key, PublishedOrbit[] Versions)> many;
        lock (_lock) many = [.. _orbits.Where(pair => pair.Value.Count > VersionsKept).Select(pair => (pair.Key, pair.Value.ToArray()))];
        foreach (var (key, versions) in many)
        {
            // Decided outside of the lock: agreements are asked.
            var dropped = versions.Skip(VersionsKept).Except(newest(versions)).Where(one => !isNeeded(one.Record)).ToDictionary(one => one.Record, one => one.Epoch);
            if (dropped.Count > 0) Drop(key, dropped, _orbits, one => one.Record);
        }
        lock (_lock) GiveUp(_dropped.TakeOld(_time.GetUtcNow()));
    }

    /// <summary>Drops notices that are older than the newest, for everybody and for each reader, and on which nothing rests.</summary>
    /// <param name="readers">What each may see.</param>
    /// <param name="isNeeded">Whether something that was published rests on a record.</param>
    public void TrimNotices(IReadOnlyList<RecordView> readers, Func<RecordId, bool> isNeeded)
    {
        List<(OrbitKey Key, AnnouncedManeuver[] Notices)> many;
        lock (_lock) many = [.. _maneuvers.Where(pair => pair.Value.Count > NoticesKept).Select(pair => (pair.Key, pair.Value.ToArray()))];
        foreach (var (key, notices) in many)
        {
            var newest = notices.OrderByDescending(one => one.Notice.End).ThenBy(one => one.Record.ToString(), StringComparer.Ordinal).ToList();
            var kept = newest.Take(NoticesKept).Concat(readers.SelectMany(reader => newest.Where(one => reader.MaySee(one.Record)).Take(NoticesKept))).Select(one => one.Record).ToHashSet();
            var dropped = newest.Where(one => !kept.Contains(one.Record) && !isNeeded(one.Record)).ToDictionary(one => one.Record, one => one.Notice.End);
            if (dropped.Count > 0) Drop(key, dropped, _maneuvers, one => one.Record);
        }
    }

    /// <summary>Before everything is read again: what was dropped may come back.</summary>
    public void ForgetDropped()
    {
        lock (_lock)
        {
            _incomplete.Clear();
            _refusing.Clear();
        }
    }

    private void Drop<T>(OrbitKey key, Dictionary<RecordId, Epoch> dropped, Dictionary<OrbitKey, List<T>> from, Func<T, RecordId> recordOf)
    {
        lock (_lock)
        {
            // What was removed in between is here no more.
            if (!from.TryGetValue(key, out var list)) return;
            List<RecordId> gone = [.. list.Select(recordOf).Where(dropped.ContainsKey)];
            if (gone.Count == 0) return;
            list.RemoveAll(one => dropped.ContainsKey(recordOf(one)));
            foreach (var record in gone) _keyOf.Remove(record);
            _incomplete.Add(key);
            GiveUp(_dropped.Add(key, gone.Select(record => (record, dropped[record])), _time.GetUtcNow()));
        }
    }

    private void GiveUp(IEnumerable<RecordId> records)
    {
        foreach (var record in records) Grants.Remove(record);
    }

    private OrbitRefusal Enter(ArrivedRecord arrived, ref int taken)
    {
        var (record, facts) = (arrived.Record, arrived.Record.Facts);
        if (facts.Label.Mode != DataMode.Real) return OrbitRefusal.NotReal;
        if (_keyOf.ContainsKey(record.Id))
        {
            if (Grants.Add(arrived)) taken++;
            return OrbitRefusal.None;
        }
        return facts.Class == RecordClass.ManeuverNotice ? EnterManeuver(arrived, ref taken) : EnterOrbit(arrived, ref taken);
    }

    private OrbitRefusal EnterOrbit(ArrivedRecord arrived, ref int taken)
    {
        var (record, facts) = (arrived.Record, arrived.Record.Facts);
        ElementSet? elements = null;
        OrbitState? state = null;
        if (facts.Class == RecordClass.ElementSet) elements = ElementSetCodec.TryDecode(record.Payload.Span, out _);
        else if (facts.Class == RecordClass.OrbitState) state = OrbitStateCodec.TryDecode(record.Payload.Span, out _);
        if (elements is null && state is null) return OrbitRefusal.Unreadable;
        if (!ObjectTag.TryParse(elements?.ObjectTag ?? state?.ObjectTag, out var tag)) return OrbitRefusal.Untagged;
        if (elements is not null && !facts.Form.IsFull) return OrbitRefusal.Coarse;
        var key = new OrbitKey(facts.Originator, tag, facts.Class);
        if (!TryFind(_orbits, key, out var versions)) return OrbitRefusal.TooMany;
        var orbit = new PublishedOrbit(record.Id, facts.Originator, tag, arrived.Published, elements, state);
        int place = versions.BinarySearch(orbit, Comparer<PublishedOrbit>.Create(PublishedOrbit.NewestFirst));
        versions.Insert(place < 0 ? ~place : place, orbit);
        Keep(arrived, key);
        taken++;
        return OrbitRefusal.None;
    }

    private OrbitRefusal EnterManeuver(ArrivedRecord arrived, ref int taken)
    {
        if (ManeuverCodec.TryDecode(arrived.Record.Payload.Span) is not { } notice) return OrbitRefusal.Unreadable;
        if (!ObjectTag.TryParse(notice.ObjectTag, out var tag)) return OrbitRefusal.Untagged;
        var key = new OrbitKey(arrived.Record.Facts.Originator, tag, RecordClass.ManeuverNotice);
        if (!TryFind(_maneuvers, key, out var notices)) return OrbitRefusal.TooMany;
        notices.Add(new AnnouncedManeuver(arrived.Record.Id, key.Originator, tag, notice));
        Keep(arrived, key);
        taken++;
        return OrbitRefusal.None;
    }

    /// <returns>False where there are as many objects of that partner as are kept.</returns>
    private bool TryFind<T>(Dictionary<OrbitKey, List<T>> all, OrbitKey key, out List<T> found)
    {
        if (all.TryGetValue(key, out found!)) return true;
        var (of, objects) = (Counted(key), _objectsOf.GetValueOrDefault(Counted(key)));
        if (objects >= objectsMax)
        {
            _refusing.Add(of);
            return false;
        }
        _objectsOf[of] = objects + 1;
        all[key] = found = new List<T>(1);
        return true;
    }

    private void Keep(ArrivedRecord arrived, OrbitKey key)
    {
        _keyOf[arrived.Record.Id] = key;
        _dropped.Remove(arrived.Record.Id);
        Grants.Add(arrived);
    }

    /// <returns>Whether there is room again for an object that was refused.</returns>
    private bool TakeOut(OrbitKey key, RecordId record)
    {
        if (key.Class == RecordClass.ManeuverNotice) TakeOut(_maneuvers, key, one => one.Record == record);
        else TakeOut(_orbits, key, one => one.Record == record);
        return _refusing.Contains(Counted(key)) && _objectsOf[Counted(key)] < objectsMax;
    }

    private void TakeOut<T>(Dictionary<OrbitKey, List<T>> all, OrbitKey key, Predicate<T> isIt)
    {
        var list = all[key];
        list.RemoveAll(isIt);
        if (list.Count > 0) return;
        all.Remove(key);
        _objectsOf[Counted(key)]--;
    }

    private static (PartnerId Originator, bool OfNotices) Counted(OrbitKey key) => (key.Originator, key.Class == RecordClass.ManeuverNotice);
}

/// <summary>The book at one moment.</summary>
/// <param name="Version">Of the book.</param>
/// <param name="Orbits">For each object of each partner all that is kept, newest first; none empty.</param>
/// <param name="Maneuvers">All notices.</param>
public sealed record OrbitBookSnapshot(long Version, IReadOnlyList<IReadOnlyList<PublishedOrbit>> Orbits, IReadOnlyList<AnnouncedManeuver> Maneuvers);
