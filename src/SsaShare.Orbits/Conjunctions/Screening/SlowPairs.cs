using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>All slow pairs over the whole span: their objects are propagated together, once.</summary>
internal static class SlowPairs
{
    /// <summary>Knots held at once.</summary>
    private const int Knots = 256;

    public static List<CloseApproach> Follow(ScreenedSet set, IReadOnlyCollection<(int A, int B)> pairs, CancellationToken cancellationToken)
    {
        var found = new List<CloseApproach>();
        if (pairs.Count == 0) return found;
        var search = new ApproachSearch(set);
        SlowPair[] followed = [.. pairs.OrderBy(pair => pair).Select(pair => new SlowPair(set, search, pair.A, pair.B, found))];
        int[] objects = [.. pairs.SelectMany(pair => new[] { pair.A, pair.B }).Distinct().Order()];
        var place = objects.Select((index, i) => (index, i)).ToDictionary(entry => entry.index, entry => entry.i);
        (int A, int B)[] places = [.. followed.Select(pair => (place[pair.A], place[pair.B]))];
        var track = new ObjectTrack(set, objects, Knots);
        for (int first = -1; first <= set.Windows.Count + 1; first += Knots)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = Math.Min(Knots, set.Windows.Count + 2 - first);
            track.Fill(first, count);
            for (int pair = 0; pair < followed.Length; pair++)
                for (int knot = 0; knot < count; knot++)
                {
                    bool known = track.TryPosition(places[pair].A, knot, out var p) & track.TryPosition(places[pair].B, knot, out var q);
                    followed[pair].Next(known, q - p);
                }
        }
        foreach (var pair in followed) pair.End();
        return found;
    }
}

/// <summary>Positions of a few objects at successive ends of windows.</summary>
internal sealed class ObjectTrack
{
    private readonly ScreenedSet _set;
    private readonly int[] _objects, _inBatch;
    private readonly Sgp4Batch _batch;
    private readonly Sgp4States? _states;
    private readonly Epoch[] _times;
    private int _first;

    public ObjectTrack(ScreenedSet set, int[] objects, int knots)
    {
        (_set, _objects, _times) = (set, objects, new Epoch[knots]);
        _inBatch = new int[objects.Length];
        int elements = 0;
        for (int i = 0; i < objects.Length; i++) _inBatch[i] = set.InBatch(objects[i]) < 0 ? -1 : elements++;
        _batch = new Sgp4Batch(objects.Select(index => set.Objects[index]).OfType<ScreenedElements>().Select(one => one.Elements), set.Options.Sgp4);
        if (elements > 0) _states = _batch.CreateStates(knots);
    }

    public void Fill(int firstKnot, int count)
    {
        _first = firstKnot;
        for (int i = 0; i < count; i++) _times[i] = new Epoch(_set.Windows.Knot(firstKnot + i));
        if (_states is not null) _batch.Propagate(_times.AsMemory(0, count), _states, _set.Options.Threads);
    }

    /// <param name="place">Of the object among those given.</param>
    /// <param name="knot">Counted from the first one filled.</param>
    public bool TryPosition(int place, int knot, out Vector3d positionKm)
    {
        if (_inBatch[place] < 0) return _set.TryState(_objects[place], _set.Windows.Knot(_first + knot), out positionKm, out _);
        var state = _states![_inBatch[place], knot];
        positionKm = state.PositionKm;
        return state.IsValid && _set.IsOrbit(_objects[place], _set.Windows.Knot(_first + knot));
    }
}
