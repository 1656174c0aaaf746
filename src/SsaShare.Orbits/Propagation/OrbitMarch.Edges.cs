using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>The manoeuvres of a march.</summary>
internal sealed partial class OrbitMarch
{
    private enum EdgeKind { Begin, End, Impulse }

    private IReadOnlyList<OrbitManeuver> _maneuvers = [];
    private Edge[] _edges = [];
    private int _nextEdge;

    /// <summary>Instants at which something changes, in the order in which the march meets them.</summary>
    private void PlanEdges(IReadOnlyList<OrbitManeuver> maneuvers)
    {
        _maneuvers = maneuvers;
        var edges = new List<Edge>();
        for (int i = 0; i < maneuvers.Count; i++)
        {
            double from = maneuvers[i].From.SecondsSince(_start), to = maneuvers[i].To.SecondsSince(_start);
            if (maneuvers[i] is ImpulsiveManeuver)
            {
                // The starting state is the one after an impulse at its instant.
                if (IsForward ? from > 0 : from <= 0) edges.Add(new Edge(from, i, EdgeKind.Impulse));
                continue;
            }
            _equations.SetThrusting(i, IsForward ? from <= 0 && to > 0 : from < 0 && to >= 0);
            foreach (double time in (double[])[from, to])
                if (IsForward ? time > 0 : time < 0) edges.Add(new Edge(time, i, time == from == IsForward ? EdgeKind.Begin : EdgeKind.End));
        }
        // At one instant they are flown in the order of the list, and undone against it.
        _edges = [.. edges.OrderBy(edge => Math.Abs(edge.Time)).ThenBy(edge => IsForward ? edge.Maneuver : -edge.Maneuver)];
    }

    /// <summary>Going back, an impulse at the instant of the start is undone before the first step.</summary>
    private void UndoAtStart()
    {
        if (!IsForward && _end != 0) FlyEdges();
    }

    private void FlyEdges()
    {
        bool changed = false;
        for (; _nextEdge < _edges.Length && _edges[_nextEdge].Time == Time; _nextEdge++)
        {
            if (!changed) _integrator.Values.CopyTo(_y);
            changed = true;
            var edge = _edges[_nextEdge];
            if (edge.Kind == EdgeKind.Impulse) Jump((ImpulsiveManeuver)_maneuvers[edge.Maneuver], PropagatedState.ParameterCount + 3 * edge.Maneuver);
            else _equations.SetThrusting(edge.Maneuver, edge.Kind == EdgeKind.Begin);
        }
        if (!changed) return;
        _integrator.Restart(_y);
        _atEnd = _equations.Latest;
    }

    /// <summary>v becomes v + B(r, v)·Δv, or going back the v from which that came; the partials likewise.</summary>
    private void Jump(ImpulsiveManeuver impulse, int column)
    {
        var (position, velocity) = (OrbitEquations.PositionOf(_y), OrbitEquations.VelocityOf(_y));
        var before = IsForward ? velocity : Before(impulse, position, velocity);
        var axes = new ThrustAxes(impulse.Axes, position, before);
        SetState(position, IsForward ? before + axes.ToGcrf(impulse.DeltaVKmPerS) : before);
        if (_columns == 0) return;
        axes.Gradients(impulse.DeltaVKmPerS, out var byPosition, out var byVelocity);
        Span<double> map = stackalloc double[36];
        FillJump(byPosition, byVelocity, map);
        for (int j = 0; j < _columns; j++)
        {
            var p = new Vector3d(_partials[j], _partials[_columns + j], _partials[2 * _columns + j]);
            var v = new Vector3d(_partials[3 * _columns + j], _partials[4 * _columns + j], _partials[5 * _columns + j]);
            var direct = j == column ? axes.X : j == column + 1 ? axes.Y : j == column + 2 ? axes.Z : default;
            v = IsForward ? v + byPosition * p + byVelocity * v + direct : Solve(byVelocity, v - byPosition * p - direct);
            (_partials[3 * _columns + j], _partials[4 * _columns + j], _partials[5 * _columns + j]) = (v.X, v.Y, v.Z);
        }
        _noise?.Map(map);
    }

    /// <summary>The jump's own transition matrix, which the noise so far goes through.</summary>
    private void FillJump(in Matrix3 byPosition, in Matrix3 byVelocity, Span<double> map)
    {
        for (int j = 0; j < 6; j++)
        {
            var e = new Vector3d(j % 3 == 0 ? 1 : 0, j % 3 == 1 ? 1 : 0, j % 3 == 2 ? 1 : 0);
            if (j < 3) map[j * 6 + j] = 1;
            var v = (j < 3, IsForward) switch
            {
                (true, true) => byPosition * e,
                (false, true) => e + byVelocity * e,
                (true, false) => Solve(byVelocity, -(byPosition * e)),
                (false, false) => Solve(byVelocity, e),
            };
            (map[18 + j], map[24 + j], map[30 + j]) = (v.X, v.Y, v.Z);
        }
    }

    /// <summary>The velocity before an impulse from that after it: the axes go with the one before, so it takes a few rounds.</summary>
    private static Vector3d Before(ImpulsiveManeuver impulse, Vector3d position, Vector3d after)
    {
        var before = after;
        for (int i = 0; i < 50; i++)
        {
            var next = after - new ThrustAxes(impulse.Axes, position, before).ToGcrf(impulse.DeltaVKmPerS);
            bool settled = next.DistanceTo(before) <= 1e-15 * after.Norm;
            before = next;
            if (settled) break;
        }
        return before;
    }

    /// <summary>x of (1 + M)·x = b.</summary>
    private static Vector3d Solve(in Matrix3 m, Vector3d b)
    {
        Vector3d r0 = new(1 + m.M00, m.M01, m.M02), r1 = new(m.M10, 1 + m.M11, m.M12), r2 = new(m.M20, m.M21, 1 + m.M22);
        return (b.X * r1.Cross(r2) + b.Y * r2.Cross(r0) + b.Z * r0.Cross(r1)) / r0.Dot(r1.Cross(r2));
    }

    private readonly record struct Edge(double Time, int Maneuver, EdgeKind Kind);
}
