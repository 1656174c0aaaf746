using System.Numerics;

namespace SsaShare.Orbits;

/// <summary>Follows pairs of orbits, one in each lane, through a time and says which touch.</summary>
internal static class PairMarch
{
    /// <summary>Shortest step, in radii of the path: what is passed over is a graze of less than this.</summary>
    private const double ShortestStep = 0.02;

    /// <param name="atStart">All ones in lanes that are within the radius at the start already.</param>
    /// <returns>All ones in lanes that come within the radius between start and end.</returns>
    public static Vector<long> Touches(ref LaneOrbit first, ref LaneOrbit second, double start, double end, double radiusKm, out Vector<long> atStart)
    {
        atStart = Vector<long>.Zero;
        var radius = new Vector<double>(radiusKm);
        var time = new Vector<double>(start);
        var last = new Vector<double>(end);
        var touched = Vector<long>.Zero;
        var ended = first.Escaping | second.Escaping;
        var perigee = Vector.Max(Vector.Min(first.PerigeeKm, second.PerigeeKm), new Vector<double>(1));
        // Both may fall towards the Earth with µ/r²; near each other they do so alike, and the gradient 2µ/r³ bounds the difference: at up to twice the distance, and half as much again in hand.
        var fall = new Vector<double>(2 * TwoBody.EarthMuKm3PerS2) / (perigee * perigee);
        var gradient = new Vector<double>(6 * TwoBody.EarthMuKm3PerS2) / (perigee * perigee * perigee);
        // Ends: every step moves at least by the shortest one.
        for (bool isFirst = true; ; isFirst = false)
        {
            first.At(time, out var r1, out var v1);
            second.At(time, out var r2, out var v2);
            var distance = Vector.SquareRoot((r2 - r1).NormSquared);
            var speed = Vector.SquareRoot((v2 - v1).NormSquared);
            var gap = distance - radius;
            var hit = Vector.LessThanOrEqual(gap, Vector<double>.Zero) & ~ended;
            touched |= hit;
            if (isFirst) atStart = hit;
            ended |= hit | Vector.GreaterThanOrEqual(time, last);
            if (Vector.EqualsAll(ended, Vector<long>.AllBitsSet)) return touched;
            var acceleration = Vector.Min(fall, gradient * distance);
            var ahead = 2 * gap / (speed + Vector.SquareRoot(speed * speed + 2 * acceleration * Vector.Max(gap, Vector<double>.Zero)));
            var least = ShortestStep * radius / (speed + new Vector<double>(1e-6));
            // Lanes that are done stay where they are.
            time = Vector.ConditionalSelect(ended, time, Vector.Min(time + Vector.Max(ahead, least), last));
        }
    }
}
