using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>What decides whether a pair is examined.</summary>
internal sealed partial class WindowScan
{
    private void Test(int slot, int other)
    {
        int a = _positions.ObjectOfSlot[slot], b = _positions.ObjectOfSlot[other];
        if (!_set.IsWanted(a, b)) return;
        Vector3d middle = _positions.Middle(other) - _positions.Middle(slot), half = _positions.Half(other) - _positions.Half(slot);
        double radius = _set.PairRadiusKm(a, b), nearest = Nearest(middle, half);
        if (!(nearest <= radius + _plan.PadKm[a] + _plan.PadKm[b] + RoundingKm)) return;
        if (_plan.Stride == 1) Examine(a, b, _window);
        else TestCurve(slot, other, a, b);
    }

    /// <summary>Vectors and the model itself round apart by less than this.</summary>
    private const double RoundingKm = 1e-5;

    private void Examine(int a, int b, int window)
    {
        if (a > b) (a, b) = (b, a);
        if (IsCrowded || Slow.Contains((a, b))) return;
        PairsExamined++;
        switch (_search.Examine(a, b, window, out var found))
        {
            case ApproachSearch.Verdict.Found:
                Found.Add(found);
                break;
            case ApproachSearch.Verdict.Slow:
                Slow.Add((a, b));
                break;
        }
    }

    /// <summary>Between knots further apart than so many windows a pair that may meet has its states in the middle asked for: the curve's error falls with the fourth power of the time.</summary>
    private const int MostAtOnce = 24;

    private void TestCurve(int slot, int other, int a, int b)
        => TestCurve(a, b, _window, FirstWindow(_window / _plan.Stride + 1), new Chord(_positions.Middle(slot), _positions.Half(slot)), new Chord(_positions.Middle(other), _positions.Half(other)));

    /// <summary>Between distant knots: the chord is bent by gravity as it is at both ends, and the windows on the way are tested one by one.</summary>
    private void TestCurve(int a, int b, int firstWindow, int last, in Chord first, in Chord second)
    {
        long from = _set.Windows.Knot(firstWindow), to = _set.Windows.Knot(last);
        double h = (to - from) * 1e-9, radius = _set.PairRadiusKm(a, b), nearest = Nearest(second.Middle - first.Middle, second.Half - first.Half);
        Vector3d before = second.PullAtStart() - first.PullAtStart(), after = second.PullAtEnd() - first.PullAtEnd();
        double error = ErrorKm(a, first, h) + ErrorKm(b, second, h) + RoundingKm;
        // A linear pull bends the chord by at most an eighth of its larger end.
        double bend = Math.Sqrt(Math.Max(before.NormSquared, after.NormSquared)) * h * h / 8;
        if (!(nearest <= radius + error + bend)) return;
        int between = firstWindow + (last - firstWindow) / 2;
        if (last - firstWindow > MostAtOnce && _set.TryState(a, _set.Windows.Knot(between), out var ofA, out _) && _set.TryState(b, _set.Windows.Knot(between), out var ofB, out _))
        {
            TestCurve(a, b, firstWindow, between, Chord.Between(first.Start, ofA), Chord.Between(second.Start, ofB));
            TestCurve(a, b, between, last, Chord.Between(ofA, first.End), Chord.Between(ofB, second.End));
            return;
        }
        Vector3d start = second.Start - first.Start, way = 2 * (second.Half - first.Half);
        Vector3d p = start;
        for (int window = firstWindow; window < last; window++)
        {
            long knot = _set.Windows.Knot(window + 1);
            double u = (knot - from) / (double)(to - from), w = 1 - u, length = (knot - _set.Windows.Knot(window)) * 1e-9;
            var q = start + u * way + h * h / 6 * ((u * u * u - u) * after + (w * w * w - w) * before);
            double pad = _set.Bounds[a].ChordKm(length) + _set.Bounds[b].ChordKm(length);
            if (Nearest(0.5 * (p + q), 0.5 * (q - p)) <= radius + pad + error) Examine(a, b, window);
            p = q;
        }
    }

    /// <summary>How far an object can be from its curve: it is never nearer to the centre than its chord, nor than its shell.</summary>
    private double ErrorKm(int index, in Chord chord, double h)
        => _set.Bounds[index].CurveKm(Math.Max(_set.Bounds[index].LowKm, Nearest(chord.Middle, chord.Half)), 2 * chord.Half.Norm / h, h);

    private static double Nearest(Vector3d middle, Vector3d half)
    {
        double length2 = half.NormSquared, at = length2 > 0 ? Math.Clamp(-middle.Dot(half) / length2, -1, 1) : 0;
        return (middle + at * half).Norm;
    }

    /// <summary>Of one object, from knot to knot.</summary>
    private readonly struct Chord(Vector3d middle, Vector3d half)
    {
        public Vector3d Middle { get; } = middle;
        public Vector3d Half { get; } = half;

        public Vector3d Start => Middle - Half;
        public Vector3d End => Middle + Half;

        public static Chord Between(Vector3d start, Vector3d end) => new(0.5 * (start + end), 0.5 * (end - start));

        public Vector3d PullAtStart() => Pull(Start);

        public Vector3d PullAtEnd() => Pull(End);

        private static Vector3d Pull(Vector3d position)
        {
            double r2 = position.NormSquared;
            return -MotionBound.MuKm3PerS2 / (r2 * Math.Sqrt(r2)) * position;
        }
    }
}
