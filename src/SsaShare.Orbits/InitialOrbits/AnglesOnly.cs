using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>What the methods for three lines of sight share.</summary>
internal static class AnglesOnly
{
    private const double SameRange = 1e-4;

    public static AnglesOnlyOutcome.Refused? Check(LineOfSight first, LineOfSight middle, LineOfSight last)
    {
        bool sensible = first.Epoch < middle.Epoch && middle.Epoch < last.Epoch;
        foreach (var line in (ReadOnlySpan<LineOfSight>)[first, middle, last])
            sensible &= line.SiteKm.IsFinite && Math.Abs(line.Direction.Norm - 1) < 1e-6;
        return sensible ? null : new AnglesOnlyOutcome.Refused(AnglesOnlyRefusal.Senseless, "Expected ascending times, finite sites and directions of length one.");
    }

    /// <summary>The orbit through a middle state with its ranges and how far it misses the lines.</summary>
    public static AnglesOnlyOrbit? Orbit(LineOfSight first, LineOfSight middle, LineOfSight last, Vector3d positionKm, Vector3d velocityKmPerS, int revolutions)
    {
        if (!positionKm.IsFinite || !velocityKmPerS.IsFinite) return null;
        if (!TwoBody.TryPropagate(positionKm, velocityKmPerS, first.Epoch.SecondsSince(middle.Epoch), out var before, out _)
            || !TwoBody.TryPropagate(positionKm, velocityKmPerS, last.Epoch.SecondsSince(middle.Epoch), out var after, out _)) return null;
        double miss = Math.Max(Miss(middle, positionKm), Math.Max(Miss(first, before), Miss(last, after)));
        var state = new CartesianState(middle.Epoch, Frame.Gcrf, positionKm, velocityKmPerS);
        return new AnglesOnlyOrbit(state, before.DistanceTo(first.SiteKm), positionKm.DistanceTo(middle.SiteKm), after.DistanceTo(last.SiteKm), revolutions, miss);
    }

    /// <summary>Different orbits once each, nearest first.</summary>
    public static AnglesOnlyOutcome Outcome(IEnumerable<AnglesOnlyOrbit> orbits)
    {
        var kept = new List<AnglesOnlyOrbit>();
        foreach (var orbit in orbits.OrderBy(o => o.MissRad))
            if (!kept.Exists(k => Same(k, orbit))) kept.Add(orbit);
        return kept.Count == 0
            ? new AnglesOnlyOutcome.Refused(AnglesOnlyRefusal.NoOrbit, "No ranges fit all three lines of sight.")
            : new AnglesOnlyOutcome.Found([.. kept.OrderBy(o => o.MiddleRangeKm)]);
    }

    private static bool Same(AnglesOnlyOrbit a, AnglesOnlyOrbit b)
        => a.State.PositionKm.DistanceTo(b.State.PositionKm) < SameRange * a.State.PositionKm.Norm
            && (a.State.VelocityKmPerS - b.State.VelocityKmPerS).Norm < SameRange * a.State.VelocityKmPerS.Norm;

    private static double Miss(LineOfSight line, Vector3d positionKm)
    {
        var seen = (positionKm - line.SiteKm).Unit();
        return Math.Atan2(seen.Cross(line.Direction).Norm, seen.Dot(line.Direction));
    }
}
