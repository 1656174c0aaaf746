using SsaShare.Domain;

namespace SsaShare.Fusion;

/// <summary>What happened to the identity of objects.</summary>
public abstract record IdentityEvent(Epoch Time, string Evidence, IReadOnlyList<RecordId> Records)
{
    /// <summary>An object is known from here on.</summary>
    public sealed record Created(ObjectId Id, Epoch Time, string Evidence, IReadOnlyList<RecordId> Records) : IdentityEvent(Time, Evidence, Records);

    /// <summary>What was one object is several; the former keeps what is not said to be of the new ones.</summary>
    public sealed record Split(ObjectId From, IReadOnlyList<ObjectId> Into, Epoch Time, string Evidence, IReadOnlyList<RecordId> Records) : IdentityEvent(Time, Evidence, Records);

    /// <summary>Two objects are one; the second's id leads to the first from here on.</summary>
    public sealed record Merged(ObjectId Kept, ObjectId Gone, Epoch Time, string Evidence, IReadOnlyList<RecordId> Records) : IdentityEvent(Time, Evidence, Records);

    /// <summary>Records were of another object than thought.</summary>
    public sealed record CrossTagged(ObjectId From, ObjectId To, Epoch Time, string Evidence, IReadOnlyList<RecordId> Records) : IdentityEvent(Time, Evidence, Records);

    /// <summary>Someone's name for an object: a hint, never a reason.</summary>
    /// <param name="Scheme">"catalogue", "cospar" or a partner's name.</param>
    public sealed record Referenced(ObjectId Id, string Scheme, string Name, Epoch Time, string Evidence, IReadOnlyList<RecordId> Records) : IdentityEvent(Time, Evidence, Records);
}

/// <summary>The identities of one view's objects over time, as events that are never changed. Not safe for concurrent use.</summary>
public sealed class ObjectHistory
{
    private readonly List<IdentityEvent> _events = [];
    private readonly HashSet<ObjectId> _known = [];
    private readonly Dictionary<ObjectId, ObjectId> _mergedInto = [];

    /// <summary>In the order in which they were learnt.</summary>
    public IReadOnlyList<IdentityEvent> Events => _events;

    /// <exception cref="ArgumentException">The event names an object that is not known or has gone into another, creates one again, or has an object become itself.</exception>
    public void Add(IdentityEvent happened)
    {
        switch (happened)
        {
            case IdentityEvent.Created created: Begin(created.Id); break;
            case IdentityEvent.Split split:
                Check(split.From);
                if (split.Into.Count == 0 || split.Into.Distinct().Count() != split.Into.Count || split.Into.Any(_known.Contains)) throw new ArgumentException("A split makes new objects, each once.", nameof(happened));
                foreach (var one in split.Into) Begin(one);
                break;
            case IdentityEvent.Merged merged:
                Check(merged.Kept);
                Check(merged.Gone);
                if (merged.Kept == merged.Gone) throw new ArgumentException("An object does not merge with itself.", nameof(happened));
                _mergedInto.Add(merged.Gone, merged.Kept);
                break;
            case IdentityEvent.CrossTagged tagged:
                Check(tagged.From);
                Check(tagged.To);
                if (tagged.From == tagged.To) throw new ArgumentException("Records move from one object to another.", nameof(happened));
                break;
            case IdentityEvent.Referenced referenced: Check(referenced.Id); break;
            default: throw new ArgumentException($"{happened.GetType()} is no event of an identity.", nameof(happened));
        }
        _events.Add(happened);
    }

    /// <summary>The object that an id leads to today.</summary>
    /// <returns>Null where it was never known.</returns>
    public ObjectId? Today(ObjectId id)
    {
        if (!_known.Contains(id)) return null;
        while (_mergedInto.TryGetValue(id, out var next)) id = next;
        return id;
    }

    /// <summary>Events of an object and of those that went into it, in order.</summary>
    public IEnumerable<IdentityEvent> Of(ObjectId id) => Today(id) is { } today ? _events.Where(e => Named(e).Any(one => Today(one) == today)) : [];

    /// <summary>Objects that carry a name, with what it rests on: several where names are wrong or shared.</summary>
    public IReadOnlyList<(ObjectId Object, IdentityEvent.Referenced Hint)> Called(string scheme, string name)
        => [.. _events.OfType<IdentityEvent.Referenced>().Where(hint => hint.Scheme == scheme && hint.Name == name).Select(hint => (Today(hint.Id)!.Value, hint))];

    private void Begin(ObjectId id)
    {
        if (!_known.Add(id)) throw new ArgumentException($"{id} is known already.", nameof(id));
    }

    private void Check(ObjectId id)
    {
        if (!_known.Contains(id)) throw new ArgumentException($"{id} is not known.", nameof(id));
        if (_mergedInto.TryGetValue(id, out var kept)) throw new ArgumentException($"{id} has gone into {kept}.", nameof(id));
    }

    private static IEnumerable<ObjectId> Named(IdentityEvent happened) => happened switch
    {
        IdentityEvent.Created created => [created.Id],
        IdentityEvent.Split split => split.Into.Prepend(split.From),
        IdentityEvent.Merged merged => [merged.Kept, merged.Gone],
        IdentityEvent.CrossTagged tagged => [tagged.From, tagged.To],
        IdentityEvent.Referenced referenced => [referenced.Id],
        _ => [],
    };
}
