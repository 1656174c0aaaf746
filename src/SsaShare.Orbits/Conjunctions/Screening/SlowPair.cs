using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>
/// One slow pair, followed from knot to knot over the whole span: every approach above the co-moving speed, and of each uninterrupted stay within the radius the nearest of those below it.
/// </summary>
/// <remarks>
/// Between two knots of at most 8 s a slow pair (<see cref="ApproachSearch.SlowKmPerS"/>) has no second minimum: relative motion has the period of the orbit. Windows in which the pair is fast
/// are examined like those of any pair.
/// </remarks>
internal sealed class SlowPair(ScreenedSet set, ApproachSearch search, int a, int b, List<CloseApproach> found)
{
    private readonly double _radius = set.PairRadiusKm(a, b), _slow = ApproachSearch.SlowKmPerS(set.PairRadiusKm(a, b)), _coMoving = set.Options.CoMovingKmPerS;
    private Vector3d _previous;
    private double _beforePrevious = double.NaN, _previousSpeed = double.NaN;
    private bool _isKnown, _wasPassing;
    private int _knot = -2, _stayFrom = -1, _stayNearest;
    private double _stayLeast;
    private CloseApproach _stayBest;
    private bool _stayHasBest;
    private List<CloseApproach>? _stayPassages;

    public int A { get; } = a;
    public int B { get; } = b;

    /// <summary>The next knot in turn: from the one before the span to the one after it, without which a least distance near its borders would have no neighbour.</summary>
    /// <param name="isKnown">Whether both objects have states there.</param>
    public void Next(bool isKnown, Vector3d relativeKm)
    {
        _knot++;
        bool passing = false, isInSpan = _knot >= 0 && _knot <= set.Windows.Count;
        double speed = double.NaN;
        if (isKnown && _isKnown)
        {
            double h = (set.Windows.Knot(_knot) - set.Windows.Knot(_knot - 1)) * 1e-9;
            Vector3d way = relativeKm - _previous;
            double length2 = way.NormSquared, at = length2 > 0 ? Math.Clamp(-_previous.Dot(way) / length2, 0, 1) : 0;
            passing = (_previous + at * way).Norm <= _radius + set.Bounds[A].ChordKm(h) + set.Bounds[B].ChordKm(h);
            speed = Math.Sqrt(length2) / h;
            if (passing && isInSpan && _knot > 0 && speed >= _slow && search.Examine(A, B, _knot - 1, out var fast) == ApproachSearch.Verdict.Found) found.Add(fast);
        }
        // Where nothing is known before or after, the least distance may lie between the last known knot and its only neighbour.
        bool wasFalling = !(_beforePrevious < _previous.NormSquared), isRising = !isKnown || _previous.NormSquared < relativeKm.NormSquared;
        if (_isKnown && (passing || _wasPassing) && (speed < _slow || _previousSpeed < _slow) && wasFalling && isRising && _knot > 0) Minimum(_knot - 1, double.IsNaN(speed) ? _previousSpeed : speed);
        if (isInSpan) Follow(isKnown, relativeKm);
        (_beforePrevious, _previous, _previousSpeed, _isKnown, _wasPassing) = (_isKnown ? _previous.NormSquared : double.NaN, relativeKm, speed, isKnown, passing);
    }

    /// <summary>After the last knot.</summary>
    public void End()
    {
        if (_stayFrom >= 0) Leave(set.Windows.Count);
    }

    /// <summary>A knot that is nearer than its neighbours. Within a stay, one that surely is neither the nearest nor fast is passed over.</summary>
    private void Minimum(int knot, double speed)
    {
        if (_stayFrom >= 0 && speed < 0.9 * _coMoving && _previous.Norm - speed * ScreeningWindows.LengthS > Math.Sqrt(_stayLeast)) return;
        long tca = set.Windows.Knot(knot);
        if (!search.TryMinimise(A, B, Math.Max(speed, 1e-6), ref tca) || !search.TryDescribe(A, B, tca, CloseApproachTraits.None, out var approach, _stayFrom >= 0)) return;
        if (approach.RelativeSpeedKmPerS >= _coMoving)
        {
            if (_stayFrom >= 0) (_stayPassages ??= []).Add(approach);
            else found.Add(approach);
        }
        else if (_stayFrom >= 0) Keep(approach);
        else found.Add(approach with { Traits = approach.Traits | CloseApproachTraits.CoMoving });
    }

    private void Keep(CloseApproach approach)
    {
        if (!_stayHasBest || approach.MissKm < _stayBest.MissKm) (_stayBest, _stayHasBest) = (approach, true);
    }

    private void Follow(bool isKnown, Vector3d relative)
    {
        double distance2 = relative.NormSquared;
        bool inside = isKnown && distance2 <= _radius * _radius;
        if (_stayFrom >= 0 && !inside) Leave(_knot - 1);
        if (!inside) return;
        if (_stayFrom < 0) (_stayFrom, _stayLeast, _stayHasBest) = (_knot, double.MaxValue, false);
        if (distance2 < _stayLeast) (_stayLeast, _stayNearest) = (distance2, _knot);
    }

    /// <summary>The stay has ended at a knot: its nearest knot is sharpened, unless it is where the knots begin or end.</summary>
    private void Leave(int last)
    {
        long at = set.Windows.Knot(_stayNearest), from = Edge(_stayFrom, -1), to = Edge(last, 1);
        _stayFrom = -1;
        long tca = at;
        if (search.TryRelative(A, B, at, out var position, out var velocity))
        {
            bool isInside = search.TryMinimise(A, B, Math.Max(velocity.Norm, 1e-6), ref tca) && tca >= from && tca <= to
                && search.TryRelative(A, B, tca, out var least) && least.NormSquared <= position.NormSquared;
            if (isInside && search.TryDescribe(A, B, tca, CloseApproachTraits.None, out var inner, true)) Take(inner);
            // Nearest where it begins or ends, or always as near: two names for one body.
            else if (!isInside && search.TryDescribe(A, B, Math.Min(at, set.Windows.End - 1), CloseApproachTraits.AtEdge, out var outer, true)) Take(outer);
        }
        if (_stayHasBest && search.IsEntered(A, B, from, _stayBest.Tca.NanosecondsSinceJ2000, to, _stayBest.MissKm)) found.Add(Within(_stayBest, from, to, true) with { Traits = _stayBest.Traits | CloseApproachTraits.CoMoving });
        foreach (var passage in _stayPassages ?? []) found.Add(Within(passage, from, to, false));
        (_stayHasBest, _stayPassages) = (false, null);

        void Take(CloseApproach approach)
        {
            if (approach.RelativeSpeedKmPerS < _coMoving) Keep(approach);
        }
    }

    /// <summary>An approach of the stay between two instants; one that knows where it crosses the radius itself keeps that.</summary>
    private CloseApproach Within(CloseApproach one, long from, long to, bool always) => one with
    {
        InsideFrom = always || one.InsideFrom.NanosecondsSinceJ2000 <= set.Windows.Start ? new Epoch(Math.Min(from, one.Tca.NanosecondsSinceJ2000)) : one.InsideFrom,
        InsideTo = always || one.InsideTo.NanosecondsSinceJ2000 >= set.Windows.End ? new Epoch(Math.Max(to, one.Tca.NanosecondsSinceJ2000)) : one.InsideTo,
    };

    /// <summary>Where the distance passes the radius beyond the first or last knot inside, to a millisecond; that knot itself at the edge of what is known.</summary>
    private long Edge(int knot, int side)
    {
        long inside = set.Windows.Knot(knot);
        if (knot + side < 0 || knot + side > set.Windows.Count) return inside;
        long outside = set.Windows.Knot(knot + side);
        if (!search.TryRelative(A, B, outside, out var there) || there.Norm <= _radius) return inside;
        while (Math.Abs(outside - inside) > 1_000_000)
        {
            long middle = inside + (outside - inside) / 2;
            if (search.TryRelative(A, B, middle, out var position) && position.Norm <= _radius) inside = middle;
            else outside = middle;
        }
        return inside;
    }
}
