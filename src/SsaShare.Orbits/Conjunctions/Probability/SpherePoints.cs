using System.Collections.Concurrent;
using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Points of the unit sphere with weights that sum to 4π, from the pole that faces the other object's coming to the opposite one.</summary>
internal ref struct SpherePoints
{
    private const int FewestPerHalf = 10, MostPerHalf = 400;
    private const double PointsPerSharpness = 2;

    private static readonly ConcurrentDictionary<int, (double Sin, double Cos)[]> Circles = new();

    private readonly Vector3d _pole, _first, _second;
    private readonly double[] _nodes, _weights;
    private readonly int _around;
    private readonly (double Sin, double Cos)[] _circle;
    private readonly double _turn;
    private readonly bool _isWhole;
    private int _ring, _step;
    private double _height, _across, _weight;

    private SpherePoints(Vector3d pole, int perHalf, bool isWhole)
    {
        _pole = pole;
        var aside = Math.Abs(pole.X) < 0.6 ? new Vector3d(1, 0, 0) : new Vector3d(0, 1, 0);
        _first = pole.Cross(aside).Unit();
        _second = pole.Cross(_first);
        (_nodes, _weights) = GaussLegendre.Rule(perHalf);
        (_around, _isWhole, _ring, _step) = (2 * perHalf, isWhole, -1, 2 * perHalf);
        _turn = Math.Tau / _around;
        _circle = Circles.GetOrAdd(_around, static around => [.. Enumerable.Range(0, 2 * around).Select(k => Math.SinCos(Math.PI * k / around))]);
    }

    /// <summary>Whether the density changes too fast over the sphere for as many points as are at hand: bodies 110 (round error) to 195 times (flat error) as large as the smallest sigma.</summary>
    public static bool AreTooFew(in LocalEncounter e, double radiusKm) => !(FewestPerHalf + PointsPerSharpness * Sharpness(e, radiusKm) <= MostPerHalf);

    /// <summary>Dense enough for a density that changes over the smallest sigma; without the half where nothing comes in, where the velocity is sure enough.</summary>
    public static SpherePoints Facing(in LocalEncounter e, double radiusKm)
    {
        int perHalf = Math.Clamp(FewestPerHalf + (int)Math.Ceiling(PointsPerSharpness * Math.Min(Sharpness(e, radiusKm), 1e3)), FewestPerHalf, MostPerHalf);
        var velocity = e.VelocityAtContact;
        double speed = velocity.Norm, spread = Math.Sqrt(Math.Max(0, e.ConditionalVelocity.M00 + e.ConditionalVelocity.M11 + e.ConditionalVelocity.M22)), change = radiusKm * Size(e.VelocityByPosition);
        return new SpherePoints(speed > 0 ? -velocity / speed : new Vector3d(0, 0, 1), perHalf, spread + change > 1e-4 * speed);
    }

    public bool MoveNext(out Vector3d direction, out double weight)
    {
        if (++_step >= _around)
        {
            if (!NextRing())
            {
                (direction, weight) = (default, 0);
                return false;
            }
        }
        // Every second ring is turned by half a step.
        var (sin, cos) = _circle[2 * _step + (_ring & 1)];
        direction = _height * _pole + _across * (cos * _first + sin * _second);
        weight = _weight;
        return true;
    }

    private bool NextRing()
    {
        int count = _nodes.Length;
        if (++_ring >= (_isWhole ? 2 * count : count)) return false;
        _step = 0;
        double node = _nodes[_ring % count];
        _height = _ring < count ? 0.5 * (1 + node) : -0.5 * (1 + node);
        _across = Math.Sqrt(Math.Max(0, 1 - _height * _height));
        _weight = 0.5 * _weights[_ring % count] * _turn;
        return true;
    }

    private static double Sharpness(in LocalEncounter e, double radiusKm) => radiusKm * Math.Sqrt(e.Inverse.M00 + e.Inverse.M11 + e.Inverse.M22);

    private static double Size(Matrix3 m) => Math.Sqrt(m.Row0.NormSquared + m.Row1.NormSquared + m.Row2.NormSquared);
}
