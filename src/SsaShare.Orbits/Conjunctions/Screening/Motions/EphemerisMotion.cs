using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>From the points of an ephemeris to a motion that the screening can rely on.</summary>
public static class EphemerisMotion
{
    /// <summary>Where interpolation may err by more, there is no state, km.</summary>
    public const double LargestErrorKm = 1;

    /// <summary>A burn is said to be one from this change of velocity on, km/s.</summary>
    private const double RemarkedBurnKmPerS = 1e-5;

    /// <summary>Over more intervals it may be something else.</summary>
    private const int LongestBurn = 10;

    private const double RemarkedJumpKm = 0.01;

    /// <param name="stretches">Of one object, in any order. Where two overlap the one that begins later counts, with the covariances stated with it, and after its end the other again.</param>
    /// <param name="assumed">What stands in for covariances where none is stated; null where nothing may.</param>
    public static MotionFound Of(IEnumerable<EphemerisStretch> stretches, AssumedUncertainty? assumed = null)
    {
        List<string> losses = [], remarks = [];
        var arcs = new List<IScreenedMotion>();
        var stated = new Dictionary<IScreenedMotion, CovarianceHistory>(ReferenceEqualityComparer.Instance);
        foreach (var stretch in stretches)
        {
            int before = arcs.Count;
            if (Disorder(stretch) is { } disorder) losses.Add(disorder);
            else foreach (var part in AtImpulses(stretch)) Add(part, arcs, losses, remarks);
            var own = arcs[before..];
            if (own.Count == 0 || History(own, stretch.Covariances) is not { } history) continue;
            foreach (var arc in own) stated.Add(arc, history);
        }
        if (arcs.Count == 0) return new MotionFound(null, losses, remarks);
        var motion = new JoinedMotion(arcs);
        losses.AddRange(motion.Gaps.Select(gap => $"no state from {gap.From} to {gap.To}"));
        if (motion.LargestJumpKm > RemarkedJumpKm) remarks.Add(FormattableString.Invariant($"segments that follow each other are up to {motion.LargestJumpKm:G3} km apart"));
        var sure = stated.Count == 0 ? null : new StatedCovariances(motion.Turns.Select(turn => (turn.From, stated.GetValueOrDefault(turn.Part))));
        return new MotionFound(new UncertainEphemeris(motion, sure, assumed, motion.First), losses, remarks);
    }

    /// <summary>By the states of the stretch that the covariances were stated with, also where another one counts.</summary>
    private static CovarianceHistory? History(List<IScreenedMotion> arcs, IReadOnlyList<EphemerisSureness> given)
    {
        if (given.Count == 0) return null;
        var alone = new UncertainEphemeris(new JoinedMotion(arcs), null, null, arcs[0].First);
        (CartesianState, Covariance6)[] blocks = [.. given.Where(one => alone.Covers(one.Epoch)).DistinctBy(one => one.Epoch).Select(one => (State: alone.StateAt(one.Epoch), Given: one)).Select(one => (one.State, one.Given.Of(one.State)))];
        return blocks.Length == 0 ? null : new CovarianceHistory(blocks);
    }

    private static string? Disorder(EphemerisStretch stretch)
    {
        var nodes = stretch.Nodes;
        if (nodes.Count == 0) return "a segment without points";
        for (int i = 0; i < nodes.Count; i++)
        {
            if (!nodes[i].PositionKm.IsFinite || nodes[i].VelocityKmPerS is { IsFinite: false }) return $"a segment with a point at {nodes[i].Epoch} that is no number";
            if (i > 0 && nodes[i].Epoch < nodes[i - 1].Epoch) return $"a segment whose points are not in order of time: {nodes[i].Epoch} follows {nodes[i - 1].Epoch}";
        }
        return null;
    }

    /// <summary>Cut where two points have one epoch.</summary>
    private static IEnumerable<EphemerisStretch> AtImpulses(EphemerisStretch stretch)
    {
        var nodes = stretch.Nodes;
        int start = 0;
        for (int i = 1; i < nodes.Count; i++)
        {
            if (nodes[i].Epoch > nodes[i - 1].Epoch) continue;
            if (i - start > 1) yield return stretch with { Nodes = [.. nodes.Skip(start).Take(i - start)] };
            start = i;
        }
        yield return start == 0 ? stretch : stretch with { Nodes = [.. nodes.Skip(start)] };
    }

    /// <summary>Intervals that follow each other are one burn, or one arc that the file's model bends otherwise than gravity does.</summary>
    private static IEnumerable<string> Burns(EphemerisNodes nodes)
    {
        var burns = nodes.Burns.Where(burn => burn.KmPerS > RemarkedBurnKmPerS).ToList();
        for (int first = 0, last; first < burns.Count; first = last + 1)
        {
            double sum = burns[first].KmPerS;
            for (last = first; last + 1 < burns.Count && burns[last + 1].Interval == burns[last].Interval + 1; last++) sum += burns[last + 1].KmPerS;
            yield return FormattableString.Invariant($"between {nodes.Epoch(burns[first].Interval)} and {nodes.Epoch(burns[last].Interval + 1)} the velocity changes by {sum * 1e3:G3} m/s more than by gravity: a burn{(last > first + LongestBurn ? ", or the drag or the model of whoever made it" : "")}");
        }
    }

    private static void Add(EphemerisStretch stretch, List<IScreenedMotion> arcs, List<string> losses, List<string> remarks)
    {
        var given = stretch.Nodes;
        bool hasVelocities = given.All(node => node.VelocityKmPerS is not null);
        if (given.Count < (hasVelocities ? 2 : 4))
        {
            losses.Add($"{given.Count} point{(given.Count == 1 ? "" : "s")} at {given[0].Epoch}{(hasVelocities ? "" : " without velocity")}: too few to interpolate");
            return;
        }
        var nodes = new EphemerisNodes(stretch);
        remarks.AddRange(Burns(nodes));
        int start = 0;
        double bound = 0, worstKm = 0;
        for (int i = 0; i + 1 < nodes.Count; i++)
        {
            EphemerisArc.Measure(nodes, i, out double beyondGravity, out double errorKm);
            if (errorKm <= LargestErrorKm)
            {
                if (worstKm > 0) TellBad(i);
                bound = Math.Max(bound, beyondGravity);
                continue;
            }
            if (worstKm == 0) Close(i);
            worstKm = Math.Max(worstKm, errorKm);
        }
        if (worstKm > 0) TellBad(nodes.Count - 1);
        else Close(nodes.Count - 1);

        // Intervals without use that follow each other are one loss.
        void TellBad(int end)
        {
            losses.Add(FormattableString.Invariant($"between {nodes.Epoch(start)} and {nodes.Epoch(end)}, {end - start} interval{(end - start == 1 ? "" : "s")}, interpolation may err by up to {worstKm:G3} km: not used"));
            (start, worstKm) = (end, 0);
        }

        void Close(int end)
        {
            Epoch first = nodes.Epoch(start), last = nodes.Epoch(end);
            if (stretch.UsableFrom is { } from && from > first) first = from;
            if (stretch.UsableTo is { } to && to < last) last = to;
            if (last > first) arcs.Add(new EphemerisArc(nodes, first, last, bound));
            (start, bound) = (end, 0);
        }
    }
}
