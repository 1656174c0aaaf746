using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>One object's motions that follow each other: segments of an ephemeris, elements up to a burn and a propagated orbit from there. Where two overlap the one that begins later counts, and after its end the other again. Immutable.</summary>
public sealed class JoinedMotion : IScreenedMotion
{
    /// <summary>A shorter gap might lie between two instants at which the screening asks; a little more than its window.</summary>
    public const double LeastGapS = 1.001 * ScreeningWindows.LengthS;

    /// <summary>Steps nearer to each other than this add up: longer than any time between two positions that the screening lays.</summary>
    private const double TogetherS = 600;

    private readonly IScreenedMotion[] _parts;
    private readonly Epoch[] _from, _to;

    /// <param name="parts">At least one, each of some length.</param>
    /// <exception cref="ArgumentException">There is none, or one ends before it begins.</exception>
    public JoinedMotion(IEnumerable<IScreenedMotion> parts)
    {
        List<IScreenedMotion> kept = [];
        List<Epoch> from = [], to = [];
        List<(Epoch At, double JumpKm, double StepKmPerS)> steps = [];
        foreach (var piece in Pieces([.. parts]))
        {
            var first = piece.From;
            if (kept.Count > 0)
            {
                var end = to[^1];
                bool isGap = first > end;
                // Of a gap too short to be seen the part behind it loses its beginning.
                if (isGap && first.SecondsSince(end) < LeastGapS) first = end.PlusSeconds(LeastGapS);
                if (first >= piece.To) continue;
                if (!isGap) steps.Add(StepBetween(kept[^1], piece.Part, first));
                HasGaps |= isGap;
            }
            kept.Add(piece.Part);
            from.Add(first);
            to.Add(piece.To);
        }
        if (kept.Count == 0) throw new ArgumentException("There is no motion.", nameof(parts));
        (_parts, _from, _to) = ([.. kept], [.. from], [.. to]);
        AccelerationBeyondGravityKmPerS2 = kept.Max(part => part.AccelerationBeyondGravityKmPerS2);
        HasGaps |= kept.Exists(part => part.HasGaps);
        kept = [.. kept.Distinct()];
        VelocityStepKmPerS = kept.Sum(part => part.VelocityStepKmPerS) + Together(steps, step => step.StepKmPerS);
        PositionJumpKm = kept.Sum(part => part.PositionJumpKm) + Together(steps, step => step.JumpKm);
        LargestJumpKm = steps.Count == 0 ? 0 : steps.Max(step => step.JumpKm);
    }

    public Epoch First => _from[0];
    public Epoch Last => _to[^1];
    public double AccelerationBeyondGravityKmPerS2 { get; }
    public double VelocityStepKmPerS { get; }
    public double PositionJumpKm { get; }
    public bool HasGaps { get; }

    /// <summary>The largest distance between the end of one motion and the beginning of the next, km.</summary>
    public double LargestJumpKm { get; }

    /// <summary>Which motion counts from when on, in order of time.</summary>
    internal IEnumerable<(Epoch From, IScreenedMotion Part)> Turns => _from.Zip(_parts);

    /// <summary>The spans without a state between <see cref="First"/> and <see cref="Last"/>, in order of time.</summary>
    public IEnumerable<(Epoch From, Epoch To)> Gaps
    {
        get
        {
            for (int i = 0; i + 1 < _from.Length; i++)
                if (_from[i + 1] > _to[i]) yield return (_to[i], _from[i + 1]);
        }
    }

    public void At(Epoch epoch, out Vector3d positionKm, out Vector3d velocityKmPerS)
    {
        if (epoch < First || epoch > Last) throw new ArgumentOutOfRangeException(nameof(epoch), epoch, $"The motion covers {First} to {Last}.");
        int at = Array.BinarySearch(_from, epoch);
        if (at < 0) at = ~at - 1;
        if (epoch <= _to[at])
        {
            _parts[at].At(epoch, out positionKm, out velocityKmPerS);
            return;
        }
        positionKm = velocityKmPerS = new Vector3d(double.NaN, double.NaN, double.NaN);
    }

    /// <summary>In order of time, without overlap: at each instant, of the motions that cover it the one that begins last; of those that begin together, the last given.</summary>
    private static List<(IScreenedMotion Part, Epoch From, Epoch To)> Pieces(IScreenedMotion[] parts)
    {
        if (Array.Exists(parts, part => part.Last < part.First)) throw new ArgumentException("A motion ends before it begins.", nameof(parts));
        int[] order = [.. Enumerable.Range(0, parts.Length).OrderBy(i => parts[i].First)];
        Epoch[] edges = [.. parts.SelectMany(part => new[] { part.First, part.Last }).Distinct().Order()];
        // On top the one that counts; what has ended is taken off when it comes to the top.
        var begun = new Stack<int>();
        var pieces = new List<(IScreenedMotion Part, Epoch From, Epoch To)>();
        int next = 0;
        for (int i = 0; i + 1 < edges.Length; i++)
        {
            for (; next < order.Length && parts[order[next]].First == edges[i]; next++) begun.Push(order[next]);
            while (begun.TryPeek(out int top) && parts[top].Last <= edges[i]) begun.Pop();
            if (!begun.TryPeek(out int counts)) continue;
            if (pieces.Count > 0 && ReferenceEquals(pieces[^1].Part, parts[counts]) && pieces[^1].To == edges[i]) pieces[^1] = pieces[^1] with { To = edges[i + 1] };
            else pieces.Add((parts[counts], edges[i], edges[i + 1]));
        }
        return pieces;
    }

    /// <summary>By positions on either side, for the velocities of a model need not be the derivatives of its positions.</summary>
    private static (Epoch At, double JumpKm, double StepKmPerS) StepBetween(IScreenedMotion before, IScreenedMotion after, Epoch at)
    {
        before.At(at, out var end, out var lastVelocity);
        after.At(at, out var start, out var firstVelocity);
        double step = (firstVelocity - lastVelocity).Norm;
        if (at.SecondsSince(before.First) > 2 && after.Last.SecondsSince(at) > 2) step = Math.Max(step, (Slope(after, at, 1) - Slope(before, at, -1)).Norm + 1e-6);
        return (at, end.DistanceTo(start), step);
    }

    private static Vector3d Slope(IScreenedMotion motion, Epoch at, double side)
    {
        motion.At(at, out var here, out _);
        motion.At(at.PlusSeconds(side), out var next, out _);
        motion.At(at.PlusSeconds(2 * side), out var second, out _);
        return (4 * next - 3 * here - second) / (2 * side);
    }

    private static double Together(List<(Epoch At, double JumpKm, double StepKmPerS)> steps, Func<(Epoch At, double JumpKm, double StepKmPerS), double> size)
    {
        double most = 0, sum = 0;
        for (int first = 0, last = 0; last < steps.Count; last++)
        {
            sum += size(steps[last]);
            while (steps[last].At.SecondsSince(steps[first].At) > TogetherS) sum -= size(steps[first++]);
            most = Math.Max(most, sum);
        }
        return most;
    }
}
