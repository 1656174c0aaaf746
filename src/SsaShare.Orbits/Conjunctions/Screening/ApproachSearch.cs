using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>
/// One pair in one window by the models themselves. What it answers depends on the pair and the window alone, never on how the pair came to be examined: that is why threads,
/// longer knots and re-screening all find the same, bit for bit.
/// </summary>
internal sealed class ApproachSearch(ScreenedSet set)
{
    /// <summary>A time found beyond its window by less than this still counts; whoever gathers drops the second of two.</summary>
    public const long ToleranceNs = 1_000_000;

    /// <summary>Where the range rate is zero the distance may be this much more than the least; further off, SGP4's velocities say too little of its positions.</summary>
    private const double ConsistentKm = 1e-6;

    private const int LargestCorrections = 12;

    public enum Verdict
    {
        None = 0,
        /// <summary>An approach was found.</summary>
        Found = 1,
        /// <summary>Too slow for one window to say: to be followed over the whole span.</summary>
        Slow = 2,
    }

    /// <summary>
    /// Below this relative speed a pair is followed over the whole span. Above it there is one minimum at most in a window: relative to each other two objects are accelerated by at most 2µ/r³ times
    /// their distance, 2.5e-6/s², so that the square of the distance is convex where the speed is above 1.6e-3/s times it.
    /// </summary>
    public static double SlowKmPerS(double radiusKm) => Math.Max(0.06, 2.5e-3 * radiusKm);

    public Verdict Examine(int a, int b, int window, out CloseApproach found)
    {
        found = default;
        long from = set.Windows.Knot(window), to = set.Windows.Knot(window + 1);
        if (!TryRelative(a, b, from, out var before) || !TryRelative(a, b, to, out var after)) return Verdict.None;
        double h = (to - from) * 1e-9, radius = set.PairRadiusKm(a, b);
        Vector3d way = after - before;
        double length2 = way.NormSquared, at = length2 > 0 ? Math.Clamp(-before.Dot(way) / length2, 0, 1) : 0;
        if (!((before + at * way).Norm <= radius + set.Bounds[a].ChordKm(h) + set.Bounds[b].ChordKm(h))) return Verdict.None;
        double speed = Math.Sqrt(length2) / h;
        if (speed < SlowKmPerS(radius)) return Verdict.Slow;
        long tca = from + (long)(at * (to - from));
        if (!TryMinimise(a, b, speed, ref tca) || tca < from - ToleranceNs || tca > to + ToleranceNs) return Verdict.None;
        return TryDescribe(a, b, tca, CloseApproachTraits.None, out found) ? Verdict.Found : Verdict.None;
    }

    /// <summary>
    /// Moves a time to the closest approach nearby: the least distance, found by positions alone; then, where that is the same within <see cref="ConsistentKm"/>, the zero of the range rate by the models' own velocities,
    /// so that relative position and velocity of the approach are perpendicular. The two differ by milliseconds for slow pairs, since SGP4's velocities are not quite the derivatives of its positions.
    /// </summary>
    /// <remarks>
    /// Done twice: the second time from the middle of the piece of time in which the first has ended. Pieces do not depend on the span, so that spans that share a border agree on the nanosecond, and on whose the approach is.
    /// </remarks>
    /// <returns>False where no minimum is near or a model ends.</returns>
    public bool TryMinimise(int a, int b, double speedKmPerS, ref long tca)
    {
        if (!TryMinimiseFrom(a, b, speedKmPerS, ref tca)) return false;
        long at = MiddleOfPiece(tca);
        if (TryRelative(a, b, at, out _, out var velocity) && velocity.NormSquared > 0 && TryMinimiseFrom(a, b, velocity.Norm, ref at) && Math.Abs(at - tca) < SameNs) tca = at;
        return true;
    }

    private const long PieceNs = 8_000_000_000, SameNs = 50_000_000;

    /// <summary>Pieces begin at instants at which nobody cuts a span: an approach within rounding of where one begins is nobody's border as well.</summary>
    private static long MiddleOfPiece(long at) => at - ((at - 3_141_592_653) % PieceNs + PieceNs) % PieceNs + PieceNs / 2;

    private bool TryMinimiseFrom(int a, int b, double speedKmPerS, ref long tca)
    {
        if (!TryLeastDistance(a, b, speedKmPerS, ref tca) || !TryRelative(a, b, tca, out var least)) return false;
        long at = tca;
        for (int i = 0; i < LargestCorrections; i++)
        {
            if (!TryRelative(a, b, at, out var position, out var velocity) || !(velocity.NormSquared > 0)) return true;
            double shift = -position.Dot(velocity) / velocity.NormSquared;
            if (!(Math.Abs(shift) < 10)) return true;
            at += (long)Math.Round(shift * 1e9);
            if (Math.Abs(shift) >= 1e-7) continue;
            if (position.Norm <= least.Norm + ConsistentKm) tca = at;
            return true;
        }
        return true;
    }

    /// <summary>By parabolas through the squares of three distances.</summary>
    private bool TryLeastDistance(int a, int b, double speedKmPerS, ref long tca)
    {
        // 50 m either way: far above the rounding of positions, far below what bends a relative orbit.
        double reach = Math.Clamp(0.05 / speedKmPerS, 0.002, 5);
        long step = (long)(reach * 1e9);
        for (int i = 0; i < LargestCorrections; i++)
        {
            if (!TryRelative(a, b, tca, out var here)) return false;
            double shift;
            if (TryRelative(a, b, tca - step, out var before) && TryRelative(a, b, tca + step, out var after))
            {
                double bend = before.NormSquared - 2 * here.NormSquared + after.NormSquared;
                if (!(bend > 0)) return false;
                shift = 0.5 * (before.NormSquared - after.NormSquared) / bend * reach;
            }
            else
            {
                // At the edge of an ephemeris there is one side only: the range rate by the velocities has to do.
                if (!TryRelative(a, b, tca, out here, out var velocity) || !(velocity.NormSquared > 0)) return false;
                shift = -here.Dot(velocity) / velocity.NormSquared;
            }
            if (!(Math.Abs(shift) < 600)) return false;
            tca += (long)Math.Round(shift * 1e9);
            if (Math.Abs(shift) < 1e-3 * reach) return true;
        }
        return false;
    }

    /// <summary>The approach at its time; false when it is outside of the volumes or of the span.</summary>
    /// <param name="isInStay">Within a stay that is followed: below the co-moving speed whoever follows it says from when to when it lasts and whether it enters the volumes (<see cref="IsEntered"/>).</param>
    public bool TryDescribe(int a, int b, long tca, CloseApproachTraits traits, out CloseApproach found, bool isInStay = false)
    {
        found = default;
        if (tca < set.Windows.Start || tca >= set.Windows.End || !TryRelative(a, b, tca, out var position, out var velocity)) return false;
        double miss = position.Norm, radius = set.PairRadiusKm(a, b), speed = velocity.Norm;
        if (!(miss <= radius)) return false;
        long? entry = Crossing(a, b, tca, -1, miss, speed, radius), exit = Crossing(a, b, tca, 1, miss, speed, radius);
        long from = Math.Max(entry ?? set.Windows.Start, Math.Min(tca, set.Windows.Start)), to = Math.Min(exit ?? set.Windows.End, Math.Max(tca, set.Windows.End));
        // A passage is one approach of the span that holds its time, wherever it enters a box; a stay is told by every span it touches.
        bool isStay = speed < set.Options.CoMovingKmPerS;
        if (!(isStay && isInStay) && !IsEntered(a, b, isStay ? from : entry ?? tca - LongestPassageNs, tca, isStay ? to : exit ?? tca + LongestPassageNs, miss)) return false;
        if (ScreeningIntake.IsStale(set.Objects[a], set.Options) || ScreeningIntake.IsStale(set.Objects[b], set.Options)) traits |= CloseApproachTraits.StaleElements;
        found = new CloseApproach(set.Objects[a].Id, set.Objects[b].Id, new Epoch(tca), miss, speed, new Epoch(from), new Epoch(to), traits);
        return true;
    }

    /// <summary>Whether the way between two instants enters the volumes themselves.</summary>
    public bool IsEntered(int a, int b, long from, long tca, long to, double missKm) => VolumePassage.IsEntered(set, this, a, b, from, tca, to, missKm);

    /// <summary>Position of the second relative to the first.</summary>
    public bool TryRelative(int a, int b, long at, out Vector3d positionKm) => TryRelative(a, b, at, out positionKm, out _);

    public bool TryRelative(int a, int b, long at, out Vector3d positionKm, out Vector3d velocityKmPerS)
    {
        (positionKm, velocityKmPerS) = (default, default);
        if (!set.TryState(a, at, out var p, out var v) || !set.TryState(b, at, out var q, out var w)) return false;
        (positionKm, velocityKmPerS) = (q - p, w - v);
        return true;
    }

    /// <summary>Where the distance passes the radius, before (-1) or after (1) the approach; by the straight way and one correction, which bends it by less than a millisecond.</summary>
    /// <returns>Null when that takes longer than <see cref="LongestPassageNs"/>: known once the stay has been followed to its end.</returns>
    private long? Crossing(int a, int b, long tca, int side, double miss, double speed, double radius)
    {
        double seconds = speed > 0 ? Math.Sqrt(Math.Max(0, radius * radius - miss * miss)) / speed : double.MaxValue;
        if (!(seconds < LongestPassageNs * 1e-9)) return null;
        long at = tca + side * (long)(seconds * 1e9);
        if (TryRelative(a, b, at, out var position, out var velocity) && position.Dot(velocity) * side > 0.1 * radius * speed)
            at += (long)Math.Clamp(0.5e9 * (radius * radius - position.NormSquared) / position.Dot(velocity), -60e9, 60e9);
        return at;
    }

    /// <summary>From an approach to where it leaves the radius: longer ways are not straight.</summary>
    private const long LongestPassageNs = 600_000_000_000;
}
