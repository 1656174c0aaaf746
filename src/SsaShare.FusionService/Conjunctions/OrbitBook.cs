using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Protocol;

namespace SsaShare.FusionService;

/// <summary>Orbits and manoeuvre notices that partners published, by originator and object, with what decides who may see what comes of them.</summary>
/// <remarks>
/// Of one object of one partner only the newest few are kept, and older ones for as long as somebody may see none newer: what is withheld from a reader must not push out what that
/// reader sees. Safe for concurrent use.
/// </remarks>
/// <param name="objectsMax">Most objects of one partner.</param>
public sealed class OrbitBook(int objectsMax = OrbitBook.ObjectsMaxDefault)
{
    internal const int ObjectsMaxDefault = 200_000;

    /// <summary>The newest that are kept whoever may see them: what is taken away is followed by the next.</summary>
    internal const int VersionsKept = 4;

    /// <summary>Notices of one object of one partner.</summary>
    private const int NoticesKept = 64;

    private readonly Lock _lock = new();

    // All below are guarded by _lock; lists are newest first.
    private readonly Dictionary<OrbitKey, List<PublishedOrbit>> _orbits = [];
    private readonly Dictionary<RecordId, OrbitKey> _keyOf = [];
    private readonly Dictionary<PartnerId, int> _objectsOf = [];
    private readonly Dictionary<ObjectTag, List<AnnouncedManeuver>> _maneuvers = [];
    private bool _hasDropped;
    private long _version;

    /// <summary>Of the records that are here.</summary>
    public RecordGrants Grants { get; } = new();

    /// <summary>Grows with every change.</summary>
    public long Version => Interlocked.Read(ref _version);

    /// <summary>Whether orbits were dropped since everything was read: older ones than those here may be in the store.</summary>
    public bool MayMissOlder
    {
        get
        {
            lock (_lock) return _hasDropped;
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
    /// <returns>How many were here, and whether older ones of the same objects may be in the store that are not here.</returns>
    public (int Removed, bool MayMissOlder) Remove(IReadOnlyCollection<RecordId> records)
    {
        lock (_lock)
        {
            int removed = 0;
            foreach (var record in records)
            {
                if (!Grants.Remove(record)) continue;
                removed++;
                if (_keyOf.Remove(record, out var key)) TakeOut(key, record);
                else foreach (var notices in _maneuvers.Values) notices.RemoveAll(one => one.Record == record);
            }
            if (removed > 0)
            {
                _version++;
                Grants.NoteRemoval();
            }
            return (removed, removed > 0 && _hasDropped);
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
            var dropped = versions.Skip(VersionsKept).Except(newest(versions)).Select(one => one.Record).Where(record => !isNeeded(record)).ToHashSet();
            if (dropped.Count == 0) continue;
            lock (_lock)
            {
                if (!_orbits.TryGetValue(key, out var list)) continue;
                _hasDropped |= list.RemoveAll(one => dropped.Contains(one.Record)) > 0;
                foreach (var record in dropped)
                {
                    _keyOf.Remove(record);
                    Grants.Remove(record);
                }
            }
        }
    }

    /// <summary>Before everything is read again: what was dropped may come back.</summary>
    public void ForgetDropped()
    {
        lock (_lock) _hasDropped = false;
    }

    private OrbitRefusal Enter(ArrivedRecord arrived, ref int taken)
    {
        var (record, facts) = (arrived.Record, arrived.Record.Facts);
        if (facts.Label.Mode != DataMode.Real) return OrbitRefusal.NotReal;
        if (_keyOf.ContainsKey(record.Id) || !Grants.PathsOf(record.Id).IsEmpty)
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
        if (!_orbits.TryGetValue(key, out var versions))
        {
            int objects = _objectsOf.GetValueOrDefault(facts.Originator);
            if (objects >= objectsMax) return OrbitRefusal.TooMany;
            _objectsOf[facts.Originator] = objects + 1;
            _orbits[key] = versions = new List<PublishedOrbit>(1);
        }
        var orbit = new PublishedOrbit(record.Id, facts.Originator, tag, arrived.Published, elements, state);
        int place = versions.BinarySearch(orbit, Comparer<PublishedOrbit>.Create(PublishedOrbit.NewestFirst));
        versions.Insert(place < 0 ? ~place : place, orbit);
        _keyOf[record.Id] = key;
        Grants.Add(arrived);
        taken++;
        return OrbitRefusal.None;
    }

    private OrbitRefusal EnterManeuver(ArrivedRecord arrived, ref int taken)
    {
        if (ManeuverCodec.TryDecode(arrived.Record.Payload.Span) is not { } notice) return OrbitRefusal.Unreadable;
        if (!ObjectTag.TryParse(notice.ObjectTag, out var tag)) return OrbitRefusal.Untagged;
        if (!_maneuvers.TryGetValue(tag, out var notices)) _maneuvers[tag] = notices = [];
        notices.Add(new AnnouncedManeuver(arrived.Record.Id, arrived.Record.Facts.Originator, tag, notice));
        Grants.Add(arrived);
        taken++;
        var old = notices.Where(one => one.Originator == arrived.Record.Facts.Originator).OrderByDescending(one => one.Notice.End).Skip(NoticesKept).ToList();
        foreach (var one in old)
        {
            notices.Remove(one);
            Grants.Remove(one.Record);
        }
        return OrbitRefusal.None;
    }

    private void TakeOut(OrbitKey key, RecordId record)
    {
        var versions = _orbits[key];
        versions.RemoveAll(one => one.Record == record);
        if (versions.Count > 0) return;
        _orbits.Remove(key);
        _objectsOf[key.Originator]--;
    }

    private readonly record struct OrbitKey(PartnerId Originator, ObjectTag Object, RecordClass Class);
}

/// <summary>The book at one moment.</summary>
/// <param name="Version">Of the book.</param>
/// <param name="Orbits">For each object of each partner all that is kept, newest first; none empty.</param>
/// <param name="Maneuvers">All notices.</param>
public sealed record OrbitBookSnapshot(long Version, IReadOnlyList<IReadOnlyList<PublishedOrbit>> Orbits, IReadOnlyList<AnnouncedManeuver> Maneuvers);
